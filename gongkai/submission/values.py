"""From what stood in a cell to a typed value: one certain reading, or none.

Both readers use this, so that the same content through JSON and through the workbook is the same `Submission`.
A reading that was not the plain value says why (it becomes a `Coercion`); what has no certain reading has
state UNREADABLE and keeps no value. Personal data in any text is masked here, before anything is kept.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongkai.submission.form import State
from gongkai.submission.personal_data import mask

NOT_APPLICABLE = frozenset({"/", "-", "—", "——", "－", "不适用", "无"})
MAX_TEXT = 20_000
_PLAIN_INTEGER = re.compile(r"[+-]?\d{1,15}", re.ASCII)
MAX_DIGITS = 15
_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
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


def read_value(raw: Any, field_type: str, choices: Mapping[str, str] | None = None) -> Read:
    """Reads one raw value as a field's type.

    Args:
        raw: a JSON value or a workbook cell (str, int, float, Decimal, bool, date, datetime, list, None).
        field_type: integer, decimal, date, boolean, text, choice or choices.
        choices: key → label for choice and choices; both are accepted.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return Read(None, State.BLANK)
    personal: tuple[str, ...] = ()
    if isinstance(raw, str):
        raw, personal = mask(raw)
    read = _READERS[field_type](raw, choices or {})
    if read.why or read.state is not State.VALUE or personal:
        text = str(raw)[:200]
        return Read(read.value, read.state, read.why, text, personal)
    return read


def _number(raw: Any, choices: Mapping[str, str]) -> Read:
    if isinstance(raw, bool | date | list | dict):
        return Read(None, State.UNREADABLE)
    if isinstance(raw, int | float | Decimal):
        number = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
        sane = number.is_finite() and number.adjusted() < MAX_DIGITS
        return Read(number) if sane else Read(None, State.UNREADABLE)
    text = unicodedata.normalize("NFKC", raw).strip()
    if raw.strip() in NOT_APPLICABLE or text in NOT_APPLICABLE:
        return Read(None, State.NOT_APPLICABLE)
    plain = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    if not _PLAIN_NUMBER.fullmatch(plain):
        return Read(None, State.UNREADABLE)
    if plain != text:
        return Read(Decimal(plain), why="去掉千位分隔符")
    return Read(Decimal(plain), why=None if text == raw else "全角数字或多余空格")


def _integer(raw: Any, choices: Mapping[str, str]) -> Read:
    read = _number(raw, choices)
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
    return Read(_trim(read.value), read.state, read.why) if read.state is State.VALUE else read


def _trim(number: Decimal) -> Decimal:
    """The number without a trailing zero or an exponent: 0.0920 and 0.092 are one amount."""
    trimmed = number.normalize()
    return trimmed.quantize(Decimal(1)) if trimmed == trimmed.to_integral_value() else trimmed


def _date(raw: Any, choices: Mapping[str, str]) -> Read:
    if isinstance(raw, datetime):
        return Read(raw.date())
    if isinstance(raw, date):
        return Read(raw)
    if not isinstance(raw, str):
        return Read(None, State.UNREADABLE)
    text = unicodedata.normalize("NFKC", raw).strip()
    if text in NOT_APPLICABLE:
        return Read(None, State.NOT_APPLICABLE)
    found = _DATE.fullmatch(text)
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
    if isinstance(raw, bool | list | dict):
        return Read(None, State.UNREADABLE)
    if isinstance(raw, int | float | Decimal):
        whole = isinstance(raw, int) or raw == int(raw)
        return Read(str(int(raw)) if whole else str(raw), why="数字作为文字读取")
    if isinstance(raw, date):
        return Read(raw.isoformat()[:10], why="日期作为文字读取")
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    return Read(text) if len(text) <= MAX_TEXT else Read(None, State.UNREADABLE)


def _choice(raw: Any, choices: Mapping[str, str]) -> Read:
    if not isinstance(raw, str):
        return Read(None, State.UNREADABLE)
    text = raw.strip()
    if text in choices:
        return Read(text)
    wanted = _squeezed(text)
    keys = [key for key, label in choices.items() if _squeezed(label) == wanted]
    return Read(keys[0]) if len(keys) == 1 else Read(None, State.UNREADABLE)


def _choices(raw: Any, choices: Mapping[str, str]) -> Read:
    parts = re.split(r"[、,，;；/\s]+", raw.strip()) if isinstance(raw, str) else raw
    if not isinstance(parts, list):
        return Read(None, State.UNREADABLE)
    reads = [_choice(part, choices) for part in parts if part != ""]
    if any(read.state is not State.VALUE for read in reads):
        return Read(None, State.UNREADABLE)
    chosen = {read.value for read in reads}
    return Read(tuple(key for key in choices if key in chosen))


def _squeezed(text: str) -> str:
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
