"""CSV files: what offices' systems export, read when it is certain, and together one submission."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongkai.submission.form import CSV, Reading
from gongkai.submission.guard.workbook_guard import inspect
from gongkai.submission.inbox.formats import read_bytes
from gongkai.submission.readers.csv_parts import joined
from gongkai.submission.workbook.reader import read_workbook
from gongkai.submission.workbook.sheets import Sheets

HEADER = "登记编号,收到日期,申请人类型,办结日期,办理结果,延期工作日"
ROW = "2021-001,2021/3/1,自然人,2021-03-10,（一）予以公开,5"
Read = Callable[..., Reading]


@pytest.fixture
def read(desk: Any) -> Read:
    """Reads a CSV text (or bytes) as a file of T01's folder whose name says 2021."""

    def one(text: str | bytes, name: str = "T01/依申请台账-2021.csv", encoding: str = "utf-8", **more: Any) -> Reading:
        data = text if isinstance(text, bytes) else text.encode(encoding)
        folder = name.partition("/")[0] if "/" in name else None
        file = replace(desk.received, name=name, folder=folder, sha256=f"{abs(hash(data)):064x}"[:64])
        return read_bytes(file, data, **more)

    return one


def rows(reading: Reading, name: str = "register") -> list[dict[str, Any]]:
    assert reading.submission is not None, reading.issues
    return [{key: cell.value for key, cell in record.cells.items()} for record in reading.submission.records(name)]


EXPECTED = {
    "case_no": "2021-001",
    "received_on": date(2021, 3, 1),
    "applicant_type": "natural_person",
    "replied_on": date(2021, 3, 10),
    "outcome": "granted",
    "extension_days": 5,
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_one_list_is_read_in_every_encoding_and_with_every_separator(read: Read, encoding: str, separator: str) -> None:
    reading = read(f"{HEADER}\r\n{ROW}\r\n".replace(",", separator), encoding=encoding)
    assert rows(reading) == [EXPECTED]
    said = reading.submission
    assert said is not None
    assert (said.unit, said.year, said.reported, said.has_tables, reading.kind) == (
        "T01", 2021, {"register"}, False, CSV,
    )  # fmt: skip
    (record,) = said.records("register")
    assert record.origin("replied_on")[:2] == ("依申请台账-2021.csv", "D2")
    assert {c.raw for c in reading.coercions} == {"T01/依申请台账-2021.csv", "2021/3/1"}


def test_keys_are_headings_too_and_columns_stand_in_any_order(read: Read) -> None:
    reading = read("outcome,applicant_type,received_on,case_no\ngranted,natural_person,2021-03-01,2021-001\n")
    assert rows(reading)[0]["case_no"] == "2021-001"
    assert not reading.issues


@pytest.mark.parametrize("marked", ["{}*", "*{}", "{} ＊", "{}（必填）", "*{}：", "{}(选填项)"])
def test_a_heading_may_bear_a_systems_mark_of_what_must_be_filled_in(read: Read, marked: str) -> None:
    headings = HEADER.split(",")
    reading = read(f"{','.join(marked.format(one) for one in headings[:3])},{','.join(headings[3:])}\n{ROW}\n")
    assert (rows(reading), reading.issues) == ([EXPECTED], ())
    told = [coercion for coercion in reading.coercions if coercion.why == "去掉表头的必填等标记"]
    assert [(one.cell, one.value) for one in told] == list(zip(("A1", "B1", "C1"), headings, strict=False))


def test_unit_and_year_above_the_header_are_the_files_own(read: Read) -> None:
    reading = read(f"依申请公开台账,,\n单位：,T02\n年度,2021年\n\n{HEADER}\n{ROW}\n", name="名单.csv")
    assert reading.submission is not None
    assert (reading.submission.unit, reading.submission.year) == ("T02", 2021)
    assert not reading.issues


def test_a_unit_s_name_is_handed_over_and_what_is_counted_is_no_name(read: Read) -> None:
    named = read(f"单位,东风街道\n年度,2021\n{HEADER}\n{ROW}\n")
    counted = read(f"单位：件\n年度,2021\n{HEADER}\n{ROW}\n")
    assert [one.submission and one.submission.unit for one in (named, counted)] == ["东风街道", "T01"]


def test_a_unit_inside_that_is_not_the_folders_stays_what_it_is(read: Read) -> None:
    reading = read(f"单位代码：T02\n年度：2021\n{HEADER}\n{ROW}\n")
    assert reading.submission is not None
    assert reading.submission.unit == "T02", "the intake rules compare it with the folder"


@pytest.mark.parametrize(
    ("name", "words"),
    [("名单.csv", "没有单位代码"), ("T01/名单.csv", "没有年度"), ("T01/2020-2021.csv", "没有年度")],
)
def test_a_file_without_unit_or_year_says_what_to_write(read: Read, name: str, words: str) -> None:
    reading = read(f"{HEADER}\n{ROW}\n", name=name)
    assert reading.submission is None
    assert words in str(reading.issues[0].observed)
    assert read(f"{HEADER}\n{ROW}\n", name="T01/名单.csv", year=2021).submission is not None


def test_what_a_spreadsheet_leaves_in_a_csv_is_understood(read: Read) -> None:
    text = f'{HEADER},内容简述,,,\r\n="001",2021-03-01,自然人,,,0,"第一行\r\n第二行，""引用""",,,\r\n,,,,,,,,,\r\n'
    reading = read(text)
    (row,) = rows(reading)
    assert (row["case_no"], row["subject"], row["extension_days"]) == ("001", '第一行\n第二行，"引用"', 0)
    assert not reading.issues
    assert '1 处 ="…"' in [coercion.raw for coercion in reading.coercions]


def test_a_row_with_more_cells_than_the_header_is_not_guessed_at(read: Read) -> None:
    reading = read(f"{HEADER}\n2021-001,2021-03-01,自然人,,（一）予以公开,0,多出\n{ROW}\n")
    assert [row["case_no"] for row in rows(reading)] == ["2021-001"]
    (issue,) = reading.issues
    assert (issue.rule, issue.where, issue.cell) == ("SHAPE", "register[1]", "G2")
    assert "多出" not in str(issue)


def test_an_unknown_column_is_noted_and_its_values_are_not_kept(read: Read) -> None:
    reading = read(f"{HEADER},申请人姓名\n{ROW},王小明\n")
    assert "UNKNOWN-KEY" in [issue.rule for issue in reading.issues]
    assert "王小明" not in repr(reading)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("品名,数量\n纸,3\n", "文本文件"),
        ("各位同事：\n请见附件。\n", "文本文件"),
        (f'{HEADER}\n2021-001,"没有结束,自然人\n', "引号不成对"),
        (f"{HEADER}\n" + f"{ROW}\n" * 20_000, "超过 20000 行"),
        (b"\xff\xfe\x00\xd8\x00", "文本文件"),
        (b"\x81\x30\x81", "文本文件"),
        ("x" * (11 * 2**20), "文本文件过大"),
    ],
)
def test_what_is_no_table_of_ours_is_refused_with_a_word_about_it(read: Read, text: str | bytes, words: str) -> None:
    reading = read(text)
    assert reading.submission is None
    assert words in str(reading.issues[0].observed)


def sheet_as_csv(data: bytes, sheet: str) -> bytes:
    """One sheet of a workbook as Excel saves it: every cell of the used area, dates and numbers as text."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(Sheets(data, inspect(data)).grid(sheet))
    return out.getvalue().encode("gb18030")


def test_the_sheets_of_our_workbook_saved_as_csv_make_the_submission_that_the_workbook_is(
    read: Read, filled: Callable[..., bytes], desk: Any
) -> None:
    data = filled(
        register=[{"case_no": "2021-001", "received_on": "2021-03-01", "applicant_type": "other_org", "pages": 7}],
        documents=[],
        activities={"portal_items": 255, "processing_fees_yuan": "0.5"},
        narrative={"overview": "总体情况，两句。", "problems": "无突出问题。", "other_matters": "没有。"},
    )
    book = read_workbook(desk.received, data).submission
    sheets = Sheets(data, inspect(data)).package.sheets
    readings = [read(sheet_as_csv(data, sheet), name=f"T01/{sheet}2021年.csv") for sheet in sheets]
    (together,) = joined(one for one in readings if one.file.name != "T01/系统信息2021年.csv")
    assert book is not None
    assert together.submission is not None
    assert [issue.where for issue in together.issues] == ["填报说明2021年.csv"], "the cover is no table"
    assert together.submission.content() == book.content()


def test_parts_in_one_folder_are_one_submission_whatever_order_they_come_in(read: Read) -> None:
    register = read(f"{HEADER}\n{ROW}\n")
    papers = read("文号,标题,类别\n示府〔2021〕1号,办法,行政规范性文件\n", name="T01/文件清单-2021.csv")
    other = read(f"{HEADER}\n{ROW}\n", name="T01/再报/台账-2021.csv")
    json_file = Reading(register.file, None, kind="json")
    first, (together, *_) = joined([json_file, register, papers, other]), joined([papers, register])
    assert [one.kind for one in first] == ["json", CSV, CSV]
    assert first[1].file.sha256 == together.file.sha256
    assert first[2] == other, "another folder is another submission"
    assert together.submission is not None
    assert together.submission.reported == {"register", "documents"}
    assert "依申请台账-2021.csv" in together.file.name
    assert together.submission.cells[0].table == "register", "in the order of the form"


def test_the_same_list_in_two_files_is_an_error_not_a_choice(read: Read) -> None:
    one = read(f"{HEADER}\n{ROW}\n", name="T01/上半年-2021-.csv")
    two = read(f"{HEADER}\n{ROW.replace('001', '002')}\n", name="T01/下半年-2021-.csv")
    (together,) = joined([one, two])
    issue = together.issues[0]
    assert (issue.rule, issue.where) == ("SHAPE", "register")
    assert "上半年-2021-.csv、下半年-2021-.csv" in str(issue.observed)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (HEADER.replace("申请人类型", "申请人类别"), "依申请公开台账，缺少列“申请人类型”（现有“申请人类别”）"),
        (HEADER.replace("申请人类型,", ""), "依申请公开台账，缺少列“申请人类型”"),
        ("文号,名称,公开日期,公开渠道", "文件清单，缺少列"),
    ],
)
def test_a_list_that_misses_a_column_is_called_what_it_nearly_is(read: Read, header: str, words: str) -> None:
    (issue,) = read(f"{header}\n2021-001,2021/3/1,自然人,2021-03-10\n").issues
    assert words in str(issue.observed)


def test_what_offices_write_in_a_list_is_read_and_told(read: Read) -> None:
    heading = HEADER.replace("登记编号", "登记\u200b编号")
    row = "2021-001\ufeff,4月12号,个人,2021-04-20T10:00:00.000,（一）予以公开,５"
    reading = read(f"{heading}\n{row}\n")
    assert rows(reading) == [
        {**EXPECTED, "received_on": date(2021, 4, 12), "replied_on": date(2021, 4, 20)},
    ]
    assert not reading.issues
    assert {c.why for c in reading.coercions} >= {
        "去掉不可见的字符（U+200B）",
        "去掉不可见的字符（U+FEFF）",
        "没有写年份，按 2021 年读取",
        "按“自然人”读取",
        "去掉时刻，只取日期",
    }
