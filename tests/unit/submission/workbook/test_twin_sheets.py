"""Two sheets that are one sheet of the template: never one of them in silence, and never blanks without their cause."""

from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from gongkai.submission.form import Reading

SHEETS = ["表二", "表三", "表四", "年度工作数据", "文字部分", "文件清单"]
PLACES = {
    "表二": "proactive_disclosure__administrative_licences__decisions",
    "表三": "requests__new_requests__total",
    "表四": "disputes__reconsideration__upheld",
    "年度工作数据": "activities__portal_items",
    "文字部分": "narrative__problems",
}
Edit = Callable[[openpyxl.Workbook], None]


@pytest.fixture
def work(desk: Any, filled: Any) -> Callable[[Edit], Reading]:
    paper = {
        "number": "示办发〔2021〕1号",
        "title": "一份文件",
        "kind": "normative",
        "made_on": date(2021, 3, 1).isoformat(),
    }
    data = filled(activities={"portal_items": 5}, narrative={"problems": "原有的文字。"}, documents=[paper])
    return lambda edit: desk.read_bytes(desk.edited(data, edit))


def copied(book: openpyxl.Workbook, sheet: str, *, old: bool) -> None:
    """A copy of a sheet as Excel makes one; `old`: the names stay with the one that is put aside."""
    copy = book.copy_worksheet(book[sheet])
    if old:
        book[sheet].title = f"{sheet}(旧)"
        copy.title = sheet
        for defined in book.defined_names.values():
            defined.attr_text = defined.attr_text.replace(f"'{sheet}'!", f"'{sheet}(旧)'!").replace(
                f"={sheet}!", f"='{sheet}(旧)'!"
            )
            if defined.attr_text.startswith(f"{sheet}!"):
                defined.attr_text = defined.attr_text.replace(f"{sheet}!", f"'{sheet}(旧)'!")
    else:
        copy.title = f"{sheet} (2)"


def without_names(book: openpyxl.Workbook) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


def told(reading: Reading, rule: str) -> list[dict[str, Any]]:
    return [{**issue.values, "sheet": issue.sheet} for issue in reading.issues if issue.rule == rule]


@pytest.mark.parametrize("named", [True, False], ids=["names", "no names"])
@pytest.mark.parametrize("old", [True, False], ids=["old beside new", "copy"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_two_that_differ_are_an_error_that_names_both(work: Any, desk: Any, sheet: str, old: bool, named: bool) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        name = PLACES.get(sheet, "documents__header")
        _, address = desk.place_of(book, name)
        copied(book, sheet, old=old)
        other = book[sheet] if old else book[f"{sheet} (2)"]
        target = other[address] if sheet in PLACES else other.cell(other[address].row + 1, 2)
        target.value = "另一段文字。" if isinstance(target.value, str) else 77
        if not named:
            without_names(book)

    reading = work(edit)
    (issue,) = told(reading, "TWO-SHEETS")
    names = {sheet, f"{sheet}(旧)" if old else f"{sheet} (2)"}
    assert issue["count"] == 2
    assert all(f"“{name}”" in issue["sheets"] for name in names)
    assert "一张为" in issue["differs"]
    assert not [i for i in reading.issues if i.rule == "SHAPE"]
    assert not [i for i in told(reading, "UNKNOWN-KEY") if i["sheet"] in names]


@pytest.mark.parametrize("named", [True, False], ids=["names", "no names"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_of_two_that_say_the_same_one_is_read_and_that_is_told_once(work: Any, sheet: str, named: bool) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        copied(book, sheet, old=False)
        if not named:
            without_names(book)

    reading, alone = work(edit), work(lambda _: None)
    assert reading.submission.content() == alone.submission.content()
    assert not told(reading, "TWO-SHEETS")
    assert [i["kept"] for i in told(reading, "UNKNOWN-KEY") if i["sheet"] == f"{sheet} (2)"] == [sheet]


def test_a_sheet_of_ones_own_is_no_twin(work: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        own = book.create_sheet("草稿")
        own["A1"], own["B1"] = "总计", 12

    reading = work(edit)
    assert not told(reading, "TWO-SHEETS")
    assert [i["sheet"] for i in told(reading, "UNKNOWN-KEY")] == ["草稿"]


@pytest.mark.parametrize("sheet", PLACES)
def test_names_that_follow_two_sheets_are_no_reading_from_both_in_silence(work: Any, desk: Any, sheet: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        ours = [name for name in book.defined_names if desk.place_of(book, name)[0] == sheet]
        _, address = desk.place_of(book, PLACES[sheet])
        copied(book, sheet, old=False)
        target = book[f"{sheet} (2)"][address]
        target.value = "另一段文字。" if isinstance(target.value, str) else 77
        for defined in (book.defined_names[name] for name in ours[::2]):
            defined.attr_text = f"'{sheet} (2)'!" + defined.attr_text.rpartition("!")[2]

    (issue,) = told(work(edit), "TWO-SHEETS")
    assert f"“{sheet}”" in issue["sheets"]
    assert f"“{sheet} (2)”" in issue["sheets"]


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_copy_whose_original_was_deleted_is_read_by_its_labels(work: Any, desk: Any, sheet: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        for name in list(book.defined_names):
            if desk.place_of(book, name)[0] == sheet:
                book.defined_names[name].attr_text = "#REF!$A$1"  # what Excel leaves
        book[sheet].title = f"{sheet} (2)"

    reading, alone = work(edit), work(lambda _: None)
    assert reading.submission.content() == alone.submission.content()
    assert "单元格名称失效" in reading.coercions[0].why
    assert not [issue for issue in reading.issues if issue.rule in ("SHAPE", "BLANK", "UNKNOWN-KEY")]
