"""What a person sees in a cell beside its value: parts that are raised, lowered or struck out, and added text.

A figure with a footnote's number is two figures, one of which is struck out is one: neither is what a library reads.
"""

from collections.abc import Mapping
from typing import NamedTuple

RAISED, LOWERED, STRUCK = "为上标", "为下标", "划有删除线"
_ALIGNED = {"superscript": RAISED, "subscript": LOWERED}
_MARKED = (b"vertAlign", b"strike")


class CellLook(NamedTuple):
    """What a person sees in a cell beside its value.

    Attributes:
        parts: texts of it that are raised, lowered or struck out, and which of these.
        whole: the same of the whole cell; empty where it is not.
        number_format: the code of a format that adds text to a number.
        shown: a number with such a text, where the file itself keeps what it shows.
    """

    parts: tuple[tuple[str, str], ...] = ()
    whole: str = ""
    number_format: str = ""
    shown: str = ""

    @property
    def struck(self) -> bool:
        return self.whole == STRUCK or any(mark == STRUCK for _, mark in self.parts)

    def picture(self, text: str) -> str:
        """The cell in words: 124，其中‘4’为上标."""
        if self.whole:
            return f"{text}，整格{self.whole}"
        return f"{text}，其中" + "、".join(f"‘{part.strip()}’{mark}" for part, mark in self.parts)


class Runs:
    """The runs of one rich text while its elements go by."""

    def __init__(self) -> None:
        self._marked: list[tuple[str, str]] = []
        self._mark, self._open, self._spoken = "", False, False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "r":
            self._mark = ""
        elif tag == "rPh":
            self._spoken = True
        elif tag == "t":
            self._open = not self._spoken
        else:
            self._mark = mark_of(tag, attributes) or self._mark

    def text(self, data: str) -> None:
        if self._open and self._mark and data.strip():
            self._marked.append((data, self._mark))

    def end(self, tag: str) -> None:
        if tag == "t":
            self._open = False
        elif tag == "rPh":
            self._spoken = False

    def look(self) -> CellLook | None:
        """What is marked in it; None when nothing is."""
        return CellLook(parts=tuple(self._marked)) if self._marked else None


def mark_of(tag: str, attributes: Mapping[str, str]) -> str:
    """The mark that an element of a font sets; empty for every other."""
    if tag == "vertAlign":
        return _ALIGNED.get(attributes.get("val", ""), "")
    return STRUCK if tag == "strike" and attributes.get("val", "1") not in ("0", "false") else ""


def may_be_marked(content: bytes) -> bool:
    """Whether a part speaks of raised, lowered or struck text at all: hardly any does."""
    return any(word in content for word in _MARKED)
