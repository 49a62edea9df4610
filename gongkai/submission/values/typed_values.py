"""From what stood in a cell to a typed value: one certain reading, or none (numbers and dates: `numbers_and_dates`).

Both readers use this, so that the same content through JSON and through the workbook is the same `Submission`.
A reading that was not the plain value says why (it becomes a `Coercion`); what has no certain reading has
state UNREADABLE and keeps no value. Personal data in any text is masked here, before anything is kept.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from gongkai.submission.form import State
from gongkai.submission.privacy.personal_data import People, kinds_in, mask
from gongkai.submission.values.numbers_and_dates import (
    NUMBERS,
    Read,
    read_date,
    read_decimal,
    read_integer,
    read_number,
    trimmed,
)

MAX_TEXT = 20_000
MAX_RAW = 200
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no XML, no database holds them
_BOOLEANS = {"是": True, "否": False, "有": True, "无": False}
_TYPE_NAMES = {
    "integer": "整数",
    "decimal": "数字",
    "date": "日期（例如 2021-03-01）",
    "boolean": "是或否",
    "text": "文字",
}


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
        return _read(raw, field_type, choices), ()
    masked, personal = mask(text, of_people)
    if not isinstance(raw, str):
        return _read(masked if personal else raw, field_type, choices), personal
    read = _read(masked, field_type, choices)
    if text != raw and read.state is State.VALUE and not read.why:
        read = replace(read, why="去掉不可见的控制字符")
    return read, personal


def _read(raw: Any, field_type: str, choices: Mapping[str, str]) -> Read:
    if field_type == "choice":
        return _choice(raw, choices)
    return _choices(raw, choices) if field_type == "choices" else _READERS[field_type](raw)


def _as_text(raw: Any) -> str | None:
    """Text and numbers as the text in which personal data could stand; None for everything else."""
    if isinstance(raw, str):
        return _UNPRINTABLE.sub("", raw)
    if not isinstance(raw, NUMBERS) or isinstance(raw, bool):
        return None
    number = Decimal(raw)
    return f"{trimmed(number):f}" if number.is_finite() and -30 < number.adjusted() < 30 else str(raw)


def _boolean(raw: Any) -> Read:
    if isinstance(raw, bool):
        return Read(raw)
    if isinstance(raw, str) and raw.strip() in _BOOLEANS:
        return Read(_BOOLEANS[raw.strip()])
    return Read(None, State.UNREADABLE)


def _text(raw: Any) -> Read:
    if isinstance(raw, date):
        return Read(raw.isoformat()[:10], why="日期作为文字读取")
    read = read_number(raw) if not isinstance(raw, str) else None
    if read is not None:
        value = f"{trimmed(read.value):f}" if read.state is State.VALUE else None
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
    return "".join(unicodedata.normalize("NFKC", text).split())


_READERS = {
    "integer": read_integer,
    "decimal": read_decimal,
    "date": read_date,
    "boolean": _boolean,
    "text": _text,
}
