"""A CSV file as a page of cells, in whatever encoding and with whatever separator it was written.

Both are found by trying, because only with the right ones a header stands there that we know. What the page says is
decided in `csv_reader`.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gongkai.submission.fields import Field, FieldGroup, lists
from gongkai.submission.guard.workbook_guard import Package
from gongkai.submission.guard.xml_scan import MAX_COLUMNS, MAX_ROWS, WorkbookRefused
from gongkai.submission.workbook.lists import beside, field_of
from gongkai.submission.workbook.sheets import Sheets

MAX_SIZE, _MAX_CELLS = 10 * 2**20, 600_000
_SEPARATORS = (",", ";", "\t")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_HEADER_WITHIN = 40  # lines
_AS_TEXT = re.compile(r'="([^"]*)"')  # how Excel is told that 001 is no number


class ListHeader(NamedTuple):
    """The header of a list: its line, and column → field of those that are known."""

    group: FieldGroup
    row: int
    columns: dict[int, Field]


class CsvPage(Sheets):
    """The cells of one CSV file, as the one sheet of a workbook.

    Attributes:
        escaped: how many texts are written as `="001"`.
        torn: the line at which its quotes do not pair; nothing below it is here.
    """

    def __init__(self, sheet: str, rows: Sequence[Sequence[str]], torn: int | None = None) -> None:
        self.sheet, self.escaped, self.torn = sheet, 0, torn
        self.package = Package(sheets=[sheet])
        self.rows: list[list[Any]] = [[self._plain(text) for text in row] for row in rows]
        self._grids = {sheet: self.rows}

    def _plain(self, text: str) -> str:
        found = _AS_TEXT.fullmatch(text.strip())
        self.escaped += bool(found)
        return found[1] if found else text if text.strip() else ""


def pages(data: bytes, sheet: str) -> Iterator[CsvPage]:
    """The file under every encoding and separator that it can be read with, the likelier first.

    Raises:
        Refused: too large.
    """
    if len(data) > MAX_SIZE:
        raise WorkbookRefused(
            "SHAPE", f"文本文件过大（{len(data) // 2**20} MB）", f"不超过 {MAX_SIZE // 2**20} MB 的 CSV 文件"
        )
    for text in _texts(data):
        for separator in [one for one in _SEPARATORS if one in text] or _SEPARATORS[:1]:
            yield _page(text, separator, sheet)


def header_of(page: CsvPage) -> ListHeader | None:
    """The header of the one list whose required columns all stand in one line; None when none or several do."""
    found = [header for row in range(min(_HEADER_WITHIN, len(page.rows))) for header in _headers(page, row)]
    most = max((len(header.columns) for header in found), default=0)
    best = [header for header in found if len(header.columns) == most]
    return best[0] if len(best) == 1 else None


class NearHeader(NamedTuple):
    """A line that would be a list's header if no column were missing; the names in it that nobody knows."""

    group: FieldGroup
    missing: list[str]
    unknown: list[str]

    def __str__(self) -> str:
        said = "、".join(f"“{label}”{beside(label, self.unknown)}" for label in self.missing)
        return f"{self.group.label}，缺少列{said}"


def nearly(page: CsvPage) -> NearHeader | None:
    """The list of which most columns stand in one line, though one that it must have does not; None without."""
    found: list[tuple[int, NearHeader]] = []
    for values in page.rows[:_HEADER_WITHIN]:
        said = [str(text) for text in values if text]
        for group in lists().values():
            known = {field.key for text in said if (field := field_of(group, text))}
            missing = [field.label for key, field in group.fields.items() if field.required and key not in known]
            if missing and len(known) > 1 and 2 * len(known) >= len(said):
                unknown = [text for text in said if field_of(group, text) is None]
                found.append((len(known), NearHeader(group, missing, unknown)))
    most = max((known for known, _ in found), default=0)
    best = [near for known, near in found if known == most]
    return best[0] if len(best) == 1 else None


def _headers(page: CsvPage, row: int) -> Iterator[ListHeader]:
    said = {column: text for column, text in enumerate(page.rows[row]) if text}
    for group in lists().values():
        columns: dict[int, Field] = {}
        for column, text in said.items():
            field = field_of(group, text)
            if field and field not in columns.values():
                columns[column] = field
        required = {field.key for field in group.fields.values() if field.required}
        there = {field.key for field in columns.values()}
        if len(columns) > 1 and required <= there and 2 * len(columns) >= len(said):
            yield ListHeader(group, row, columns)


def _texts(data: bytes) -> Iterator[str]:
    mark = next((encoding for start, encoding in _MARKS.items() if data.startswith(start)), None)
    for encoding in (mark,) if mark else ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            yield text


def _page(text: str, separator: str, sheet: str) -> CsvPage:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    torn, cells = None, 0
    try:
        for row in reader:
            cells += len(row)
            if len(rows) == MAX_ROWS or any(row[MAX_COLUMNS:]) or cells > _MAX_CELLS:
                raise WorkbookRefused(
                    "SHAPE", f"超过 {MAX_ROWS} 行或 {MAX_COLUMNS} 栏的 CSV 文件", "删除多余内容后的 CSV 文件"
                )
            rows.append(row)
    except csv.Error:
        torn = reader.line_num
    return CsvPage(sheet, rows, torn)
