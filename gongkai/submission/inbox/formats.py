"""Which reader a file's bytes are for: its first bytes tell, its name never does.

One table of forms, used by the inbox and inside the reading process. What each form says is its reader's business.
"""

from collections.abc import Iterator

from gongkai.findings import ReadingIssue
from gongkai.submission.form import Reading, ReceivedFile

TEMPLATE_OR_JSON = (
    "下发的填报模板（.xlsx）、约定格式的 JSON 文件、表头一致的 CSV 文件，或本单位的年度报告（.docx、网页、文字版 PDF）"
)
_ZIP_ENTRY, _MAX_ENTRIES = b"PK\x01\x02", 5000  # each is an object before anybody can count them
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KINDS = {
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x89PNG": "图片（PNG）",
    b"\xff\xd8\xff": "图片（JPEG）",
    b"GIF8": "图片（GIF）",
    b"BM": "图片（BMP）",
    b"II*\x00": "图片（TIFF）",
    b"MM\x00*": "图片（TIFF）",
    b"{\\rtf": "RTF 文档",
    b"\x1f\x8b": "gzip 压缩包",
}
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")  # as Excel saves “Unicode text”
# The first record of a workbook stream (BIFF8, BIFF5), and the record right behind it when the rest is encrypted.
_SEALED = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00")
_FILEPASS, _RECORDS = 0x2F, 8
_STREAMS = {"WordDocument": "旧版 Word 文档（.doc）", "PowerPoint Document": "旧版演示文稿（.ppt）"}


def is_json(data: bytes) -> bool:
    """Whether bytes are text that could be JSON."""
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    return text.startswith((b"{", b"[")) and not text.startswith(b"{\\rtf") and b"\x00" not in data[:4096]


def read_bytes(file: ReceivedFile, data: bytes, year: int | None = None) -> Reading:
    """Reads the bytes of one file with the reader of its form; never raises for what the file says.

    `year` is that of a file in which none is written (a published report, a CSV file).
    """
    from gongkai.submission.published import looks_published, read_published

    if data.startswith(b"PK") and (entries := data.count(_ZIP_ENTRY)) > _MAX_ENTRIES:
        return Reading(file, None, (ReadingIssue(rule="SHAPE", observed=f"压缩包结构异常（{entries} 个条目）"),))
    if looks_published(data):
        return read_published(file, data, otherwise=year)
    if data.startswith(b"PK") or _is_xls(data):
        from gongkai.submission.workbook.reader import read_workbook  # only workbooks pay for their library

        return read_workbook(file, data)
    if is_json(data):
        from gongkai.submission.readers.json_reader import read_json

        return read_json(file, data)
    found = _foreign(data)
    if found is None:
        from gongkai.submission.readers.csv_reader import read_csv

        return read_csv(file, data, year)
    return Reading(file, None, (found,))


def _is_xls(data: bytes) -> bool:
    """Whether an old Office file holds a workbook (`Book` before 1997)."""
    if not data.startswith(_OLD_OFFICE) or _is_sealed(data):
        return False
    return any(f"{name}\0".encode("utf-16-le") in data for name in ("Workbook", "Book"))


def _is_sealed(data: bytes) -> bool:
    """Whether an old Office file can only be opened with a password: an encrypted .xlsx or .docx, or such an .xls."""
    return _ENCRYPTED in data or any(
        _FILEPASS in _first_records(data, at) for start in _SEALED if (at := data.find(start)) >= 0
    )


def _first_records(data: bytes, at: int) -> Iterator[int]:
    """The types of a workbook stream's first records."""
    for _ in range(_RECORDS):
        kind, size = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (0, 2))
        yield kind
        at += 4 + size


def _foreign(data: bytes) -> ReadingIssue | None:
    """What a file is that no reader is for; None for text."""
    if data.startswith(_OLD_OFFICE):
        if _is_sealed(data):
            expected = "取消打开密码后重新保存的填报模板"
            return ReadingIssue(rule="SHAPE", observed="设置了打开密码的加密文件", expected=expected)
        streams = (label for stream, label in _STREAMS.items() if stream.encode("utf-16-le") in data)
        old = next(streams, "旧版 Office 文件")
        return ReadingIssue(rule="WRONG-TEMPLATE", observed=old, expected=TEMPLATE_OR_JSON)
    kind = next((label for head, label in _KINDS.items() if data.startswith(head)), None)
    if kind is None and (b"\x00" not in data[:4096] or data.startswith(_WIDE_TEXT)):
        return None
    kind = kind or "无法识别的二进制文件"
    return ReadingIssue(rule="WRONG-TEMPLATE", observed=kind, expected=TEMPLATE_OR_JSON)
