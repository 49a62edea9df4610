"""Looks at a workbook file before any library does, and refuses what would hurt: the first reader of untrusted bytes.

A zip bomb, a document type declaration, a value at XFD1048576 (calamine would abort the whole process), a damaged
or foreign package are refused with a rule and a Chinese reason. On the way it takes from the XML what calamine
does not give: defined names, cells whose formula was never calculated or ended in an error, and cells in which a
person sees more than their value.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.submission.guard.cell_looks import marked_styles, rich_strings
from gongkai.submission.guard.far_blanks import without_far_blanks
from gongkai.submission.guard.foreign_packages import foreign_package
from gongkai.submission.guard.ods_guard import CONTENT, TYPE, scan_ods
from gongkai.submission.guard.office_package import (
    RELATIONS,
    WORKBOOK,
    first_element,
    main_entry,
    plain_name,
    regular,
    target_of,
    zipped,
)
from gongkai.submission.guard.remarks import blanks, remarks
from gongkai.submission.guard.remarks import strings as texts_kept
from gongkai.submission.guard.rich_runs import CellLook, may_be_marked
from gongkai.submission.guard.xml_scan import Looks, Scan, WorkbookRefused, damaged, parse
from gongkai.submission.template.names import Place, place

MAX_ENTRIES = 500
MAX_UNZIPPED = 64 * 2**20
MAX_RATIO = 150  # of a part above 1 MB; a register's XML shrinks about 20 times
MAX_AREA, MAX_SHEETS = 1_000_000, 64  # the area of all sheets together, as dense grids
_END, _END_WITHIN = b"PK\x05\x06", 22 + 2**16  # where every complete zip ends


@dataclass
class Package:
    """What the guard learnt of a workbook.

    Attributes:
        names: workbook-wide defined names that are one range.
        sheets: sheet names in order.
        broken: by sheet, (row, column) → text of cells that hold no value: `=A1+B1` never calculated, or `#REF!`.
        looks: by sheet, (row, column) → what a person sees there beside the value.
        uncalculated: whether its formulas' stored results are not to be trusted where they are 0 or empty.
        regular: the same workbook under the names that a library expects; None where it has them.
        macros: whether it carries macros. They are never looked at.
        images: whether it carries pictures.
        remarks: texts outside the cells (comments, properties …), by what a clerk calls it; only looked through.
        strings: the texts an .xlsx keeps for its cells; only looked through.
    """

    names: dict[str, Place] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)
    broken: dict[str, Mapping[tuple[int, int], str]] = field(default_factory=dict)
    looks: dict[str, Mapping[tuple[int, int], CellLook]] = field(default_factory=dict)
    uncalculated: bool = False
    regular: bytes | None = None
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
            entries = _entries(archive)
            main = _main(archive, entries)
            parts = _unpacked(archive, entries, main)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error):
        cut = _END not in data[-_END_WITHIN:]
        raise damaged("文件不完整，可能没有传完或没有复制完" if cut else "压缩包无法解开") from None
    if main == CONTENT:
        package = _ods(parts)
    else:
        parts, macro_sheets, renamed = regular(parts, main)
        given, parts = parts, dict(parts)
        package = _xlsx(parts)
        renamed = renamed or any(parts[name] is not given[name] for name in parts)
        renamed = renamed or any(name != entry.filename for name, entry in entries.items())
        package.macros, package.regular = macro_sheets, zipped(parts) if renamed else None
    package.remarks, package.strings = remarks(parts), texts_kept(parts)
    package.macros |= any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in entries)
    package.images = any(name.startswith(("xl/media/", "Pictures/")) for name in entries)
    return package


def _ods(parts: Mapping[str, bytes]) -> Package:
    found = scan_ods(parts)
    for name, content in parts.items():
        if name != CONTENT and content.strip():  # older programs leave empty parts behind
            parse(content)
    area_left = MAX_AREA
    for sheet, scan in zip(found.sheets, found.scans, strict=True):
        area_left -= scan.area(sheet, area_left)
    if len(found.sheets) > MAX_SHEETS:
        raise WorkbookRefused("SHAPE", f"工作表过多（{len(found.sheets)} 张）")
    scans = dict(zip(found.sheets, found.scans, strict=True))
    broken: dict[str, Mapping[tuple[int, int], str]] = {sheet: scan.broken for sheet, scan in scans.items()}
    return Package(found.names, found.sheets, broken, {sheet: scan.looks for sheet, scan in scans.items()})


def _xlsx(parts: dict[str, bytes]) -> Package:
    """Learns of an .xlsx; lone blanks far away leave their part."""
    package, paths = _workbook(parts)
    styles, strings = (parts.get(f"xl/{name}.xml", b"").strip() for name in ("styles", "sharedStrings"))
    known = Looks(
        styles=marked_styles(styles) if styles else {},
        strings=rich_strings(strings) if strings else {},
        uncalculated=package.uncalculated,
    )
    area_left = MAX_AREA
    for name, content in list(parts.items()):
        if name in (WORKBOOK, RELATIONS) or not content.strip():
            continue
        scan = _scanned(content, known)
        if scan.is_far and (trimmed := without_far_blanks(content, blanks(parts))) is not None:
            parts[name], scan = trimmed, _scanned(trimmed, known)
        for sheet in [sheet for sheet, path in paths.items() if path == name] or [name]:
            area_left -= scan.area(sheet, area_left)
            package.broken[sheet], package.looks[sheet] = scan.broken, scan.looks
    return package


def _scanned(content: bytes, known: Looks) -> Scan:
    scan = Scan(known._replace(runs=may_be_marked(content)))
    parse(content, scan.start, scan.end, scan.attach)
    return scan


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Plain name → entry; refused where two say the same, one leads outside or cannot be opened."""
    listed = archive.infolist()
    entries = {plain_name(entry.filename): entry for entry in listed}
    if len(listed) > MAX_ENTRIES or len({name.casefold() for name in entries}) != len(listed):
        raise WorkbookRefused("SHAPE", f"压缩包结构异常（{len(listed)} 个条目）")
    if any(entry.flag_bits & 1 for entry in listed):
        raise WorkbookRefused("SHAPE", "加密的压缩包", "取消密码、解压后取出的工作簿")
    if any(".." in name.split("/") for name in entries):
        raise WorkbookRefused("SHAPE", "压缩包中有指向外部的路径")
    return entries


def _main(archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> str:
    """The part that says what a workbook consists of; refused by name when it is no workbook."""
    main = main_entry(archive)
    if main is not None and first_element(archive, main) == "workbook":
        return plain_name(main.filename)
    if _is_ods(archive, entries):
        return CONTENT
    raise foreign_package(list(entries), plain_name(main.filename) if main else None)


def _unpacked(archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], main: str) -> dict[str, bytes]:
    """The XML parts, within the limits; nothing is ever written to disk."""
    listed = entries.values()
    total = sum(entry.file_size for entry in listed)
    dense = any(e.file_size > 2**20 and e.file_size > MAX_RATIO * max(e.compress_size, 1) for e in listed)
    if total > MAX_UNZIPPED or dense:
        raise WorkbookRefused(
            "SHAPE", f"解压后过大（{total // 2**20} MB）", f"不超过 {MAX_UNZIPPED // 2**20} MB 的工作簿"
        )
    # zipfile stops at the declared size, so what is declared bounds what is read
    read = (name for name in entries if name == main or name.lower().endswith((".xml", ".rels")))
    return {name: archive.read(entries[name]) for name in read}


def _is_ods(archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> bool:
    """Whether the package says it is an OpenDocument spreadsheet."""
    if "mimetype" not in entries or CONTENT not in entries:
        return False
    with archive.open(entries["mimetype"]) as stream:
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
        elif tag == "calcPr":
            package.uncalculated = attributes.get("fullCalcOnLoad") in ("1", "true")
        elif tag == "Relationship":
            targets[attributes.get("Id", "")] = target_of("xl", attributes.get("Target", ""))

    def end(tag: str) -> None:
        if open_name and tag.rpartition(":")[2] == "definedName":
            found = place("".join(text))
            if found:
                package.names[open_name[0]] = found
            open_name.clear()

    def attach(parser: Any) -> None:
        parser.CharacterDataHandler = lambda data: text.append(data) if open_name else None

    parse(parts[WORKBOOK], start, end, attach)
    parse(parts.get(RELATIONS, b"<none/>"), start)
    if len(package.sheets) > MAX_SHEETS:
        raise WorkbookRefused("SHAPE", f"工作表过多（{len(package.sheets)} 张）")
    return package, {name: targets.get(ids[name], "") for name in package.sheets}
