"""The other units that share a unit's last year (a split, an area that moved), and what each of them reports.

One identity across the years holds for all of them together, so each is judged beside the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from expectations.context import Context
from expectations.frames import SubmissionUnderCheck
from expectations.revisions import judge_revision
from expectations.settling.carrying import Earlier
from gongkai.submission.form import Reading, Submission
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.years.last_year import Previous

Reports = Mapping[str, Submission]
"""The report of every unit that shares a last year, as far as there is one."""

_Arrival = tuple[bool, datetime, int]


def heirs_of(
    last: Previous | None, readings: Sequence[Reading], context: Context, counted: Reports | None = None
) -> tuple[Reports, ...]:
    """What the units that share a last year report, the unit itself among them: what counts, and what came in last.

    What counts is the accepted revision, else what came in last, be it known or in the same batch: whether units are
    judged one by one or all at once makes no difference. The two differ where a unit has sent a correction: units that
    correct a sum together are each judged beside the correction of the other.

    Args:
        last: the unit's last year.
        readings: the batch.
        context: what is known beside it.
        counted: what is newly accepted of the batch, and so counts from now on.
    """
    if last is None or last.shared is None:
        return ()
    counts, latest = {}, {}
    for code in last.shared.heirs:
        arrived = dict(_arrived(code, readings, context))
        if arrived:
            counts[code] = arrived[max(arrived)]
            latest[code] = arrived[max(arrived, key=lambda one: one[1:])]
    counts |= {code: report for code, report in (counted or {}).items() if code in counts}
    return (counts,) if all(counts[code] is latest[code] for code in counts) else (counts, latest)


def beside_what_counts_now(
    entries: Sequence[SubmissionUnderCheck],
    readings: Sequence[Reading],
    verdicts: Sequence[Verdict],
    context: Context,
) -> list[SubmissionUnderCheck]:
    """The entries whose last year is shared with a unit of which the batch's verdicts accept something new."""
    sharing = {code for one in entries if one.previous and one.previous.shared for code in one.previous.shared.heirs}
    counted = dict(_newly_accepted(sharing, readings, verdicts, context))
    return [
        replace(entry, heirs=heirs_of(entry.previous, readings, context, counted))
        for entry in entries
        if entry.previous
        and entry.previous.shared
        and any(code in counted for code in entry.previous.shared.heirs if code != entry.unit.code)
    ]


def _newly_accepted(
    units: set[str], readings: Sequence[Reading], verdicts: Sequence[Verdict], context: Context
) -> Iterator[tuple[str, Submission]]:
    """Unit → the last file of the batch, not known before, that becomes its accepted revision."""
    for code in units:
        known = [one for one in context.revisions if one.unit == code]
        earlier = [Earlier(one.number, one.submission, one.verdict) for one in known]
        if not any(one.verdict.status is Status.ACCEPTED for one in known):
            continue  # what came in last counts as it is
        hashes = {one.sha256 for one in known}
        for reading, verdict in zip(readings, verdicts, strict=True):
            submission = reading.submission
            if reading.addressee != code or reading.file.sha256 in hashes or submission is None:
                continue
            if judge_revision(reading, verdict, earlier, context.rules.catalogue).status is Status.ACCEPTED:
                yield code, submission


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
