"""Draws one sheet of the office's workbook: title, note, what each column wants, an example, headings, and the rows.

Which columns there are says `sheets.yaml`; a key that a row has beyond them gets a column behind them, so that nothing
that was said is lost on the way back.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from xlsxwriter.worksheet import Worksheet

from gongkai.submission.form import Cell
from gongkai.submission.inspection.entry_draft import shown
from gongkai.submission.inspection.office_row import OfficeRow
from gongkai.submission.inspection.workbook.offered import Offered
from gongkai.submission.inspection.workbook.office_sheets import (
    LABELS,
    TOLD,
    OfficeSheet,
    number_of,
    numbered,
    type_of,
    width_of,
)
from gongkai.submission.template.canvas import PROTECTION, Form, Progress, lines_in, suggestion, validation
from gongkai.submission.template.list_sheets import ROWS, ROWS_MAY, hide_the_rest
from gongkai.submission.template.names import Place, column_letters, header_name

_HINT, _EXAMPLE, _HEADER = 2, 3, 4  # rows; those of the entries follow
_LINE, _LOWEST, _TALLEST = 15, 20, 400  # points
_LONGEST = 32_767  # characters that a cell can hold
_CHOICE, _OFFER = "下拉选择", "下拉选择或直接填写"
_WHAT = {"date": "日期", "integer": "整数", "decimal": "数字", "boolean": "是/否", "choice": _CHOICE}


def draw_office_sheet(form: Form, sheet: OfficeSheet, rows: Sequence[OfficeRow], offered: Offered) -> None:
    """Draws a sheet with its rows, and below them numbers for the next ones.

    Args:
        form: the workbook; where each value was written is noted there, as `entries[<name>].<key>`.
        sheet: which.
        rows: what stands on it.
        offered: the drop-downs.
    """
    columns = [*sheet.columns, *dict.fromkeys(key for row in rows for key in row.values if key not in sheet.columns)]
    widths = [width_of(key) for key in columns]
    page = form.sheet(sheet.sheet, widths, repeat=(_HEADER, _HEADER))
    for column, key in enumerate(columns):
        page.set_column(column, column, widths[column], form.style.input(_style(key)))
        if rule := _rule(form, sheet, key, offered):
            prompt = {"input_title": LABELS[key][:32], "input_message": _wanted(sheet, key)[:255]}
            page.data_validation(_HEADER + 1, column, _HEADER + ROWS, column, rule | prompt)
    hide_the_rest(form, page, len(columns))
    page.protect("", PROTECTION | ROWS_MAY)
    form.paper(page, widths)
    _head(form, page, sheet, columns, widths)
    for at, row in enumerate(rows, _HEADER + 1):
        _row(form, page, at, row, columns, widths, offered)
    _numbers(form, page, sheet, rows)
    form.define(header_name(sheet.key), Place(sheet.sheet, _HEADER, 0, _HEADER, len(columns) - 1))
    page.freeze_panes(_HEADER + 1, 2)
    _progress(form, sheet, columns, rows)


def _head(form: Form, page: Worksheet, sheet: OfficeSheet, columns: Sequence[str], widths: Sequence[float]) -> None:
    style, examples = form.style, _examples(sheet, form.year)
    texts = {key: (_wanted(sheet, key), examples.get(key, "")) for key in columns}
    tall = [max(lines_in(texts[key][n], width) for key, width in zip(columns, widths, strict=True)) for n in (0, 1)]
    for row, height in enumerate((30, 18, 4 + 12 * tall[0], 4 + 12 * tall[1], 24)):
        page.set_row(row, height, style["plain"])
    page.write_string(0, 0, sheet.title, style["title"])
    page.write_string(1, 0, sheet.note, style["note_line"])
    for column, key in enumerate(columns):
        page.write_string(_HINT, column, texts[key][0], style["hint"])
        page.write_string(_EXAMPLE, column, texts[key][1], style["example"])
        page.write_string(_HEADER, column, LABELS.get(key, key), style["header"])


def _examples(sheet: OfficeSheet, year: int) -> Mapping[str, str]:
    years = {"{year}": str(year), "{next_year}": str(year + 1)}
    said = dict(sheet.example)
    for key, text in said.items():
        for place, number in years.items():
            text = text.replace(place, number)
        said[key] = f"例：{text}"
    return said


def _wanted(sheet: OfficeSheet, key: str) -> str:
    """What stands over a column and beside its cells: whether it must be filled, with what, and what it is for."""
    if key == TOLD or key not in LABELS:
        return "系统列出，供参考" if key == TOLD else ""
    what = _OFFER if key in sheet.offers else _WHAT.get(type_of(key), "")
    return " · ".join(part for part in (sheet.asked_of(key), what, sheet.hint_of(key)) if part)


def _rule(form: Form, sheet: OfficeSheet, key: str, offered: Offered) -> dict[str, Any]:
    """The data validation of a column; empty where anything may stand. What is offered may be typed otherwise too."""
    if key not in LABELS:
        return {}
    if texts := offered.texts.get(sheet.offers.get(key, "")):
        return suggestion(form.choices(texts))
    source = form.choices(offered.kinds(sheet)) if key == "kind" else None
    return validation(type_of(key), source=source)


def _row(
    form: Form,
    page: Worksheet,
    at: int,
    row: OfficeRow,
    columns: Sequence[str],
    widths: Sequence[float],
    offered: Offered,
) -> None:
    lines = 1
    for column, key in enumerate(columns):
        where = f"entries[{row.name}].{key}"
        value = _written(key, offered.said(key, row.values.get(key)))
        if value is not None or where in form.marks:
            cell = None if value is None else Cell("entries", row.name, key, value)
            form.input(page, at, column, _style(key), cell, where=where)
            lines = max(lines, lines_in(str(value or ""), widths[column]))
    page.set_row(at, min(_LINE * lines + _LOWEST - _LINE, _TALLEST))


def _numbers(form: Form, page: Worksheet, sheet: OfficeSheet, rows: Sequence[OfficeRow]) -> None:
    """Numbers the next rows on from the highest number that one of ours has."""
    taken = [number_of(str(row.values.get("id", "")), sheet) for row in rows]
    for n in range(1, sheet.rows + 1):
        text = numbered(sheet, max(taken, default=0) + n)
        page.set_row(_HEADER + len(rows) + n, _LOWEST)
        page.write_string(_HEADER + len(rows) + n, 0, text, form.style.input("text"))


def _written(key: str, value: Any) -> Any:
    """A value of a row, typed as a cell can hold it so that it reads back as the same; else as its text."""
    if value is None or isinstance(value, bool):
        return value
    kind = type_of(key) if key in LABELS else "text"
    if kind == "date" and isinstance(value, str):
        try:
            return date.fromisoformat(value) if len(value) == 10 else value
        except ValueError:
            return value
    if kind in ("decimal", "integer") and isinstance(value, str) and value.isascii():
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        return number if number.is_finite() and f"{number:f}" == value else value
    if isinstance(value, int | float | Decimal) and kind in ("decimal", "integer"):
        return value if isinstance(value, int) else Decimal(str(value))
    return (value if isinstance(value, str) else shown(value))[:_LONGEST]


def _style(key: str) -> str:
    return type_of(key) if key in LABELS else "text"


def _progress(form: Form, sheet: OfficeSheet, columns: Sequence[str], rows: Sequence[OfficeRow]) -> None:
    """How many rows somebody has signed."""
    letters = column_letters(columns.index("by"))
    count = f"COUNTA('{sheet.sheet}'!{letters}{_HEADER + 2}:{letters}{_HEADER + 1 + ROWS})"
    waiting = sum(sheet.is_waiting(row.values) for row in rows)
    now = sum("by" in row.values for row in rows)
    what = sheet.title + (f"（预先列出待办 {waiting} 条）" if waiting else "")
    form.progress.append(Progress(sheet.sheet, what, f'={count}&" 条"', f"{now} 条"))
