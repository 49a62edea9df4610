"""A workbook that lost its defined names is read by the template's labels, and only as far as they are certain."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from gongkai.submission.form import Reading, Submission
from gongkai.submission.values.choices import squeezed

PARTS: dict[str, Any] = {
    "register": [{"case_no": "2021-001", "received_on": "2021-03-01", "applicant_type": "natural_person"}],
    "activities": {"portal_items": 255},
    "narrative": {"overview": "总体情况。\n" + "字" * 3000, "problems": "问题", "other_matters": "其他"},
    "documents": [],
    "prepared_by": "某某",
}


def nameless(book: openpyxl.Workbook) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


@pytest.fixture(scope="module")
def original(desk: Any) -> Submission:
    """A document with a different number in every national cell."""
    document = desk.document(**PARTS)
    cells = [(row, key) for table in document["tables"].values() for row in table.values() for key in row]
    for number, (row, key) in enumerate(cells):
        row[key] = "0.092" if key == "amount_wan_yuan" else number
    found = desk.read_document(document).submission
    assert isinstance(found, Submission)
    return found


@pytest.fixture(scope="module")
def work(original: Submission, profile: Any, desk: Any) -> Callable[[Callable[[openpyxl.Workbook], None]], Reading]:
    from gongkai.submission.template.writer import workbook_bytes

    data = workbook_bytes(original, profile, profile.unit("T01"), 2021)

    def read(edit: Callable[[openpyxl.Workbook], None]) -> Reading:
        def both(book: openpyxl.Workbook) -> None:
            edit(book)
            nameless(book)

        reading: Reading = desk.read_bytes(desk.edited(data, both))
        return reading

    return read


def insert(book: openpyxl.Workbook) -> None:
    for sheet in ("表二", "表三", "年度工作数据"):
        book[sheet].insert_rows(1, 2)
        book[sheet].insert_rows(9)
        book[sheet].insert_cols(1)
    book["依申请台账"].insert_rows(1)


def rename(book: openpyxl.Workbook) -> None:
    book["表三"].title = "三、申请情况"
    book["依申请台账"].title = "台账（最终版）"


@pytest.mark.parametrize("edit", [lambda book: None, insert, rename], ids=["copied", "inserted", "renamed"])
def test_every_value_is_found_by_its_labels(work: Any, original: Submission, edit: Any) -> None:
    reading = work(edit)
    assert reading.issues == ()
    assert reading.submission.content() == original.content()
    (coercion,) = reading.coercions
    assert "按表头和行名" in coercion.why


def test_without_the_hidden_sheet_the_tables_say_whose_they_are(work: Any, original: Submission) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        del book["系统信息"]

    assert work(edit).submission.content() == original.content()


def test_a_place_without_its_label_is_not_guessed(work: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for row in book["表三"].iter_rows():
            for cell in row:
                if squeezed(str(cell.value)) == "科研机构":
                    cell.value = None

    reading = work(edit)
    missing = [i for i in reading.issues if i.rule == "SHAPE"]
    assert [i.where for i in missing] == ["requests"]
    assert not any(cell.column == "research_institution" for cell in reading.submission.cells)


def test_moved_rows_are_followed(work: Any, original: Submission) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["年度工作数据"]
        above, below = ([cell.value for cell in sheet[row]] for row in (5, 8))
        for column, (one, other) in enumerate(zip(above, below, strict=True), 1):
            sheet.cell(5, column).value, sheet.cell(8, column).value = other, one

    assert work(edit).submission.content() == original.content()


def test_tables_of_two_units_in_one_book_are_nobodys(work: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        del book["系统信息"]
        book["表四"]["A2"] = "西城街道（T02） · 2021 年度 · 没有的填 0"

    reading = work(edit)
    assert (reading.submission, reading.issues[0].rule) == (None, "WRONG-TEMPLATE")


def test_another_template_version_is_refused(work: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["系统信息"]["B1"] = "gongkai/workbook/0"

    reading = work(edit)
    assert "gongkai/workbook/0" in str(reading.issues[0].observed)


def test_last_years_figures_beside_the_tables_are_no_foreign_values(
    original: Submission, profile: Any, desk: Any
) -> None:
    from gongkai.submission.template.writer import workbook_bytes

    last = replace(original, year=2020, cells=tuple(cell for cell in original.cells if cell.table == "requests"))
    data = workbook_bytes(original, profile, profile.unit("T01"), 2021, last)
    reading = desk.read_bytes(desk.edited(data, nameless))
    assert reading.issues == ()
    assert reading.submission.content() == original.content()
