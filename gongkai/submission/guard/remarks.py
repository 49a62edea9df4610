"""The text of a workbook's package outside its cells: comments, headers, text boxes, choices, names, properties.

It is only looked through for personal data (`privacy_scan`) and never kept. Plain patterns over parts that the
guard has already parsed within its limits.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple


class _TextPlace(NamedTuple):
    """Where text stands: which parts, which elements of these (None: the whole part), which of their attributes."""

    parts: re.Pattern[str]
    elements: str | None = None
    attributes: str = ""


_TAG = re.compile(r"<[^>]*>")
_WITHIN = r"<(?:\w+:)?({0})\b(?:[^>]*/>|.*?</(?:\w+:)?\1>)"
_SHEETS = r"xl/worksheets/[^/]*\.xml$"
# By what a clerk calls it. Who made the file (creator, lastModifiedBy, author, company) is no applicant.
_PLACES: Mapping[str, _TextPlace] = {
    "批注": _TextPlace(re.compile(r"(?i)xl/.*comments?[^/]*\.xml$"), "text|t"),
    "文字批注": _TextPlace(re.compile(r"content\.xml$"), "annotation"),
    "页眉页脚": _TextPlace(re.compile(rf"{_SHEETS}|styles\.xml$"), "headerFooter|header|footer"),
    "文本框": _TextPlace(re.compile(r"xl/(?:drawings|diagrams)/[^/]*\.xml$"), "p|t"),
    "图形": _TextPlace(re.compile(r"content\.xml$"), "custom-shape|text-box"),
    "图表": _TextPlace(re.compile(r"xl/charts/[^/]*\.xml$"), "p|t|v"),
    "超链接": _TextPlace(re.compile(r"xl/worksheets/_rels/[^/]*\.rels$"), "Relationship", "Target"),
    "超链接提示": _TextPlace(re.compile(_SHEETS), "hyperlink", "tooltip|display|location"),
    "数据有效性": _TextPlace(
        re.compile(rf"{_SHEETS}|content\.xml$"),
        "dataValidation|content-validation",
        r"prompt|promptTitle|error|errorTitle|table:condition",
    ),
    "条件格式": _TextPlace(re.compile(_SHEETS), "cfRule"),
    "单元格名称": _TextPlace(re.compile(r"xl/workbook\.xml$"), "definedName", "name|comment|description"),
    "表格列名": _TextPlace(re.compile(r"xl/tables/[^/]*\.xml$"), "tableColumn", "name"),
    "数据透视表": _TextPlace(
        re.compile(r"xl/pivot\w+/[^/]*\.xml$"), "s|cacheField|dataField|pivotField", "v|name|caption"
    ),
    "外部链接": _TextPlace(re.compile(r"xl/externalLinks/[^/]*\.xml$"), "v"),
    "附加数据": _TextPlace(re.compile(r"customXml/item\d*\.xml$")),
    "文档属性": _TextPlace(
        re.compile(r"docProps/(?:core|custom)\.xml$|meta\.xml$"),
        "title|subject|description|keywords?|category|contentStatus|property|user-defined",
        "name",
    ),
}
_STRING, _SPOKEN = re.compile(_WITHIN.format("si"), re.DOTALL), re.compile(_WITHIN.format("rPh"), re.DOTALL)


def remarks(parts: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The texts of a package outside its cells, by what a clerk calls it."""
    found: dict[str, list[str]] = {}
    for name, content in parts.items():
        places = {called: place for called, place in _PLACES.items() if place.parts.match(name)}
        text = _beside_cells(content) if places else ""
        for called, place in places.items():
            found.setdefault(called, []).extend(_texts(text, place))
    return {called: texts for called in _PLACES if (texts := found.get(called))}


def strings(parts: Mapping[str, bytes]) -> list[str]:
    """The texts that an .xlsx keeps for its cells, whether or not a cell shows them."""
    text = parts.get("xl/sharedStrings.xml", b"").decode("utf-8", "replace")
    return [unescape(_TAG.sub("", _SPOKEN.sub("", found[0]))) for found in _STRING.finditer(text)]


def blanks(parts: Mapping[str, bytes]) -> frozenset[int]:
    """The numbers of those texts that show nothing."""
    return frozenset(number for number, text in enumerate(strings(parts)) if not text.strip())


def _beside_cells(content: bytes) -> str:
    """A part without the cells of a worksheet, which are looked through by themselves."""
    start, end = content.find(b"sheetData>"), content.rfind(b"sheetData>")
    return (content[:start] + content[end:] if 0 <= start < end else content).decode("utf-8", "replace")


def _texts(text: str, place: _TextPlace) -> Iterator[str]:
    """What stands in the elements of a place, and in their attributes that hold words."""
    wanted = re.compile(rf"\s(?:{place.attributes})=([\"'])(.*?)\1", re.DOTALL) if place.attributes else None
    found = re.finditer(_WITHIN.format(place.elements), text, re.DOTALL) if place.elements else ()
    for piece in (one[0] for one in found) if place.elements else (text,):
        stripped = _TAG.sub("" if place.elements else " ", piece)
        said = [stripped, *(one[2] for one in wanted.finditer(piece))] if wanted else [stripped]
        yield from (unescape(one) for one in said if one.strip())
