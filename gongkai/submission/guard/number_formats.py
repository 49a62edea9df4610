"""What a spreadsheet shows for a number whose format adds something of its own: `"2021-"000` shows 1 as 2021-001.

Formats that add letters, digits, words or signs, that show another size (%, thousands, 万) or nothing are looked at;
all others leave a number what it is, however many decimals they show (ECMA-376 part 1, 18.8.31). What a field makes of
a shown text is decided in `typed_values`: it is read as shown where that is the stored number, and refused otherwise.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

# Formats that no part names: per cent, and the currency of this country's programs.
BUILT_IN = {"9": "0%", "10": "0.00%"} | dict.fromkeys(("5", "6", "7", "8", "42", "44"), '"¥"#,##0.00')
HIDDEN = "（不显示）"
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*(?P<filled>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]'
    r"|\[(?P<limit>[<>=]+-?[\d.]+)\]|\[[^\]]*\]|(?P<general>General|G/通用格式)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<end>;)|(?P<text>@)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_PLAIN = re.compile(r"(?:[#?,]*[0#?](?:\.[0#?]*)?(?:_.)?|General|)", re.IGNORECASE)  # the usual ones, told at once
_LIMIT = re.compile(r"(<>|[<>]=?|=)(-?\d+(?:\.\d+)?)")
_LONGEST = 256  # characters of a format that anybody reads
_BESIDE = ("+", "-() ", "-")  # signs that say no more than that a number is above, below or at nought, by place
_NOUGHT = "-¥￥$ "  # what an accountant's nought may be made of
_NOTHING_FITS = "####"


class _Section(NamedTuple):
    """One part of a format.

    Attributes:
        pieces: texts and digit places in order.
        shift: by how many places a number is shown larger or smaller.
        limit: the condition under which it is used; empty where it names none.
        fraction: whether it shows a fraction (`# ?/?`), which is another way to write the number.
    """

    pieces: tuple[tuple[str, str], ...]
    shift: int
    limit: str
    fraction: bool

    @property
    def digits(self) -> list[int]:
        return [n for n, (kind, _) in enumerate(self.pieces) if kind == "digit"]

    @property
    def words(self) -> str:
        """What it shows beside digits."""
        return "".join(text for kind, text in self.pieces if kind == "text").strip()


@lru_cache(512)
def adds_text(code: str) -> bool:
    """Whether a format shows more, or less, than the number: words, signs, leading noughts, per cent, thousands.

    One of dates, times, powers of ten or fractions writes the number in its own way and adds nothing.
    """
    if any(found.lastgroup == "other" and found[0].lower() in "ymdhse" for found in _TOKEN.finditer(code[:_LONGEST])):
        return False
    return not _PLAIN.fullmatch(code) and any(_adds(at, section) for at, section in enumerate(_sections(code)))


def shown(number: Decimal, code: str) -> str:
    """The number as a cell shows it, with all its decimals: a format may round what it shows, never what it means.

    Nought that is hidden or shown as a dash, as accountants have it, stays nought; any other hidden number is `HIDDEN`.
    """
    sections = _sections(code)
    at = _used(number, sections)
    if at is None:
        return shown_text(f"{number:f}", code) if _for_texts(sections[0]) else _NOTHING_FITS
    section = sections[at]
    said = "".join(_said(f"{abs(number).scaleb(section.shift):f}", section)) if section.digits else section.words
    if number == 0 and not said.strip(_NOUGHT):
        return "0"
    if number < 0 and re.fullmatch(r"\s*\(.*\)\s*", said):
        return f"-{said.strip()[1:-1]}"
    below = number < 0 and (at != 1 or bool(section.limit))
    return "-" * below + said if said.strip() else HIDDEN


def shown_text(text: str, code: str) -> str:
    """A text as a cell shows it: the part of a format with `@` may add to it."""
    for section in _sections(code):
        if _for_texts(section):
            return "".join(text if kind == "itself" else said for kind, said in section.pieces)
    return text


def _used(number: Decimal, sections: tuple[_Section, ...]) -> int | None:
    """The part of a format that a number is shown by; None where none is for it, or nobody could tell which."""
    numeric = [n for n, section in enumerate(sections[:3]) if not _for_texts(section)]
    limits = [sections[n].limit for n in numeric]
    if not any(limits):
        at = 1 if number < 0 and len(numeric) > 1 else 2 if number == 0 and len(numeric) > 2 else 0
        return at if numeric else None
    met = next((n for n, limit in zip(numeric, limits, strict=True) if limit and _meets(number, limit)), None)
    if met is None and all(limits[:-1]) and not limits[-1]:
        return numeric[-1]  # what is left over
    return met if all(limits[: (met or 0) + 1]) else None


def _for_texts(section: _Section) -> bool:
    return any(kind == "itself" for kind, _ in section.pieces)


def _meets(number: Decimal, limit: str) -> bool:
    found = _LIMIT.fullmatch(limit)
    if found is None:
        return False
    sign, than = found[1], Decimal(found[2])
    if sign == "<>":
        return number != than
    return (number < than and "<" in sign) or (number > than and ">" in sign) or (number == than and "=" in sign)


def _said(number: str, section: _Section) -> Iterator[str]:
    """The pieces of a part, its digits filled in; what is left of the decimals stands behind the last digit."""
    digits, _, decimals = number.partition(".")
    decimals = decimals.rstrip("0")
    places = section.digits
    digits = digits.lstrip("0").zfill(sum(section.pieces[n][1] == "0" for n in places))
    written_point = False  # a point that is a text of the format: 0!.0,"万"
    for n, (kind, text) in enumerate(section.pieces):
        if kind != "digit":
            written_point |= text == "." and places[0] < n < places[-1]
            yield text
            continue
        left = sum(place > n for place in places)
        if n == places[0]:
            yield digits[: max(0, len(digits) - left)]
        else:
            yield digits[-left - 1 :][:1] if len(digits) > left else ""
        if n == places[-1] and decimals:
            yield decimals if written_point else f".{decimals}"


@lru_cache(512)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for found in _TOKEN.finditer(code[:_LONGEST]):
        if found.lastgroup == "end":
            parts.append([])
        else:
            parts[-1].append(found)
    return tuple(_section(part) for part in parts)


def _section(tokens: list[re.Match[str]]) -> _Section:
    pieces: list[tuple[str, str]] = []
    shift, decimals, commas, limit, fraction = 0, False, 0, "", False
    for found in tokens:
        kind, text = found.lastgroup, found[0]
        if kind in ("quoted", "escaped", "money"):
            pieces.append(("text", found[kind]))
        elif kind == "filled":
            pieces.append(("text", found["filled"].strip()))
        elif kind == "text":
            pieces.append(("itself", text))
        elif kind == "general":
            pieces.append(("digit", "0"))
        elif kind == "digit":
            commas = 0  # a comma between digits only groups them
            if not decimals:
                pieces.append(("digit", text))
        elif kind == "point":
            shift, commas, decimals = shift - 3 * commas, 0, True
        elif kind == "comma":
            commas += any(piece == "digit" for piece, _ in pieces) or decimals
        elif kind == "percent":
            shift += 2
            pieces.append(("text", "%"))
        elif kind == "limit":
            limit = found["limit"]
        elif kind == "other":
            fraction |= text == "/" and any(piece == "digit" for piece, _ in pieces)
            pieces.append(("text", text))
    return _Section(tuple(pieces), shift - 3 * commas, limit, fraction)


def _adds(at: int, section: _Section) -> bool:
    """Whether a part of a format, by its place, shows something other than the number."""
    if section.fraction or _for_texts(section):
        return bool(section.words) and not section.fraction
    words = section.words.strip(_BESIDE[at] if at < len(_BESIDE) else "")
    if not section.digits:
        return at != 2 or bool(words)  # nought may be hidden
    between = any(
        kind == "text" and text.strip() and section.digits[0] < n < section.digits[-1]
        for n, (kind, text) in enumerate(section.pieces)
    )
    unsigned = at == 1 and not section.limit and not section.words
    noughts = sum(section.pieces[n][1] == "0" for n in section.digits) > 1
    return section.shift != 0 or bool(words) or between or unsigned or noughts
