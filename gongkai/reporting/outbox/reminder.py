"""Reminders (催报): what a unit still owes, since when, and until when it can be sent. One text a unit.

Only units that are neither accepted nor excused are reminded. A text names nobody but its unit.
"""

from dataclasses import dataclass
from pathlib import Path

from gongkai.findings import Severity
from gongkai.national_format import for_year
from gongkai.profile import Unit
from gongkai.reporting.shared.earlier_years import of_year
from gongkai.reporting.shared.series import series
from gongkai.reporting.shared.standing import Standing, due_of, standing
from gongkai.reporting.shared.words import at, counted
from gongkai.reporting.shared.write import private, write_text
from gongkai.reporting.style import day, moment
from gongkai.reporting.style.page import DEMONSTRATION
from gongkai.submission.privacy.personal_data import mask
from gongkai.submission.verdict import UnitState
from gongkai.warehouse.records import Revision, UnitYear, YearState
from gongkai.warehouse.rows.inspections import extensions

_NOT_REMINDED = frozenset({Standing.ACCEPTED, Standing.LATE, Standing.EXCUSED})


@dataclass(frozen=True)
class Reminder:
    """One reminder: to whom, and its text as it lies in the outbox.

    Attributes:
        brief: all of it in one line, for the operator; `headline` the same without the unit.
        owes: what is missing, in sentences.
        to_fix: sign, sentence and place of everything that is open; a long series of blanks is one.
        until: until when it can still be sent.
    """

    unit: Unit
    text: str
    brief: str
    headline: str
    owes: tuple[str, ...]
    to_fix: tuple[tuple[str, str, str], ...]
    until: str


def reminders(state: YearState) -> list[Reminder]:
    """The reminders that are due at the state's moment, in registry order."""
    return [_reminder(unit, state) for unit in state.units if standing(unit, state) not in _NOT_REMINDED]


def write_reminder(reminder: Reminder, state: YearState, outbox: Path) -> Path:
    """Writes `<unit>/催报-<day>.txt`; another one of the same day replaces it. `outbox` is the year's."""
    today = state.profile.local(state.as_of).date()
    return write_text(private(outbox / reminder.unit.code) / f"催报-{today.isoformat()}.txt", reminder.text)


def _reminder(unit: UnitYear, state: YearState) -> Reminder:
    district = state.profile.district
    owes, to_fix, brief = _owes(unit, state)
    until = _until(unit, state)
    contact = district.contact
    head = [DEMONSTRATION] if district.demonstration else []
    text = [
        *head,
        f"{unit.unit.name}：",
        "",
        *owes,
        *(f"{sign} {line}{f' [{place}]' if place else ''}" for sign, line, place in to_fix),
        "",
        until,
        f"如有疑问或确有困难，请联系{contact.department}（{contact.phone}，{contact.email}）。",
        "",
        district.office_name,
        day(state.profile.local(state.as_of).date()),
    ]
    return Reminder(
        unit=unit.unit,
        text="\n".join(text) + "\n",
        brief=f"{unit.unit.code} {unit.unit.name}：{brief}",
        headline=brief,
        owes=tuple(owes),
        to_fix=tuple(to_fix),
        until=until,
    )


_ToFix = list[tuple[str, str, str]]


def _owes(unit: UnitYear, state: YearState) -> tuple[list[str], _ToFix, str]:
    """What is missing in sentences, what is to be done, and all of it in a few words."""
    latest, due, today = unit.latest, due_of(unit, state), state.profile.local(state.as_of).date()
    late = f"，已逾期 {(today - due).days} 天" if today > due else ""
    if latest is None:
        again = [
            f"贵单位交来的“{mask(one.file)[0]}”是已收的 {year} 年度报送。"
            for one in unit.attachments
            if (year := of_year(one))
        ]
        return [*again, f"截至{day(today)}，尚未收到贵单位 {state.year} 年度的报送{late}。"], [], f"尚未报送{late}"
    received = moment(state.profile.local(latest.received_at))
    if unit.state is UnitState.QUARANTINED:
        lines = [f"贵单位 {received} 报送的文件“{mask(latest.file)[0]}”无法作为本年度的报送读取{late}："]
        said = f"{received} 的报送无法读取{late}"
    else:
        counts = counted(latest.verdict, (Severity.ERROR, Severity.QUERY))
        lines = [f"贵单位 {received} 的第 {latest.number} 次报送已退回（{counts}），尚未收到更正{late}。需要处理："]
        said = f"{received} 的报送退回后尚未更正（{counts}）{late}"
    return lines, _to_fix(latest, state.year), said


def _to_fix(latest: Revision, year: int) -> _ToFix:
    """Every open error and query, as the receipt says it; a long series of blanks is one line."""
    lines: _ToFix = []
    for severity in (Severity.ERROR, Severity.QUERY):
        found = [f for f in latest.verdict.findings if f.severity is severity and f.settled_by is None]
        said = series(found, for_year(year))
        lines += [(severity.sign, line.line, at(line.sheet, line.cells).strip(" []")) for line in said]
    return lines


def _until(unit: UnitYear, state: YearState) -> str:
    today, due = state.profile.local(state.as_of).date(), due_of(unit, state)
    if today <= due:
        return f"请于{day(due)}前报送。"
    last = max(state.profile.cycle.hard_deadline(state.year), extensions(state.inspections).get(unit.unit.code, due))
    if today <= last:
        return f"按时报送的期限（{day(due)}）已过，请尽快报送；报送渠道将于{day(last)}关闭。"
    return f"报送渠道已于{day(last)}关闭，请先说明情况、办理延期。"
