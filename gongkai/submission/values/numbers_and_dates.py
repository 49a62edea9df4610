"""From what stood in a cell to a number or a date: one certain reading, or none.

A text is read as it stands, masked already; which type a field has, and every other type, is in `typed_values`.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from gongkai.submission.form import State
from gongkai.submission.values.written_numbers import chinese_date, no_money, plain_count

NOT_APPLICABLE = frozenset({"/", "-", "—", "——", "－", "不适用", "无"})
NUMBERS = (int, float, Decimal)
MAX_DIGITS = 15  # before the decimal point; no count and no amount of a district comes near
MAX_DECIMALS = 10
_PLAIN_INTEGER = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,30})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:[ T]+0{1,2}:00(?::00)?)?", re.ASCII)
_COMPACT_DATE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Read:
    """One value read: `why` is set when it was not the plain value, `raw` is its masked text then."""

    value: Any
    state: State = State.VALUE
    why: str | None = None
    raw: str | None = None
    personal: tuple[str, ...] = ()


def read_number(raw: Any) -> Read:
    """A number, exact; a value that says there is none (/, 无, 不适用) is NOT_APPLICABLE."""
    if isinstance(raw, NUMBERS) and not isinstance(raw, bool):
        number = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
        sane = number.is_finite() and number.adjusted() < MAX_DIGITS
        return _rounded(number, None) if sane else Read(None, State.UNREADABLE)
    if not isinstance(raw, str):
        return Read(None, State.UNREADABLE)
    text = unicodedata.normalize("NFKC", raw).strip()
    if raw.strip() in NOT_APPLICABLE or text in NOT_APPLICABLE:
        return Read(None, State.NOT_APPLICABLE)
    plain = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    if not _PLAIN_NUMBER.fullmatch(plain):
        return Read(None, State.UNREADABLE)
    if plain != text:
        return _rounded(Decimal(plain), "去掉千位分隔符")
    return _rounded(Decimal(plain), None if text == raw else "全角数字或多余空格")


def _rounded(number: Decimal, why: str | None) -> Read:
    """The number, at most ten decimals: what a formula left behind them is noise."""
    if int(number.as_tuple().exponent) >= -MAX_DECIMALS:
        return Read(number, why=why)
    rounded = number.quantize(Decimal(1).scaleb(-MAX_DECIMALS), ROUND_HALF_UP)
    return Read(rounded, why=why if rounded == number else f"小数超过 {MAX_DECIMALS} 位，四舍五入")


def read_integer(raw: Any) -> Read:
    """A count, also one with its counter or a remark behind it; a fraction stays one."""
    read = read_number(raw)
    if read.state is State.UNREADABLE and isinstance(raw, str):
        written = plain_count(unicodedata.normalize("NFKC", raw).strip())
        if written:
            read = read_number(written[0])
            read = replace(read, why=written[1]) if read.state is State.VALUE else read
    if read.state is not State.VALUE:
        return read
    number: Decimal = read.value
    if number != number.to_integral_value():
        return Read(number, why=read.why)  # a fraction is kept: rule INTEGER speaks about it
    plain_text = isinstance(raw, str) and _PLAIN_INTEGER.fullmatch(raw) is not None
    why = read.why or ("以文本形式填写的数字" if plain_text else None)
    return Read(int(number), why=why)


def read_decimal(raw: Any) -> Read:
    """An amount."""
    read = read_number(raw)
    if read.state is State.UNREADABLE and isinstance(raw, str) and no_money(unicodedata.normalize("NFKC", raw).strip()):
        return Read(Decimal(0), why="去掉计量单位")
    return Read(trimmed(read.value), read.state, read.why) if read.state is State.VALUE else read


def trimmed(number: Decimal) -> Decimal:
    """The number without a trailing zero or an exponent: 0.0920 and 0.092 are one amount."""
    short = number.normalize() + 0  # no negative zero
    return Decimal(int(short)) if short == short.to_integral_value() else short


def read_date(raw: Any) -> Read:
    """A day, in any writing of one that is certain."""
    if isinstance(raw, datetime):
        return Read(raw.date(), why=None if raw.time() == time(0) else "去掉时刻，只取日期")
    if isinstance(raw, date):
        return Read(raw)
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        raw = str(raw)  # 20210301; the bare count of days that Excel keeps is no certain date
    if not isinstance(raw, str):
        return Read(None, State.UNREADABLE)
    text = unicodedata.normalize("NFKC", raw).strip()
    if text in NOT_APPLICABLE:
        return Read(None, State.NOT_APPLICABLE)
    if written := chinese_date(text):
        return Read(written, why="日期写法")
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    try:
        value = date(*map(int, found.groups())) if found else None
    except ValueError:
        value = None
    if value is None:
        return Read(None, State.UNREADABLE)
    return Read(value) if raw == value.isoformat() else Read(value, why="日期写法")
