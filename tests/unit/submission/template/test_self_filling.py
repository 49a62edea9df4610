"""The workbook fills itself: totals add themselves up, and one cell makes zeros of what stays empty."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
import pytest

from gongkai.submission.form import Reading, State

ROW = {"natural_person": 3, "commercial_enterprise": 1, "research_institution": 0, "public_welfare_org": 0}
ROW |= {"legal_service_org": 0, "other_org": 2}
NEW = {f"requests__new_requests__{column}": value for column, value in ROW.items()}

Read = Callable[[Mapping[str, Any]], Reading]


@pytest.fixture
def read(blank: bytes, desk: Any) -> Read:
    """Writes values at defined names with a program that calculates nothing, and reads the result."""

    def filled(values: Mapping[str, Any]) -> Reading:
        def write(book: openpyxl.Workbook) -> None:
            for name, value in values.items():
                desk.put(book, name, value)

        return desk.read_bytes(desk.edited(blank, write))

    return filled


def test_a_total_is_there_when_its_parts_are(read: Read) -> None:
    reading = read(NEW)
    assert reading.submission is not None
    assert reading.submission.value("requests.new_requests.total") == 6
    assert [c.where for c in reading.coercions] == ["requests.new_requests.total"]


def test_a_total_waits_for_its_parts_and_is_blank_not_wrong(read: Read) -> None:
    reading = read({"requests__new_requests__natural_person": 3})
    assert reading.submission is not None
    assert reading.submission.by_where["requests.new_requests.total"].state is State.BLANK
    assert not reading.issues


def test_a_total_typed_over_its_formula_is_what_was_typed(read: Read) -> None:
    reading = read(NEW | {"requests__new_requests__total": 7})
    assert reading.submission is not None
    assert reading.submission.value("requests.new_requests.total") == 7


def test_with_the_rest_zero_every_empty_cell_is_told_and_totals_still_add_up(read: Read) -> None:
    reading = read({"requests__new_requests__natural_person": 3, "meta__rest_is_zero": "是"})
    submission = reading.submission
    assert submission is not None
    assert submission.value("requests.new_requests.total") == 3
    assert submission.value("requests.granted.total") == 0
    assert all(cell.state is State.VALUE for cell in submission.by_where.values() if cell.row != "-")
    zeros = [c for c in reading.coercions if "其余为零" in c.why]
    assert {c.value for c in zeros} <= {0}
    assert "requests.new_requests.commercial_enterprise" in {c.where for c in zeros}


@pytest.mark.parametrize("said", [None, "否"])
def test_nobody_else_makes_zeros(read: Read, said: str | None) -> None:
    reading = read({"requests__new_requests__natural_person": 3, "meta__rest_is_zero": said})
    assert reading.submission is not None
    assert reading.submission.value("requests.granted.total") is None


def test_neither_yes_nor_no_is_asked_about(read: Read) -> None:
    assert [(i.rule, i.where, i.observed) for i in read({"meta__rest_is_zero": "也许"}).issues] == [
        ("SHAPE", "rest_is_zero", "也许")
    ]


def test_json_says_it_too(desk: Any) -> None:
    content = desk.document()
    content["tables"]["requests"] = {"new_requests": {"natural_person": 3, "total": 3}}
    content["rest_is_zero"] = True
    submission = desk.read_document(content).submission
    assert submission.value("requests.new_requests.other_org") == 0
    assert submission.value("requests.new_requests.total") == 3


def test_codes_are_offered_with_their_names_and_read_without(blank: bytes, desk: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet, header = book["标准目录"], book.defined_names["catalogue__header"].attr_text
    row = int(header.rpartition("$")[2]) + 1

    def write(book: openpyxl.Workbook) -> None:
        book["标准目录"].cell(row, 1).value = "09　国有土地上房屋征收与补偿"
        book["标准目录"].cell(row, 2).value = "征收决定"

    reading = desk.read_bytes(desk.edited(blank, write))
    assert reading.submission.records("catalogue")[0]["area"] == "09"
    assert not reading.coercions
    assert any("$A" not in str(rule.formula1) for rule in sheet.data_validations.dataValidation if "A6" in rule.sqref)


def test_rows_of_a_list_can_be_moved_and_an_example_stands_over_them(blank: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(blank))["依申请台账"]
    protection = sheet.protection
    assert not any((protection.insertRows, protection.deleteRows, protection.sort))  # False: allowed
    assert sheet["A4"].value == "必填 · 文字\n例：2021-001"
    assert sheet["A4"].protection.locked
    assert sheet.freeze_panes == "B6"


CASES = [
    ("2021-001", "2021-03-01", "自然人", "2021-03-18", "（一）予以公开"),
    ("2021-002", "2021-04-01", "自然人", None, None),
    ("2021-003", "2021-05-06", "商业企业", "2022-01-05", "（一）予以公开"),
    ("2020-099", "2020-12-20", "自然人", "2021-01-08", "（一）予以公开"),
]


def with_register(desk: Any, blank: bytes, **typed: int) -> Reading:
    """A blank workbook whose register holds these cases, saved by a program that calculates nothing."""

    def write(book: openpyxl.Workbook) -> None:
        sheet, row = book["依申请台账"], 6
        columns = {sheet.cell(5, at).value: at for at in range(1, sheet.max_column + 1)}
        for at, case in enumerate(CASES, row):
            for label, value in zip(("登记编号", "收到日期", "申请人类型", "办结日期", "办理结果"), case, strict=True):
                sheet.cell(at, columns[label]).value = value
        for name, figure in typed.items():
            desk.put(book, name, figure)

    return desk.read_bytes(desk.edited(blank, write))


def test_table_three_is_counted_from_the_register(blank: bytes, desk: Any) -> None:
    submission = with_register(desk, blank).submission
    assert submission is not None
    cells = {row: submission.value(f"requests.{row}.natural_person") for row in ("new_requests", "granted")}
    assert cells == {"new_requests": 2, "granted": 2}
    assert submission.value("requests.carried_in.natural_person") == 1
    assert submission.value("requests.carried_out.natural_person") == 1
    assert submission.value("requests.carried_out.commercial_enterprise") == 1
    assert submission.value("requests.granted.total") == 2
    assert submission.value("requests.outcome_total.total") == 2


def test_what_is_typed_over_the_count_is_what_was_typed(blank: bytes, desk: Any) -> None:
    reading = with_register(desk, blank, requests__granted__natural_person=5)
    assert reading.submission is not None
    assert reading.submission.value("requests.granted.natural_person") == 5
    told = {one.where: one.why for one in reading.coercions}
    assert "requests.granted.natural_person" not in told
    assert "台账" in told["requests.new_requests.natural_person"]


def test_beside_each_row_stands_a_comparison_with_the_register(blank: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    place = book.defined_names["requests__granted__total"].attr_text.replace("$", "").rpartition("!")
    sheet, total = book[place[0].strip("'")], place[2]
    row = sheet[total].row
    check = str(sheet.cell(row, sheet[total].column + 2).value)
    assert check.startswith("=IF(COUNT('依申请台账'!")
    assert f"IF(ISNUMBER({total})" in check
    counted = [str(cell.value) for line in sheet.iter_rows() for cell in line if "COUNTIFS" in str(cell.value)]
    assert max(map(len, counted)) < 8192


def test_a_filled_workbook_keeps_what_stands_in_it(filled: Callable[..., bytes]) -> None:
    """What goes back to a unit is what it sent: only a blank form is filled by formulas."""
    book = openpyxl.load_workbook(io.BytesIO(filled()))
    assert not [cell for sheet in book for line in sheet.iter_rows() for cell in line if "COUNTIFS" in str(cell.value)]
