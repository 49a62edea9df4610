"""Writes the ranking: `ranking.json` of contract.md, and a workbook with one printable sheet a group.

The only output beside the board that sets units side by side; it goes to the office, never to a unit.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from gongkai.assessment.export import heads, in_order_of_rank, ranking_json
from gongkai.assessment.scorecard import Assessment, IndicatorScore, Scorecard
from gongkai.profile import Profile
from gongkai.reporting.scorecard.indicator_lines import NONE, NOT_SCORED
from gongkai.reporting.shared.write import write_bytes, write_json
from gongkai.reporting.style import NOT_APPLICABLE, Page, page_of, repack
from gongkai.reporting.style.text_width import width_of
from gongkai.warehouse.records import YearState

_FAMILY = "微软雅黑"
_FIXED = ("名次", "代码", "单位", "总分", "等次", "加分", "通报扣分")
_HEAD_ROW = 2
_UPRIGHT = 10  # points of height a character that stands upright takes
_UNSAFE = re.compile(r"[\[\]:*?/\\]")


def write_ranking(assessment: Assessment, state: YearState, basis: str, folder: Path) -> list[Path]:
    """Writes `ranking.json` and `ranking.xlsx`.

    Args:
        assessment: all scorecards of the year.
        state: the year it belongs to.
        basis: `gongkai.reporting.manifest.basis_sha256(state)`.
        folder: `OUT/<year>`.
    """
    page = page_of(state, basis, "政务公开考核排名")
    return [
        write_json(folder / "ranking.json", ranking_json(assessment)),
        write_bytes(folder / "ranking.xlsx", ranking_workbook(assessment, page, state.profile)),
    ]


def ranking_workbook(assessment: Assessment, page: Page, profile: Profile) -> bytes:
    """The workbook: a sheet a group in registry order, best unit first, the group's medians in the last row."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": page.title, "author": page.district, "created": page.as_of.replace(tzinfo=None)})
        groups: dict[str, list[Scorecard]] = {}
        for card in assessment.scorecards:
            groups.setdefault(card.group, []).append(card)
        for number, (group, cards) in enumerate(groups.items(), 1):
            name = profile.kind_name(group)
            _sheet(book.add_worksheet(_sheet_name(name, number, book)), book, name, in_order_of_rank(cards), page)
        if not groups:
            book.add_worksheet("无参评单位")
    return repack(written.getvalue())


def _sheet_name(name: str, number: int, book: xlsxwriter.Workbook) -> str:
    """A group's name as a sheet may bear it: 31 characters, none of Excel's signs, no other sheet's."""
    plain = _UNSAFE.sub("", name)[:31].strip("'")
    taken = {sheet.name.lower() for sheet in book.worksheets()}
    return plain if plain and plain.lower() not in taken else f"第 {number} 组"


def _sheet(sheet: Worksheet, book: xlsxwriter.Workbook, name: str, cards: Sequence[Scorecard], page: Page) -> None:
    look, among = _looks(book), f"{len(cards)} 个单位"
    if cards[0].authority:
        among = f"{len(heads(cards))} 个机关，{among}"
    lines = _columns(cards)
    head = [*_FIXED, *(f"{line.code} {line.label}" for line in lines)]
    sheet.write_string(0, 0, f"{page.district} {page.year} 年度{page.title}（{name}组，{among}）", look["title"])
    sheet.write_string(1, 0, "　".join(part for part in (page.banner, page.foot) if part), look["small"])
    for column, text in enumerate(head):
        sheet.write_string(_HEAD_ROW, column, text, look["head" if column < len(_FIXED) else "upright"])
    first = _HEAD_ROW + 1
    _row(sheet, first, ["", "", "满分", "", "", "", "", *(line.max for line in lines)], look, "quiet")
    rows = list(_rows(cards, lines))
    for place, (values, style) in enumerate(rows, 1):
        _row(sheet, first + place, values, look, style)
    last = first + len(rows) + 1
    _row(sheet, last, _medians(cards, lines), look, "median")
    _print_setup(sheet, page, last, head)


def _columns(cards: Sequence[Scorecard]) -> list[IndicatorScore]:
    """The indicators that the group has, in the scheme's order: those of any card of it."""
    found: dict[str, IndicatorScore] = {}
    for card in cards:
        for line in card.indicators:
            if line.max:
                found.setdefault(line.code, line)
    return list(found.values())


def _rows(cards: Sequence[Scorecard], lines: Sequence[IndicatorScore]) -> Iterator[tuple[list[Any], str]]:
    """A row a unit; rolled up, a row an authority with rank, total and grade, and its units' rows below it."""
    for head in heads(cards):
        if head.authority is None:
            yield _values(head, lines), "plain"
            continue
        yield [*_values(replace(head, unit="", vetoes=()), ())[:5], *[""] * (2 + len(lines))], "median"
        for card in (one for one in cards if one.authority == head.authority):
            vetoes = "；".join(f"一票否决：{veto}" for veto in card.vetoes)
            values = _values(card, lines)
            yield ["", *values[1:4], vetoes, *values[5:]], "plain"


def _values(card: Scorecard, lines: Sequence[IndicatorScore]) -> list[Any]:
    own = {line.code: line for line in card.indicators}
    return [
        NONE if card.rank is None else card.rank,
        card.unit,
        card.name,
        NOT_SCORED if card.total is None else card.total,
        "；".join([card.grade, *(f"一票否决：{veto}" for veto in card.vetoes)]),
        card.bonus,
        card.penalty,
        *(_score(own.get(line.code)) for line in lines),
    ]


def _score(line: IndicatorScore | None) -> Decimal | str:
    if line is None or not line.applicable:
        return NOT_APPLICABLE
    return NOT_SCORED if line.score is None else line.score


def _medians(cards: Sequence[Scorecard], lines: Sequence[IndicatorScore]) -> list[Any]:
    """The medians that every card of the group carries."""
    total = next((card.peer_median_total for card in cards if card.peer_median_total is not None), None)
    by_code = {
        line.code: line.peer_median for card in cards for line in card.indicators if line.peer_median is not None
    }
    return ["", "", "中位数", NONE if total is None else total, "", "", "", *(by_code.get(x.code, NONE) for x in lines)]


def _row(sheet: Any, row: int, values: Sequence[Any], look: dict[str, Any], style: str) -> None:
    for column, value in enumerate(values):
        if isinstance(value, Decimal):
            sheet.write_number(row, column, value, look[f"{style}_points"])
        elif isinstance(value, int):
            sheet.write_number(row, column, value, look[f"{style}_rank"])
        else:
            sheet.write_string(row, column, value, look[f"{style}_text" if column < len(_FIXED) else f"{style}_count"])


def _looks(book: xlsxwriter.Workbook) -> dict[str, Any]:
    """Black on white, hair lines between units, figures to the right."""
    base = {"font_name": _FAMILY, "font_size": 10, "valign": "vcenter"}
    styles: dict[str, dict[str, Any]] = {
        "plain": {"bottom": 7},
        "quiet": {"bottom": 1, "font_color": "#555555"},
        "median": {"top": 1, "bottom": 1, "bold": True},
    }
    look = {
        "title": book.add_format({**base, "font_size": 16, "bold": True}),
        "small": book.add_format({**base, "font_size": 8, "font_color": "#555555"}),
        "head": book.add_format({**base, "font_size": 9, "text_wrap": True, "top": 1, "bottom": 1, "align": "center"}),
        "upright": book.add_format({**base, "font_size": 9, "top": 1, "bottom": 1, "align": "center", "rotation": 90}),
    }
    for name, style in styles.items():
        look[f"{name}_text"] = book.add_format({**base, **style, "text_wrap": True, "indent": 1})
        look[f"{name}_count"] = book.add_format({**base, **style, "align": "right", "shrink": True})
        look[f"{name}_rank"] = book.add_format({**base, **style, "align": "center"})
        look[f"{name}_points"] = book.add_format({**base, **style, "align": "right", "num_format": "0.00"})
    return look


def _print_setup(sheet: Any, page: Page, last_row: int, head: Sequence[str]) -> None:
    """Landscape A4, one page wide, the head as high as its longest name and on every page, the usual foot."""
    for column, width in enumerate((5, 5, 20, 7, 7, 6, 8)):
        sheet.set_column(column, column, width)
    sheet.set_column(len(_FIXED), len(head) - 1, 5)
    sheet.set_row(0, 26)
    sheet.set_row(_HEAD_ROW, 20 + _UPRIGHT * max(map(width_of, head)))
    sheet.freeze_panes(_HEAD_ROW + 1, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, _HEAD_ROW)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
    sheet.center_horizontally()
    sheet.print_area(0, 0, last_row, len(head) - 1)
    sheet.set_footer(f"&L&8{page.foot.replace('&', '&&')[:200]}&R&8第 &P 页，共 &N 页")
