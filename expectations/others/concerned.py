"""Which other units the new files of a run for some units concern: theirs are judged again beside them.

Who shares a last year with a unit is held against what it reports; who handed in the same text later is asked about
it. A run for all units judges these anyway. What only compares with many peers (PEER-OUTLIER, a notice) waits for one.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from expectations.context import Context
from expectations.frames import SubmissionUnderCheck
from expectations.frames.texts import reused
from gongkai.submission.form import Reading, Submission

_RULE = "TEXT-REUSED"


def concerned(taken: Mapping[str, Sequence[Reading]], context: Context) -> frozenset[str]:
    """Codes of the units, beside those whose files are taken in, whose judgement the new ones among them may change.

    Args:
        taken: unit code → its files.
        context: the circumstances: what is known of the others.
    """
    known = {(one.unit, one.sha256) for one in context.revisions}
    new = [
        (unit, reading)
        for unit, listed in taken.items()
        for reading in listed
        if (unit, reading.file.sha256) not in known
    ]
    found = {code for unit, _ in new for code in _sharing(unit, context)}
    found.update(code for unit, reading in new for code in _with_its_text(unit, reading, context))
    return frozenset(found - set(taken))


def _sharing(unit: str, context: Context) -> Sequence[str]:
    last = context.previous.get(unit)
    return last.shared.heirs if last and last.shared else ()


def _with_its_text(unit: str, reading: Reading, context: Context) -> Iterator[str]:
    """Units that have handed in a text of this file, and not before it."""
    received_at = reading.file.received_at
    mine = _entry(-1, unit, reading.submission, received_at, context)
    if mine is None or _RULE in context.rules.off:
        return
    theirs = [
        entry
        for key, one in enumerate(context.revisions)
        if one.unit != unit and one.received_at >= received_at
        if (entry := _entry(key, one.unit, one.submission, one.received_at, context)) is not None
    ]
    for (key, _), said in reused(theirs, context.rules, [mine]).items():
        percent, limit, _ = said[_RULE]
        if percent > limit:
            yield context.revisions[key].unit


def _entry(
    key: int, code: str, submission: Submission | None, received_at: datetime, context: Context
) -> SubmissionUnderCheck | None:
    unit = context.profile.unit(code)
    return SubmissionUnderCheck(key, submission, unit, received_at) if unit and submission else None
