"""Counts and amounts as people write them: `0件`, `55（含自然失效29件）`, `十二`, `110.55万元`. One reading, or none.

A remark is only set aside when it says that its part is included; a figure in Chinese only when it is the one way
to write that number. `O` is no zero and `约50` no count. Used by `typed_values`; knows nothing of fields.
"""

import re
from datetime import date
from decimal import Decimal

_COUNTERS = "人次|件次|人|件|条|次|期|场|册|项|份|个|宗|起|篇|页"
_COUNTED = re.compile(rf"(.*?[^\s])\s*(?:{_COUNTERS})")
_REMARK = re.compile(rf"(.*[^\s(])\s*\((?:(?:含|其中|包括|包含)([^()]*)|(?:{_COUNTERS}))\)")
_AMOUNT = re.compile(
    r"(?P<sign>(?:人民币)?\s*¥?)\s*(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,10})?)"
    r"\s*(?P<unit>(?:[千万亿]|百万)?元整?|[万亿])?",
    re.ASCII,
)
_MONEY = {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 10**6, "亿元": 10**8}
_FIGURE = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_DIGITS, _STEPS = "零一二三四五六七八九", (("千", 1000), ("百", 100), ("十", 10))
_PLAIN = str.maketrans("〇两壹贰叁肆伍陆柒捌玖拾佰仟", "零二一二三四五六七八九十百千")
_NUMERAL = re.compile("[零一二三四五六七八九十百千万]+")
_DATE = re.compile(
    r"(?:([零一二三四五六七八九]{4})年)?([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)


def plain_count(text: str) -> tuple[str, str] | None:
    """A count in plain digits and why it was read so; None when no single reading is certain.

    Args:
        text: what stood in the cell, half-width and stripped, no plain number itself.
    """
    whys = []
    if found := _REMARK.fullmatch(text):
        text, remark = found[1], found[2] or ""
        whys.append("去掉括号内的说明")
    else:
        remark = ""
    if found := _COUNTED.fullmatch(text):
        text = found[1]
        whys.append("去掉计量单位")
    number = chinese_integer(text)
    if number is not None:
        text = str(number)
        whys.append("中文数字")
    digits = text.replace(",", "")
    if not digits.isdecimal() or not digits.isascii() or not whys:
        return None
    if any(float(part) > float(digits) for part in _FIGURE.findall(remark)):
        return None  # more included than there is: one of the two is wrong
    return text, "，".join(whys)


def plain_amount(text: str, unit: str | None) -> tuple[str, str] | None:
    """An amount of money in plain digits and why it was read so; None when no single reading is certain.

    `110.55万` can only be 万元. A bare `￥` says what is counted, not how large: in a cell of 万元 nobody knows.

    Args:
        text: what stood in the cell, half-width and stripped, no plain number itself.
        unit: the field's own (元, 万元); without it only an amount that is 0 in every unit is certain.
    """
    found = _AMOUNT.fullmatch(text)
    said = (found["unit"] or "").removesuffix("整") if found else ""
    if found is None or not (said or found["sign"].strip()):
        return None
    said, number = (f"{said}元" if said in ("万", "亿") else said), Decimal(found["number"].replace(",", ""))
    if not number or said == unit or (not said and unit == "元"):
        return f"{number:f}", "去掉计量单位"
    if said not in _MONEY or unit not in _MONEY:
        return None
    return f"{number * _MONEY[said] / _MONEY[unit]:f}", f"由{said}换算为{unit}"


def chinese_integer(text: str) -> int | None:
    """The number that a Chinese numeral writes (`十二`, `一百零五`, `二〇`); None unless it is written regularly."""
    plain = text.translate(_PLAIN)
    if not _NUMERAL.fullmatch(plain) or len(plain) > 20:
        return None
    if all(sign in _DIGITS for sign in plain):  # digit by digit: 一二 could be a slip, 一〇五 is not
        certain = len(plain) == 1 or (plain[0] != "零" and "零" in plain)
        return int("".join(str(_DIGITS.index(sign)) for sign in plain)) if certain else None
    high, ten_thousand, low = plain.rpartition("万")
    number = (_below_ten_thousand(high) * 10_000 if ten_thousand else 0) + _below_ten_thousand(low.lstrip("零"))
    return number if plain in _written(number) else None


def chinese_date(text: str, year: int | None = None) -> date | None:
    """The day of `二〇二一年三月一日`, of `三月一日` in a given year; None for anything else."""
    found = _DATE.fullmatch(text.translate(_PLAIN))
    if not found or (found[1] is None) == (year is None):
        return None
    year = year if year is not None else int("".join(str(_DIGITS.index(sign)) for sign in found[1]))
    month, day = (chinese_integer(part) for part in found.groups()[1:])
    try:
        return date(year, month, day) if month and day else None
    except ValueError:
        return None


def _below_ten_thousand(text: str) -> int:
    number, digit = 0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS.index(sign)
        else:
            number += (digit or 1) * dict(_STEPS)[sign] if sign != "万" else 0
            digit = 0
    return number + digit


def _written(number: int) -> set[str]:
    """The regular ways to write a number: with and without 一 before a leading 十."""
    high, low = divmod(number, 10_000)
    text = f"{_part(high)}万" if high else ""
    if low or not high:
        text += ("零" if high and low < 1000 else "") + _part(low)
    return {text, text.removeprefix("一") if text.startswith("一十") else text}


def _part(number: int) -> str:
    """A number below ten thousand."""
    text, gap = "", False
    for sign, size in (*_STEPS, ("", 1)):
        digit = number // size % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + sign
        gap = not digit
    return text or "零"
