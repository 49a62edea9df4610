"""From what stood in a cell to a number: one certain reading, or none (counts in words: `written_numbers`).

A text is read as it stands, masked already and without invisible signs; which type a field has, and every other type,
is in `typed_values`. Here too the value that every reading of this room is.
"""

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from gongkai.submission.form import State
from gongkai.submission.plain_text import folded
from gongkai.submission.values.written_numbers import plain_amount, plain_count

NOT_APPLICABLE = frozenset({"/", "-", "—", "——", "－", "不适用", "无", "另行统计"})
NUMBERS = (int, float, Decimal)
MAX_DIGITS = 15  # before the decimal point; no count and no amount of a district comes near
MAX_DECIMALS = 10
_LONGEST = 500  # characters of a number with its unit and remark: a cell of blanks is not gone through for one
_PLAIN_INTEGER = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,30})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)


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
    text = folded(raw).strip()
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
    if read.state is State.UNREADABLE and isinstance(raw, str) and len(raw) <= _LONGEST:
        read = _written(plain_count(folded(raw).strip()), read)
    if read.state is not State.VALUE:
        return read
    number: Decimal = read.value
    if number != number.to_integral_value():
        return Read(number, why=read.why)  # a fraction is kept: rule INTEGER speaks about it
    plain_text = isinstance(raw, str) and _PLAIN_INTEGER.fullmatch(raw) is not None
    why = read.why or ("以文本形式填写的数字" if plain_text else None)
    return Read(int(number), why=why)


def read_decimal(raw: Any, unit: str | None = None) -> Read:
    """An amount, also one with its unit; in the field's own unit (元, 万元; None: only what is 0 in each)."""
    read = read_number(raw)
    if read.state is State.UNREADABLE and isinstance(raw, str) and len(raw) <= _LONGEST:
        read = _written(plain_amount(folded(raw).strip(), unit), read)
    return Read(trimmed(read.value), read.state, read.why) if read.state is State.VALUE else read


def _written(found: tuple[str, str] | None, otherwise: Read) -> Read:
    """A number that was written in words or with a unit; `otherwise` when it has no certain reading."""
    if found is None:
        return otherwise
    read = read_number(found[0])
    return replace(read, why=found[1]) if read.state is State.VALUE else read


def trimmed(number: Decimal) -> Decimal:
    """The number without a trailing zero or an exponent: 0.0920 and 0.092 are one amount."""
    short = number.normalize() + 0  # no negative zero
    return Decimal(int(short)) if short == short.to_integral_value() else short
