"""Looks at an OpenDocument spreadsheet before any library does: the guard's counterpart for `.ods`.

Limits of the package are the guard's; here stand repeated rows and columns (a bomb in two attributes), defined
names, and cells that ended in an error.
"""

import re
from collections.abc import Mapping

from gongkai.submission.guard.xml_scan import Refused, Scan, damaged, parse
from gongkai.submission.template.names import Place, place_of

CONTENT, MANIFEST, TYPE = "content.xml", "META-INF/manifest.xml", b"application/vnd.oasis.opendocument.spreadsheet"
_REFERENCE = re.compile(
    r"\$?(?:'((?:[^']|'')+)'|([^'.]+))\.\$?([A-Z]{1,3})\$?(\d{1,7})(?::[^:]*?\.\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.ASCII
)
_COUNT = re.compile(r"[1-9]\d{0,6}", re.ASCII)


class OdsScan:
    """Walks `content.xml`; keeps what `Package` wants to know, by sheet."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.names: dict[str, Place] = {}
        self.scans: list[Scan] = []
        self._row = self._column = self._rows = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "table:table":
                self.sheets.append(attributes.get("table:name", ""))
                self.scans.append(Scan())
                self._row = self._rows = 0
            case "table:table-row":
                self._row, self._column = self._row + self._rows, 0
                self._rows = _times(attributes, "table:number-rows-repeated")
            case "table:table-cell" | "table:covered-table-cell" if self.scans:
                times = _times(attributes, "table:number-columns-repeated")
                if "office:value-type" in attributes or "table:formula" in attributes:
                    self._value(self.scans[-1], times)
                if attributes.get("calcext:value-type") == "error":
                    self.scans[-1].broken[self._row, self._column] = "#错误"
                self._column += times
            case "table:named-range":
                found = _place(attributes.get("table:cell-range-address", ""))
                if found:
                    self.names[attributes.get("table:name", "")] = found

    def _value(self, scan: Scan, times: int) -> None:
        row, column = scan.furthest
        scan.furthest = (max(row, self._row + self._rows - 1), max(column, self._column + times - 1))


def scan_ods(parts: Mapping[str, bytes]) -> OdsScan:
    """Scans the parts of an OpenDocument spreadsheet.

    Raises:
        Refused: it is encrypted or damaged.
    """
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise Refused("SHAPE", "设置了打开密码的加密文件", "取消打开密码后重新保存的填报模板")
    found = OdsScan()
    parse(parts[CONTENT], found.start)
    return found


def _times(attributes: Mapping[str, str], key: str) -> int:
    said = attributes.get(key, "1")
    if not _COUNT.fullmatch(said):
        raise damaged(f"重复次数“{said[:20]}”无效")
    return int(said)


def _place(reference: str) -> Place | None:
    """Reads `$表三.$D$6` or `$'依申请 台账'.$A$5:.$Y$5`."""
    return place_of(_REFERENCE.fullmatch(reference.strip()))
