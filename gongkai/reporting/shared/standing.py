"""Where a unit stands today, kept apart: expected, received, returned, accepted, late, overdue, excused.

On time is measured against the soft deadline, which a recorded extension moves for one unit (contract.md).
"""

from datetime import date

from gongkai.warehouse.inspections import extensions
from gongkai.warehouse.records import UnitYear, YearLock, YearState

WORDS = {
    "expected": "待报",
    "received": "未能受理",
    "returned": "退回修改",
    "accepted": "已受理",
    "late": "逾期受理",
    "overdue": "逾期",
    "excused": "已说明",
}


def standing(unit: UnitYear, state: YearState) -> str:
    """One of `WORDS`. A unit that is not accepted in time is overdue, whatever came in; an excuse goes before that."""
    if unit.accepted is not None:
        return "accepted" if unit.accepted.verdict.on_time else "late"
    today = state.profile.local(state.as_of).date()
    if excuse_of(unit, state):
        return "excused"
    if today > due_of(unit, state):
        return "overdue"
    if unit.latest is None:
        return "expected"
    return "returned" if unit.state == "returned" else "received"


def standing_words(unit: UnitYear, state: YearState) -> str:
    """The standing in words; an overdue unit's says what is overdue."""
    key = standing(unit, state)
    if key != "overdue":
        return WORDS[key]
    return "逾期未报" if unit.latest is None else "逾期未更正"


def due_of(unit: UnitYear, state: YearState) -> date:
    """The last day on time: the soft deadline, or the end of the unit's extension."""
    soft = state.profile.cycle.soft_deadline(state.year)
    return max(soft, extensions(state.inspections).get(unit.unit.code, soft))


def lock_of(state: YearState) -> YearLock | None:
    """The lock of a year that is closed at this moment: one that came later is not told of an earlier day."""
    return state.lock if state.lock and state.lock.at <= state.as_of else None


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
