"""What would hurt is refused before any library opens it: with a rule, what was found and what is needed."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from gongkai.submission.guard import workbook_guard
from gongkai.submission.guard.workbook_guard import inspect
from gongkai.submission.guard.xml_scan import WorkbookRefused

SHEET = "xl/worksheets/sheet3.xml"


def rewritten(
    data: bytes, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None
) -> bytes:
    """A workbook with parts changed (None drops one) or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def replaced(part: str, old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        assert name != part or old in content
        return content.replace(old, new) if name == part else content

    return change


def refusal(data: bytes) -> WorkbookRefused:
    with pytest.raises(WorkbookRefused) as caught:
        inspect(data)
    return caught.value


def test_the_template_passes_and_tells_its_names(blank: bytes) -> None:
    package = inspect(blank)
    assert package.names["requests__granted__total"].sheet == "表三"
    assert package.sheets[0] == "填报说明"
    assert package.sheets[-1] == "系统信息"


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1", "KA5000"])
def test_a_far_value_is_refused_and_named(blank: bytes, cell: str) -> None:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    stray = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    refused = refusal(rewritten(blank, replaced(SHEET, b"</sheetData>", stray)))
    assert refused.rule == "SHAPE"
    assert cell in refused.observed
    assert "表三" in refused.observed


def test_a_far_cell_without_address_is_found_too(blank: bytes) -> None:
    stray = b'<row r="1048576"><c><v>1</v></c></row></sheetData>'
    assert "A1048576" in refusal(rewritten(blank, replaced(SHEET, b"</sheetData>", stray))).observed


def test_a_far_empty_cell_is_only_formatting(blank: bytes) -> None:
    styled = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    assert inspect(rewritten(blank, replaced(SHEET, b"</sheetData>", styled))).sheets


@pytest.mark.parametrize(
    "row",
    [
        '<row r="60"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="60"><c r="ZZZZ9"><v>1</v></c></row>',
        '<row r="60"><c r="xfd1048576"><v>1</v></c></row>',
        '<row r="4294967295"><c><v>1</v></c></row>',
        '<row r="-5"><c><v>1</v></c></row>',
        '<mergeCells count="4000000000"/>',
    ],
)
def test_a_place_that_no_spreadsheet_has_is_refused(blank: bytes, row: str) -> None:
    change = replaced(SHEET, b"</sheetData>", f"{row}</sheetData>".encode())
    assert "损坏" in refusal(rewritten(blank, change)).observed


@pytest.mark.parametrize(("part", "root"), [("xl/sharedStrings.xml", b"<sst "), ("xl/styles.xml", b"<cellXfs ")])
def test_an_absurd_declared_count_is_refused(blank: bytes, part: str, root: bytes) -> None:
    def change(name: str, content: bytes) -> bytes:
        declared = re.sub(root + rb"[^>]*>", root + b'count="4000000000">', content)
        return declared if name == part else content

    assert "4000000000" in refusal(rewritten(blank, change)).observed


def test_what_only_the_library_finds_broken_is_quarantined_too(blank: bytes, desk: Any) -> None:
    stray = b'<row r="60"><c r="A60" t="s"><v>999999</v></c></row></sheetData>'
    reading = desk.read_bytes(rewritten(blank, replaced(SHEET, b"</sheetData>", stray)))
    assert (reading.submission, reading.issues[0].rule) == (None, "SHAPE")


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_document_type_is_refused_in_every_part(blank: bytes, part: str) -> None:
    bomb = b'?>\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    refused = refusal(rewritten(blank, lambda name, c: c.replace(b"?>", bomb, 1) if name == part else c))
    assert "DTD" in refused.observed


def test_a_document_type_hidden_in_another_encoding_is_refused(blank: bytes) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != SHEET:
            return content
        text = content.decode().replace("?>", "?><!DOCTYPE x []>", 1).replace("UTF-8", "UTF-16")
        return text.encode("utf-16")

    assert "DTD" in refusal(rewritten(blank, change)).observed


def test_a_zip_bomb_is_refused(blank: bytes) -> None:
    bomb = {"xl/worksheets/sheet99.xml": b" " * (2 * 2**20)}
    assert "解压后过大" in refusal(rewritten(blank, lambda _, c: c, bomb)).observed


def test_a_large_total_is_refused(blank: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_guard, "MAX_UNZIPPED", 10_000)
    assert "解压后过大" in refusal(blank).observed


def test_too_many_entries_are_refused(blank: bytes) -> None:
    many = {f"xl/media/{n}.png": b"" for n in range(workbook_guard.MAX_ENTRIES)}
    assert "条目" in refusal(rewritten(blank, lambda _, c: c, many)).observed


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused(blank: bytes) -> None:
    assert "条目" in refusal(rewritten(blank, lambda _, c: c, {"xl/workbook.xml": b"<workbook/>"})).observed


@pytest.mark.parametrize("name", ["../outside.xml", "/../etc/x.xml", "xl\\..\\x.xml"])
def test_a_path_that_leads_outside_is_refused(blank: bytes, name: str) -> None:
    assert "路径" in refusal(rewritten(blank, lambda _, c: c, {name: b"<x/>"})).observed


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/document.xml", "Word"),
        ("xl/workbook.bin", "xlsb"),
        ("content.xml", "OpenDocument"),
        ("a.txt", "普通压缩包"),
        ("T01/填报表.xlsx", "表格还在里面"),
    ],
)
def test_a_package_that_is_no_workbook_is_named(part: str, kind: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, b"<x/>")
    refused = refusal(out.getvalue())
    assert refused.rule == "WRONG-TEMPLATE"
    assert kind in refused.observed


def test_broken_files_are_refused(blank: bytes) -> None:
    assert "不完整" in refusal(blank[: len(blank) // 2]).observed
    assert "损坏" in refusal(rewritten(blank, replaced(SHEET, b"</sheetData>", b"</sheet"))).observed
    assert "损坏" in refusal(b"PK\x03\x04 nothing").observed


def test_any_flipped_byte_is_read_or_refused_but_never_raises(blank: bytes, desk: Any) -> None:
    for at in range(0, len(blank), len(blank) // 60):
        data = bytearray(blank)
        data[at] ^= 0xFF
        reading = desk.read_bytes(bytes(data))
        assert reading.submission is not None or reading.issues


def test_macros_are_noticed_and_the_values_read(blank: bytes, desk: Any) -> None:
    reading = desk.read_bytes(rewritten(blank, lambda _, c: c, {"xl/vbaProject.bin": b"Sub Workbook_Open()"}))
    assert reading.submission is not None
    assert [issue.rule for issue in reading.issues] == ["MACROS-IGNORED"]


def test_a_workbook_of_pictures_and_an_empty_one_are_told_apart(desk: Any) -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    empty = desk.read_bytes(out.getvalue())
    pictures = desk.read_bytes(rewritten(out.getvalue(), lambda _, c: c, {"xl/media/image1.png": b"\x89PNG"}))
    assert "空白工作簿" in empty.issues[0].observed
    assert "只有图片" in pictures.issues[0].observed


def ods(content: str, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content>{content}</office:document-content>")
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


CELL = '<table:table-cell office:value-type="float" office:value="1"'


@pytest.mark.parametrize(
    "rows",
    [
        f'<table:table-row table:number-rows-repeated="1000000">{CELL}/></table:table-row>',
        f'<table:table-row>{CELL} table:number-columns-repeated="16000"/></table:table-row>',
        f'<table:table-row table:number-rows-repeated="1048576"/><table:table-row>{CELL}/></table:table-row>',
    ],
)
def test_a_bomb_of_repeated_cells_is_refused(rows: str) -> None:
    refused = refusal(ods(f'<table:table table:name="表二">{rows}</table:table>'))
    assert "远在填报区域之外" in refused.observed


def test_an_absurd_repetition_is_refused() -> None:
    row = '<table:table-row table:number-rows-repeated="99999999999"/>'
    assert "重复次数" in refusal(ods(f'<table:table table:name="表二">{row}</table:table>')).observed


def test_an_encrypted_ods_is_said_to_be_one() -> None:
    manifest = b"<manifest><encryption-data/></manifest>"
    assert "密码" in refusal(ods("", **{"META-INF__manifest": manifest})).observed


def test_ods_names_and_errors_are_learnt() -> None:
    named = '<table:named-range table:name="a" table:cell-range-address="$\'表 二\'.$B$3:.$C$3"/>'
    row = f'<table:table-row>{CELL} calcext:value-type="error"/></table:table-row>'
    package = inspect(ods(f'<table:table table:name="表 二">{row}</table:table>{named}'))
    assert package.names["a"] == ("表 二", 2, 1, 2, 2)
    assert package.broken["表 二"] == {(0, 0): "#错误"}
