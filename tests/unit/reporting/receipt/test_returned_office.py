"""The office's workbook given back: what was not taken is marked, and corrected in it everything counts."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from expectations.office_files.verdicts import judge_inspection
from expectations.wording import rule_wording
from gongkai.reporting.receipt.writer import write_other_receipt
from gongkai.submission.form import ReceivedFile
from gongkai.submission.inspection.office_row import from_json, to_json
from gongkai.submission.inspection.reader import InspectionReading
from gongkai.submission.inspection.workbook.reader import read_office_workbook
from gongkai.submission.inspection.workbook.rows import inspection_of
from gongkai.submission.inspection.workbook.writer import office_workbook, rows_of
from gongkai.warehouse.records import StoredFile, YearState

BY = {"by": "甲组", "on": "2021-03-05"}
GOOD = {"id": "检查-001", "unit": "T01", "indicator": "A2", "kind": "checked", "passed": 10, "checked": 10, **BY}
UNPROVEN = {**GOOD, "id": "检查-002", "passed": 9}
UNREAD = {**GOOD, "id": "检查-003", "checked": "十来个"}
RED = "FFF6C9C4"


class Office:
    """A workbook as it comes in and goes back."""

    def __init__(self, make: Any, folder: Path) -> None:
        self.state: YearState = make.state()
        self.folder = folder

    def read(self, data: bytes) -> InspectionReading:
        file = ReceivedFile(Path("甲.xlsx"), "_office/甲.xlsx", "_office", "0" * 64, len(data), self.state.as_of)
        return inspection_of(read_office_workbook(file, data), self.state.profile, 2021)

    def stored(self, data: bytes, name: str = "甲") -> StoredFile:
        said = self.read(data)
        verdict = judge_inspection(said, 2021)
        form = from_json(json.loads(json.dumps(to_json(said.form or ()))))
        return StoredFile(f"_office/{name}.xlsx", name.encode().hex(), self.state.as_of, verdict, said.entries, form)

    def receipts(self, *files: StoredFile) -> list[Path]:
        state = replace(self.state, office_files=files)
        return write_other_receipt("_office", state, self.folder, None, rule_wording())


@pytest.fixture
def office(make: Any, tmp_path: Path) -> Office:
    return Office(make, tmp_path)


def written(*entries: Any) -> Callable[[Office], bytes]:
    return lambda office: office_workbook(rows_of(entries), office.state.profile, 2021)


def test_what_was_not_taken_is_marked_and_nothing_else(office: Office) -> None:
    _, _, back = office.receipts(office.stored(written(GOOD, UNPROVEN, UNREAD)(office)))
    book = openpyxl.load_workbook(back)
    marked = {
        f"{sheet.title}!{cell.coordinate}": str(cell.comment.text if cell.comment else "")
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.start_color.rgb == RED
    }
    assert set(marked) == {"检查评分!K7", "检查评分!G8"}
    assert all("没有计入" in text or "十来个" in text for text in marked.values())
    assert book["检查评分"]["G8"].value == "十来个"
    assert book["修改清单"]["A1"].value == "2021 年度办公室录入修改清单（甲.xlsx）"
    assert "用原文件名“甲.xlsx”保存" in str(book["修改清单"]["A3"].value)


def test_corrected_in_it_everything_counts(office: Office) -> None:
    _, _, back = office.receipts(office.stored(written(GOOD, UNPROVEN, UNREAD)(office)))
    book = openpyxl.load_workbook(back)
    book["检查评分"]["K7"], book["检查评分"]["G8"] = "一个栏目空白", 10
    corrected = io.BytesIO()
    book.save(corrected)
    said = office.read(corrected.getvalue())
    assert ([entry.id for entry in said.entries], said.issues) == (["检查-001", "检查-002", "检查-003"], ())


def test_a_workbook_of_which_everything_was_taken_does_not_go_back(office: Office) -> None:
    names = [path.name for path in office.receipts(office.stored(written(GOOD)(office)))]
    assert names == ["_office.json", "_office.html"]


def test_the_receipt_names_each_workbook_that_goes_back(office: Office) -> None:
    files = [office.stored(written(UNPROVEN)(office), name) for name in ("甲", "乙")]
    receipt, page, *_ = office.receipts(*files)
    listed = json.loads(receipt.read_text())["files"]
    assert [one["returned"] for one in listed] == ["_office-returned.xlsx", "_office-returned-2.xlsx"]
    assert all(one["returned"] in page.read_text() for one in listed)


def test_only_the_newest_of_a_name_goes_back(office: Office) -> None:
    old = replace(office.stored(written(UNPROVEN)(office)), sha256="a" * 64)
    new = office.stored(written(GOOD)(office))
    assert len(office.receipts(old, new)) == 2


def test_a_row_without_a_number_is_marked_where_the_number_belongs(office: Office) -> None:
    unnumbered = {key: value for key, value in GOOD.items() if key != "id"}
    _, _, back = office.receipts(office.stored(written(unnumbered)(office)))
    assert openpyxl.load_workbook(back)["检查评分"]["A6"].fill.start_color.rgb == RED
