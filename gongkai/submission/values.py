"""From what stood in a cell to a typed value: one certain reading, or none.

Both readers use this, so that the same content through JSON and through the workbook is the same `Submission`.
A reading that was not the plain value says why (it becomes a `Coercion`); what has no certain reading has
state UNREADABLE and keeps no value. Personal data in any text is masked here, before anything is kept.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from gongkai.submission.form import State
from gongkai.submission.personal_data import People, kinds_in, mask
from gongkai.submission.written_numbers import chinese_date, no_money, plain_count

NOT_APPLICABLE = frozenset({"/", "-", "—", "——", "－", "不适用", "无"})
MAX_TEXT = 20_000
MAX_RAW = 200
_NUMBERS = (int, float, Decimal)
MAX_DIGITS = 15  # before the decimal point; no count and no amount of a district comes near
MAX_DECIMALS = 10
_PLAIN_INTEGER = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,30})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:[ T]+0{1,2}:00(?::00)?)?", re.ASCII)
_COMPACT_DATE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no XML, no database holds them
_BOOLEANS = {"是": True, "否": False, "有": True, "无": False}
_TYPE_NAMES = {
    "integer": "整数",
    "decimal": "数字",
    "date": "日期（例如 2021-03-01）",
    "boolean": "是或否",
    "text": "文字",
}


@dataclass(frozen=True, slots=True)
class Read:
    """One value read: `why` is set when it was not the plain value, `raw` is its masked text then."""

    value: Any
    state: State = State.VALUE
    why: str | None = None
    raw: str | None = None
    personal: tuple[str, ...] = ()


def expected_form(field_type: str, choices: Mapping[str, str] | None = None) -> str:
    """What a clerk should write, in Chinese: for messages about an unreadable value."""
    return "、".join((choices or {}).values()) if choices else _TYPE_NAMES.get(field_type, "文字")


@dataclass(frozen=True, slots=True)
class Broken:
    """What stands in a workbook cell without a value: a formula never calculated (`=A1+B1`) or an error (`#REF!`)."""

    text: str


def printable(text: str, limit: int = MAX_RAW, of_people: People = False) -> str:
    """Any text as it may be kept in a message: without unprintable characters and personal data, cut to a length."""
    return mask(_UNPRINTABLE.sub("", text[: 50 * limit]), of_people)[0][:limit]


def read_value(raw: Any, field_type: str, choices: Mapping[str, str] | None = None, of_people: People = False) -> Read:
    """Reads one raw value as a field's type.

    Args:
        raw: a JSON value or a workbook cell (str, int, float, Decimal, bool, date, datetime, list, Broken, None).
        field_type: integer, decimal, date, boolean, text, choice or choices.
        choices: key → label for choice and choices; both are accepted.
        of_people: whether what stands there is about an applicant (see `personal_data`).
    """
    of_people = of_people or field_type != "text"  # no number and no date looks like a landline
    if isinstance(raw, Broken):
        why = "公式未计算" if raw.text.startswith("=") else "公式出错"
        shown = printable(f"{why}：{raw.text}", of_people=of_people)
        return Read(None, State.UNREADABLE, raw=shown, personal=mask(raw.text, of_people)[1])
    if isinstance(raw, list | dict) and (personal := kinds_in(raw)):  # never spoken of again, but it was there
        return Read(None, State.UNREADABLE, personal=personal)
    if isinstance(raw, str) and len(raw) > 2 * MAX_TEXT:
        raw = raw.strip()[: 2 * MAX_TEXT]  # too long for any field already; not all of it need be looked through
    text = _as_text(raw)
    if raw is None or (text is not None and not text.strip()):
        return Read(None, State.BLANK)
    read, personal = _typed(raw, text, field_type, choices or {}, of_people)
    if read.why or read.state is not State.VALUE or personal:
        shown = printable(str(raw) if text is None else text, of_people=of_people)
        return Read(read.value, read.state, read.why, shown, personal)
    return read


def _typed(
    raw: Any, text: str | None, field_type: str, choices: Mapping[str, str], of_people: People
) -> tuple[Read, tuple[str, ...]]:
    """The value read from the masked text, and the kinds of personal data that stood there."""
    if text is None:
        return _READERS[field_type](raw, choices), ()
    masked, personal = mask(text, of_people)
    if not isinstance(raw, str):
        return _READERS[field_type](masked if personal else raw, choices), personal
    read = _READERS[field_type](masked, choices)
    if text != raw and read.state is State.VALUE and not read.why:
        read = replace(read, why="去掉不可见的控制字符")
    return read, personal


def _as_text(raw: Any) -> str | None:
    """Text and numbers as the text in which personal data could stand; None for everything else."""
    if isinstance(raw, str):
        return _UNPRINTABLE.sub("", raw)
    if not isinstance(raw, _NUMBERS) or isinstance(raw, bool):
        return None
    number = Decimal(raw)
    return f"{_trim(number):f}" if number.is_finite() and -30 < number.adjusted() < 30 else str(raw)


def _number(raw: Any, choices: Mapping[str, str]) -> Read:
    if isinstance(raw, _NUMBERS) and not isinstance(raw, bool):
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


def _integer(raw: Any, choices: Mapping[str, str]) -> Read:
    read = _number(raw, choices)
    if read.state is State.UNREADABLE and isinstance(raw, str):
        written = plain_count(unicodedata.normalize("NFKC", raw).strip())
        if written:
            read = _number(written[0], choices)
            read = replace(read, why=written[1]) if read.state is State.VALUE else read
    if read.state is not State.VALUE:
        return read
    number: Decimal = read.value
    if number != number.to_integral_value():
        return Read(number, why=read.why)  # a fraction is kept: rule INTEGER speaks about it
    plain_text = isinstance(raw, str) and _PLAIN_INTEGER.fullmatch(raw) is not None
    why = read.why or ("以文本形式填写的数字" if plain_text else None)
    return Read(int(number), why=why)


def _decimal(raw: Any, choices: Mapping[str, str]) -> Read:
    read = _number(raw, choices)
    if read.state is State.UNREADABLE and isinstance(raw, str) and no_money(unicodedata.normalize("NFKC", raw).strip()):
        return Read(Decimal(0), why="去掉计量单位")
    return Read(_trim(read.value), read.state, read.why) if read.state is State.VALUE else read


def _trim(number: Decimal) -> Decimal:
    """The number without a trailing zero or an exponent: 0.0920 and 0.092 are one amount."""
    trimmed = number.normalize() + 0  # no negative zero
    return Decimal(int(trimmed)) if trimmed == trimmed.to_integral_value() else trimmed


def _date(raw: Any, choices: Mapping[str, str]) -> Read:
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


def _boolean(raw: Any, choices: Mapping[str, str]) -> Read:
    if isinstance(raw, bool):
        return Read(raw)
    if isinstance(raw, str) and raw.strip() in _BOOLEANS:
        return Read(_BOOLEANS[raw.strip()])
    return Read(None, State.UNREADABLE)


def _text(raw: Any, choices: Mapping[str, str]) -> Read:
    if isinstance(raw, date):
        return Read(raw.isoformat()[:10], why="日期作为文字读取")
    read = _number(raw, choices) if not isinstance(raw, str) else None
    if read is not None:
        value = f"{_trim(read.value):f}" if read.state is State.VALUE else None
        return Read(value, read.state, "数字作为文字读取" if value else None)
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    return Read(text) if len(text) <= MAX_TEXT else Read(None, State.UNREADABLE)


def _choice(raw: Any, choices: Mapping[str, str]) -> Read:
    if not isinstance(raw, str):
        return Read(None, State.UNREADABLE)
    text = raw.strip()
    if text in choices:
        return Read(text)
    wanted = squeezed(text)
    keys = [key for key, label in choices.items() if squeezed(label) == wanted]
    return Read(keys[0]) if len(keys) == 1 else Read(None, State.UNREADABLE)


def _choices(raw: Any, choices: Mapping[str, str]) -> Read:
    parts = re.split(r"[、,，;；/\s]+", raw.strip()) if isinstance(raw, str) else raw
    if not isinstance(parts, list):
        return Read(None, State.UNREADABLE)
    reads = [_choice(part, choices) for part in parts if part != ""]
    if any(read.state is not State.VALUE for read in reads):
        return Read(None, State.UNREADABLE)
    if not reads:
        return Read(None, State.BLANK)
    chosen = {read.value for read in reads}
    return Read(tuple(key for key in choices if key in chosen))


@lru_cache(4096)
def squeezed(text: str) -> str:
    """A label without what a clerk's copy of it may change: spaces, line breaks, full-width forms."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


_READERS = {
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "boolean": _boolean,
    "text": _text,
    "choice": _choice,
    "choices": _choices,
}
