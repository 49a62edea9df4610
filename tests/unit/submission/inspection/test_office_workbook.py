"""The office's workbook: the same entries as in JSON give the same entries and the same findings."""

import io
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.profile import Profile, Unit
from gongkai.submission.form import ReceivedFile
from gongkai.submission.inspection.counting import count_entries
from gongkai.submission.inspection.entry import KIND_NAMES, READ, SCHEMA
from gongkai.submission.inspection.entry_needs import NEEDS, TYPES
from gongkai.submission.inspection.office_row import OfficeRow, from_json, located, to_json
from gongkai.submission.inspection.reader import InspectionReading, read_inspection
from gongkai.submission.inspection.workbook.office_sheets import TOLD, office_sheets
from gongkai.submission.inspection.workbook.reader import read_office_workbook
from gongkai.submission.inspection.workbook.rows import inspection_of
from gongkai.submission.inspection.workbook.writer import office_workbook, rows_of
from gongkai.submission.workbook.reader import read_workbook

Entry = dict[str, Any]
BY = {"by": "甲组", "on": "2021-03-05"}
GOOD: Entry = {"id": "p-1", "unit": "T01", "indicator": "A2", "kind": "checked", "passed": 10, "checked": 10, **BY}
PROBLEM: Entry = {"id": "p-2", "unit": "T01", "indicator": "D1", "kind": "problem", "reason": "空栏目", **BY}


@pytest.fixture(scope="module")
def office(profile: Profile, desk: Any) -> "Office":
    return Office(profile, replace(desk.received, name="_office/甲.xlsx", folder="_office"))


class Office:
    """Reads entries in either form."""

    def __init__(self, profile: Profile, file: ReceivedFile) -> None:
        self.profile, self.file = profile, file

    def written(self, *entries: Entry) -> bytes:
        return office_workbook(rows_of(entries), self.profile, 2021, {"REQ-ROW-SUM": "行合计"})

    def read(self, data: bytes, profile: Profile | None = None) -> InspectionReading:
        return inspection_of(read_office_workbook(self.file, data), profile or self.profile, 2021)

    def as_workbook(self, *entries: Entry) -> InspectionReading:
        return self.read(self.written(*entries))

    def as_json(self, *entries: Entry) -> InspectionReading:
        document = {"schema": SCHEMA, "year": 2021, "entries": list(entries)}
        return read_inspection(json.dumps(document, ensure_ascii=False).encode(), self.profile, 2021)

    def edited(self, edit: Callable[[openpyxl.Workbook], object], *entries: Entry) -> InspectionReading:
        book = openpyxl.load_workbook(io.BytesIO(self.written(*entries)))
        edit(book)
        out = io.BytesIO()
        book.save(out)
        return self.read(out.getvalue())


def said(reading: InspectionReading) -> Counter[Any]:
    """What is told of a file, without the cells that only a workbook has."""
    return Counter(
        (i.rule, i.where, str(i.observed), str(i.expected), tuple(sorted((k, str(v)) for k, v in i.values.items())))
        for i in reading.issues
    )


_WORDS = st.text(alphabet="甲乙丙栏目空白逾期 12.-/#[]（）ab", min_size=1, max_size=12).filter(str.strip)
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": _WORDS,
    "date": st.sampled_from(["2021-03-05", "2020-12-31", "2022-02-28", "三月", "2021年3月5日"]),
    "integer": st.one_of(st.integers(-1, 12), st.sampled_from(["3", "两", "2.5"])),
    "decimal": st.sampled_from(["0.5", "2", "-1", "80", "0.50", "两分", 3]),
    "boolean": st.sampled_from([True, False, "是", "也许"]),
}
_NAMED = {
    "unit": st.sampled_from(["T01", "A17", "OFFICE", "ZZ", "t01", "东风街道", "A17　扶贫（乡村振兴）"]),
    "indicator": st.sampled_from(["A2", "D1", "C2", "d1", "Q9", "REQ-ROW-SUM"]),
    "kind": st.sampled_from([*KIND_NAMES, *KIND_NAMES.values(), "别的"]),
    "ground": st.sampled_from(["市级", "市级通报批评", "数据造假", "没有的"]),
    "claim": st.sampled_from(["evidence[2]", "interpretations[示府〔2021〕1号].rating", "第二条"]),
    "colour": _WORDS,
}
_KEYS = [key for key in READ if key not in ("id", "by")]
_ENTRY = st.fixed_dictionaries(
    {"by": _WORDS}, optional={key: _NAMED.get(key, _VALUES[TYPES.get(key, "text")]) for key in (*_KEYS, "colour")}
)


@settings(max_examples=12)
@given(entries=st.lists(_ENTRY, max_size=6))
def test_any_entries_give_the_same_as_a_workbook_and_as_json(office: Office, entries: list[Entry]) -> None:
    numbered = [{"id": f"e{n}", **entry} for n, entry in enumerate(entries)]
    one, other = office.as_json(*numbered), office.as_workbook(*numbered)
    assert {entry.id: entry for entry in one.entries} == {entry.id: entry for entry in other.entries}
    assert said(one) == said(other)


def test_a_wrong_kind_is_told_with_the_kinds_of_its_sheet(office: Office) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["检查评分"]
        sheet.cell(6, [cell.value for cell in sheet[5]].index("种类") + 1).value = "核查"

    (issue,) = office.edited(edit, GOOD).issues
    assert (issue.rule, issue.observed, issue.values["bound"]) == (
        "ENTRY-UNKNOWN",
        "核查",
        "应为以下之一：检查、直接评分",
    )


def test_every_kind_has_its_sheet_and_every_sheet_the_columns_of_its_kinds() -> None:
    sheets = [sheet for sheet in office_sheets().values() if not sheet.if_needed]
    assert Counter(kind for sheet in sheets for kind in sheet.kinds) == Counter(list(KIND_NAMES))
    for sheet in office_sheets().values():
        assert set(sheet.columns) <= {*TYPES, TOLD}
        assert {*sheet.prefilled, *sheet.offers, *sheet.example} <= {*sheet.columns}
        for kind in sheet.kinds:
            assert {"id", "unit", "by", *NEEDS[kind].must} <= {*sheet.columns, "kind"}, (sheet.key, kind)
            assert "on" in sheet.columns or "issued_on" in NEEDS[kind].must


def test_an_issue_names_sheet_and_cell(office: Office) -> None:
    (issue,) = office.as_workbook(GOOD, {**PROBLEM, "reason": None}).issues
    assert (issue.rule, issue.where) == ("ENTRY-INCOMPLETE", "entries[p-2].reason")
    assert (issue.sheet, issue.cell) == ("发现问题", "G6")  # where the reason would stand


def test_what_the_day_or_other_files_say_of_an_entry_names_its_cell_too(office: Office) -> None:
    """The warehouse keeps the rows: a day that has not come is told at the day, another's item at the row."""
    reading = office.as_workbook({**GOOD, "on": "2021-12-30"})
    stored = from_json(json.loads(json.dumps(to_json(reading.form or ()))))
    (remark,) = count_entries(reading.entries, date(2021, 12, 29)).left_out
    assert (remark.issue.where, located(remark.issue, stored).cell) == (f"entries[{GOOD['id']}].on", "I6")
    whole = replace(remark.issue, where=f"entries[{GOOD['id']}]")
    assert located(whole, stored).cell == "A6"
    before = from_json([line[:4] for line in to_json(reading.form or ())])  # rows stored by an earlier program
    assert located(remark.issue, before).cell == "A6"


def test_what_was_printed_in_advance_is_no_entry_until_somebody_fills_it_in(office: Office) -> None:
    waiting = OfficeRow("claims", "确认-001", {"id": "确认-001", "unit": "T01", "claim": "evidence[1]", TOLD: "市级"})
    untouched = office.read(office_workbook([waiting], office.profile, 2021))
    assert (untouched.entries, untouched.issues) == ((), ())
    assert [(c.sheet, c.cell, c.raw) for c in untouched.coercions] == [("申报确认", "A6", "第 6 行")]
    decided = waiting._replace(values={**waiting.values, "kind": "confirmation", "evidence": "核1号", **BY})
    (entry,) = office.read(office_workbook([decided], office.profile, 2021)).entries
    assert (entry.kind, entry.claim, entry.by) == ("confirmation", "evidence[1]", "甲组")


def test_a_half_filled_row_is_told_what_it_lacks(office: Office) -> None:
    waiting = {"id": "确认-001", "unit": "T01", "claim": "evidence[1]", "by": "甲组"}
    reading = office.read(office_workbook([OfficeRow("claims", "确认-001", waiting)], office.profile, 2021))
    assert [(i.rule, i.where) for i in reading.issues] == [("ENTRY-INCOMPLETE", "entries[确认-001].kind")]


@pytest.mark.parametrize("written", ["T01", "t01", "Ｔ０１", "东风街道", "T01　东风街道", "T01 东风街道", " T01 "])
def test_a_unit_may_be_written_as_people_write_it(office: Office, written: str) -> None:
    for reading in (office.as_json({**GOOD, "unit": written}), office.as_workbook({**GOOD, "unit": written})):
        assert [entry.unit for entry in reading.entries] == ["T01"]


@pytest.mark.parametrize("written", ["T01 和平街道", "T99", "街道", "T01、T02"])
def test_a_unit_that_is_not_certain_is_refused(office: Office, written: str) -> None:
    for reading in (office.as_json({**GOOD, "unit": written}), office.as_workbook({**GOOD, "unit": written})):
        assert [(i.rule, i.observed) for i in reading.issues] == [("ENTRY-UNKNOWN", written)]


def test_the_names_of_kinds_and_indicators_are_as_good_as_their_keys(office: Office) -> None:
    named = {**GOOD, "kind": "检查", "indicator": "a2"}
    assert office.as_json(named).entries == office.as_json(GOOD).entries
    assert [c.value for c in office.as_json(named).coercions] == ["A2"]


def test_a_renamed_sheet_and_lost_names_are_still_known_by_their_headings(office: Office) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["检查评分"].title = "王科长的检查"
        for name in list(book.defined_names):
            del book.defined_names[name]

    reading = office.edited(edit, GOOD, PROBLEM)
    assert ({entry.id for entry in reading.entries}, reading.issues) == ({"p-1", "p-2"}, ())


def test_a_moved_and_an_unknown_column(office: Office) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["检查评分"]
        sheet.insert_cols(3)
        sheet["C5"], sheet["C6"] = "天气", "晴"

    reading = office.edited(edit, GOOD)
    assert [entry.id for entry in reading.entries] == ["p-1"]
    assert [(i.rule, i.where, i.cell) for i in reading.issues] == [("UNKNOWN-KEY", "entries[p-1].天气", "C6")]


def test_days_and_numbers_as_text(office: Office) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["检查评分"]
        sheet["F6"], sheet["G6"], sheet["I6"] = "10", "１０", "2021年3月5日"

    reading = office.edited(edit, GOOD)
    assert reading.entries == office.as_json(GOOD).entries
    assert [c.where for c in reading.coercions] == [f"entries[p-1].{key}" for key in ("passed", "checked", "on")]


def test_merged_cells_leave_the_lower_rows_blank_and_say_so(office: Office) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["检查评分"].merge_cells("B6:B7")

    reading = office.edited(edit, GOOD, {**GOOD, "id": "p-3"})
    assert [entry.id for entry in reading.entries] == ["p-1"]
    assert [(i.rule, i.where, i.cell) for i in reading.issues] == [("ENTRY-INCOMPLETE", "entries[p-3].unit", "B7")]


def test_a_row_without_a_number_is_named_by_its_line(office: Office) -> None:
    reading = office.edited(lambda book: book["检查评分"].__setitem__("A6", None), GOOD)
    assert [(i.rule, i.where) for i in reading.issues] == [("ENTRY-INCOMPLETE", "entries[检查评分第6行].id")]


def test_a_note_below_the_rows_is_no_entry_and_is_told(office: Office) -> None:
    reading = office.edited(lambda book: book["检查评分"].__setitem__("A9", "注：以上为第一轮检查"), GOOD)
    assert ([entry.id for entry in reading.entries], reading.issues) == (["p-1"], ())
    (told,) = reading.coercions
    assert (told.cell, told.raw) == ("A9", "第 9 行")
    assert told.why == "有 1 行只在编号一列写了文字，没有作为录入读取"


def test_a_copied_sheet_counts_nothing_twice(office: Office) -> None:
    reading = office.edited(lambda book: book.copy_worksheet(book["检查评分"]), GOOD)
    assert [entry.id for entry in reading.entries] == ["p-1"]
    assert [i.rule for i in reading.issues] == ["ENTRY-DUPLICATE"]


def test_personal_data_is_masked_and_told_wherever_it_stands(office: Office) -> None:
    reading = office.as_workbook({**GOOD, "evidence": "联系 13812345678"})
    assert "13812345678" not in repr(reading)
    assert [(i.rule, i.where) for i in reading.issues] == [("PERSONAL-DATA", "entries[p-1].evidence")]


def test_a_workbook_of_another_year_or_template_is_not_taken(office: Office, blank: bytes) -> None:
    other = office_workbook([], office.profile, 2020)
    assert [i.rule for i in office.read(other).issues] == ["WRONG-YEAR"]
    assert [i.rule for i in office.read(blank).issues] == ["WRONG-TEMPLATE"]
    newer = office.edited(lambda book: book["系统信息"].__setitem__("B1", "gongkai/office/9"), GOOD)
    assert [(i.rule, i.observed) for i in newer.issues] == [("WRONG-TEMPLATE", "模板版本“gongkai/office/9”")]


def test_in_a_units_folder_it_is_told_where_it_belongs(office: Office, desk: Any) -> None:
    (issue,) = read_workbook(desk.received, office.written(GOOD)).issues
    assert (issue.rule, "_office" in str(issue.observed)) == ("WRONG-TEMPLATE", True)


def test_four_hundred_units_have_a_drop_down(office: Office) -> None:
    town = office.profile.unit("T01")
    assert town is not None
    more = [town.model_copy(update={"code": f"V{n:03}", "name": f"第{n}村"}) for n in range(400)]
    units: tuple[Unit, ...] = (*office.profile.units, *more)
    wide = office.profile.model_copy(update={"units": units})
    data = office_workbook(rows_of([{**GOOD, "unit": "V399"}]), wide, 2021)
    assert [entry.unit for entry in office.read(data, wide).entries] == ["V399"]
    book = openpyxl.load_workbook(io.BytesIO(data))
    lengths = [v.formula1 for v in book["检查评分"].data_validations.dataValidation if "B6" in v.sqref]
    assert lengths == [f"'系统信息'!$C$1:$C${len(wide.expected(2021))}"]


def test_the_same_rows_give_the_same_bytes(office: Office, tmp_path: Path) -> None:
    assert office.written(GOOD) == office.written(GOOD)
