"""Quantities in running Chinese text: a number and its counter, `3,607件`, `两场`, `百分之三十`, `9116.36万元`.

A number that is not exact (约、余、以上, a range) is found too, so that what stands around it is not misread, but
has no value; of some the words say what it is at least (`十余件`, `超过20%`). Numerals are read by
`written_numbers`; which counters there are is data in the lexicon.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from gongkai.submission.narrative.lexicon_file import lexicon
from gongkai.submission.values.written_numbers import chinese_integer

_ARABIC = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?"
_CHINESE = "[〇零一二两三四五六七八九十百千万]{1,12}"
_ROUGHLY = (
    "约",
    "近",
    "超",
    "超过",
    "逾",
    "达到近",
    "至少",
    "不少于",
    "不低于",
    "多于",
    "最多",
    "不超过",
    "大约",
    "将近",
    "每",
    "第",
)
_OR_MORE = re.compile("以上|以下|左右|余|多|以内|上下")
_MORE_THAN = re.compile("(?<![不未])(?:超过|超|逾)$|(?:至少|不少于|不低于|多于)$")
_SOME = re.compile("(?<=[数几上成])[十百千万]")  # 数十件, 上百件
_MATTERS_COUNTED = tuple("请件案议讼数量为共计是")
_LONGEST = 4  # of the words before a number


class Quantity(NamedTuple):
    """One quantity in a text.

    Attributes:
        start, end: where it stands, number and counter, and the words of `least`.
        number: its value; None when it is not exact or not certain.
        least: what it is at least, when that is all that is said.
        decimals: how many decimals are written.
        text: as it stands.
    """

    start: int
    end: int
    number: Decimal | None
    unit: str
    decimals: int
    text: str
    least: Decimal | None = None


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities of a text (half-width digits, no spaces), from left to right."""
    for found in _pattern().finditer(text):
        number, unit = found["number"], "%" if found["hundredths"] else found["unit"] or ""
        if not unit and not _counts_alone(text, found):
            continue
        exact = not (found["range"] or found["more"] or _inexact(text, found.start(), found.end()))
        value = _value(number) if exact else None
        decimals = len(number.partition(".")[2])
        quantity = Quantity(found.start(), found.end(), value, unit, decimals, found[0])
        yield quantity if exact or found["range"] else _at_least(quantity, number, found["more"], text)


def _at_least(rough: Quantity, number: str, more: str | None, text: str) -> Quantity:
    """A rough quantity with what it is at least, if exactly one word (余、多、以上、超过 …) says so."""
    start, end = rough.start, rough.end
    before = _MORE_THAN.search(text, max(0, start - _LONGEST), start)
    above = text.startswith("以上", end)
    if [more is not None, above, before is not None].count(True) != 1 or more not in (None, "余", "多"):
        return rough
    start, end = before.start() if before else start, end + 2 if above else end
    if _inexact(text, start, end):
        return rough
    return rough._replace(start=start, end=end, text=text[start:end], least=_value(number))


def _counts_alone(text: str, found: re.Match[str]) -> bool:
    """Whether a figure without a counter is the count of the matter before it: 收到政府信息公开申请20，…"""
    plain = not found["range"] and not found["more"] and found["number"].replace(",", "").isdecimal()
    return plain and text[found.start() - 1 : found.start()] in _MATTERS_COUNTED


def _inexact(text: str, start: int, end: int) -> bool:
    joined = start > 0 and ((text[start - 1].isascii() and text[start - 1].isalnum()) or text[start - 1] in "-—~～〔.")
    rough = text.endswith(_ROUGHLY, max(0, start - _LONGEST), start) or _SOME.match(text, start) is not None
    return joined or rough or _OR_MORE.match(text, end) is not None


def _value(number: str) -> Decimal | None:
    plain = number.replace(",", "")
    if plain[0].isascii():
        return Decimal(plain)
    read = chinese_integer(plain)
    return None if read is None else Decimal(read)


@cache
def _pattern() -> re.Pattern[str]:
    units = sorted((unit for said in lexicon().counters.values() for unit in said if unit), key=len, reverse=True)
    counter = "|".join(map(re.escape, units))
    number = f"{_ARABIC}|{_CHINESE}"
    return re.compile(
        rf"(?P<range>(?:{number})(?:{counter})?(?:至|到|—{{1,2}}|-|~|～))?(?:"
        rf"(?P<hundredths>百分之)?(?P<number>{number})(?(hundredths)(?P<none>)|(?P<more>[余多几来亿]|万(?!元))?(?:(?P<unit>{counter})|(?<=\d)(?=[，,、；;。）)（(]|$))))",
        re.ASCII,
    )
