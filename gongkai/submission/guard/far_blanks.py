"""Takes lone blanks out of a worksheet that lie so far away that a library would take all memory for them.

A space typed in the last row of a sheet (Ctrl and the arrow go there) is no entry. Anything else that lies there is,
and refuses the file (`xml_scan`).
"""

import re
from collections.abc import Collection

from gongkai.submission.guard.xml_scan import MAX_COLUMNS, MAX_ROWS
from gongkai.submission.template.names import column_index

_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?(?:/>|>.*?</(?:\w+:)?row>)", re.DOTALL)
_NUMBER = re.compile(rb"\br=\"([1-9]\d{0,6})\"")
_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?(?:/>|>.*?</(?:\w+:)?c>)", re.DOTALL)
_COLUMN = re.compile(rb"\br=\"([A-Z]{1,3})")
_SHARED = re.compile(rb"\bt=\"s\"")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_MOST = 100  # that anybody leaves there by chance
_TAG = re.compile(rb"<[^>]*>")


def without_far_blanks(content: bytes, blank: Collection[int]) -> bytes | None:
    """The worksheet without the blanks beyond every template; None where something else lies there too.

    Args:
        content: the part.
        blank: the numbers of the shared texts that show nothing.
    """
    far: list[bytes] = []
    for row in _ROW.findall(content):
        number = _NUMBER.search(row[: row.index(b">")])
        if number is not None and int(number[1]) > MAX_ROWS:
            far.append(row)
        else:
            far += filter(_is_far, _CELL.findall(row))
    if not far or len(far) > _MOST or not all(_is_blank(cell, blank) for piece in far for cell in _CELL.findall(piece)):
        return None
    for piece in far:
        content = content.replace(piece, b"", 1)
    return content


def _is_far(cell: bytes) -> bool:
    found = _COLUMN.search(cell[: cell.index(b">")])
    return found is not None and column_index(found[1].decode()) >= MAX_COLUMNS


def _is_blank(cell: bytes, blank: Collection[int]) -> bool:
    """Whether a cell shows nothing: it has a style only, or a text of spaces."""
    value = _VALUE.search(cell)
    if value is not None and _SHARED.search(cell[: cell.index(b">")]):
        return value[1].strip().isdigit() and int(value[1]) in blank
    return not _TAG.sub(b"", cell).strip()
