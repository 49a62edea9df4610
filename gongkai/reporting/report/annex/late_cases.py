"""The requests that were not closed in time, by authority: an authority may submit through several units."""

from gongkai.errors import CalendarError
from gongkai.law.clocks import closed_in, read_clock
from gongkai.profile import WorkingDays
from gongkai.submission.form import Record
from gongkai.warehouse.records import YearState


def late_cases(state: YearState) -> tuple[tuple[str | int, ...], ...]:
    """Authority, unit, number of the case, working days past the limit; authorities and cases in registry order."""
    days = state.profile.working_days()
    found: dict[str, list[tuple[str | int, ...]]] = {}
    for unit in state.units:
        submission = unit.accepted.submission if unit.accepted else None
        for case in submission.records("register") if submission else ():
            late = _late_by(case, days) if closed_in(case, state.year) else 0
            if late:
                named = f"{unit.unit.code} {unit.unit.name}"
                found.setdefault(unit.unit.authority, []).append((unit.unit.authority, named, case.id, late))
    return tuple(row for rows in found.values() for row in rows)


def _late_by(case: Record, days: WorkingDays) -> int:
    """Working days past the limit; 0 where nobody can know."""
    try:
        clock = read_clock(case, days)
    except CalendarError:
        return 0
    return (clock.overdue_by or 0) if clock else 0
