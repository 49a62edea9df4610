"""Words the repair advice (修改建议) of a returned revision, the same for receipt, JSON and returned workbook.

Which cells to change is computed in `gongkai.submission.repair.suggestion`; it is advice, and every place it is
shown says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from gongkai.national_format import NationalFormat
from gongkai.reporting.shared.series import spans
from gongkai.submission.form import Submission
from gongkai.submission.places import part, place
from gongkai.submission.repair.needed import repairs_needed
from gongkai.submission.repair.parts import Correction, Repair
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import Revision, UnitYear, YearState

TITLE = "修改建议"
CAUTION = "仅供参考：由系统按勾稽关系推算出的最少改动，实际应改哪一格，请以台账和原始记录为准。"
_NUMERALS = "一二三"


@dataclass(frozen=True)
class AdviceLine:
    """One way to make a part of the report hold: a sentence, and the first cell it speaks of."""

    where: str
    text: str


@dataclass(frozen=True)
class AdvicePart:
    """The alternatives for one part of the report, under a heading that says how much is to be changed."""

    heading: str
    lines: tuple[AdviceLine, ...]


def advise(unit_year: UnitYear, revision: Revision, state: YearState) -> tuple[Repair, ...]:
    """The repairs of a returned revision's tables; nothing for one that is accepted or has no tables."""
    submission = revision.submission
    if revision.verdict.status is not Status.RETURNED or submission is None:
        return ()
    before = state.previous.get(unit_year.unit.code)
    accepted = before.alone if before is not None and before.accepted else None
    return repairs_needed(submission, revision.verdict.findings, unit_year.unit, accepted)


def advice_json(repairs: Iterable[Repair]) -> list[dict[str, Any]]:
    """The `advice` of receipt.json: one object an alternative, its changes and the blanks that follow."""
    return [
        {
            "table": repair.table,
            "broken": list(repair.broken),
            "alternative": repair.alternative,
            "changes": [_change_json(change) for change in repair.changes],
            "filled": [_change_json(change) for change in repair.filled],
            "more": repair.more,
        }
        for repair in repairs
    ]


def advice_view(
    repairs: Sequence[Repair], national_format: NationalFormat, addresses: Mapping[str, str]
) -> list[AdvicePart]:
    """The advice as headings and sentences.

    Args:
        repairs: as `advise` gives them.
        national_format: for the names of the cells.
        addresses: where → the cell's address in the file the reader has before him, as far as it has one.
    """
    parts = []
    for (table, broken), found in groupby(repairs, key=lambda repair: (repair.table, repair.broken)):
        members = list(found)
        lines = [_line(repair, members, national_format, addresses) for repair in members]
        if members[0].more:
            lines.append(AdviceLine(lines[0].where, "还有其他改动格数相同的改法，未一一列出。"))
        title = part(f"{table}.", national_format)[1]
        parts.append(AdvicePart(f"{title}：{_how_much(members[0], len(broken))}", tuple(lines)))
    return parts


def addresses_of(submission: Submission | None) -> dict[str, str]:
    """The addresses of a submission's cells as they stood in its file."""
    cells = submission.by_where.items() if submission else ()
    return {where: cell.origin.cell for where, cell in cells if cell.origin.cell}


def _how_much(repair: Repair, broken: int) -> str:
    if not repair.changes:
        return "其他各格不变时，下列空白格只能这样填"
    what = f"{broken} 处勾稽不符" if broken else "空白格怎样填都不能平衡"
    return f"{what}，最少改 {len(repair.changes)} 格即可相符"


def _line(
    repair: Repair, members: Sequence[Repair], national_format: NationalFormat, addresses: Mapping[str, str]
) -> AdviceLine:
    said = [f"{_cell(change.where, national_format, addresses)}{_to(change)}" for change in repair.changes]
    filled = _filled(repair.filled, national_format, addresses)
    first = (*repair.changes, *repair.filled)[0].where
    if not repair.changes:
        return AdviceLine(first, f"{filled}。")
    label = f"改法{_NUMERALS[repair.alternative - 1]}" if len(members) > 1 else "改法"
    ending = f"；同时空白格 {filled}" if filled else ""
    return AdviceLine(first, f"{label}（改 {len(said)} 格）：{'；'.join(said)}{ending}。")


def _to(change: Correction) -> str:
    """`由 12 改为 11`, or a range where more than one value would do."""
    if change.value is not None:
        return f"由 {change.now} 改为 {change.value}"
    if change.high is None:
        return f"由 {change.now} 改为不少于 {change.low} 的数"
    return f"由 {change.now} 改为 {change.low} 至 {change.high} 之间的数"


def _filled(changes: Sequence[Correction], national_format: NationalFormat, addresses: Mapping[str, str]) -> str:
    """The blanks by value: `C9:H9 填 0，J12 填 3`."""
    said = []
    for value in sorted({change.low for change in changes}):
        cells = [change.where for change in changes if change.low == value]
        if all(where in addresses for where in cells):
            said.append(f"{spans(addresses[where] for where in cells)} 填 {value}")
        else:
            said += [f"{place(where, national_format)}填 {value}" for where in cells]
    return "，".join(said)


def _cell(where: str, national_format: NationalFormat, addresses: Mapping[str, str]) -> str:
    address = f"（{addresses[where]}）" if where in addresses else ""
    return place(where, national_format) + address


def _change_json(change: Correction) -> dict[str, Any]:
    return {
        "where": change.where,
        "now": change.now,
        "value": change.value,
        "low": change.low,
        "high": change.high,
    }
