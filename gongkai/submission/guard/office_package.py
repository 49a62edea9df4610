"""The parts of an Office package under the names that everybody expects, whatever the program that wrote it named them.

Names compare without case, a backslash and a leading slash are ways of writing `/`, `_rels/.rels` says which part is
the main one. Parts in UTF-16 become UTF-8; macro sheets, which are no tables, stay out. Limits are the guard's to set.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from gongkai.submission.guard.xml_scan import parse

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_DOCUMENT = "word/document.xml"
_FIXED = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
_PLACED = ("xl/", "docProps/", "customXml/", "_rels/", "[")
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS, _MAX_RELATIONS = "_rels/.rels", 2**20
_MAIN = re.compile(rb"<Relationship\b[^>]*/officeDocument[\"'][^>]*>", re.IGNORECASE)
_TARGET = re.compile(rb"\bTarget\s*=\s*[\"']([^\"']*)[\"']")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*?(?:/>|>\s*</(?:\w+:)?sheet>)")
_SHEET_ID = re.compile(rb"\b\w+:id\s*=\s*[\"']([^\"']*)[\"']")
_ELEMENT, _HEAD = re.compile(rb"<(?:\w+:)?(\w+)[\s>/]"), 4096  # bytes in which a part's first element stands
_ENCODING = re.compile(rb"\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([\w-]+)")
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"}
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


class Regular(NamedTuple):
    """A workbook's parts by their regular names.

    Attributes:
        macro_sheets: whether it had sheets that hold macros; they are left out.
        renamed: whether anything had to be named, written or left out otherwise than it came.
    """

    parts: dict[str, bytes]
    macro_sheets: bool
    renamed: bool


class _Relation(NamedTuple):
    id: str
    type: str
    target: str


def plain_name(name: str) -> str:
    """A part's name as the standard writes it: no backslash, no leading slash."""
    return re.sub(r"^(?:\./|/)+", "", name.replace("\\", "/"))


def target_of(folder: str, target: str) -> str:
    """The plain name of what a part in `folder` points at."""
    target = target.replace("\\", "/")
    return posixpath.normpath(plain_name(target) if target.startswith("/") else plain_name(f"{folder}/{target}"))


def main_entry(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """The part that `_rels/.rels` calls the main one, else one that has the usual name; None where there is none."""
    by_name = {plain_name(entry.filename).casefold(): entry for entry in archive.infolist()}
    said = by_name.get(_PACKAGE_RELATIONS)
    if said is not None and said.file_size <= _MAX_RELATIONS:
        for element in _MAIN.findall(in_utf8(archive.read(said))):
            target = _TARGET.search(element)
            name = target_of("", target[1].decode("utf-8", "replace")) if target else ""
            if name.casefold() in by_name:
                return by_name[name.casefold()]
    return next((by_name[name] for name in (WORKBOOK, _DOCUMENT) if name in by_name), None)


def first_element(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """The name of a part's first element, without its prefix: `workbook`, `document`; empty where none is found."""
    with archive.open(entry) as stream:
        found = _ELEMENT.search(in_utf8(stream.read(_HEAD)))
    return found[1].decode() if found else ""


def in_utf8(content: bytes) -> bytes:
    """An XML part, a page or a JSON in UTF-8; one in UTF-16, with a mark or without, is written anew."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif content.startswith((b"<\0", b"{\0", b"[\0")):
        encoding = "utf-16-le"
    elif content.startswith((b"\0<", b"\0{", b"\0[")):
        encoding = "utf-16-be"
    else:
        return content
    try:
        return _DECLARED.sub('<?xml version="1.0"?>', content.decode(encoding)).encode()
    except UnicodeDecodeError:
        return content  # whoever parses it says that it is damaged


def _part(content: bytes) -> bytes:
    """An XML part in UTF-8; also one that says it is in a Chinese encoding, which expat does not know."""
    wide = in_utf8(content)
    said = _ENCODING.match(wide[:_HEAD])
    encoding = _CHINESE.get(said[1].decode().lower()) if said else None
    try:
        return _DECLARED.sub('<?xml version="1.0"?>', wide.decode(encoding)).encode() if encoding else wide
    except UnicodeDecodeError:
        return wide


def regular(parts: Mapping[str, bytes], main: str) -> Regular:
    """The parts of a workbook with its main part at `xl/workbook.xml`, its sheets, strings and styles where they go.

    Args:
        parts: plain name → content.
        main: the name of its main part.
    """
    relations = _relations(parts, main)
    macro = {one.id for one in relations if one.type.endswith("Macrosheet")}
    named = dict(_names(parts, main, [one for one in relations if one.id not in macro]))
    found = {named[name]: _part(content) for name, content in parts.items() if name in named}
    changed = [name for name in parts if named.get(name) != name or found[name] is not parts[name]]
    targets = {one.target for one in relations}
    if not changed and not macro and targets <= set(parts) | _absent(targets, parts):
        return Regular(found, False, False)
    found[WORKBOOK] = _without_sheets(found[WORKBOOK], macro)
    by_lower = {name.casefold(): name for name in parts}
    kept = [one._replace(target=named.get(by_lower.get(one.target.casefold(), ""), "")) for one in relations]
    found[RELATIONS] = _written(one for one in kept if one.target and one.id not in macro)
    found[_PACKAGE_RELATIONS] = _written([_Relation("main", f"{_KINDS}/officeDocument", WORKBOOK)])
    return Regular(found, bool(macro), True)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a package again, in memory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _absent(targets: Iterable[str], parts: Mapping[str, bytes]) -> set[str]:
    """Targets that no part answers to, under whatever case: pictures and the like, or nothing at all."""
    lower = {name.casefold() for name in parts}
    return {target for target in targets if target.casefold() not in lower}


def _relations(parts: Mapping[str, bytes], main: str) -> list[_Relation]:
    """What the main part points at, with the plain names of the targets."""
    folder, _, name = main.rpartition("/")
    wanted = plain_name(f"{folder}/_rels/{name}.rels").casefold()
    content = next((content for part, content in parts.items() if part.casefold() == wanted), None)
    found: list[_Relation] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship" and attributes.get("TargetMode") != "External":
            target = target_of(folder, attributes.get("Target", ""))
            found.append(_Relation(attributes.get("Id", ""), attributes.get("Type", ""), target))

    if content is not None:
        parse(in_utf8(content), start)
    return found


def _names(parts: Mapping[str, bytes], main: str, relations: Iterable[_Relation]) -> Iterator[tuple[str, str]]:
    """Name → regular name of every part but those of macro sheets and the relations of the main part."""
    lower = {name.casefold(): name for name in parts}
    folder, _, last = main.rpartition("/")
    taken = {main: WORKBOOK}
    if (own := lower.get(plain_name(f"{folder}/_rels/{last}.rels").casefold())) is not None:
        taken[own] = RELATIONS
    sheets = 0
    for one in relations:
        name, kind = lower.get(one.target.casefold()), one.type.rpartition("/")[2]
        if name is None or name in taken:
            continue
        if kind in _FIXED:
            taken[name] = _FIXED[kind]
        elif kind in ("worksheet", "chartsheet", "dialogsheet"):
            sheets += 1
            proper = f"xl/{kind}s/"
            taken[name] = name if name.startswith(proper) else f"{proper}moved{sheets}.xml"
    used = set(taken.values())
    for name in parts:
        if name in taken:
            yield name, taken[name]
        elif not name.casefold().startswith("xl/macrosheets/"):
            other = name if name.startswith(_PLACED) else f"xl/{name}"
            yield name, other if other not in used else f"xl/other/{other}"


def _without_sheets(content: bytes, ids: set[str]) -> bytes:
    """The main part without the sheets of some relations."""

    def kept(found: re.Match[bytes]) -> bytes:
        said = _SHEET_ID.search(found[0])
        return b"" if said and said[1].decode("utf-8", "replace") in ids else found[0]

    return _SHEET.sub(kept, content) if ids else content


def _written(relations: Iterable[_Relation]) -> bytes:
    lines = "".join(
        f"<Relationship Id={quoteattr(one.id)} Type={quoteattr(one.type)} Target={quoteattr('/' + one.target)}/>"
        for one in relations
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{lines}</Relationships>'.encode()
