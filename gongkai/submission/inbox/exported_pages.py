"""A web page as the pages of cells that a list is read from: many systems export a register as HTML named `.xls`.

Each table is a page, with the paragraphs above it as its first lines, where a list's unit and year may stand. Whether
one of them is a list is the CSV reader's to say; every other page is a published report's.
"""

from collections.abc import Iterator

from gongkai.submission.published.html_source import is_html, printed_html
from gongkai.submission.published.printed import PrintedTable, Unreadable
from gongkai.submission.readers.csv_page import CsvPage, header_of, nearly

_ABOVE = 10  # paragraphs before a table that may belong to it


def exported_lists(data: bytes, sheet: str) -> list[CsvPage]:
    """The tables of a web page that have a list's header, or nearly one; empty for everything else."""
    if not is_html(data):
        return []
    try:
        parts = printed_html(data).parts
    except Unreadable:
        return []
    return [page for page in _pages(parts, sheet) if header_of(page) or nearly(page)]


def _pages(parts: tuple[str | PrintedTable, ...], sheet: str) -> Iterator[CsvPage]:
    above: list[str] = []
    for part in parts:
        if isinstance(part, str):
            above.append(part)
        else:
            yield CsvPage(sheet, [*([text] for text in above[-_ABOVE:]), *_rows(part)])
            above = []


def _rows(table: PrintedTable) -> list[list[str]]:
    """The cells by row and column; a doubtful one keeps its text and the doubt, and becomes no number."""
    height = max((cell.row for cell in table.cells), default=-1) + 1
    rows = [[""] * table.width for _ in range(height)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text + (f"〔{cell.doubt}〕" if cell.doubt else "")
    return rows
