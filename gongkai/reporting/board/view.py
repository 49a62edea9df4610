"""What the board's page says: how many of the expected units are in, who must be called, then every unit.

Leaders read it in ten seconds, so what needs a call comes first and the table, in registry order, after it.
"""

from dataclasses import dataclass

from gongkai.findings import Severity
from gongkai.law.due_day import UnknownDay
from gongkai.national_format.figures import NEW_REQUESTS
from gongkai.reporting.board.office_work import NOTHING, OfficeWork
from gongkai.reporting.shared.across_years import AcrossLine, across_years_lines
from gongkai.reporting.shared.earlier_years import of_year
from gongkai.reporting.shared.standing import Standing, due_of, excuse_of, lock_of, standing
from gongkai.reporting.shared.wording import Wordings
from gongkai.reporting.shared.words import without_asking
from gongkai.reporting.shared.year_calendar import arrangement_of
from gongkai.reporting.style import day, figure, moment
from gongkai.submission.verdict import UnitState
from gongkai.warehouse.records import UnitYear, YearState
from gongkai.warehouse.totals import Totals

_TO_CALL = (UnitState.MISSING, UnitState.QUARANTINED, UnitState.WAITING, UnitState.RETURNED)
"""The states that need somebody's call, in the order in which they are called."""


@dataclass(frozen=True)
class BoardRow:
    """One unit on the page.

    Attributes:
        word, sign: its state, or that it is excused.
        since: when the file that made the state arrived; `on_time` is that file's, None while there is none.
        errors, queries, notices: open findings of the latest file.
        note: what must be known beside the state: an excuse, an extension, which revision counts.
        accepted: the day since which it is accepted, and `arisen` what speaks against it since.
    """

    unit: str
    name: str
    state: UnitState
    standing: Standing
    word: str
    sign: str
    since: str
    on_time: bool | None
    errors: int
    queries: int
    notices: int
    revisions: int
    note: str
    accepted: str = ""
    arisen: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether something speaks against it since it was accepted."""
        return bool(self.arisen)

    @property
    def excused(self) -> bool:
        return self.standing is Standing.EXCUSED

    @property
    def overdue(self) -> bool:
        return self.standing is Standing.OVERDUE

    @property
    def act(self) -> bool:
        """Whether somebody must do something about it."""
        return self.state is not UnitState.ACCEPTED and not self.excused


@dataclass(frozen=True)
class ToCall:
    """The units of one state that must be called."""

    state: UnitState
    rows: tuple[BoardRow, ...]

    @property
    def overdue(self) -> int:
        return sum(row.overdue for row in self.rows)


@dataclass(frozen=True)
class Figure:
    """One figure of the strip under the head."""

    label: str
    value: str
    unit: str


@dataclass(frozen=True)
class BoardView:
    """Everything `board.html` prints, in the order of reading; `figures` is empty where they are not known.

    Attributes:
        calendar: what must be said of the next year's arrangement of holidays, None when nothing is.
        across: the district's identities with last year.
    """

    accepted: int
    to_call: tuple[ToCall, ...]
    excused: tuple[BoardRow, ...]
    late: tuple[BoardRow, ...]
    changed: tuple[BoardRow, ...]
    deadlines: str
    unassigned: int
    calendar: str | None
    figures: tuple[Figure, ...]
    across: tuple[AcrossLine, ...]
    rows: tuple[BoardRow, ...]
    office: OfficeWork = NOTHING

    @property
    def apart(self) -> tuple[AcrossLine, ...]:
        """The identities with last year that a unit does not meet."""
        return tuple(line for line in self.across if line.gaps)

    @property
    def expected(self) -> int:
        return len(self.rows)


def board_view(
    state: YearState, totals: Totals | None = None, wording: Wordings | None = None, office: OfficeWork = NOTHING
) -> BoardView:
    """The board of a year; without totals no strip of figures, without wording reasons by their keys."""
    rows = tuple(_row(unit, state) for unit in state.units)
    accepted = [row for row, unit in zip(rows, state.units, strict=True) if unit.accepted is not None]
    return BoardView(
        accepted=len(accepted),
        to_call=tuple(
            ToCall(one, found)
            for one in _TO_CALL
            if (found := tuple(row for row in rows if row.state is one and not row.excused))
        ),
        excused=tuple(row for row in rows if row.excused),
        late=tuple(row for row in accepted if row.on_time is False),
        changed=tuple(row for row in rows if row.changed),
        deadlines=_deadlines(state),
        unassigned=len(state.unassigned),
        calendar=arrangement_of(state).notice,
        figures=_figures(totals) if totals else (),
        across=across_years_lines(state, wording),
        rows=rows,
        office=office,
    )


def _row(unit: UnitYear, state: YearState) -> BoardRow:
    latest, deciding = unit.latest, unit.accepted or unit.latest
    errors, queries, notices = (latest.verdict.count(severity) if latest else 0 for severity in Severity)
    found = standing(unit, state)
    excuse = excuse_of(unit, state) if found is Standing.EXCUSED else None
    newer = unit.accepted is not None and latest is not unit.accepted
    return BoardRow(
        unit=unit.unit.code,
        name=unit.unit.name,
        state=unit.board_state,
        standing=found,
        word=found.word if excuse else unit.board_state.word,
        sign="—" if excuse else unit.board_state.sign,
        since=moment(state.profile.local(deciding.received_at)) if deciding else UnitState.MISSING.word,
        on_time=deciding.verdict.on_time if deciding else None,
        errors=errors,
        queries=queries,
        notices=notices,
        revisions=len(unit.revisions),
        note=_newer_note(unit) if newer else excuse or _due_note(unit, state) or _beside_note(unit),
        accepted=day(since.date()) if unit.accepted and (since := unit.accepted.accepted_at) else "",
        arisen=tuple(
            f"{without_asking(found.message)}（{found.rule}）"
            for found in (unit.accepted.arisen if unit.accepted else ())
        ),
    )


def _newer_note(unit: UnitYear) -> str:
    """That a newer file does not count (yet), and what somebody must confirm where it waits."""
    if unit.waiting:
        return f"散放文件 {unit.waiting.sha256[:12]} 等候确认来源，原受理版本有效"
    return "新报送未受理，原受理版本有效"


def _beside_note(unit: UnitYear) -> str:
    """What else came in: attachments where nothing else did, forms that could not be read."""
    if unit.latest is None:
        if years := sorted({year for one in unit.attachments if (year := of_year(one))}):
            return f"交来的是已收的 {'、'.join(map(str, years))} 年度报送"
        return f"只收到附件 {len(unit.attachments)} 份" if unit.attachments else ""
    return f"另有 {len(unit.unreadable)} 份文件没有读出" if unit.unreadable else ""


def _due_note(unit: UnitYear, state: YearState) -> str:
    """An extension, where the unit has one; that the deadline has passed, where it is not accepted."""
    due = due_of(unit, state)
    if unit.accepted is None and due > state.profile.cycle.soft_deadline(state.year):
        return f"延期至 {day(due)}" + ("，已过" if standing(unit, state) is Standing.OVERDUE else "")
    return ""


def _deadlines(state: YearState) -> str:
    """The two deadlines, and which of them has passed; of a locked year, who closed it."""
    if lock := lock_of(state):
        return f"本年度已于 {day(lock.at.date())}由{lock.by}锁定，结论不再改变"
    cycle, today = state.profile.cycle, state.profile.local(state.as_of).date()
    soft, hard = cycle.soft_deadline(state.year), cycle.hard_deadline(state.year)
    if today <= soft:
        return f"报送期限 {day(soft)}，还有 {(soft - today).days} 天"
    if today <= hard:
        return f"报送期限 {day(soft)}已过；{day(hard)}关闭，还有 {(hard - today).days} 天"
    return f"报送已于 {day(hard)}关闭"


def _figures(totals: Totals) -> tuple[Figure, ...]:
    """The year in four figures; only accepted reports count."""
    indicators = totals.indicators
    waits = "无办结" if indicators.unknown_year is None else str(UnknownDay(indicators.unknown_year))
    on_time = figure(indicators.requests_closed_on_time, waits)
    received = totals.district.tables[NEW_REQUESTS]
    return (
        Figure("新收申请", figure(received), "件"),
        Figure("当年办结", figure(indicators.requests_closed), "件"),
        Figure("按期办结", on_time, f"件，共办结 {indicators.requests_closed} 件"),
        Figure("平均用时", figure(indicators.average_reply_working_days, waits), "个工作日"),
    )
