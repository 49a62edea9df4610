"""What no reader is for is called what it is, whatever its name, and the message says how to come to one we read."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest

from expectations.results import issue_finding
from gongkai.national_format import for_year
from gongkai.submission.form import Reading
from gongkai.submission.inbox.formats import read_bytes


def old_office(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + "\0".join(streams).encode("utf-16-le")


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    return out.getvalue()


MAIL = b"From: a@example.invalid\nTo: b@example.invalid\nSubject: x\nMIME-Version: 1.0\n"
ATTACHED = (
    b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: application/octet-stream; name="T01.xlsx"\n'
)
FILES: Mapping[str, tuple[bytes, str, str]] = {
    "ofd": (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD", "PDF"),
    "numbers": (zipped("Index/Document.iwa", "Metadata/Properties.plist"), "iWork", "导出"),
    "uos": (zipped("uof/uof.xml"), "标文通", "另存为 .xlsx"),
    "spreadsheetml": (b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
                      "Excel 2003 XML", "另存为 .xlsx"),
    "wordml": (b'<?xml version="1.0"?><w:d xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
               "Word 2003 XML", "另存为 .docx"),
    "fods": (b'<?xml version="1.0"?><office:x office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>',
             "fods", "另存为 .xlsx"),
    "any xml": (b'<?xml version="1.0"?><dataroot><row/></dataroot>', "XML 文件", "下发的模板"),
    "mail": (MAIL + ATTACHED, "电子邮件", "“T01.xlsx”"),
    "mail without attachment": (MAIL + b"\nhello\n", "电子邮件", "没有附件"),
    "mht": (b'MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary="b"\n\n--b\n',
            "mht", "另存为 .xlsx"),
    "mht of a browser": (b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n', "mht", "另存为"),
    "mail behind a mark": (b"\xef\xbb\xbf" + MAIL + ATTACHED, "电子邮件", "“T01.xlsx”"),
    "tar": (b"T01.xlsx".ljust(257, b"\0") + b"ustar\x0000", "压缩包", "解压"),
    "xz": (b"\xfd7zXZ\0\0\4", "压缩包", "解压"),
    "ceb": (b"Founder CEB 3.00\0\0", "方正版式", "另存为 .docx"),
    "exe": (b"MZ\x90\0\x03\0\0\0", "程序文件", "下发的模板"),
    "msg": (old_office("__nameid_version1.0", "__properties_version1.0"), "Outlook 邮件", "附件另存"),
    "winmail": (b"\x78\x9f\x3e\x22" + b"\0" * 40, "winmail.dat", "附件"),
    "wps": (old_office("WordDocument"), "WPS 文字（.wps）", "另存为 .docx"),
    "dps": (old_office("PowerPoint Document"), ".dps", "下发的模板"),
    "rights": (old_office("DataSpaces", "DRMEncryptedDataSpace", "EncryptedPackage"), "限制访问", "另存"),
    "url": (b"\xef\xbb\xbf[InternetShortcut]\r\nURL=https://example.invalid/\r\n", "快捷方式", "下载"),
    "url with properties": (b"[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,11\r\n[InternetShortcut]\r\n",
                            "快捷方式", "下载"),
    "lnk": (b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60, "快捷方式", "文件本身"),
    "desktop": (b"[Desktop Entry]\nType=Link\n", "快捷方式", "文件本身"),
    "heic": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC", "佐证材料"),
    "webp": (b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 40, "WebP", "佐证材料"),
    "tsd": (b"%TSD-Header-###%\xf7\xb4\xf8", "加密软件", "解密"),
    "e-safenet": (b"b\x14#e\x02\0E-SafeNet\0LOCK\0" + b"\x9a" * 50, "加密软件", "解密"),
    "access": (b"\0\x01\0\0Standard Jet DB\0", "Access", "导出"),
    "rtf": (b"{\\rtf1 }", "RTF", "另存为 .docx"),
    "dbf": (b"\x03\x7a\x01\x1f\x02\0\0\0\x41\0\x0b\0\0\0" + b"\0" * 18, "dBase", "另存为 .xlsx"),
    "slk": (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "SYLK", "另存为 .xlsx"),
    "dif": (b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "DIF", "另存为 .xlsx"),
    "excel 4": (b"\x09\x04\x06\0\0\0\x10\0\x07\0", "Excel 4", "另存为 .xlsx"),
    "lotus": (b"\0\0\x02\0\x06\x04\x06\0\x08\0", "Lotus", "另存为 .xlsx"),
    "xml in utf-16": ('<?xml version="1.0"?><dataroot><row/></dataroot>'.encode("utf-16"), "XML 文件", "下发的模板"),
}  # fmt: skip


def said(reading: Reading) -> str:
    (issue,) = reading.issues
    assert reading.submission is None
    return issue_finding(issue, for_year(2021)).message


@pytest.mark.parametrize("kind", FILES)
def test_a_foreign_file_is_named_with_the_way_out(desk: Any, kind: str) -> None:
    data, name, way_out = FILES[kind]
    message = said(read_bytes(desk.received, data, 2021))
    assert name in message
    assert way_out in message.split("不能直接读取。")[1]


def test_many_attachments_are_counted_and_no_name_of_a_person_is_repeated(desk: Any) -> None:
    parts = b"".join(b"--b\nContent-Disposition: attachment; filename=%d.pdf\n\nx\n" % n for n in range(7))
    scan = b"--b\nContent-Disposition: attachment; filename=110101199003074610.pdf\n\nx\n"
    data = MAIL + b'Content-Type: multipart/mixed; boundary="b"\n\n' + scan + parts + b"--b--\n"
    message = said(read_bytes(desk.received, data, 2021))
    assert "等 8 个" in message
    assert "110101199003074610" not in message


@pytest.mark.parametrize("text", ["From: 甲\n收件,x\n", "BM\n1,2\n", "ID,名称\n1,2\n", "0,\n\n1,2\n", "\t1\t2\n"])
def test_plain_text_that_begins_like_something_else_is_text(desk: Any, text: str) -> None:
    assert "文本文件" in said(read_bytes(desk.received, text.encode(), 2021))


def test_a_web_page_that_declares_office_name_spaces_is_a_web_page(desk: Any) -> None:
    page = b'<html xmlns:x="urn:schemas-microsoft-com:office:spreadsheet"><body><p>x</p></body></html>'
    assert "网页" in said(read_bytes(desk.received, page, 2021))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_page_and_a_json_may_be_written_in_utf_16(desk: Any, encoding: str) -> None:
    page = "<html><body><table><tr><td>登记编号</td></tr></table></body></html>"
    assert "网页" in said(read_bytes(desk.received, page.encode(encoding), 2021))
    document = json.dumps(desk.document(authority="示例镇"), ensure_ascii=False)
    assert read_bytes(desk.received, document.encode(encoding)) == read_bytes(desk.received, document.encode())


@pytest.mark.parametrize("name", ["WORKBOOK", "BOOK"])
def test_a_workbook_stream_may_be_named_in_capitals(desk: Any, name: str) -> None:
    from tests.unit.submission.inbox.test_corpus import CORPUS

    data = (CORPUS / "saved-as.xls").read_bytes()
    wanted = "Workbook\0".encode("utf-16-le")
    at = data.index(wanted)
    entry = f"{name}\0".encode("utf-16-le")
    size = len(entry).to_bytes(2, "little")
    changed = data[:at] + entry.ljust(64, b"\0") + size + data[at + 66 :]
    as_it_was, reading = read_bytes(desk.received, data), read_bytes(desk.received, changed)
    assert reading.submission is not None
    assert reading.submission.cells == as_it_was.submission.cells
