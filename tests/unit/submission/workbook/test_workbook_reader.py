"""What a clerk can do to a workbook, and what the reader makes of it: nothing is dropped in silence."""

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest

from gongkai.submission.form import Reading, State

PHONE = "13800000000"
NINE = datetime.fromisoformat("2021-03-01T09:00")


def issues(reading: Reading, rule: str) -> list[Any]:
    return [issue for issue in reading.issues if issue.rule == rule]


def header(book: openpyxl.Workbook, desk: Any, name: str) -> tuple[Any, int]:
    sheet, cell = desk.place_of(book, f"{name}__header")
    return book[sheet], book[sheet][cell].row


@pytest.fixture(scope="session")
def work(blank: bytes, desk: Any) -> Callable[[Callable[[openpyxl.Workbook], None]], Reading]:
    """The reading of the blank template after an edit."""
    return lambda edit: desk.read_bytes(desk.edited(blank, edit))


def test_a_blank_template_is_blank_and_says_whose_it_is(blank: bytes, desk: Any) -> None:
    reading = desk.read_bytes(blank)
    assert reading.issues == ()
    assert reading.coercions == ()
    found = reading.submission
    assert (found.unit, found.year, found.authority, found.reported) == ("T01", 2021, "东风街道办事处", frozenset())
    assert found.has_tables
    filled = [cell for cell in found.cells if cell.state is not State.BLANK]
    assert {cell.row for cell in filled} == {"rules"}, "only what the law fixes at 0 is filled in beforehand"


def test_cells_are_found_by_their_defined_names_with_sheet_and_address(work: Any, desk: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        desk.put(book, "requests__granted__total", 11)
        desk.put(book, "proactive_disclosure__administrative_fees__amount_wan_yuan", 0.092)
        desk.put(book, "disputes__reconsideration__upheld", "约3件")
        desk.put(book, "activities__portal_items", 0.0)

    found = work(edit).submission
    granted = found.by_where["requests.granted.total"]
    assert (granted.value, granted.origin[:2]) == (11, ("表三", "J8"))
    assert str(found.value("proactive_disclosure.administrative_fees.amount_wan_yuan")) == "0.092"
    assert found.by_where["disputes.reconsideration.upheld"].state is State.UNREADABLE
    assert found.by_where["disputes.reconsideration.upheld"].origin.raw == "约3件"
    assert found.value("activities.portal_items") == 0
    assert found.by_where["requests.carried_out.total"].state is State.BLANK, "blank is not zero"


def test_what_excel_makes_of_a_number_is_read_as_excel_shows_it(work: Any, desk: Any) -> None:
    reading = work(lambda book: desk.put(book, "activities__processing_fees_yuan", 0.1 + 0.2))
    assert str(reading.submission.value("activities.processing_fees_yuan")) == "0.3"
    assert not reading.coercions


def test_a_formula_never_calculated_is_not_an_empty_cell(work: Any, desk: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        desk.put(book, "requests__granted__total", "=SUM(D8:I8)")
        sheet, row = header(book, desk, "register")
        sheet.cell(row + 1, 1, "=A1&B1")
        sheet.cell(row + 1, 40, "=A2")

    reading = work(edit)
    cell = reading.submission.by_where["requests.granted.total"]
    assert cell.state is State.UNREADABLE
    assert cell.origin.raw == "公式未计算：=SUM(D8:I8)"
    assert [(issue.where, issue.observed) for issue in issues(reading, "FORMULA-STALE")] == [
        ("requests.granted.total", "公式未计算：=SUM(D8:I8)"),
        ("register[1].case_no", "公式未计算：=A1&B1"),
    ]
    assert [i.cell for i in issues(reading, "UNKNOWN-KEY")] == ["AN6"]


def test_an_excel_error_is_unreadable_and_the_same_text_is_text(work: Any, desk: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet, cell = desk.place_of(book, "disputes__reconsideration__total")
        book[sheet][cell].value = "#REF!"
        book[sheet][cell].data_type = "e"
        sheet, cell = desk.place_of(book, "narrative__overview")
        book[sheet][cell].value = "#REF!"
        book[sheet][cell].data_type = "s"

    reading = work(edit)
    assert reading.submission.by_where["disputes.reconsideration.total"].origin.raw == "公式出错：#REF!"
    assert reading.submission.value("narrative.overview") == "#REF!"


def test_rows_without_the_flag_are_a_reported_list(work: Any, desk: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet, row = header(book, desk, "register")
        for column, value in enumerate(("2021-001", date(2021, 3, 1), "网络", NINE), 1):
            sheet.cell(row + 1, column, value)
        sheet.cell(row + 3, 1, 7)

    reading = work(edit)
    first, third = reading.submission.records("register")
    assert reading.submission.reported == {"register"}
    assert (first["case_no"], first["received_on"], first["channel"]) == ("2021-001", date(2021, 3, 1), "internet")
    assert (third.position, third["case_no"], third.origin("case_no").cell) == (3, "7", "A8")
    said = {c.why for c in reading.coercions if c.where.startswith("register")}
    assert said == {"去掉时刻，只取日期", "数字作为文字读取"}  # that table three was counted from it is told too


@pytest.mark.parametrize(("flag", "reported"), [("无", True), ("未报", False), (None, False), ("有", True)])
def test_the_flag_tells_an_empty_list_from_one_not_reported(
    work: Any, desk: Any, flag: str | None, reported: bool
) -> None:
    reading = work(lambda book: desk.put(book, "documents__reported", flag))
    assert ("documents" in reading.submission.reported) is reported
    assert reading.submission.records("documents") == ()
    assert [i.where for i in issues(reading, "SHAPE")] == (["documents"] if flag == "有" else [])


def test_rows_decide_over_a_flag_that_says_none(work: Any, desk: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        desk.put(book, "responses__reported", "无")
        sheet, row = header(book, desk, "responses")
        sheet.cell(row + 1, 3, "停车")

    reading = work(edit)
    assert len(reading.submission.records("responses")) == 1
    (coercion,) = reading.coercions
    assert (coercion.where, coercion.raw, coercion.value) == ("responses", "无", "有")


def test_a_flag_in_other_words_is_an_issue(work: Any, desk: Any) -> None:
    reading = work(lambda book: desk.put(book, "responses__reported", "没有"))
    (issue,) = issues(reading, "SHAPE")
    assert (issue.where, issue.observed, issue.cell) == ("responses", "没有", "B3")


def test_an_unknown_column_is_named_and_its_values_are_never_kept(work: Any, desk: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet, row = header(book, desk, "register")
        last = sheet.max_column + 1
        sheet.cell(row, last, f"申请人姓名 {PHONE}")
        sheet.cell(row + 1, 1, "2021-001")
        sheet.cell(row + 1, last, "张三丰")

    reading = work(edit)
    column, value = issues(reading, "UNKNOWN-KEY")
    assert column.observed == "申请人姓名 〔已屏蔽：手机号码〕"
    assert (value.where, value.cell, value.observed) == ("register[2021-001]", "Z6", None)
    assert "张三丰" not in repr(reading)
    assert PHONE not in repr(reading)


def test_columns_are_found_by_their_headers_wherever_they_stand(work: Any, desk: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet, row = header(book, desk, "responses")
        sheet.cell(row, 1).value, sheet.cell(row, 3).value = " 事\n项", "提出日期"
        sheet.cell(row + 1, 1, "停车")
        sheet.cell(row + 1, 3, date(2021, 5, 1))

    (record,) = work(edit).submission.records("responses")
    assert (record["topic"], record["raised_on"]) == ("停车", date(2021, 5, 1))


def test_a_missing_column_and_a_doubled_one_are_issues(work: Any, desk: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet, row = header(book, desk, "responses")
        sheet.cell(row, 1).value = "事项"

    reading = work(edit)
    assert [i.where for i in issues(reading, "UNKNOWN-KEY")] == ["responses.事项"]
    assert [(i.where, i.expected) for i in issues(reading, "SHAPE")] == [("responses.raised_on", "提出日期")]


def test_rows_or_columns_inserted_by_a_program_that_leaves_the_names_behind(work: Any, desk: Any) -> None:
    """The names then point at somebody else's figures: the labels decide."""
    for insert in (lambda sheet: sheet.insert_rows(9), lambda sheet: sheet.insert_cols(5)):

        def edit(book: openpyxl.Workbook, insert: Any = insert) -> None:
            desk.put(book, "requests__granted__total", 11)
            desk.put(book, "requests__partly_granted__total", 22)
            desk.put(book, "requests__partly_granted__natural_person", 3)
            desk.put(book, "requests__partly_granted__commercial_enterprise", 4)
            insert(book["表三"])

        reading = work(edit)
        found = reading.submission
        assert [c.why[:11] for c in reading.coercions] == ["单元格名称指向别的行列"]
        assert found.value("requests.granted.total") == 11
        columns = ("natural_person", "commercial_enterprise", "research_institution", "total")
        assert [found.value(f"requests.partly_granted.{key}") for key in columns] == [3, 4, None, 22]


def test_two_cells_merged_keep_the_value_that_is_shown_and_the_other_is_blank(work: Any, desk: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        desk.put(book, "requests__granted__natural_person", 3)
        sheet, first = desk.place_of(book, "requests__granted__natural_person")
        _, second = desk.place_of(book, "requests__granted__commercial_enterprise")
        book[sheet].merge_cells(f"{first}:{second}")

    found = work(edit).submission
    assert found.value("requests.granted.natural_person") == 3
    assert found.by_where["requests.granted.commercial_enterprise"].state is State.BLANK


def test_hidden_rows_columns_and_sheets_are_read_like_any_other(work: Any, desk: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        desk.put(book, "requests__granted__total", 11)
        sheet, cell = desk.place_of(book, "requests__granted__total")
        book[sheet].row_dimensions[book[sheet][cell].row].hidden = True
        book[sheet].column_dimensions[book[sheet][cell].column_letter].hidden = True
        book[sheet].sheet_state = "hidden"

    assert work(edit).submission.value("requests.granted.total") == 11


def test_foreign_sheets_and_values_beside_the_form_are_noticed(work: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.create_sheet("我的底稿")["A1"] = "张三丰"
        book.create_sheet("空白")
        book["表二"]["A40"] = "张三丰"

    reading = work(edit)
    assert [(i.where, i.sheet, i.cell) for i in issues(reading, "UNKNOWN-KEY")] == [
        ("proactive_disclosure", "表二", "A40"),
        ("我的底稿", "我的底稿", None),
    ]
    assert "张三丰" not in repr(reading)


def test_personal_data_is_masked_and_reported_wherever_it_stands(work: Any, desk: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        desk.put(book, "narrative__problems", f"电话{PHONE}")
        desk.put(book, "head__prepared_by", PHONE)
        desk.put(book, "disputes__reconsideration__total", int(PHONE))
        sheet, row = header(book, desk, "register")
        sheet.cell(row + 1, 1, int(PHONE))

    reading = work(edit)
    assert PHONE not in repr(reading)
    assert [i.where for i in issues(reading, "PERSONAL-DATA")] == [
        "prepared_by",
        "disputes.reconsideration.total",
        "narrative.problems",
        "register[〔已屏蔽：手机号码〕].case_no",
    ]


def test_deleted_places_are_issues_and_their_cells_absent(work: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        del book.defined_names["requests__granted__total"]
        del book["政策解读"]

    reading = work(edit)
    assert "requests.granted.total" not in reading.submission.by_where
    assert [(i.where, i.observed) for i in issues(reading, "SHAPE")] == [
        ("requests", "模板缺少 1 个填报位置"),
        ("interpretations", "模板缺少 5 个填报位置"),
    ]


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("meta__template", "gongkai/workbook/0", "WRONG-TEMPLATE"),
        ("meta__template", None, "WRONG-TEMPLATE"),
        ("meta__unit", None, "SHAPE"),
        ("meta__unit", PHONE, "SHAPE"),
        ("meta__year", "去年", "SHAPE"),
        ("meta__year", 2017, "WRONG-YEAR"),
    ],
)
def test_without_template_unit_or_year_it_is_quarantined(
    work: Any, desk: Any, name: str, value: Any, rule: str
) -> None:
    reading = work(lambda book: desk.put(book, name, value))
    assert reading.submission is None
    assert [issue.rule for issue in reading.issues] == [rule]
    assert PHONE not in repr(reading)


def test_a_workbook_of_somebody_else_is_a_wrong_template(desk: Any) -> None:
    reading = desk.read_bytes(desk.edited(_plain_book(), lambda _: None))
    assert (reading.submission, reading.issues[0].rule) == (None, "WRONG-TEMPLATE")


def test_a_time_in_a_cell_is_no_crash(work: Any, desk: Any) -> None:
    reading = work(lambda book: desk.put(book, "activities__portal_items", time(5, 6)))
    assert [i.rule for i in reading.issues] == ["NOT-A-NUMBER"]


def test_a_unit_without_tables_gets_a_workbook_without_them(filled: Callable[..., bytes], desk: Any) -> None:
    reading = desk.read_bytes(filled(tables=None))
    assert reading.issues == ()
    assert not reading.submission.has_tables
    assert "表二" not in openpyxl.load_workbook(io.BytesIO(filled(tables=None))).sheetnames


def _plain_book() -> bytes:

    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.create_sheet("统计")["A1"] = 1
    book.save(out)
    return out.getvalue()


def test_an_office_may_print_its_own_number_and_the_other_cells_are_looked_through(desk: Any, filled: Any) -> None:
    whole = filled(narrative={"overview": "监督电话：0512-62345678，邮箱 xxgk@district.gov.cn。"})

    def edit(book: Any) -> None:
        sheet = book[desk.place_of(book, "requests__granted__total")[0]]
        sheet["Z60"] = PHONE
        sheet["Z61"] = "服务热线 0512-62345678"

    reading = desk.read_bytes(desk.edited(whole, edit))
    found = [(issue.cell, issue.values) for issue in reading.issues if issue.rule == "PERSONAL-DATA"]
    assert [cell for cell, _ in found] == ["Z60"]
    assert "的 Z60 单元格" in str(found[0][1]["place"])


def test_an_empty_field_is_found_where_it_would_stand_with_merges_gaps_totals_and_notes_around(
    work: Any, desk: Any
) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet, top = header(book, desk, "register")
        for below, case in ((1, "2021-001"), (2, "2021-002"), (5, "2021-003")):
            sheet.cell(top + below, 1).value = case
            sheet.cell(top + below, 5).value = "自然人" if below != 5 else None
        sheet.cell(top + 3, 1).value = "  "
        sheet.merge_cells(start_row=top + 1, end_row=top + 2, start_column=5, end_column=5)
        sheet.cell(top + 6, 1).value = "本页小计"
        sheet.cell(top + 6, 17).value = 2
        sheet.cell(top + 7, 1).value = "注：本表不含上年结转。"

    reading = work(edit)
    top, cases = 5, reading.submission.records("register")
    assert [case.id for case in cases] == ["2021-001", "2021-002", "2021-003"]
    assert [case.origin("applicant_type").cell for case in cases] == [f"E{top + 1}", f"E{top + 2}", f"E{top + 5}"]
    noted = [(issue.cell, issue.values["label"]) for issue in issues(reading, "UNKNOWN-KEY")]
    assert noted == [(f"A{top + 6}", "合计、注释行"), (f"A{top + 7}", "合计、注释行")]
