"""What an issue would release, for the person who is about to put a name under it.

Accepted, not accepted, and what changed since the last issue: whoever reads this need not compare files.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from gongkai.reporting.outbox.parcels import paths_of
from gongkai.reporting.report.lacks import Lack
from gongkai.reporting.screen.markdown import table, text
from gongkai.reporting.screen.reasons import reasons
from gongkai.reporting.screen.site_links import Places
from gongkai.reporting.shared.wording import Wordings
from gongkai.reporting.style import moment
from gongkai.warehouse.records import UnitYear, YearState
from gongkai.warehouse.rows.issued import Note

_FIRST, _CHANGED, _SAME, _NOTHING = "首次签发", "有变化", "没有变化", "没有可签发的材料"


def issue_page(
    state: YearState,
    outputs: Mapping[str, str],
    issued: Mapping[str, Note],
    lacks: Sequence[Lack],
    waits: Sequence[str],
    places: Places,
    wordings: Wordings,
) -> str:
    """The page.

    Args:
        state: the year as the drafts show it.
        outputs: path → SHA-256 of everything that the run wrote.
        issued: the last issue note of every unit that has one.
        lacks: what an issue is refused for unless somebody releases it by name.
        waits: what a final issue waits for, as sentences.
        places: where the papers are.
        wordings: the rules in words.
    """
    changes = {unit.unit.code: change_of(unit, outputs, issued.get(unit.unit.code)) for unit in state.units}
    open_units = [unit for unit in state.units if unit.accepted is None]
    count = {word: sum(found == word for found in changes.values()) for word in (_FIRST, _CHANGED, _SAME)}
    lines = [
        f"# {state.year} 年度：现在签发，会发出什么",
        f"应报 {len(state.units)} 个单位，已受理 {len(state.accepted)} 个，未受理 {len(open_units)} 个。"
        f"{_FIRST} {count[_FIRST]} 个单位，{_CHANGED} {count[_CHANGED]} 个，{_SAME} {count[_SAME]} 个（不再发）。"
        "看过以后，用部署 issue 的表单署名签发；这张表本身不发出任何东西。",
        *_lacks(lacks),
        "不勾选“正式签发”，评分表为征求意见稿，自签发之日起可以申诉。"
        + (f"现在还不能正式签发，未了事项 {len(waits)} 项：" if waits else "现在可以正式签发。"),
        *(["\n".join(f"- {text(one)}" for one in waits)] if waits else []),
    ]
    if open_units:
        rows = (_open_row(unit, places, wordings) for unit in open_units)
        lines += ["## 未受理的单位", table(["单位", "状态", "原因", "材料"], rows)]
    cards = {code: f"第 {card.version} 版 {card.state.word}" for code, card in state.issued.items()}
    rows = (
        _row(unit, changes[unit.unit.code], issued.get(unit.unit.code), cards.get(unit.unit.code, ""), places)
        for unit in state.units
    )
    return "\n\n".join([*lines, "## 逐单位", table(["单位", "这一次", "上一次签发", "已签发的评分表", "评分表"], rows)])


def _lacks(lacks: Sequence[Lack]) -> list[str]:
    """What has to be supplied first, or released by its id in the form."""
    if not lacks:
        return ["没有缺项，表单“放行的缺项”不填。"]
    how = "在表单“放行的缺项”中点 Add item，每项写一条“编号=理由”"
    said = f"**尚有缺项 {len(lacks)} 项，补齐之前不能签发**；确需签发的，{how}："
    return [said, "\n".join(f"- **{one.id}**：{text(one.what)}" for one in lacks)]  # the UI's tables do not wrap


def change_of(unit: UnitYear, outputs: Mapping[str, str], last: Note | None) -> str:
    """What an issue would mean to a unit: 首次签发, 有变化, 没有变化, or nothing to issue."""
    own = {outputs[path] for path in paths_of(unit.unit, outputs)}
    if not own:
        return _NOTHING
    if last is None:
        return _FIRST
    return _SAME if own <= {file["sha256"] for file in last["files"]} else _CHANGED


def _open_row(unit: UnitYear, places: Places, wordings: Wordings) -> list[object]:
    code = unit.unit.code
    named = places.unit(code, f"{code} {unit.unit.name}")
    return [named, unit.board_state.word, text(reasons(unit, wordings)), places.answers(code)]


def _row(unit: UnitYear, change: str, last: Note | None, issued: str, places: Places) -> list[object]:
    code = unit.unit.code
    before = ""
    if last is not None:
        before = f"第 {last['number']} 次，{moment(datetime.fromisoformat(last['issued_at']))}，{text(last['by'])}"
    card = places.paper(f"scorecards/{code}/scorecard.html", "评分表")
    now = f"**{change}**" if change == _CHANGED else change
    return [places.unit(code, f"{code} {unit.unit.name}"), now, before, issued, card]
