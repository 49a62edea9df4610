"""One unit on the screen: where it stands, what it sent and what became of each, and its papers."""

from gongkai.findings import Severity
from gongkai.reporting.screen.markdown import table, text
from gongkai.reporting.screen.reasons import open_rules, reasons
from gongkai.reporting.screen.site_links import Places
from gongkai.reporting.shared.standing import due_of, excuse_of, standing_words
from gongkai.reporting.shared.wording import Wordings
from gongkai.reporting.shared.words import counted
from gongkai.reporting.style import day, moment
from gongkai.warehouse.records import Revision, UnitYear, YearState

_ASKING = (Severity.ERROR, Severity.QUERY)


def unit_page(unit: UnitYear, state: YearState, places: Places, wordings: Wordings) -> str:
    """The page of one unit with its history, newest first."""
    said = reasons(unit, wordings)
    excuse = excuse_of(unit, state)
    lines = [
        f"# {state.year} 年度 {text(unit.unit.code)} {text(unit.unit.name)}：{standing_words(unit, state)}",
        f"报送期限 {day(due_of(unit, state))}。{text(said)}{f'。{text(excuse)}' if excuse else ''}",
        " · ".join(part for part in (places.unit(unit.unit.code, "全部材料"), places.answers(unit.unit.code)) if part),
    ]
    if unit.revisions:
        rows = (_row(one, unit, state, wordings) for one in reversed(unit.revisions))
        lines.append(table(["次", "收到", "结论", "未了结", "原因", "受理于"], rows, right=(0,)))
    beside = [f"附件 {len(unit.attachments)} 份"] if unit.attachments else []
    beside += [f"没有读出的文件 {len(unit.unreadable)} 份"] if unit.unreadable else []
    return "\n\n".join([*lines, *(["另有" + "、".join(beside) + "。"] if beside else [])])


def _row(one: Revision, unit: UnitYear, state: YearState, wordings: Wordings) -> list[object]:
    stands = "（现行）" if unit.accepted is one else ""
    return [
        one.number,
        moment(state.profile.local(one.received_at)),
        f"{one.verdict.state.word}{stands}",
        counted(one.verdict, _ASKING),
        text(open_rules(one, wordings)),
        day(one.accepted_at.date()) if one.accepted_at else "",
    ]
