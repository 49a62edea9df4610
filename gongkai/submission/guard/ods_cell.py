"""One cell of an OpenDocument table while its elements go by: its text as shown, what is marked in it, its value.

The counterpart of `rich_runs` and `number_formats` for `.ods`, where the shown text stands beside the value. Which
style marks what is `OdsStyles`; where the cell stands, and what it is repeated, is `ods_guard`'s.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from gongkai.submission.guard.number_formats import HIDDEN
from gongkai.submission.guard.rich_runs import LOWERED, RAISED, STRUCK, CellLook

_NUMBERS = ("float", "percentage", "currency")
_VALUES = ("office:value", "office:string-value", "office:date-value", "office:time-value", "office:boolean-value")
_APART = {
    "text:ruby-text": "为注音",
    "text:note": "为脚注",
    "text:hidden-text": "为隐藏文字",
}  # texts beside the cell's own
_FIGURES = re.compile(r"[\d\s,.]+")
_BESIDE_NUMBERS = re.compile(r"[\s,]")
_POSITION = re.compile(r"\s*(super|sub|-?\d+(?:\.\d+)?%)")
_DEEPEST = 20  # of styles that rest on each other


class OdsStyles:
    """What the styles of a document mark, by name; a style rests on its parent."""

    def __init__(self) -> None:
        self._marks: dict[tuple[str, str], str] = {}
        self._parents: dict[tuple[str, str], str] = {}
        self._open: tuple[str, str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "style:style":
            self._open = (attributes.get("style:family", ""), attributes.get("style:name", ""))
            self._parents[self._open] = attributes.get("style:parent-style-name", "")
        elif tag == "style:text-properties" and self._open is not None:
            mark = _mark(attributes)
            if mark is not None:
                self._marks[self._open] = mark

    def mark(self, family: str, name: str | None) -> str:
        """The mark of a style; empty where it marks nothing."""
        for _ in range(_DEEPEST):
            if not name:
                break
            if (family, name) in self._marks:
                return self._marks[family, name]
            name = self._parents.get((family, name))
        return ""


def _mark(attributes: Mapping[str, str]) -> str | None:
    """The mark that text properties set, empty where they take it away; None where they say nothing of it."""
    line = attributes.get("style:text-line-through-style") or attributes.get("style:text-line-through-type")
    if line not in (None, "none"):
        return STRUCK
    position = attributes.get("style:text-position")
    found = _POSITION.match(position) if position else None
    if found is None:
        return None if line is None else ""
    height = found[1].rstrip("%")
    if height in ("super", "sub"):
        return RAISED if height == "super" else LOWERED
    return RAISED if float(height) > 0 else LOWERED if float(height) < 0 else ""


class OdsCell:
    """A cell that is open: `style` is its own or, where it names none, that of its row or column."""

    def __init__(self, attributes: Mapping[str, str], style: str | None, styles: OdsStyles) -> None:
        self._attributes, self._styles = attributes, styles
        self._whole = styles.mark("table-cell", style)
        self._marks: list[str] = []  # of the open paragraph and the spans in it
        self._shown: list[str] = []
        self._parts: list[tuple[str, str]] = []
        self._paragraphs = self._lines = 0
        self._beside = 0  # how deep in a comment or a drawing

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._beside or tag == "office:annotation" or tag.startswith("draw:"):
            self._beside += 1
        elif tag in _APART:
            self._marks.append(_APART[tag])
        elif tag == "text:line-break":
            self._lines += 1
        elif tag in ("text:p", "text:span"):
            self._paragraphs += tag == "text:p"
            family = "paragraph" if tag == "text:p" else "text"
            outer = self._marks[-1] if self._marks else ""
            self._marks.append(self._styles.mark(family, attributes.get("text:style-name")) or outer)

    def text(self, data: str) -> None:
        if self._beside or not self._marks:
            return
        self._shown.append(data)
        if self._marks[-1] and data.strip():
            self._parts.append((data, self._marks[-1]))

    def end(self, tag: str) -> None:
        if self._beside:
            self._beside -= 1
        elif (tag in ("text:p", "text:span") or tag in _APART) and self._marks:
            self._marks.pop()

    @property
    def formula(self) -> str | None:
        """Its formula, when nobody has calculated it; None for every other cell."""
        said = self._attributes.get("table:formula")
        values = [value for key in _VALUES if (value := self._attributes.get(key))]
        if said is None or (values and (values != ["0"] or self._paragraphs)):
            return None  # a 0 that nothing is shown for is what a program left that does not calculate
        if self._attributes.get("office:value-type") == "string" or any(self._shown):
            return None  # the result is a text, which may be the empty one
        return "=" + said.partition("=")[2]

    def look(self) -> CellLook | None:
        """What a person sees in it beside the value; None when that is all."""
        if self._whole or self._parts:
            return CellLook(tuple(self._parts), self._whole)
        text, said = "".join(self._shown).strip(), self._attributes.get("office:string-value")
        if self._lines and _FIGURES.fullmatch(text):
            return CellLook(((text, "分作两行"),))
        if said is not None and self._paragraphs == 1 and not self._lines and _squeezed(text) != _squeezed(said):
            return CellLook(shown=text or HIDDEN)
        if self._attributes.get("office:value-type") not in _NUMBERS or not self._paragraphs:
            return None  # no number, or one that a program wrote without saying how it looks
        shown, stored = "".join(self._shown).strip(), _number(self._attributes.get("office:value", ""))
        if stored is None or _shows(shown, stored):
            return None
        return CellLook(shown=shown or HIDDEN)


def _shows(shown: str, stored: Decimal) -> bool:
    """Whether a shown text is nothing but the number, in however many decimals; a hidden nought is one."""
    number = _number(_BESIDE_NUMBERS.sub("", shown))
    if number is None:
        return not stored and not shown.strip("-¥￥ ")
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and abs(number - stored) <= Decimal(1).scaleb(exponent) / 2


def _squeezed(text: str) -> str:
    """A text without its spaces, of which some stand as elements."""
    return "".join(text.split())


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
