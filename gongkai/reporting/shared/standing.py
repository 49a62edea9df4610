"""Where a unit stands today, kept apart: expected, received, returned, accepted, late, overdue, excused.

On time is measured against the soft deadline, which a recorded extension moves for one unit (contract.md).
"""

from datetime import date
from enum import StrEnum

from gongkai.submission.verdict import UnitState
from gongkai.warehouse.records import UnitYear, YearLock, YearState
from gongkai.warehouse.rows.inspections import extensions


class Standing(StrEnum):
    """A unit's state beside its deadline: the state itself while there is time, else what the deadline made of it."""

    EXPECTED = "expected"
    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    LATE = "late"
    OVERDUE = "overdue"
    EXCUSED = "excused"

    @property
    def word(self) -> str:
        """How people read it: the state's own word where the standing is that state."""
        return _WORDS[self]


_WORDS = {
    Standing.EXPECTED: UnitState.MISSING.word,
    Standing.RECEIVED: UnitState.QUARANTINED.word,
    Standing.RETURNED: UnitState.RETURNED.word,
    Standing.ACCEPTED: UnitState.ACCEPTED.word,
    Standing.LATE: "逾期受理",
    Standing.OVERDUE: "逾期",
    Standing.EXCUSED: "已说明",
}


def standing(unit: UnitYear, state: YearState) -> Standing:
    """A unit that is not accepted in time is overdue, whatever came in; an excuse goes before that."""
    if unit.accepted is not None:
        return Standing.ACCEPTED if unit.accepted.verdict.on_time else Standing.LATE
    today = state.profile.local(state.as_of).date()
    if excuse_of(unit, state):
        return Standing.EXCUSED
    if today > due_of(unit, state):
        return Standing.OVERDUE
    if unit.latest is None:
        return Standing.EXPECTED
    return Standing.RETURNED if unit.state is UnitState.RETURNED else Standing.RECEIVED


def standing_words(unit: UnitYear, state: YearState) -> str:
    """The standing in words; an overdue unit's says what is overdue."""
    found = standing(unit, state)
    if found is not Standing.OVERDUE:
        return found.word
    return "逾期未报" if unit.latest is None else "逾期未更正"


def due_of(unit: UnitYear, state: YearState) -> date:
    """The last day on time: the soft deadline, or the end of the unit's extension."""
    soft = state.profile.cycle.soft_deadline(state.year)
    return max(soft, extensions(state.inspections).get(unit.unit.code, soft))


def lock_of(state: YearState) -> YearLock | None:
    """The lock of a year that was closed before this moment: a later one is not told of an earlier day."""
    return state.lock if state.lock and state.lock.at < state.as_of else None


def excuse_of(unit: UnitYear, state: YearState) -> str | None:
    """Why the office excuses a unit today; None when it does not."""
    today = state.profile.local(state.as_of).date()
    return next(
        (
            entry.reason or "未写明理由"
            for entry in reversed(state.inspections)
            if entry.kind == "excuse" and entry.unit == unit.unit.code and (entry.until is None or entry.until >= today)
        ),
        None,
    )
