"""The cases of a unit's request register that are not closed: due when, and how many working days are left.

For the clerk, who must reply, and the operator, who reminds. Read from the latest revision as of the run's day; a
case whose dates cannot be is listed without a clock, and a day of a year whose calendar nobody supplied says what it
waits for: never a wrong day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.errors import CalendarError
from gongkai.law.clocks import IN_FORCE_FROM, Clock, fee_due, read_clock
from gongkai.law.due_day import UnknownDay
from gongkai.law.limits import Limits
from gongkai.profile import WorkingDays
from gongkai.reporting.style import day
from gongkai.submission.form import Record
from gongkai.warehouse.closed_year import limits_of
from gongkai.warehouse.records import Revision, YearState


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One open case; `clock` as of the run's day, None where it cannot be read, `waiting` for a correction.

    `past_due`: its last day is known and gone. `unpaid`: a fee was asked for, and no time runs until it is paid.
    """

    case_no: str
    received_on: date | None
    clock: Clock | None
    waiting: bool
    past_due: bool = False
    unpaid: bool = False


@dataclass(frozen=True, slots=True)
class OpenCaseLine:
    """An open case in words: what of its time is used, and what is left or over."""

    case_no: str
    received_on: str
    due_on: str
    used: str
    left: str
    late: bool


def open_cases(revision: Revision, state: YearState) -> list[OpenCase]:
    """The open cases of a revision, the one due first on top."""
    today, days = state.profile.local(state.as_of).date(), state.profile.working_days()
    limits = limits_of(state.lock)
    records = revision.submission.records("register") if revision.submission else ()
    still_open = [case for case in records if case["replied_on"] is None and case["outcome"] is None]
    found = [_read(case, today, days, limits) for case in still_open]
    return sorted(found, key=lambda one: (*_urgency(one), one.case_no))


def _urgency(one: OpenCase) -> tuple[int, date]:
    """Known days first, then days that cannot be named yet, then cases without a clock."""
    if one.clock is None:
        return 2, date.max
    return (0, one.clock.due_on) if isinstance(one.clock.due_on, date) else (1, date.max)


def open_cases_json(cases: Sequence[OpenCase]) -> list[dict[str, Any]]:
    """`open_cases` of `receipt.json`, beyond the contract."""
    return [
        {
            "case_no": one.case_no,
            "received_on": one.received_on.isoformat() if one.received_on else None,
            "waiting_for_correction": one.waiting,
            "waiting_for_fee": one.unpaid,
            "due_on": one.clock.due_on.isoformat() if one.clock and isinstance(one.clock.due_on, date) else None,
            "due_waits_for": one.clock.due_on.year if one.clock and isinstance(one.clock.due_on, UnknownDay) else None,
            "used": one.clock.used if one.clock else None,
            "remaining": one.clock.remaining if one.clock else None,
            "overdue_by": one.clock.overdue_by if one.clock else None,
        }
        for one in cases
    ]


def open_cases_view(cases: Sequence[OpenCase]) -> tuple[OpenCaseLine, ...]:
    """The same for the page."""
    return tuple(
        OpenCaseLine(
            case_no=one.case_no,
            received_on=day(one.received_on) if one.received_on else "—",
            due_on=day(one.clock.due_on) if one.clock else "—",
            used="—" if one.clock is None or one.clock.used is None else str(one.clock.used),
            left=_left(one),
            late=one.past_due,
        )
        for one in cases
    )


def _left(one: OpenCase) -> str:
    if one.waiting:
        return "等待补正"
    if one.unpaid:
        return "等待缴费"
    if one.clock is None:
        return "请核对日期"
    if one.clock.used is None:
        return "已过期限" if one.past_due else "待放假安排公布后计算"
    return f"超期 {one.clock.overdue_by}" if one.clock.overdue_by else f"剩余 {one.clock.remaining}"


def _read(case: Record, today: date, days: WorkingDays, limits: Limits) -> OpenCase:
    waiting = case["correction_asked_on"] is not None and case["correction_received_on"] is None
    clock = None
    if not waiting and all(IN_FORCE_FROM <= found <= today for found in _dates(case)):
        try:
            if fee_due(case, days, limits):
                return OpenCase(case.id, case["received_on"], None, waiting, unpaid=True)
            clock = read_clock(case, days, today, limits=limits)
        except CalendarError:  # what was used cannot be counted; the last day may still be known
            clock = read_clock(case, days, limits=limits)
    past_due = clock is not None and isinstance(clock.due_on, date) and clock.due_on < today
    return OpenCase(case.id, case["received_on"], clock, waiting, past_due)


def _dates(case: Record) -> Iterator[date]:
    return (cell.value for cell in case.cells.values() if isinstance(cell.value, date))
