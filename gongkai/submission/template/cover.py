"""Draws the first sheet: what the clerk has to do by when, who is asked, and how far the workbook is filled."""

from gongkai.submission.form import HEAD_FIELDS, Cell
from gongkai.submission.template.canvas import Form, validation
from gongkai.submission.template.names import COVER_SHEET, META_REST_IS_ZERO, Place, area_name, field_name
from gongkai.submission.values.rest_is_zero import KEY, LABEL

_STEPS = (
    "先填“基本信息”，再按下方“各表进度”的顺序逐表填写；只有浅色底的单元格可以填写，其余已锁定。",
    "数字格只写数字，不要写“无”“/”或“3件”；没有的填 0，或在“其余为零”选“是”；万元和元看表头。",
    "总计由表自动求和，也可以直接填写；各表旁的校验，“平衡”即可，“✕ 差 n”必须改正，“？差 n”属实的在“疑点说明”中说明。",
    "台账和清单每行一条；本年确实没有的，把该表上方“本年有无此项”选为“无”。从别处复制时请用“选择性粘贴—数值”。",
    "任何表中都不要出现申请人的姓名、证件号码、电话、住址；带有这些内容的文件将被退回。",
    "不要改动工作表名称、表头和行列结构。填完保存为 .xlsx，不要设置打开密码，按原途径报送。",
)


def draw_cover(form: Form) -> None:
    """Fills the first sheet; the other sheets must have been drawn, their progress is listed here."""
    sheet = form.book.get_worksheet_by_name(COVER_SHEET)
    style, letterhead, deadline = form.style, form.letterhead, form.letterhead.deadline
    sheet.set_row(0, 34)
    demonstration = "（演示数据）" if letterhead.demonstration else ""
    sheet.merge_range(
        0, 0, 0, 3, f"{letterhead.district} {form.year} 年度政务公开工作报送表{demonstration}", style["title"]
    )
    due = f"请于 {deadline.year} 年 {deadline.month} 月 {deadline.day} 日前填好并报送。"
    period = f"数据期间：{form.year} 年 1 月 1 日至 12 月 31 日。"
    sheet.merge_range(1, 0, 1, 3, due + period, style["deadline"])
    asked = f"有疑问请联系：{'，'.join(letterhead.contact)}。依据：{form.national_format.document_no}。"
    sheet.merge_range(2, 0, 2, 3, asked, style["note"])
    if form.note:
        sheet.set_row(3, 36)
        sheet.merge_range(3, 0, 3, 3, form.note, style["note_to_unit"])
    row = _head(form, 4)
    row = _progress(form, row + 1)
    sheet.merge_range(row + 1, 0, row + 1, 3, "填报步骤", style["section"])
    row += 2
    for number, step in enumerate(_STEPS, 1):
        sheet.merge_range(row, 0, row, 3, f"{number}. {step}", style["line"])
        sheet.set_row(row, 22)
        row += 1
    form.define(area_name("cover"), Place(COVER_SHEET, 0, 0, row - 1, 3))
    sheet.print_area(0, 0, row - 1, 3)
    sheet.activate()


def _head(form: Form, row: int) -> int:
    """The 基本信息 part; returns the next row."""
    sheet, style = form.book.get_worksheet_by_name(COVER_SHEET), form.style
    sheet.merge_range(row, 0, row, 3, "基本信息", style["section"])
    for label, text in (("单位", f"{form.unit.name}（{form.unit.code}）"), ("年度", f"{form.year} 年")):
        row += 1
        sheet.set_row(row, 20)
        sheet.write_string(row, 0, label, style["label"])
        sheet.merge_range(row, 1, row, 2, text, style["label"])
        sheet.write_string(row, 3, "由区政府办公室填好，不能修改" if label == "单位" else "", style["note"])
    notes = {
        "prepared_by": "写姓名即可，不要写电话",
        "prepared_on": "例如 2022-01-12",
        "reason": "仅在替换已受理的版本时填写",
    }
    for key, (label, field_type) in HEAD_FIELDS.items():
        row += 1
        sheet.set_row(row, 20)
        sheet.write_string(row, 0, label, style["label"])
        value = (
            getattr(form.submission, key) if form.submission else form.unit.authority if key == "authority" else None
        )
        cell = None if value is None else Cell("head", "-", key, value)
        form.input(sheet, row, 1, field_type, cell, where=key, last_column=2)
        if rule := validation(field_type):
            sheet.data_validation(row, 1, row, 1, rule)
        sheet.write_string(row, 3, notes.get(key, ""), style["note"])
        form.define(field_name("head", key), Place(COVER_SHEET, row, 1, row, 1))
    if form.with_tables:
        row += 1
        _rest_is_zero(form, row)
    return row + 1


def _rest_is_zero(form: Form, row: int) -> None:
    """The one cell that makes zeros of what stays empty in the national tables."""
    sheet, style = form.book.get_worksheet_by_name(COVER_SHEET), form.style
    sheet.set_row(row, 20)
    sheet.write_string(row, 0, LABEL, style["label"])
    form.input(sheet, row, 1, "boolean", None, where=KEY, last_column=2)
    sheet.data_validation(row, 1, row, 1, validation("boolean"))
    sheet.write_string(row, 3, "选“是”：各表中未填的格都按 0", style["note"])
    form.define(META_REST_IS_ZERO, Place(COVER_SHEET, row, 1, row, 1))


def _progress(form: Form, row: int) -> int:
    """The progress of every sheet; returns the next row."""
    sheet, style = form.book.get_worksheet_by_name(COVER_SHEET), form.style
    sheet.merge_range(row, 0, row, 3, "各表进度", style["section"])
    row += 1
    for column, text in enumerate(("工作表", "内容", "现在的状态", "")):
        if text:
            sheet.write_string(row, column, text, style["header"])
    for line in form.progress:
        row += 1
        sheet.set_row(row, 18)
        sheet.write_url(row, 0, f"internal:'{line.sheet}'!A1", style["label"], line.sheet)
        sheet.write_string(row, 1, line.what, style["label"])
        sheet.write_formula(row, 2, line.formula, style["status"], line.value)
        rule = {"type": "text", "criteria": "containing", "value": "不符", "format": style["attention"]}
        sheet.conditional_format(row, 2, row, 2, rule)
    return row + 1
