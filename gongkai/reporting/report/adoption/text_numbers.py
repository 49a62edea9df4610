"""The numbers that stand in a text: digits in any width, and Chinese numerals that count something.

A number is where it stands and what is written; what it means is decided by whoever compares it.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from gongkai.submission.narrative.quantities import quantities

_ARABIC = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?", re.ASCII)
_ROUGHLY = "[一二两三四五六七八九十百数几多余]"
_OTHER = re.compile(  # ③, Ⅻ, ⅓: numbers in one sign; 三成, 两倍, 三分之一, 过半: what no counter stands behind
    "[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u218b\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3251-\u325f\u3280-\u3289\u32b1-\u32bf]+"
    f"|{_ROUGHLY}+成(?=[，。；、多以左上的]|$)|{_ROUGHLY}+倍|{_ROUGHLY}+分之{_ROUGHLY}+|半数|过半|[一大]半|翻一?番"
)
_HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF0E)}
_GAP = "#"


class Number(NamedTuple):
    """A number of a text.

    Attributes:
        start, end: where its figures stand.
        text: as written.
    """

    start: int
    end: int
    text: str


def numbers_in(text: str) -> list[Number]:
    """Every number, from left to right."""
    plain = half_width(text)
    found = [Number(one.start(), one.end(), text[one.start() : one.end()]) for one in _ARABIC.finditer(plain)]
    taken = {at for one in found for at in range(one.start, one.end)}
    said = [one for one in quantities(plain) if taken.isdisjoint(range(one.start, one.end))]
    found += [Number(one.start, one.end, text[one.start : one.end]) for one in said]
    taken.update(at for one in said for at in range(one.start, one.end))
    found += [
        Number(one.start(), one.end(), one[0]) for one in _OTHER.finditer(text) if taken.isdisjoint(range(*one.span()))
    ]
    return sorted(found)


def skeleton(text: str) -> str:
    """The text with a gap for every number, without white space: what stays when only figures change."""
    pieces, at = [], 0
    for number in numbers_in(text):
        pieces += [text[at : number.start], _GAP]
        at = number.end
    return "".join("".join([*pieces, text[at:]]).split())


def same_number(left: str, right: str) -> bool:
    """Whether two numbers are written alike but for width, white space and thousands separators."""
    return _digits(left) == _digits(right)


def half_width(text: str) -> str:
    """The text with half-width digits, character by character."""
    return text.translate(_HALF_WIDTH)


def _digits(text: str) -> str | Decimal:
    plain = unicodedata.normalize("NFKC", "".join(text.split())).replace(",", "")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return plain
