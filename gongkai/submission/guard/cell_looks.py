"""Which cell styles and which shared texts of an .xlsx are not to be taken at their value.

Taken from `styles.xml` and `sharedStrings.xml`; the worksheets say which cells have them (`xml_scan`). What a mark is
stands in `rich_runs`, how a number is shown in `number_formats`.
"""

from typing import Any

from gongkai.submission.guard.number_formats import BUILT_IN, adds_text
from gongkai.submission.guard.rich_runs import CellLook, Runs, mark_of, may_be_marked
from gongkai.submission.guard.xml_scan import parse


def rich_strings(content: bytes) -> dict[str, CellLook]:
    """Number of a shared string → what is marked in it."""
    if not may_be_marked(content):
        return {}
    found: dict[str, CellLook] = {}
    runs: list[Runs] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "si":
            runs.append(Runs())
        elif runs:
            runs[-1].start(tag, attributes)

    def end(tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "si":
            if look := runs[-1].look():
                found[str(len(runs) - 1)] = look
        elif runs:
            runs[-1].end(tag)

    def attach(parser: Any) -> None:
        parser.CharacterDataHandler = lambda data: runs[-1].text(data) if runs else None

    parse(content, start, end, attach)
    return found


def marked_styles(content: bytes) -> dict[str, CellLook]:
    """Number of a cell style (as worksheets name it) → its look; styles that leave a value as it is are absent."""
    codes = dict(BUILT_IN)
    fonts: list[str] = []
    found: dict[str, CellLook] = {}
    inside: list[str] = []
    styles = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal styles
        tag = tag.rpartition(":")[2]
        if tag in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            inside[:] = [tag]
        elif tag == "numFmt" and inside != ["dxfs"]:
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif inside == ["fonts"]:
            if tag == "font":
                fonts.append("")
            elif fonts and (mark := mark_of(tag, attributes)):
                fonts[-1] = mark
        elif tag == "xf" and inside == ["cellXfs"]:
            font, code = attributes.get("fontId", ""), codes.get(attributes.get("numFmtId", ""), "")
            whole = fonts[int(font)] if font.isdecimal() and int(font) < len(fonts) else ""
            if whole or adds_text(code):
                found[str(styles)] = CellLook(whole=whole, number_format=code if adds_text(code) else "")
            styles += 1

    parse(content, start)
    return found
