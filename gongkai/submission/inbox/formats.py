"""Which reader a file's bytes are for: its first bytes tell, its name never does.

One table of forms, used by the inbox and inside the reading process. What each form says is its reader's business.
"""

from gongkai.findings import ReadingIssue
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.guard.office_package import in_utf8
from gongkai.submission.inbox.default_password import opened
from gongkai.submission.inbox.foreign_files import OLD_OFFICE, foreign, is_sealed, unknown

OFFICE_FOLDER = "_office"
_ZIP_ENTRY, _MAX_ENTRIES = b"PK\x01\x02", 5000  # each is an object before anybody can count them
_WORKBOOK_STREAMS = ("Workbook", "Book")  # the latter before 1997; some programs write them in capitals
_ENTRY, _NAME = 128, 64  # bytes of an entry in the directory of an old Office file, and of the name in it


def is_json(data: bytes) -> bool:
    """Whether bytes are text that could be JSON."""
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    return text.startswith((b"{", b"[")) and not text.startswith(b"{\\rtf") and b"\x00" not in data[:4096]


def is_workbook(data: bytes) -> bool:
    """Whether bytes are a package or an old Office file, in which a workbook comes."""
    return data.startswith((b"PK", OLD_OFFICE))


def read_bytes(file: ReceivedFile, data: bytes, year: int | None = None) -> Reading:
    """Reads the bytes of one file with the reader of its form; never raises for what the file says.

    `year` is that of a file in which none is written (a published report, a CSV file).
    """
    if data.startswith(b"PK") and (entries := data.count(_ZIP_ENTRY)) > _MAX_ENTRIES:
        return Reading(file, None, (ReadingIssue(rule="SHAPE", observed=f"压缩包结构异常（{entries} 个条目）"),))
    data = in_utf8(data)
    if is_sealed(data):
        data = opened(data)
    if (old := _xls(data)) is not None:
        return _workbook(file, old)
    if not data.startswith(b"PK") and (found := foreign(data)) is not None:
        return Reading(file, None, (found,))
    return _of_a_form(file, data, year)


def _of_a_form(file: ReceivedFile, data: bytes, year: int | None) -> Reading:
    """Reads what is a package, a page, a PDF or text; only a form's own files pay for its libraries."""
    from gongkai.submission.inbox.exported_pages import exported_lists
    from gongkai.submission.published import looks_published, read_published
    from gongkai.submission.readers.csv_reader import page_name, read_csv, read_pages

    if listed := exported_lists(data, page_name(file)):
        return read_pages(file, listed, year)
    if looks_published(data):
        return read_published(file, data, otherwise=year)
    if data.startswith(b"PK"):
        return _workbook(file, data)
    if is_json(data):
        from gongkai.submission.readers.json_reader import read_json

        return read_json(file, data)
    if (found := unknown(data)) is not None:
        return Reading(file, None, (found,))
    return read_csv(file, data, year)


def _workbook(file: ReceivedFile, data: bytes) -> Reading:
    if file.folder == OFFICE_FOLDER:
        from gongkai.submission.inspection.workbook.reader import read_office_workbook

        return read_office_workbook(file, data)
    from gongkai.submission.workbook.reader import read_workbook  # only workbooks pay for their library

    return read_workbook(file, data)


def _xls(data: bytes) -> bytes | None:
    """An old Office file that holds a workbook, its stream named as libraries expect; None for everything else."""
    if not data.startswith(OLD_OFFICE) or is_sealed(data):
        return None
    for name in _WORKBOOK_STREAMS:
        if f"{name}\0".encode("utf-16-le") in data:
            return data
        if (at := _entry(data, name.upper())) is not None:
            return data[:at] + name.encode("utf-16-le") + data[at + 2 * len(name) :]
    return None


def _entry(data: bytes, name: str) -> int | None:
    """Where the entry of a stream begins; the directory stands in sectors, so an entry at a multiple of its size."""
    wanted, at = f"{name}\0".encode("utf-16-le"), -1
    while (at := data.find(wanted, at + 1)) >= 0:
        if at % _ENTRY == 0 and int.from_bytes(data[at + _NAME : at + _NAME + 2], "little") == len(wanted):
            return at
    return None
