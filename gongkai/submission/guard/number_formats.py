"""What a spreadsheet shows for a number whose format adds something of its own: `"2021-"000` shows 1 as 2021-001.

Only formats that add letters, digits or words, or that show another size (%, thousands) are looked at; all others leave
a number what it is, however many decimals they show.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]|(?P<general>General|G/通用格式)'
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<end>;)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_PLAIN = re.compile(r"-?[0#?.,]*(?:_.)?|General|", re.IGNORECASE)  # the usual ones, told at once
_LONGEST = 256  # characters of a format that anybody reads


class _Section(NamedTuple):
    """One part of a format: texts and digit places in order, and by how much a number is shown larger or smaller."""

    pieces: tuple[tuple[str, str], ...]
    shift: int


@lru_cache(512)
def adds_text(code: str) -> bool:
    """Whether a format shows more than the number: words, digits, letters, per cent, thousands.

    One of dates, times or powers of ten writes the number in its own way and adds nothing.
    """
    if any(found.lastgroup == "other" and found[0].lower() in "ymdhse" for found in _TOKEN.finditer(code[:_LONGEST])):
        return False
    return not _PLAIN.fullmatch(code) and any(_adds(section) for section in _sections(code))


def shown(number: Decimal, code: str) -> str:
    """The number as a cell shows it, with all its decimals: a format may round what it shows, never what it means."""
    sections = _sections(code)
    at = 1 if number < 0 and len(sections) > 1 else 2 if number == 0 and len(sections) > 2 else 0
    section = sections[at]
    digits, _, decimals = f"{abs(number).scaleb(section.shift):f}".partition(".")
    decimals = decimals.rstrip("0")
    places = [n for n, (kind, _) in enumerate(section.pieces) if kind == "digit"]
    optional = {n for n in places if section.pieces[n][1] != "0"}
    digits = digits.lstrip("0").zfill(len(places) - len(optional))
    said = []
    for n, (kind, text) in enumerate(section.pieces):
        if kind != "digit":
            said.append(text)
            continue
        left = sum(place > n for place in places)
        taken = (
            digits[: len(digits) - left] if n == places[0] else digits[-left - 1 :][:1] if len(digits) > left else ""
        )
        said.append(taken)
        if n == places[-1] and decimals:
            said.append(f".{decimals}")
    return ("-" if number < 0 and len(sections) == 1 else "") + "".join(said)


@lru_cache(512)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    pieces: list[tuple[str, str]] = []
    shift, decimals, commas = 0, False, 0
    for found in _TOKEN.finditer(code[:_LONGEST]):
        kind, text = found.lastgroup, found[0]
        if kind == "end":
            sections.append(_Section(tuple(pieces), shift - 3 * commas))
            pieces, shift, decimals, commas = [], 0, False, 0
        elif kind in ("quoted", "escaped", "money"):
            pieces.append(("text", found[kind]))
        elif kind == "general":
            pieces.append(("digit", "0"))
        elif kind == "digit":
            commas = 0  # a comma between digits only groups them
            if not decimals:
                pieces.append(("digit", text))
        elif kind == "point":
            decimals = True
        elif kind == "comma":
            commas += any(piece == "digit" for piece, _ in pieces)
        elif kind == "percent":
            shift += 2
            pieces.append(("text", "%"))
        elif kind == "other":
            pieces.append(("text", text))
    return (*sections, _Section(tuple(pieces), shift - 3 * commas))


def _adds(section: _Section) -> bool:
    places = [n for n, (kind, _) in enumerate(section.pieces) if kind == "digit"]
    return section.shift != 0 or any(
        any(sign.isalnum() for sign in text) or (text.strip() and places and places[0] < n < places[-1])
        for n, (kind, text) in enumerate(section.pieces)
        if kind == "text"
    )
