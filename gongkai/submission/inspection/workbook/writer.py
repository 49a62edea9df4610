"""Writes the office's own workbook: its first page, the sheets of `sheets.yaml`, and the hidden data.

The same rows give the same bytes. What waits for the office comes in as rows; nothing here knows a warehouse.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongkai.national_format import for_year
from gongkai.profile import Profile, Unit
from gongkai.profile.unit import OFFICE
from gongkai.submission.inspection.naming import kind_of
from gongkai.submission.inspection.office_row import OfficeRow
from gongkai.submission.inspection.workbook.drawing import draw_office_sheet
from gongkai.submission.inspection.workbook.offered import Offered, offered_in
from gongkai.submission.inspection.workbook.office_sheets import (
    OFFICE_UNIT,
    office_sheets,
    row_name,
    sheet_of,
    workbook_version,
)
from gongkai.submission.template.canvas import FirstSheet, Form
from gongkai.submission.template.names import (
    COVER_SHEET,
    META_TEMPLATE,
    META_UNIT,
    META_YEAR,
    Place,
    area_name,
    office_template,
)
from gongkai.submission.template.styles import Styles
from gongkai.submission.template.writer import drawn_on, empty_book, letterhead, system_sheet

_COLUMNS = 3
_STEPS = (
    "只填与自己有关的工作表，其余留空；每行一条，编号已预先编好，不够的向下拖动续编。",
    "单位、指标、种类和事由从下拉列表中选，也可以直接写代码或名称；日期写作 2021-06-18。",
    "标有“待办内容”的行是系统列出的待办事项：填好其余各栏才算录入，没有填的不算。",
    "凡扣分、加分、否决和决定，都要写明经办人、日期、理由和佐证；一票否决须由两人作出。",
    "不要写申请人的姓名、证件号码、电话、住址。",
    "保存为 .xlsx，放入收件目录的 _office 文件夹。几个人各填一份的，用不同的文件名；同名文件整份替换此前的录入。",
    "核验后，没有计入的录入列在 receipts/_office.html，并有标好颜色的退回件；在退回件上改好，用原文件名放回即可。",
)


def office_workbook(
    rows: Iterable[OfficeRow],
    profile: Profile,
    year: int,
    rules: Mapping[str, str] | None = None,
    first: FirstSheet | None = None,
) -> bytes:
    """The bytes of the office's workbook.

    Args:
        rows: what stands in it: entries, and what waits.
        profile: the district.
        year: the report year.
        rules: id → title of the rules that a waiver may let pass, for their drop-down.
        first: a sheet before all others, with the cells it marks.
    """
    buffer = io.BytesIO()
    book = empty_book(buffer, f"{year} 年度办公室录入", drawn_on(profile, year))
    office = next((unit for unit in profile.expected(year) if unit.kind == OFFICE), _NOBODY)
    head = letterhead(profile, year)
    form = Form(book, Styles(book), head, office, year, for_year(year), workbook_version(), with_tables=False)
    front = None
    if first is not None:
        form.marks, front = first.marks, form.sheet(first.name, first.widths)
    form.sheet(COVER_SHEET, [16, 74, 22], pages_tall=1)
    _draw(form, list(rows), offered_in(profile, year, rules or {}))
    _cover(form)
    if first is not None:
        first.draw(form, front)
    system_sheet(form, {META_TEMPLATE: office_template(form.version), META_UNIT: OFFICE_UNIT, META_YEAR: form.year})
    book.close()
    return buffer.getvalue()


def rows_of(entries: Iterable[Mapping[str, Any]]) -> list[OfficeRow]:
    """Entries as JSON says them, as rows on the sheets of their kinds."""
    rows = []
    for number, entry in enumerate(entries, 1):
        said = {key: value for key, value in entry.items() if value is not None}
        kind = said.get("kind")
        sheet = sheet_of(kind_of(kind) if isinstance(kind, str) else None)
        values = {key: value for key, value in said.items() if key != "kind" or sheet.only_kind is None}
        rows.append(OfficeRow(sheet.key, str(said.get("id") or row_name(sheet.sheet, str(number))), values))
    return rows


_NOBODY = Unit(code="OFFICE", name="", kind=OFFICE, level="district", authority="主管部门")


def _draw(form: Form, rows: Sequence[OfficeRow], offered: Offered) -> None:
    for sheet in office_sheets().values():
        own = [row for row in rows if row.sheet == sheet.key]
        if own or not sheet.if_needed:
            draw_office_sheet(form, sheet, own, offered)


def _cover(form: Form) -> None:
    """The first page: whose it is, how it is filled, and how far each sheet is."""
    sheet, style, head = form.book.get_worksheet_by_name(COVER_SHEET), form.style, form.letterhead
    demonstration = "（演示数据）" if head.demonstration else ""
    sheet.set_row(0, 34)
    title = f"{head.district} {form.year} 年度办公室录入工作簿{demonstration}"
    sheet.merge_range(0, 0, 0, _COLUMNS - 1, title, style["title"])
    said = "检查、问题、整改、加减分、确认、申诉决定、豁免延期都在这里录入；写完放入收件目录的 _office 文件夹。"
    sheet.merge_range(1, 0, 1, _COLUMNS - 1, said, style["note"])
    row = _section(form, 3, "各表进度")
    for column, text in enumerate(("工作表", "录入什么", "已录入")):
        sheet.write_string(row, column, text, style["header"])
    for line in form.progress:
        row += 1
        sheet.set_row(row, 20)
        sheet.write_url(row, 0, f"internal:'{line.sheet}'!A1", style["label"], line.sheet)
        sheet.write_string(row, 1, line.what, style["label"])
        sheet.write_formula(row, 2, line.formula, style["status"], line.value)
    row = _section(form, row + 2, "填写说明")
    for number, step in enumerate(_STEPS, 1):
        sheet.merge_range(row, 0, row, _COLUMNS - 1, f"{number}. {step}", style["line"])
        sheet.set_row(row, 32 if len(step) > 56 else 20)
        row += 1
    form.define(area_name("cover"), Place(COVER_SHEET, 0, 0, row - 1, _COLUMNS - 1))
    sheet.print_area(0, 0, row - 1, _COLUMNS - 1)
    sheet.activate()


def _section(form: Form, row: int, text: str) -> int:
    sheet = form.book.get_worksheet_by_name(COVER_SHEET)
    sheet.merge_range(row, 0, row, _COLUMNS - 1, text, form.style["section"])
    return row + 1
