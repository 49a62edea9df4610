"""A workbook is the same workbook however the program that wrote it named and encoded its parts."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

Parts = dict[str, bytes]


@pytest.fixture
def book(filled: Callable[..., bytes]) -> bytes:
    """A filled workbook as our template is written."""
    return filled(register=[{"case_no": "2021-001", "received_on": "2021-03-01"}])


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def backslashes(parts: Parts) -> Parts:
    return {name.replace("/", "\\"): content for name, content in parts.items()}


def leading_slashes(parts: Parts) -> Parts:
    return {f"/{name}": content for name, content in parts.items()}


def capitals(parts: Parts) -> Parts:
    return {name.upper(): content for name, content in parts.items()}


def other_main_part(parts: Parts) -> Parts:
    renamed = {name.replace("workbook.xml", "book22.xml"): content for name, content in parts.items()}
    return renamed | {"_rels/.rels": parts["_rels/.rels"].replace(b"xl/workbook.xml", b"/xl/book22.xml")}


def flat(parts: Parts) -> Parts:
    """Every part in the root of the package, as one generator writes it."""
    moved = {name.removeprefix("xl/").replace("worksheets/", ""): content for name, content in parts.items()}
    relations = moved["_rels/workbook.xml.rels"].replace(b"worksheets/", b"")
    return moved | {
        "_rels/.rels": parts["_rels/.rels"].replace(b"xl/workbook.xml", b"workbook.xml"),
        "_rels/workbook.xml.rels": relations,
    }


def utf16(parts: Parts) -> Parts:
    def encoded(content: bytes) -> bytes:
        return content.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")

    return {name: encoded(content) if name.startswith("xl/w") else content for name, content in parts.items()}


def utf16_without_a_mark(parts: Parts) -> Parts:
    name = "xl/worksheets/sheet3.xml"
    return parts | {name: re.sub(rb"<\?xml.*?\?>\s*", b"", parts[name]).decode().encode("utf-16-le")}


def chinese(parts: Parts) -> Parts:
    name = "xl/sharedStrings.xml" if "xl/sharedStrings.xml" in parts else "xl/workbook.xml"
    text = parts[name].decode().partition("?>")[2]
    return parts | {name: f'<?xml version="1.0" encoding="GB2312"?>{text}'.encode("gb18030")}


def a_macro_sheet(parts: Parts) -> Parts:
    sheet = b'<sheet name="Macro1" sheetId="98" state="veryHidden" r:id="rId98"/></sheets>'
    kind = b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    points = b'<Relationship Id="rId98" Type="' + kind + b'" Target="macrosheets/sheet1.xml"/></Relationships>'
    relations = "xl/_rels/workbook.xml.rels"
    return parts | {
        "xl/workbook.xml": parts["xl/workbook.xml"].replace(b"</sheets>", sheet),
        relations: parts[relations].replace(b"</Relationships>", points),
        "xl/macrosheets/sheet1.xml": b"<macrosheet/>",
    }


@pytest.mark.parametrize(
    "written", [backslashes, leading_slashes, capitals, other_main_part, flat, utf16, utf16_without_a_mark, chinese]
)
def test_a_workbook_is_read_whatever_its_parts_are_called(
    book: bytes, desk: Any, written: Callable[[Parts], Parts]
) -> None:
    as_it_should_be = desk.read_bytes(book)
    reading = desk.read_bytes(package(written(parts_of(book))))
    assert reading.issues == as_it_should_be.issues
    assert reading.submission == as_it_should_be.submission


def test_a_macro_sheet_is_left_out_and_noticed(book: bytes, desk: Any) -> None:
    reading = desk.read_bytes(package(a_macro_sheet(parts_of(book))))
    assert reading.submission == desk.read_bytes(book).submission
    assert [issue.rule for issue in reading.issues] == ["MACROS-IGNORED"]


def test_a_declared_entity_is_refused_in_a_part_of_another_encoding_too(book: bytes, desk: Any) -> None:
    parts = parts_of(book)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet>&a;</worksheet>'.encode("utf-16")
    (issue,) = desk.read_bytes(package(parts | {"xl/worksheets/sheet3.xml": bomb})).issues
    assert "DTD" in str(issue.observed)


def test_two_parts_that_differ_only_in_how_their_name_is_written_are_refused(book: bytes, desk: Any) -> None:
    parts = parts_of(book)
    (issue,) = desk.read_bytes(package(parts | {"\\XL\\workbook.xml": b"<workbook/>"})).issues
    assert "条目" in str(issue.observed)


def test_an_empty_part_that_older_programs_leave_behind_is_no_damage(book: bytes, desk: Any) -> None:
    reading = desk.read_bytes(package(parts_of(book) | {"Configurations2/accelerator/current.xml": b""}))
    assert reading.submission == desk.read_bytes(book).submission


def with_row(parts: Parts, row: str) -> bytes:
    name = "xl/worksheets/sheet3.xml"
    return package(parts | {name: parts[name].replace(b"</sheetData>", f"{row}</sheetData>".encode())})


@pytest.mark.parametrize("cell", ["A900000", "XFD900"])
def test_a_lone_blank_far_down_is_no_matter(book: bytes, desk: Any, cell: str) -> None:
    row, said = re.sub("[A-Z]", "", cell), '<c r="{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'
    blank = with_row(parts_of(book), f'<row r="{row}">{said.format(cell, " ")}</row>')
    assert desk.read_bytes(blank).submission == desk.read_bytes(book).submission
    (issue,) = desk.read_bytes(with_row(parts_of(book), f'<row r="{row}">{said.format(cell, "x")}</row>')).issues
    assert f"{cell} 单元格有内容" in str(issue.observed)


def test_a_cell_that_stands_twice_is_nothing_to_choose_from(book: bytes, desk: Any) -> None:
    row = '<row r="900"><c r="B900"><v>1</v></c></row>'
    (issue,) = desk.read_bytes(with_row(parts_of(book), row + row.replace("1</v>", "2</v>"))).issues
    assert "B900 单元格出现了两次" in str(issue.observed)


def test_values_of_a_chart_are_no_cells(book: bytes, desk: Any) -> None:
    chart = b"<c:chart xmlns:c='urn:c'><c:pt><c:v>1</c:v></c:pt><c:pt><c:v>1</c:v></c:pt></c:chart>"
    linked = b"<externalLink><row r='1'><cell r='A1'><v>1</v></cell><cell r='B1'><v>1</v></cell></row></externalLink>"
    beside = {"xl/charts/chart1.xml": chart, "xl/externalLinks/externalLink1.xml": linked}
    assert desk.read_bytes(package(parts_of(book) | beside)).submission == desk.read_bytes(book).submission
