"""A unit's card as a workbook whose formulas recompute the score: whoever doubts a sum changes a number and looks.

Sheet 评分 has the indicators and the total, sheet 扣分依据 one row for each deduction and each piece of evidence behind
it. Points of a deduction stand in 扣分依据 once; everything on 评分 follows from them by formula.
"""

import io
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from gongkai.assessment.points import rounded
from gongkai.assessment.scorecard import Award, Evidence, IndicatorScore, Scorecard
from gongkai.profile import Scheme
from gongkai.reporting.scorecard.outlook import together
from gongkai.reporting.style import NOT_APPLICABLE, Page, repack

_HEAD = ("指标", "测评指标", "分值", "扣分", "得分", "计入满分", "失分原因", "整改情况", "怎样得回", "怎样计分")
_WIDTHS = (7, 18, 7, 7, 7, 8, 44, 24, 36, 44)
_LOST_HEAD = ("指标", "扣分", "折合总分", "理由", "依据", "文件", "表", "单元格", "位置")
_LOST_WIDTHS = (7, 8, 9, 44, 44, 30, 16, 9, 26)
_FIRST = 3
_BONUS, _PENALTY = "加分", "通报扣分"


def scorecard_workbook(card: Scorecard, scheme: Scheme, page: Page) -> bytes:
    """The workbook.

    Args:
        card: the unit's.
        scheme: gives caps and the places of a total.
        page: head and foot of the card.
    """
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": page.title, "author": page.district, "created": page.as_of.replace(tzinfo=None)})
        look = _looks(book)
        sheet = book.add_worksheet("评分")
        lost = list(_lost_rows(card))
        _scores(sheet, card, scheme, page, look, _FIRST + max(len(lost), 1))
        _lost(book.add_worksheet("扣分依据"), lost, page, look)
    return repack(written.getvalue())


def _scores(sheet: Worksheet, card: Scorecard, scheme: Scheme, page: Page, look: dict[str, Any], last: int) -> None:
    """The indicators, the sums below them, and the total; `last` is the last row of 扣分依据."""
    sheet.write_string(
        0, 0, f"{page.district} {page.year} 年度政务公开考核评分表　{card.unit} {card.name}", look["title"]
    )
    sheet.write_string(1, 0, "　".join(part for part in (page.banner, page.foot) if part), look["small"])
    for column, (text, width) in enumerate(zip(_HEAD, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, text, look["head"])
    lines = [line for line in card.indicators if line.max]
    for row, line in enumerate(lines, _FIRST):
        _line(sheet, row, line, card, look, last)
    end = _FIRST + len(lines)
    for row, (label, formula, value) in enumerate(_sums(card, scheme, end, last), end + 1):
        sheet.write_string(row, 1, label, look["text"])
        sheet.write_formula(row, 4, formula, look["points"], _number(value))
    sheet.write_string(end + 7, 1, "等次", look["text"])
    sheet.write_string(end + 7, 4, card.grade, look["text"])
    sheet.write_string(end + 8, 1, together(card), look["small"])
    sheet.freeze_panes(_FIRST, 2)
    _printed(sheet, page)


def _line(sheet: Worksheet, row: int, line: IndicatorScore, card: Scorecard, look: dict[str, Any], last: int) -> None:
    """One indicator; what it lost is the sum of its deductions, what it has the rest of its points."""
    n, scored = row + 1, line.score is not None
    taken = sum((one.points for one in line.deductions), Decimal(0))
    sheet.write_string(row, 0, line.code, look["text"])
    sheet.write_string(row, 1, line.label, look["text"])
    sheet.write_number(row, 2, float(line.max), look["points"])
    if scored:
        sheet.write_formula(row, 3, f"=SUMIF(扣分依据!$A$4:$A${last},A{n},扣分依据!$B$4:$B${last})", look["points"],
                            _number(taken))  # fmt: skip
        sheet.write_formula(row, 4, f"=C{n}-D{n}", look["points"], _number(line.score))
    else:
        sheet.write_string(row, 3, "", look["text"])
        sheet.write_string(row, 4, NOT_APPLICABLE, look["text"])
    sheet.write_string(row, 5, "是" if scored else "否", look["text"])
    mended = [
        f"{one.entry}：{f'{one.closed_on} 办结' if one.closed_on else f'期限 {one.due_on}'}"
        for one in card.rectification
        if one.indicator == line.code
    ]
    texts = ("；".join(one.reason for one in line.deductions) or line.note or "", "；".join(mended),
             line.to_raise or "", line.basis)  # fmt: skip
    for column, text in enumerate(texts, 6):
        sheet.write_string(row, column, text, look["text"])


def _sums(card: Scorecard, scheme: Scheme, end: int, last: int) -> Iterator[tuple[str, str, Decimal | None]]:
    """The way to the total, each step a formula over the rows above it."""
    scored = [(line.score, line.max) for line in card.indicators if line.score is not None]
    earned, full = (sum((pair[n] for pair in scored), Decimal(0)) for n in (0, 1))
    converted = rounded(100 * Fraction(earned) / Fraction(full), scheme.decimal_places) if full else None
    places, first = scheme.decimal_places, end + 2
    awards = f"扣分依据!$A$4:$A${last},%s,扣分依据!$B$4:$B${last}"
    bonus, penalty = (f"SUMIF({awards.replace('%s', chr(34) + word + chr(34))})" for word in (_BONUS, _PENALTY))
    bonus = f"MIN({scheme.bonus_cap:f},{bonus})"
    if scheme.bonus_from is not None:
        bonus = f"IF(E{first + 2}>={scheme.bonus_from:f},{bonus},0)"
    caps = "" if scheme.penalty_cap is None else f"{scheme.penalty_cap:f},"
    yield "各项得分之和", f"=SUM(E{_FIRST + 1}:E{end})", earned
    yield "适用满分之和", f'=SUMIF(F{_FIRST + 1}:F{end},"是",C{_FIRST + 1}:C{end})', full
    yield "折合百分制", f'=IF(E{first + 1}=0,"",ROUND(100*E{first}/E{first + 1},{places}))', converted
    yield _BONUS, f"={bonus}", card.bonus
    yield _PENALTY, f"=MIN({caps}N(E{first + 2})+E{first + 3},{penalty})", card.penalty
    total = f"ROUND(100*E{first}/E{first + 1}+E{first + 3}-E{first + 4},{places})"
    yield "总分", f'=IF(E{first + 1}=0,"",{total})', card.total


def _lost_rows(card: Scorecard) -> Iterator[tuple[Any, ...]]:
    """Each deduction and award with its first piece of evidence, then its further pieces without points."""
    for line in card.indicators:
        for one in line.deductions:
            yield from _pieces(line.code, one.points, one.in_total, one.reason, one.evidence)
    for word, awards in ((_BONUS, card.bonuses), (_PENALTY, card.penalties)):
        for award in awards:
            yield from _award(word, award)


def _award(word: str, award: Award) -> Iterator[tuple[Any, ...]]:
    return _pieces(word, award.points, None, award.reason, award.evidence)


def _pieces(
    code: str, points: Decimal, in_total: Decimal | None, reason: str, evidence: tuple[Evidence, ...]
) -> Iterator[tuple[Any, ...]]:
    for number, piece in enumerate(evidence or (Evidence(""),)):
        place = (piece.text, piece.file or "", piece.sheet or "", piece.cell or "", piece.where or "")
        yield (code, points, in_total, reason, *place) if number == 0 else (code, None, None, "", *place)


def _lost(sheet: Worksheet, rows: list[tuple[Any, ...]], page: Page, look: dict[str, Any]) -> None:
    sheet.write_string(0, 0, "扣分、加分和它们的依据：改动“扣分”一列，“评分”表随之重算", look["title"])
    sheet.write_string(1, 0, page.foot, look["small"])
    for column, (text, width) in enumerate(zip(_LOST_HEAD, _LOST_WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, text, look["head"])
    for row, values in enumerate(rows, _FIRST):
        for column, value in enumerate(values):
            if isinstance(value, Decimal):
                sheet.write_number(row, column, float(value), look["points"])
            else:
                sheet.write_string(row, column, value or "", look["text"])
    sheet.freeze_panes(_FIRST, 1)
    _printed(sheet, page)


def _printed(sheet: Worksheet, page: Page) -> None:
    """Landscape A4, one page wide, the head on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 2)
    sheet.set_footer(f"&L&8{page.foot.replace('&', '&&')[:200]}&R&8第 &P 页，共 &N 页")


def _looks(book: xlsxwriter.Workbook) -> dict[str, Any]:
    base = {"font_name": "微软雅黑", "font_size": 9, "valign": "top", "bottom": 4}
    return {
        "title": book.add_format({"font_name": "微软雅黑", "font_size": 14, "bold": True}),
        "small": book.add_format({"font_name": "微软雅黑", "font_size": 8, "font_color": "#555555"}),
        "head": book.add_format({**base, "bold": True, "top": 1, "bottom": 1, "text_wrap": True}),
        "text": book.add_format({**base, "text_wrap": True}),
        "points": book.add_format({**base, "align": "right", "num_format": "0.00"}),
    }


def _number(value: Decimal | None) -> float | str:
    """What a program shows before it calculates anew."""
    return "" if value is None else float(value)
