"""The other units that share a unit's last year (a split, an area that moved), and what each of them reports.

One identity across the years holds for all of them together, so each is judged beside the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from expectations.context import Context
from gongkai.submission.form import Reading, Submission
from gongkai.submission.verdict import Status
from gongkai.warehouse.years.last_year import Previous

_Arrival = tuple[bool, datetime, int]


def heirs_of(last: Previous | None, readings: Sequence[Reading], context: Context) -> Mapping[str, Submission]:
    """The report of every unit that shares a last year, the unit itself among them, as far as there is one.

    That is the accepted revision, else what came in last, be it known or in the same batch: whether units are judged
    one by one or all at once makes no difference.
    """
    if last is None or last.shared is None:
        return {}
    found = {}
    for code in last.shared.heirs:
        arrived = dict(_arrived(code, readings, context))
        if arrived:
            found[code] = arrived[max(arrived)]
    return found


def _arrived(code: str, readings: Sequence[Reading], context: Context) -> Iterator[tuple[_Arrival, Submission]]:
    """What a unit has handed in, by what makes one count before another: accepted, later, further down the list."""
    known = set()
    for revision in context.revisions:
        if revision.unit == code:
            known.add(revision.sha256)
            if revision.submission is not None:
                accepted = revision.verdict.status is Status.ACCEPTED
                yield (accepted, revision.received_at, revision.number), revision.submission
    for number, reading in enumerate(readings, len(known) + 1):
        submission = reading.submission
        if submission is None or reading.addressee != code or reading.file.sha256 in known:
            continue
        if (submission.unit, submission.year) == (code, context.year):
            yield (False, reading.file.received_at, number), submission
