"""Places of a workbook that no reader reads: personal data there sends the file back, and nothing of it is kept."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from gongkai.submission.form import Reading

PHONE, IDENTITY = "13800000000", "11010519491231002X"
CASE = {"case_no": "2021-1", "received_on": "2021-03-01", "applicant_type": "natural_person"}
Parts = dict[str, bytes]


def repacked(data: bytes, edit: Callable[[Parts], None]) -> bytes:
    """A workbook whose parts another program changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    edit(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def places(reading: Reading) -> list[object]:
    return [issue.values.get("place", issue.where) for issue in reading.issues if issue.rule == "PERSONAL-DATA"]


def choice(**said: Any) -> Callable[[openpyxl.Workbook], None]:
    def edit(book: openpyxl.Workbook) -> None:
        found = DataValidation(**({"type": "list", "formula1": '"甲,乙"', "promptTitle": "甲"} | said))
        found.add("A90")
        book["表三"].add_data_validation(found)

    return edit


def name(**said: str) -> Callable[[openpyxl.Workbook], None]:
    def edit(book: openpyxl.Workbook) -> None:
        found = DefinedName(**({"name": "甲", "attr_text": "表三!$A$1"} | said))
        book.defined_names[found.name] = found

    return edit


def hyperlink(book: openpyxl.Workbook) -> None:
    book["表三"]["A1"].hyperlink = Hyperlink(ref="A1", location="表三!A1", tooltip=PHONE)


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (lambda book: setattr(book["表三"]["A1"], "comment", Comment(PHONE, "甲")), "文件的批注"),
        (choice(formula1=f'"{PHONE},乙"'), "文件的数据有效性"),
        (choice(prompt=PHONE), "文件的数据有效性"),
        (name(attr_text=f'"{PHONE}"'), "文件的单元格名称"),
        (name(comment=PHONE), "文件的单元格名称"),
        (hyperlink, "文件的超链接提示"),
        (lambda book: book.custom_doc_props.append(StringProperty(name=f"甲 {PHONE}", value="1")), "文件的文档属性"),
        (lambda book: setattr(book.properties, "contentStatus", PHONE), "文件的文档属性"),
    ],
)
def test_what_stands_outside_the_cells(desk: Any, blank: bytes, edit: Any, place: str) -> None:
    assert places(desk.read_bytes(desk.edited(blank, edit))) == [place]


@pytest.mark.parametrize(
    ("part", "content", "place"),
    [
        ("xl/drawings/drawing9.xml", f"<a><p><t>138</t><t>{PHONE[3:]}</t></p></a>", "文件的文本框"),
        ("xl/charts/chart1.xml", f"<a><v>{PHONE}</v></a>", "文件的图表"),
        ("xl/pivotCache/pivotCacheRecords1.xml", f"<a><s v='{PHONE}'/></a>", "文件的数据透视表"),
        ("xl/externalLinks/externalLink1.xml", f"<a><v>{PHONE}</v></a>", "文件的外部链接"),
        ("xl/tables/table1.xml", f'<a><tableColumn name="{PHONE}"/></a>', "文件的表格列名"),
        ("customXml/item1.xml", f"<a><b>{PHONE}</b></a>", "文件的附加数据"),
    ],
)
def test_parts_that_other_programs_add(desk: Any, blank: bytes, part: str, content: str, place: str) -> None:
    reading = desk.read_bytes(repacked(blank, lambda parts: parts.update({part: content.encode()})))
    assert places(reading) == [place]
    assert places(desk.read_bytes(repacked(blank, lambda parts: parts.update({part: b"<a><v>1</v></a>"})))) == []


def test_a_text_that_no_cell_shows_any_more(desk: Any, blank: bytes) -> None:
    def edit(parts: Parts) -> None:
        key = "xl/sharedStrings.xml"
        parts[key] = parts[key].replace(
            b"</sst>", f"<si><r><t>138</t></r><r><t>{PHONE[3:]}</t></r></si></sst>".encode()
        )

    assert places(desk.read_bytes(repacked(blank, edit))) == ["文件中没有显示的文字"]


def test_who_made_the_file_is_no_applicant(desk: Any, blank: bytes) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.properties.creator = book.properties.lastModifiedBy = PHONE
        book["表三"]["A1"].comment = Comment("请核对", PHONE)

    assert places(desk.read_bytes(desk.edited(blank, edit))) == []


def test_the_name_of_a_sheet_that_is_read_is_kept_nowhere(desk: Any, filled: Any) -> None:
    def edit(parts: Parts) -> None:
        key = "xl/workbook.xml"
        parts[key] = re.sub("(?<=[\"'>])依申请台账(?=[\"'!])", f"依申请台账 {PHONE}", parts[key].decode()).encode()
        parts[key] = re.sub(f">依申请台账 {PHONE}!", f">'依申请台账 {PHONE}'!", parts[key].decode()).encode()

    reading = desk.read_bytes(repacked(filled(register=[CASE]), edit))
    assert [cell.origin.sheet for cell in reading.submission.cells if cell.table == "register"] == [
        "依申请台账 〔已屏蔽：手机号码〕"
    ] * len(CASE)
    assert PHONE not in repr((reading, reading.submission.cells))
    assert places(reading)


@pytest.mark.parametrize(("below", "sent_back"), [("王示例", True), ("自然人", False), ("张某", False), ("A-1", False)])
def test_a_column_of_applicants_may_hold_codes_and_no_names(
    desk: Any, filled: Any, below: str, sent_back: bool
) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet, at = desk.place_of(book, "register__header")
        book[sheet].cell(book[sheet][at].row, 40).value = "申请人"
        book[sheet].cell(book[sheet][at].row + 1, 40).value = below

    reading = desk.read_bytes(desk.edited(filled(register=[CASE]), edit))
    assert bool(places(reading)) is sent_back
    assert below not in repr((reading, reading.submission.cells)) or not sent_back


def test_the_cover_prints_the_offices_number_and_nobodys_identity(desk: Any, blank: bytes) -> None:
    def typed(text: str) -> bytes:
        def edit(book: openpyxl.Workbook) -> None:
            sheet, at = desk.place_of(book, "cover__area")
            book[sheet][at] = text

        return desk.edited(blank, edit)

    assert places(desk.read_bytes(typed(f"联系电话 {PHONE}"))) == []
    assert len(places(desk.read_bytes(typed(IDENTITY)))) == 1


def test_an_identity_number_that_excel_took_for_a_number(desk: Any, filled: Any) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        desk.put(book, "requests__granted__total", 110105194912310020)
        desk.put(book, "narrative__overview", 110105194912310020)

    reading = desk.read_bytes(desk.edited(filled(), edit))
    assert places(reading) == ["requests.granted.total", "narrative.overview"]
    assert "110105" not in repr((reading, reading.submission.cells))
