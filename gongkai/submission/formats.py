"""Which reader a file's bytes are for: its first bytes tell, its name never does.

One table of forms, used by the inbox and inside the reading process. What each form says is its reader's business.
"""

from gongkai.findings import ReadingIssue
from gongkai.submission.form import Reading, ReceivedFile

TEMPLATE_OR_JSON = "下发的填报模板（.xlsx），或约定格式的 JSON 文件"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KINDS = {
    b"%PDF": "PDF 文件",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x89PNG": "图片（PNG）",
    b"\xff\xd8\xff": "图片（JPEG）",
}


def is_json(data: bytes) -> bool:
    """Whether bytes are text that could be JSON."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) and b"\x00" not in data[:4096]


def read_bytes(file: ReceivedFile, data: bytes) -> Reading:
    """Reads the bytes of one file with the reader of its form; never raises for what the file says."""
    if data.startswith(b"PK"):
        from gongkai.submission.workbook_reader import read_workbook  # only workbooks pay for their library

        return read_workbook(file, data)
    if is_json(data):
        from gongkai.submission.json_reader import read_json

        return read_json(file, data)
    return Reading(file, None, (_foreign(data),))


def _foreign(data: bytes) -> ReadingIssue:
    """What a file is that no reader is for."""
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            expected = "取消打开密码后重新保存的填报模板"
            return ReadingIssue(rule="SHAPE", observed="设置了打开密码的加密文件", expected=expected)
        observed, expected = "旧版 Office 文件（.xls 或 .doc）", "另存为 .xlsx 的填报模板"
        return ReadingIssue(rule="WRONG-TEMPLATE", observed=observed, expected=expected)
    kind = next((label for head, label in _KINDS.items() if data.startswith(head)), None)
    if kind is None:
        kind = "无法识别的二进制文件" if b"\x00" in data[:4096] else "文本文件"
    return ReadingIssue(rule="WRONG-TEMPLATE", observed=kind, expected=TEMPLATE_OR_JSON)
