"""Draws what stands beside the national tables: the activity figures, the narrative, one sheet per list.

Columns, labels, types and drop-downs follow from `lists.yaml`; a list's header cells carry one defined name and
every row below them is the clerk's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from xlsxwriter.worksheet import Worksheet

from gongkai.submission.fields import Field, FieldGroup, groups, groups_asked, lists, lists_asked
from gongkai.submission.form import Cell, State
from gongkai.submission.template.canvas import PROTECTION, Form, Progress, lines_in, plain, suggestion, validation
from gongkai.submission.template.names import (
    GROUP_SHEETS,
    REPORTED_CHOICES,
    Place,
    address,
    area_name,
    field_name,
    header_name,
    reported_name,
)

ROWS = 5000  # rows of a list that carry drop-downs and validation; more can be filled without
_FLAG_ROW, _HINT_ROW, _HEADER_ROW = 2, 3, 4
_LAST_COLUMN = (
    16383  # of any sheet; those behind a list's are hidden, for a row is deleted only if all of it is unlocked
)
ROWS_MAY = {"insert_rows": True, "delete_rows": True, "sort": True, "autofilter": True}
_TEXT_WIDTH, _TALLEST, _LINE = 110, 400, 15  # characters, points, points
_WIDTHS = {"date": 12.0, "integer": 9.0, "decimal": 11.0, "boolean": 9.0, "choice": 13.0, "choices": 20.0, "text": 16.0}
_WIDE = {
    "outcome": 30.0, "title": 36.0, "item": 32.0, "basis": 32.0, "topic": 48.0, "url": 28.0, "subject": 30.0,
    "text": 48.0, "where": 40.0, "file": 28.0, "kind": 20.0, "applicant_type": 15.0, "channel": 14.0,
}  # fmt: skip
_HINTS = {
    "date": "日期",
    "integer": "整数",
    "decimal": "数字",
    "choice": "下拉选择",
    "boolean": "是/否",
    "text": "文字",
}


def draw_groups(form: Form) -> None:
    """Draws the activity figures and the narrative, a sheet each."""
    asked = groups_asked(form.year, form.version, office=form.unit.kind == "office")
    for group in _drawn(form, groups(), asked):
        if any(field.long for field in group.fields.values()):
            _narrative(form, group)
        else:
            _figures(form, group)


def draw_lists(form: Form) -> None:
    """Draws one sheet per list, in the order of the form."""
    for group in _drawn(form, lists(), lists_asked(form.year, form.version)):
        _list(form, group)


def _drawn(form: Form, known: Mapping[str, FieldGroup], asked: Mapping[str, FieldGroup]) -> Iterator[FieldGroup]:
    """What the template asks, and whatever else the submission that fills it says: nothing is lost on the way back."""
    said = {(cell.table, cell.column) for cell in form.submission.cells} if form.submission else set()
    reported = form.submission.reported if form.submission else frozenset()
    for key, group in known.items():
        there = asked[key].fields if key in asked else {}
        fields = {name: field for name, field in group.fields.items() if name in there or (key, name) in said}
        if fields or key in reported:
            yield replace(group, fields=fields or group.fields)


def _figures(form: Form, group: FieldGroup) -> None:
    name = GROUP_SHEETS[group.key]
    sheet = form.sheet(name, [44.0, 10.0, 34.0, 22.0], repeat=(2, 2))
    style = form.style
    _heading(form, sheet, group.label, 4, "与本单位有关的如实填写；没有的填 0；不掌握的留空，按“未报”处理。")
    for column, text in enumerate(
        ("项目", "计量单位", "本年", f"参考：{form.year - 1} 年度" if form.last_year else "")
    ):
        sheet.write_string(2, column, text, style["header"])
    row = 2
    for row, field in enumerate(group.fields.values(), 3):
        sheet.set_row(row, 19.5)
        sheet.write_string(row, 0, form.letterhead.says(field.label), style["label"])
        sheet.write_string(row, 1, field.unit or "", style["label_center"])
        _field(form, sheet, group, field, row, 2)
        known = form.last_year.by_where.get(f"{group.key}.{field.key}") if form.last_year else None
        sheet.write_string(row, 3, str(known.value) if known else "未报" if form.last_year else "", style["reference"])
    last = len(group.fields) + 2
    form.define(area_name(group.key), Place(name, 0, 0, last, 3))
    filled = sum(_cell(form, group.key, field.key) is not None for field in group.fields.values())
    count = f"COUNTA('{name}'!C4:C{last + 1})"
    form.progress.append(
        Progress(
            name, "工作数据", f'={count}&" / {len(group.fields)} 项已填"', f"{filled} / {len(group.fields)} 项已填"
        )
    )


def _narrative(form: Form, group: FieldGroup) -> None:
    name = GROUP_SHEETS[group.key]
    sheet = form.sheet(name, [_TEXT_WIDTH / 2] * 2)
    note = (
        "按国家格式的文字部分逐格填写，没有的留空；表格以外另有文字的填最后三格。单元格内换行用 Alt+Enter。"
        "请勿写入申请人姓名、证件号、电话、住址。"
    )
    _heading(form, sheet, group.label, 2, note)
    row = 2
    cells = []
    for field in group.fields.values():
        sheet.merge_range(row, 0, row, 1, form.letterhead.says(field.label), form.style["section"])
        sheet.set_row(row, 24)
        cell = _cell(form, group.key, field.key)
        heights = _heights(cell.value if cell else "")
        for below, height in enumerate(heights, row + 1):
            sheet.set_row(below, height)
        sheet.merge_range(
            row + 1, 0, row + len(heights), 1, "", form.look(f"{group.key}.{field.key}", field.type, long=True)
        )
        _field(form, sheet, group, field, row + 1, 0)
        cells.append(f"'{name}'!{address(row + 1, 0)}")
        row += 1 + len(heights)
    sheet.fit_to_pages(1, 1 if row <= 2 + 2 * len(cells) else 0)
    form.define(area_name(group.key), Place(name, 0, 0, row - 1, 1))
    filled = sum(_cell(form, group.key, field.key) is not None for field in group.fields.values())
    formula = f'=COUNTA({",".join(cells)})&" / {len(cells)} 部分已写"'
    form.progress.append(Progress(name, "文字", formula, f"{filled} / {len(cells)} 部分已写"))


def _heights(text: str) -> list[float]:
    """Row heights that together hold a text: a row is at most 409 points tall, so a long text gets several."""
    height = max(150, _LINE * (lines_in(text, _TEXT_WIDTH) + 2))
    rows = -(-height // _TALLEST)
    return [height / rows] * rows


def _field(form: Form, sheet: Worksheet, group: FieldGroup, field: Field, row: int, column: int) -> None:
    where = f"{group.key}.{field.key}"
    form.input(sheet, row, column, field.type, _cell(form, group.key, field.key), where=where, long=field.long)
    rule = validation(field.type, long=field.long)
    if rule:
        sheet.data_validation(row, column, row, column, rule)
    form.define(field_name(group.key, field.key), Place(sheet.name, row, column, row, column))


def _cell(form: Form, group: str, key: str) -> Cell | None:
    cell = form.submission.by_where.get(f"{group}.{key}") if form.submission else None
    return cell if cell and cell.state is not State.BLANK else None


def _list(form: Form, group: FieldGroup) -> None:
    fields = list(group.fields.values())
    name = group.sheet or group.label
    sheet = form.sheet(name, [], repeat=(_HEADER_ROW, _HEADER_ROW))
    choices = {field.key: field.choices_in(form.national_format) for field in fields}
    widths = [_WIDE.get(field.key, _WIDTHS[field.type]) for field in fields]
    for column, (field, width) in enumerate(zip(fields, widths, strict=True)):
        sheet.set_column(column, column, width, form.style.input(field.type))
        if rule := _offered(form, field, choices[field.key]):
            prompt = {"input_title": field.label[:32], "input_message": _hint(field, choices[field.key])[:255]}
            sheet.data_validation(_HEADER_ROW + 1, column, _HEADER_ROW + ROWS, column, rule | prompt)
    hide_the_rest(form, sheet, len(fields))
    sheet.protect("", PROTECTION | ROWS_MAY)
    form.paper(sheet, widths)
    _list_head(form, sheet, group, choices)
    records = form.submission.records(group.key) if form.submission else ()
    for record in records:
        row, lines = _HEADER_ROW + record.position, 1
        for column, field in enumerate(fields):
            cell, where = record.cells.get(field.key), record.where(field.key)
            if cell is not None or where in form.marks:
                form.input(sheet, row, column, field.type, cell, where=where, choices=choices[field.key])
                lines = max(lines, lines_in(str(plain(cell, choices[field.key]) or ""), widths[column]))
        if lines > 1:
            sheet.set_row(row, min(_LINE * lines, _TALLEST))
    form.define(header_name(group.key), Place(name, _HEADER_ROW, 0, _HEADER_ROW, len(fields) - 1))
    form.define(area_name(group.key), Place(name, 0, 0, _HEADER_ROW, len(fields) - 1))
    _list_progress(form, group, len(records))


def hide_the_rest(form: Form, sheet: Worksheet, first: int) -> None:
    """Hides the columns behind a list's, unlocked, in one entry: the library would keep each of sixteen thousand."""
    sheet.set_column(first, first, None, form.style.input("text"), {"hidden": True})
    write = sheet._write_col_info

    def to_the_last(low: int, high: int, info: Any) -> None:
        write(low, _LAST_COLUMN if high == first else high, info)

    sheet._write_col_info = to_the_last


def _offered(form: Form, field: Field, choices: Mapping[str, str]) -> dict[str, Any]:
    """The data validation of a column; empty where anything may stand."""
    if offered := form.suggested.get(field.suggested or ""):
        return suggestion(form.choices(offered))
    return validation(field.type, source=form.choice_ranges.get(tuple(choices.values())))


def _hint(field: Field, choices: Mapping[str, str]) -> str:
    """What stands over a column and beside its cells: whether it must be filled, and with what."""
    hint = "下拉选择" if field.suggested else _HINTS.get(field.type) or "可多选：" + "、".join(choices.values())
    return ("必填 · " if field.required else "") + hint


def _list_head(form: Form, sheet: Worksheet, group: FieldGroup, choices: Mapping[str, Mapping[str, str]]) -> None:
    """Title, note, the 本年有无此项 cell, hint and example over each column, the header; all locked but one cell."""
    style = form.style
    for row, height in enumerate((30, 16, 20, 52, 34)):
        sheet.set_row(row, height, style["plain"])
    sheet.write_string(0, 0, group.label, style["title"])
    sheet.write_string(1, 0, group.note or "", style["note_line"])
    flag = {True: "有" if form.submission and form.submission.records(group.key) else "无", False: None}
    value = flag[form.submission is not None and group.key in form.submission.reported]
    sheet.write_string(_FLAG_ROW, 0, "本年有无此项：", style["flag_label"])
    cell = Cell(group.key, "-", "reported", value) if value else None
    form.input(sheet, _FLAG_ROW, 1, "choice", cell, where=group.key)
    rule = {"validate": "list", "source": list(REPORTED_CHOICES)}
    sheet.data_validation(_FLAG_ROW, 1, _FLAG_ROW, 1, rule)
    sheet.write_string(_FLAG_ROW, 2, "有：逐行填写　无：本年确实没有　未报：暂不报送", style["note_line"])
    form.define(reported_name(group.key), Place(sheet.name, _FLAG_ROW, 1, _FLAG_ROW, 1))
    for column, field in enumerate(group.fields.values()):
        example = group.example.get(field.key, "").replace("{year}", str(form.year))
        hint = _hint(field, choices[field.key]) + (f"\n例：{example}" if example else "")
        sheet.write_string(_HINT_ROW, column, hint, style["hint"])
        sheet.write_string(_HEADER_ROW, column, field.label, style["header"])
    sheet.freeze_panes(_HEADER_ROW + 1, 1)


def _list_progress(form: Form, group: FieldGroup, rows: int) -> None:
    name = group.sheet or group.label
    count = f"COUNTA('{name}'!A{_HEADER_ROW + 2}:A{_HEADER_ROW + 1 + ROWS})"
    flag = f"'{name}'!{address(_FLAG_ROW, 1)}"
    formula = f'=IF({count}>0,{count}&" 条",IF({flag}="无","本年无此项","未报"))'
    none = form.submission is not None and group.key in form.submission.reported
    value = f"{rows} 条" if rows else "本年无此项" if none else "未报"
    form.progress.append(Progress(name, group.label, formula, value))


def _heading(form: Form, sheet: Worksheet, title: str, columns: int, note: str) -> None:
    sheet.set_row(0, 30)
    sheet.set_row(1, 20)
    for row, (text, style) in enumerate(((title, "title"), (note, "note"))):
        sheet.merge_range(row, 0, row, columns - 1, text, form.style[style])
