"""What a person sees in the cells of an old .xls; `tests/data/cells/marked.xls` is our template, written by xlwt."""

import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.submission.form import State
from gongkai.submission.guard.workbook_guard import Package
from gongkai.submission.guard.xls_guard import inspect_xls
from gongkai.submission.guard.xls_records import Texts
from gongkai.submission.guard.xml_scan import WorkbookRefused

MARKED = (Path(__file__).parents[3] / "data" / "cells" / "marked.xls").read_bytes()
SHARED_TEXT = b"\xfd\x00\x0a\x00"  # before the row of a cell that holds a text
CALCULATION_MODE, UNCALCULATED = b"\x0d\x00\x02\x00", b"\x5e\x00\x02\x00"  # two records of one size


@pytest.mark.parametrize(
    ("where", "value", "raw"),
    [
        ("proactive_disclosure.administrative_licences.decisions", None, "241，其中‘1’为上标"),
        ("proactive_disclosure.administrative_penalties.decisions", None, "3，整格划有删除线"),
        ("proactive_disclosure.administrative_compulsion.decisions", None, "约12（格中存的是 12）"),
        ("disputes.reconsideration.upheld", None, "12，其中‘1’划有删除线"),
        ("disputes.reconsideration.corrected", 7, "7件（格中存的是 7）"),
        ("activities.portal_items", 5, None),
    ],
)
def test_a_cell_is_what_a_person_sees_in_it(desk: Any, where: str, value: int | None, raw: str | None) -> None:
    cell = desk.read_bytes(MARKED).submission.by_where[where]
    assert (cell.value, cell.origin.raw) == (value, raw)


def test_a_number_in_a_text_is_read_as_it_is_shown(desk: Any) -> None:
    (record,) = desk.read_bytes(MARKED).submission.records("documents")
    assert record["number"] == "2021-007"


def test_a_formula_is_stale_where_the_program_says_that_it_did_not_calculate(desk: Any) -> None:
    place = "disputes.reconsideration.other_result"
    assert desk.read_bytes(MARKED).submission.by_where[place].state is State.BLANK
    reading = desk.read_bytes(MARKED.replace(CALCULATION_MODE, UNCALCULATED))
    assert reading.submission.by_where[place].state is State.UNREADABLE
    assert [issue.where for issue in reading.issues if issue.rule == "FORMULA-STALE"] == [place]


def text(said: str, *, wide: bool = True) -> bytes:
    return struct.pack("<HB", len(said), int(wide)) + said.encode("utf-16-le" if wide else "latin-1")


@given(st.text(st.characters(max_codepoint=0xD7FF), min_size=2, max_size=20), st.data())
def test_a_text_goes_on_in_the_next_record_in_another_width(said: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(said) - 1))
    narrow = all(ord(sign) < 256 for sign in said[cut:])
    rest = (b"\x00" + said[cut:].encode("latin-1")) if narrow else b"\x01" + said[cut:].encode("utf-16-le")
    first = struct.pack("<HB", len(said), 1) + said[:cut].encode("utf-16-le")
    texts = Texts([first, rest + text("后")])
    assert [texts.rich().text, texts.rich().text] == [said, "后"]


def test_runs_and_what_stands_beside_a_text_are_passed(desk: Any) -> None:
    said = struct.pack("<HBHI", 2, 1 | 4 | 8, 1, 3) + "甲1".encode("utf-16-le") + struct.pack("<HH", 1, 6) + b"abc"
    texts = Texts([said + text("后", wide=True)])
    assert texts.rich() == ("甲1", ((1, 6),))
    assert texts.rich().text == "后"


@given(st.integers(0, len(MARKED) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_file_is_the_librarys_to_refuse(at: int, what: bytes) -> None:
    with suppress(WorkbookRefused):  # what was changed may be a cell's row
        assert isinstance(inspect_xls(MARKED[:at] + what + MARKED[at + len(what) :]), Package)


def test_a_value_far_away_is_named_before_the_library_takes_all_memory(desk: Any) -> None:
    at = MARKED.index(SHARED_TEXT) + len(SHARED_TEXT)
    (issue,) = desk.read_bytes(MARKED[:at] + b"\xff\xff" + MARKED[at + 2 :]).issues
    assert "65536 单元格有内容，远在填报区域之外" in str(issue.observed)


def test_a_book_of_another_version_tells_nothing() -> None:
    assert inspect_xls(b"\xd0\xcf\x11\xe0" + bytes(4096)) == Package()
