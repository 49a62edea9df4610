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
