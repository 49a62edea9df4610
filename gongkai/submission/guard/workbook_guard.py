"""Looks at a workbook file before any library does, and refuses what would hurt: the first reader of untrusted bytes.

A zip bomb, a document type declaration, a value at XFD1048576 (calamine would abort the whole process), a damaged
or foreign package are refused with a rule and a Chinese reason. On the way it takes from the XML what calamine
does not give: defined names, and cells whose formula was never calculated or ended in an error.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.submission.guard.ods_guard import CONTENT, TYPE, scan_ods
from gongkai.submission.guard.remarks import remarks, strings
from gongkai.submission.guard.xml_scan import Refused, Scan, damaged, parse
from gongkai.submission.template.names import Place, place

MAX_ENTRIES = 500
MAX_UNZIPPED = 64 * 2**20
MAX_RATIO = 150  # of a part above 1 MB; a register's XML shrinks about 20 times
MAX_AREA, MAX_SHEETS = 1_000_000, 64  # the area of all sheets together, as dense grids
_END, _END_WITHIN = b"PK\x05\x06", 22 + 2**16  # where every complete zip ends
_INSIDE = (".xlsx", ".xls", ".xlsm", ".et", ".ods", ".json", ".zip")
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_FOREIGN = {
    "xl/workbook.bin": "二进制工作簿（.xlsb）",
    "word/document.xml": "Word 文档（.docx）",
    "ppt/presentation.xml": "演示文稿（.pptx）",
    CONTENT: "OpenDocument 文件（.odt 等）",
}


@dataclass
class Package:
    """What the guard learnt of a workbook.

    Attributes:
        names: workbook-wide defined names that are one range.
        sheets: sheet names in order.
        broken: by sheet, (row, column) → text of cells that hold no value: `=A1+B1` never calculated, or `#REF!`.
        macros: whether it carries macros. They are never looked at.
        images: whether it carries pictures.
        remarks: texts outside the cells (comments, properties …), by what a clerk calls it; only looked through.
        strings: the texts an .xlsx keeps for its cells; only looked through.
    """

    names: dict[str, Place] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)
    broken: dict[str, Mapping[tuple[int, int], str]] = field(default_factory=dict)
    macros: bool = False
    images: bool = False
    remarks: dict[str, list[str]] = field(default_factory=dict)
    strings: list[str] = field(default_factory=list)


def inspect(data: bytes) -> Package:
    """Inspects the bytes of a zip that claims to be a workbook.

    Raises:
        Refused: it is none, is damaged, or would be dangerous to open.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive)
            listed = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error):
        cut = _END not in data[-_END_WITHIN:]
        raise damaged("文件不完整，可能没有传完或没有复制完" if cut else "压缩包无法解开") from None
    package = _ods(parts) if _WORKBOOK not in parts else _xlsx(parts)
    package.remarks, package.strings = remarks(parts), strings(parts)
    package.macros = any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in listed)
    package.images = any(name.startswith(("xl/media/", "Pictures/")) for name in listed)
    return package


def _ods(parts: Mapping[str, bytes]) -> Package:
    found = scan_ods(parts)
    for name, content in parts.items():
        if name != CONTENT:
            parse(content)
    area_left = MAX_AREA
    for sheet, scan in zip(found.sheets, found.scans, strict=True):
        area_left -= scan.area(sheet, area_left)
    if len(found.sheets) > MAX_SHEETS:
        raise Refused("SHAPE", f"工作表过多（{len(found.sheets)} 张）")
    return Package(found.names, found.sheets, {s: n.broken for s, n in zip(found.sheets, found.scans, strict=True)})


def _xlsx(parts: Mapping[str, bytes]) -> Package:
    package, paths = _workbook(parts)
    area_left = MAX_AREA
    for name, content in parts.items():
        if name in (_WORKBOOK, _RELATIONS):
            continue
        scan = Scan()
        parse(content, scan.start, scan.end, scan.attach)
        for sheet in [sheet for sheet, path in paths.items() if path == name] or [name]:
            area_left -= scan.area(sheet, area_left)
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
    if _WORKBOOK not in names and not _is_ods(archive, names):
        kind = next((label for part, label in _FOREIGN.items() if part in names), "普通压缩包（.zip）")
        if any(name.lower().endswith(_INSIDE) for name in names):
            raise Refused("WRONG-TEMPLATE", "压缩包（.zip），表格还在里面", "解压后取出的填报模板")
        raise Refused("WRONG-TEMPLATE", kind)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("SHAPE", "加密的压缩包", "取消密码后的工作簿")
    total = sum(entry.file_size for entry in entries)
    dense = any(e.file_size > 2**20 and e.file_size > MAX_RATIO * max(e.compress_size, 1) for e in entries)
    if total > MAX_UNZIPPED or dense:
        raise Refused("SHAPE", f"解压后过大（{total // 2**20} MB）", f"不超过 {MAX_UNZIPPED // 2**20} MB 的工作簿")
    # zipfile stops at the declared size, so what is declared bounds what is read
    return {name: archive.read(name) for name in names if name.endswith((".xml", ".rels"))}


def _is_ods(archive: zipfile.ZipFile, names: list[str]) -> bool:
    """Whether the package says it is an OpenDocument spreadsheet."""
    if "mimetype" not in names or CONTENT not in names:
        return False
    with archive.open("mimetype") as stream:
        return stream.read(len(TYPE)) == TYPE


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

    parse(parts[_WORKBOOK], start, end, attach)
    parse(parts.get(_RELATIONS, b"<none/>"), start)
    if len(package.sheets) > MAX_SHEETS:
        raise Refused("SHAPE", f"工作表过多（{len(package.sheets)} 张）")
    return package, {name: targets.get(ids[name], "") for name in package.sheets}
