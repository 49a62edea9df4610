"""Looks at an OpenDocument spreadsheet before any library does: the guard's counterpart for `.ods`.

Limits of the package are the guard's; here stand repeated rows and columns (a bomb in two attributes), defined
names, and cells that hold no value or show more than theirs (`ods_cell`).
"""

import re
from collections.abc import Mapping
from itertools import product
from typing import Any

from gongkai.submission.guard.ods_cell import OdsCell, OdsStyles
from gongkai.submission.guard.xml_scan import MAX_COLUMNS, Scan, WorkbookRefused, damaged, parse
from gongkai.submission.template.names import Place, place_of

CONTENT, MANIFEST, TYPE = "content.xml", "META-INF/manifest.xml", b"application/vnd.oasis.opendocument.spreadsheet"
_REFERENCE = re.compile(
    r"\$?(?:'((?:[^']|'')+)'|([^'.]+))\.\$?([A-Z]{1,3})\$?(\d{1,7})(?::[^:]*?\.\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.ASCII
)
_CELLS = ("table:table-cell", "table:covered-table-cell")
_MOST = 1000  # cells that one element may stand for and that are told one by one
_COUNT = re.compile(r"[1-9]\d{0,6}", re.ASCII)


class OdsScan:
    """Walks `content.xml`; keeps what `Package` wants to know, by sheet."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.names: dict[str, Place] = {}
        self.scans: list[Scan] = []
        self.styles = OdsStyles()
        self._row = self._column = self._rows = self._times = 0
        self._cell: OdsCell | None = None
        self._columns: list[str | None] = []  # the style of a cell that names none, by column
        self._row_style: str | None = None

    def attach(self, parser: Any) -> None:
        """Texts are only looked at inside cells."""
        parser.CharacterDataHandler = lambda data: self._cell.text(data) if self._cell is not None else None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            self._cell.start(tag, attributes)
            return
        match tag:
            case "style:style" | "style:text-properties":
                self.styles.start(tag, attributes)
            case "table:table-column":
                times = min(_times(attributes, "table:number-columns-repeated"), MAX_COLUMNS)
                self._columns += [attributes.get("table:default-cell-style-name")] * times
                del self._columns[MAX_COLUMNS:]
            case "table:table":
                self.sheets.append(attributes.get("table:name", ""))
                self.scans.append(Scan())
                self._row = self._rows = 0
                self._columns.clear()
            case "table:table-row":
                self._row_style = attributes.get("table:default-cell-style-name")
                self._row, self._column = self._row + self._rows, 0
                self._rows = _times(attributes, "table:number-rows-repeated")
            case "table:table-cell" | "table:covered-table-cell" if self.scans:
                times = _times(attributes, "table:number-columns-repeated")
                if "office:value-type" in attributes or "table:formula" in attributes:
                    self._value(self.scans[-1], times)
                if attributes.get("calcext:value-type") == "error":
                    self.scans[-1].broken[self._row, self._column] = "#错误"
                self._cell, self._times = OdsCell(attributes, self._style(attributes), self.styles), times
            case "table:named-range":
                found = _place(attributes.get("table:cell-range-address", ""))
                if found:
                    self.names[attributes.get("table:name", "")] = found

    def end(self, tag: str) -> None:
        if self._cell is None or tag not in _CELLS:
            if self._cell is not None:
                self._cell.end(tag)
            return
        scan, places = self.scans[-1], product(range(self._rows), range(self._times))
        formula, look = self._cell.formula, self._cell.look()
        for down, right in places if (formula or look) and self._rows * self._times <= _MOST else ():
            at = self._row + down, self._column + right
            if formula:
                scan.broken.setdefault(at, formula)
            elif look:
                scan.looks[at] = look
        self._column += self._times
        self._cell = None

    def _style(self, attributes: Mapping[str, str]) -> str | None:
        """A cell's own style, else its row's, else its column's."""
        column = self._columns[self._column] if self._column < len(self._columns) else None
        return attributes.get("table:style-name") or self._row_style or column

    def _value(self, scan: Scan, times: int) -> None:
        row, column = scan.furthest
        scan.furthest = (max(row, self._row + self._rows - 1), max(column, self._column + times - 1))


def scan_ods(parts: Mapping[str, bytes]) -> OdsScan:
    """Scans the parts of an OpenDocument spreadsheet.

    Raises:
        Refused: it is encrypted or damaged.
    """
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise WorkbookRefused("SHAPE", "设置了打开密码的加密文件", "取消打开密码后重新保存的填报模板")
    found = OdsScan()
    if shared := parts.get("styles.xml", b"").strip():
        parse(shared, found.styles.start)
    parse(parts[CONTENT], found.start, found.end, found.attach)
    return found


def _times(attributes: Mapping[str, str], key: str) -> int:
    said = attributes.get(key, "1")
    if not _COUNT.fullmatch(said):
        raise damaged(f"重复次数“{said[:20]}”无效")
    return int(said)


def _place(reference: str) -> Place | None:
    """Reads `$表三.$D$6` or `$'依申请 台账'.$A$5:.$Y$5`."""
    return place_of(_REFERENCE.fullmatch(reference.strip()))
