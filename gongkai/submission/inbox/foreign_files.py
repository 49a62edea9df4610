"""What a file is that no reader is for: told by its first bytes, with the way from there to a file that can be read.

One table of kinds. Packages (zips) are named in `guard.foreign_packages`; mail, which may carry the table, in
`inbox.foreign_mail`. A name that ends in .xlsx proves nothing.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.findings import ReadingIssue
from gongkai.submission.inbox.foreign_mail import mail

TEMPLATE_OR_JSON = (
    "下发的填报模板（.xlsx）、约定格式的 JSON 文件、表头一致的 CSV 文件，或本单位的年度报告（.docx、网页、文字版 PDF）"
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_HEAD = 4096
_SAVE_AS_XLSX = "请用 Excel 或 WPS 打开，另存为 .xlsx 后报送"
_SAVE_AS_DOCX = "填报表请用下发的模板（.xlsx）报送；年度报告请用 Word 或 WPS 打开，另存为 .docx 后报送"
_FROM_THE_SOURCE = "填报表请用下发的模板（.xlsx）报送；年度报告请从原来的 Word、WPS 文件另存为 .docx 后报送"
_FIGURES = "填报表请用下发的模板（.xlsx）报送；图片、扫描件只能作为佐证材料随附"
_ATTACHED = "填报表请用下发的模板（.xlsx）报送；这样的文件只能作为佐证材料随附"
_UNPACK = "请解压后，把里面的填报模板单独报送"
_SHORTCUT = "它只指向别处，里面没有内容：请打开它所指的文件或在线文档，下载或另存为 .xlsx 后报送文件本身"
_DECRYPT = "请在装有本单位文档加密软件的电脑上解密（或申请外发），确认能在其他电脑上打开后重新报送"
_RIGHTS = "请由文件的作者在 Excel、Word 中取消“限制访问”后另存，再重新报送"
_PASSWORD = "取消打开密码后重新保存的填报模板"  # noqa: S105  # what is needed, no password


class _Kind(NamedTuple):
    """A kind of file: what its first bytes look like, its name, the way out."""

    beginning: re.Pattern[bytes]
    label: str
    way_out: str


def _kinds(label: str, way_out: str, *beginnings: bytes) -> _Kind:
    return _Kind(re.compile(b"(?:%b)" % b"|".join(beginnings), re.DOTALL), label, way_out)


_KINDS: Sequence[_Kind] = (
    _kinds("单位文档加密软件加密的文件", _DECRYPT, rb"%TSD-Header-###%", rb".{0,32}E-SafeNet", rb".{0,8}DRMONE",
           rb"SCDSA\d\d", rb"<DOCUMENT SAFER", rb".{0,16}(?:LOCK_|NASCA|Esafenet|IP-guard|MarkAny)"),
    _kinds("快捷方式", _SHORTCUT, rb"(?:\xef\xbb\xbf)?\s*\[(?:.{0,500}\[)?(?:InternetShortcut|Desktop Entry)\]",
           rb"L\x00\x00\x00\x01\x14\x02\x00", rb"bplist0"),
    _kinds("RAR 压缩包", _UNPACK, rb"Rar!"),
    _kinds("7z 压缩包", _UNPACK, rb"7z\xbc\xaf"),
    _kinds("gzip 压缩包", _UNPACK, rb"\x1f\x8b"),
    _kinds("压缩包", _UNPACK, rb"BZh[1-9]1AY", rb"\xfd7zXZ", rb"\x28\xb5\x2f\xfd", rb"MSCF\x00",
           rb".{257}ustar[\x00 ]"),
    _kinds("方正版式文件（.ceb）", _FROM_THE_SOURCE, rb"(?i:founder ceb)"),
    _kinds("程序文件", _ATTACHED, rb"MZ.{0,60}\x00\x00", rb"\x7fELF"),
    _kinds("图片（PNG）", _FIGURES, rb"\x89PNG"),
    _kinds("图片（JPEG）", _FIGURES, rb"\xff\xd8\xff"),
    _kinds("图片（GIF）", _FIGURES, rb"GIF8"),
    _kinds("图片（BMP）", _FIGURES, rb"BM.{4}\x00\x00\x00\x00"),
    _kinds("图片（TIFF）", _FIGURES, rb"II\*\x00", rb"MM\x00\*"),
    _kinds("图片（WebP）", _FIGURES, rb"RIFF.{4}WEBP"),
    _kinds("手机照片（HEIC）", _FIGURES, rb".{4}ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)"),
    _kinds("图片（AVIF）", _FIGURES, rb".{4}ftypavi[fs]"),
    _kinds("图片（PSD）", _FIGURES, rb"8BPS"),
    _kinds("视频或音频", _ATTACHED, rb".{4}ftyp", rb"RIFF.{4}(?:AVI |WAVE)", rb"ID3", rb"\x1aE\xdf\xa3", rb"OggS",
           rb"\x30\x26\xb2\x75", rb"FLV\x01", rb"\xff[\xfb\xf3\xf2]"),
    _kinds("RTF 文档", _SAVE_AS_DOCX, rb"\{\\rtf"),
    _kinds("CAD 图纸", _ATTACHED, rb"AC10\d\d"),
    _kinds("Access 数据库", "请把其中的表导出为 Excel 格式（.xlsx），再填入下发的模板后报送",
           rb"\x00\x01\x00\x00Standard (?:Jet|ACE) DB"),
    _kinds("数据库文件（SQLite）", _ATTACHED, rb"SQLite format 3"),
    _kinds("dBase 数据表（.dbf）", _SAVE_AS_XLSX,
           rb"[\x02\x03\x30-\x32\x43\x63\x83\x8b\xcb\xf5].[\x01-\x0c][\x01-\x1f].{8}\x00\x00"),
    _kinds("SYLK 表格（.slk）", _SAVE_AS_XLSX, rb"ID;P"),
    _kinds("DIF 表格（.dif）", _SAVE_AS_XLSX, rb"TABLE\r?\n0,1\r?\n"),
    _kinds("Excel 4 及以前的工作簿（.xls）", _SAVE_AS_XLSX, rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00"),
    _kinds("Lotus、Quattro 等早期表格", _SAVE_AS_XLSX, rb"[\x00\xff]\x00\x02\x00[\x01-\x06\x20]", rb"\x00\x00\x1a\x00"),
)  # fmt: skip
# Text in angle brackets that is no web page.
_MARKUP: Sequence[_Kind] = (
    _kinds("Excel 2003 XML 表格", _SAVE_AS_XLSX, rb".*urn:schemas-microsoft-com:office:spreadsheet"),
    _kinds("Word 2003 XML 文档", _SAVE_AS_DOCX,
           rb".*schemas\.microsoft\.com/office/(?:word/2003/wordml|2006/xmlPackage)"),
    _kinds("单文件 OpenDocument 表格（.fods）", _SAVE_AS_XLSX,
           rb".*office:mimetype=[\"']application/vnd\.oasis\.opendocument\.spreadsheet"),
    _kinds("单文件 OpenDocument 文档（.fodt 等）", _SAVE_AS_DOCX, rb".*office:mimetype=[\"']application/vnd\.oasis"),
    _kinds("标文通文件（.uof、.uos 等）", _SAVE_AS_XLSX, rb".*<uof:UOF"),
    _kinds("图片（SVG）", _FIGURES, rb".*<svg\b"),
    _kinds("快捷方式", _SHORTCUT, rb".*<plist\b.*<key>URL</key>"),
    _kinds("XML 文件", "请用下发的模板（.xlsx）填写后报送", rb"\s*<\?xml\b"),
)  # fmt: skip
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_STREAMS = (
    ("__properties_version1.0", "Outlook 邮件（.msg）", "请在 Outlook 中打开它，把邮件的附件另存出来，单独报送附件"),
    ("WordDocument", "旧版 Word 文档（.doc）或 WPS 文字（.wps）", _SAVE_AS_DOCX),
    ("PowerPoint Document", "旧版演示文稿（.ppt、.dps）", _ATTACHED),
    ("MatOST", "Works 文档（.wps）", _SAVE_AS_DOCX),
    ("VisioDocument", "Visio 图（.vsd）", _ATTACHED),
)
# The first record of a workbook stream (BIFF8, BIFF5), and the record right behind it when the rest is encrypted.
_SEALED = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00")
_FILEPASS, _RECORDS = 0x2F, 8
_UNWRITTEN = re.compile("[^\t\r\n -~\xa0-\xff\u2000-\u27ff\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]")
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")  # as Excel saves “Unicode text”


def foreign(data: bytes) -> ReadingIssue | None:
    """What a file is that no reader is for; None for what may be text, a page or a workbook."""
    if data.startswith(OLD_OFFICE):
        return _old_office(data)
    head = data[:_HEAD]
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    markup = text.startswith(b"<") and not _WEB_PAGE.search(text)
    kind = next((kind for kind in (*_KINDS, *(_MARKUP if markup else ())) if kind.beginning.match(head)), None)
    if kind is not None:
        return named(kind.label, kind.way_out)
    return mail(data)


def unknown(data: bytes) -> ReadingIssue | None:
    """That a file which nobody knows is no text; None for text."""
    if is_wide(data) or b"\x00" not in data[:_HEAD]:
        return None
    return ReadingIssue(rule="WRONG-TEMPLATE", observed="无法识别的二进制文件", expected=TEMPLATE_OR_JSON)


def named(label: str, way_out: str) -> ReadingIssue:
    """The issue of a file that is called what it is, with the way out."""
    values = {"way_out": way_out}
    return ReadingIssue(rule="WRONG-TEMPLATE", observed=label, expected=TEMPLATE_OR_JSON, values=values)


def is_sealed(data: bytes) -> bool:
    """Whether an old Office file can only be opened with a password: an encrypted .xlsx or .docx, or such an .xls."""
    return _stream("EncryptedPackage") in data or any(
        _FILEPASS in _first_records(data, at) for start in _SEALED if (at := data.find(start)) >= 0
    )


def is_wide(data: bytes) -> bool:
    """Whether bytes are text in UTF-16, with a mark or without: then they are lines of signs that people write."""
    head = data[:_HEAD]
    texts = (head.decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be"))
    return head.startswith(_WIDE_TEXT) or any("\n" in text and not _UNWRITTEN.search(text) for text in texts)


def _old_office(data: bytes) -> ReadingIssue | None:
    if _stream("DRMContent") in data or _stream("DRMEncryptedDataSpace") in data:
        return named("限制访问（权限管理）的 Office 文件", _RIGHTS)
    if is_sealed(data):
        return ReadingIssue(rule="SHAPE", observed="设置了打开密码的加密文件", expected=_PASSWORD)
    known = next((kind for kind in _STREAMS if _stream(kind[0]) in data), None)
    return named(*known[1:]) if known else named("旧版 Office 文件", _SAVE_AS_XLSX)


def _stream(name: str) -> bytes:
    """A stream's name as the directory of an old Office file writes it."""
    return name.encode("utf-16-le")


def _first_records(data: bytes, at: int) -> list[int]:
    """The types of a workbook stream's first records."""
    kinds = []
    for _ in range(_RECORDS):
        kind, size = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (0, 2))
        kinds.append(kind)
        at += 4 + size
    return kinds
