"""Looks at a workbook file before any library does, and refuses what would hurt: the first reader of untrusted bytes.

A zip bomb, a document type declaration, a value at XFD1048576 (calamine would abort the whole process), a damaged
or foreign package are refused with a rule and a Chinese reason. On the way it takes from the XML what calamine
does not give: defined names, and cells whose formula was never calculated or ended in an error.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from gongkai.submission.workbook_names import Place, address, column_index, place

MAX_ENTRIES = 500
MAX_UNZIPPED = 64 * 2**20
MAX_RATIO = 150  # of a part above 1 MB; a register's XML shrinks about 20 times
MAX_ROWS, MAX_COLUMNS, MAX_AREA, MAX_SHEETS = 20_000, 256, 1_000_000, 64
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_RESAVE = "下发的填报模板（.xlsx 工作簿）"
_FOREIGN = {
    "xl/workbook.bin": "二进制工作簿（.xlsb）",
    "word/document.xml": "Word 文档（.docx）",
    "ppt/presentation.xml": "演示文稿（.pptx）",
    "content.xml": "OpenDocument 文件（.ods/.odt）",
}
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


class Refused(Exception):
    """The file is no workbook that may be opened: rule id, what was found, what is needed."""

    def __init__(self, rule: str, observed: str, expected: str = _RESAVE) -> None:
        super().__init__(observed)
        self.rule, self.observed, self.expected = rule, observed, expected


@dataclass
class Package:
    """What the guard learnt of a workbook.

    Attributes:
        names: workbook-wide defined names that are one range.
        sheets: sheet names in order.
        broken: by sheet, (row, column) → text of cells that hold no value: `=A1+B1` never calculated, or `#REF!`.
    """

    names: dict[str, Place] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)
    broken: dict[str, Mapping[tuple[int, int], str]] = field(default_factory=dict)


def inspect(data: bytes) -> Package:
    """Inspects the bytes of a zip that claims to be a workbook.

    Raises:
        Refused: it is none, is damaged, or would be dangerous to open.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise Refused("SHAPE", "文件已损坏（压缩包无法解开）", "能用 Excel 或 WPS 正常打开的工作簿") from None
    package, paths = _workbook(parts)
    for name, content in parts.items():
        if name in (_WORKBOOK, _RELATIONS):
            continue
        scan = _Scan()
        _parse(content, scan.start, scan.end, scan.attach)
        for sheet in [sheet for sheet, path in paths.items() if path == name] or [name]:
            scan.refuse_far_values(sheet)
            package.broken[sheet] = scan.broken
    return package


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Unpacks the XML parts, within the limits; nothing is ever written to disk."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or len(set(names)) != len(names):
        raise Refused("SHAPE", f"压缩包结构异常（{len(entries)} 个条目）")
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        raise Refused("SHAPE", "压缩包中有指向外部的路径")
    if _WORKBOOK not in names:
        kind = next((label for part, label in _FOREIGN.items() if part in names), "普通压缩包（.zip）")
        raise Refused("WRONG-TEMPLATE", kind)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("SHAPE", "加密的压缩包", "取消密码后的工作簿")
    total = sum(entry.file_size for entry in entries)
    dense = any(e.file_size > 2**20 and e.file_size > MAX_RATIO * max(e.compress_size, 1) for e in entries)
    if total > MAX_UNZIPPED or dense:
        raise Refused("SHAPE", f"解压后过大（{total // 2**20} MB）", f"不超过 {MAX_UNZIPPED // 2**20} MB 的工作簿")
    # zipfile stops at the declared size, so what is declared bounds what is read
    return {name: archive.read(name) for name in names if name.endswith((".xml", ".rels"))}


def _parse(content: bytes, start: Any = None, end: Any = None, attach: Any = None) -> None:
    """Runs expat over one part; a document type declaration is refused before any entity could expand."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler, parser.EndElementHandler = start, end
    if attach:
        attach(parser)
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise Refused("SHAPE", "工作簿已损坏（内部 XML 不完整）", "能用 Excel 或 WPS 正常打开的工作簿") from None


def _no_doctype(*_: Any) -> None:
    raise Refused("SHAPE", "工作簿内含文档类型声明（DTD），不安全")


def _workbook(parts: Mapping[str, bytes]) -> tuple[Package, dict[str, str]]:
    """Sheets and defined names; and the part of every sheet."""
    package = Package()
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}
    open_name: list[str] = []
    text: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "sheet" and "name" in attributes:
            package.sheets.append(attributes["name"])
            ids[attributes["name"]] = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        elif tag == "definedName" and "localSheetId" not in attributes:
            open_name[:] = [attributes.get("name", "")]
            text.clear()
        elif tag == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[attributes.get("Id", "")] = path

    def end(tag: str) -> None:
        if open_name and tag.rpartition(":")[2] == "definedName":
            found = place("".join(text))
            if found:
                package.names[open_name[0]] = found
            open_name.clear()

    def attach(parser: Any) -> None:
        parser.CharacterDataHandler = lambda data: text.append(data) if open_name else None

    _parse(parts[_WORKBOOK], start, end, attach)
    _parse(parts.get(_RELATIONS, b"<none/>"), start)
    if len(package.sheets) > MAX_SHEETS:
        raise Refused("SHAPE", f"工作表过多（{len(package.sheets)} 张）")
    return package, {name: targets.get(ids[name], "") for name in package.sheets}


class _Scan:
    """Walks one XML part; of a worksheet it keeps the furthest value and the cells without one."""

    def __init__(self) -> None:
        self.broken: dict[tuple[int, int], str] = {}
        self.furthest: tuple[int, int] = (-1, -1)
        self._far: str | None = None
        self._parser: Any = None
        self._cell = ""
        self._row = self._column = -1
        self._error = self._string = self._valued = False
        self._formula: list[str] | None = None
        self._text: list[str] = []

    def attach(self, parser: Any) -> None:
        self._parser = parser

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._open_cell(attributes)
        elif tag in ("v", "is"):
            self._value_here()
            if self._error or self._formula is not None:
                self._listen()
        elif tag == "f":
            self._value_here()
            self._formula = []
            self._listen()
        elif tag == "row":
            row = attributes.get("r", "")
            self._row = int(row) - 1 if row.isascii() and row.isdigit() and len(row) < 9 else self._row + 1
            self._column = -1
        elif self._row < 0 and tag in ("sst", "styleSheet", "theme"):
            self._parser.StartElementHandler = self._parser.EndElementHandler = None  # no cells in here

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "f":
            self._formula = self._text
            self._parser.CharacterDataHandler = None
        elif tag == "v" and (self._error or self._formula is not None):
            self._valued = self._string or bool("".join(self._text).strip())
            self._parser.CharacterDataHandler = None
        elif tag == "c" and self._error:
            self.broken[self._row, self._column] = "".join(self._text).strip() or "#错误"
        elif tag == "c" and self._formula is not None and not self._valued:
            self.broken[self._row, self._column] = "=" + "".join(self._formula)

    def refuse_far_values(self, sheet: str) -> None:
        """Refuses a worksheet whose values reach so far that a dense grid of it would exhaust memory."""
        rows, columns = self.furthest[0] + 1, self.furthest[1] + 1
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_AREA:
            where = self._far or address(*self.furthest)
            raise Refused(
                "SHAPE", f"工作表“{sheet}”的 {where} 单元格有内容，远在填报区域之外", "删除多余内容后的填报模板"
            )

    def _open_cell(self, attributes: dict[str, str]) -> None:
        found = _CELL.fullmatch(attributes.get("r", ""))
        if found:
            self._column, self._row = column_index(found[1]), int(found[2]) - 1
        else:
            self._column += 1  # a cell without address follows the one before
        self._cell = found[0] if found else address(max(self._row, 0), self._column)
        self._error = attributes.get("t") == "e"
        self._string = attributes.get("t") == "str"  # the result of a formula may be the empty text
        self._formula, self._valued = None, False

    def _value_here(self) -> None:
        row, column = self.furthest
        if self._row > row or self._column > column:
            self.furthest = (max(row, self._row), max(column, self._column))
            if self._row >= MAX_ROWS or self._column >= MAX_COLUMNS:
                self._far = self._far or self._cell

    def _listen(self) -> None:
        self._text = []
        self._parser.CharacterDataHandler = self._text.append
