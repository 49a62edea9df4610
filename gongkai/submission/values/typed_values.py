"""From what stood in a cell to a typed value: one certain reading, or none (`numbers`, `written_dates`).

Both readers use this, so that the same content through JSON and through the workbook is the same `Submission`.
A reading that was not the plain value says why (it becomes a `Coercion`); what has no certain reading has
state UNREADABLE and keeps no value. Personal data in any text is masked here, before anything is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from gongkai.submission.form import State
from gongkai.submission.plain_text import INVISIBLE, folded, visible
from gongkai.submission.privacy.personal_data import People, kinds_in, mask
from gongkai.submission.values.choices import read_choice, read_choices
from gongkai.submission.values.doubtful_cells import Broken, Displayed, Pictured
from gongkai.submission.values.numbers import (
    NUMBERS,
    Read,
    read_decimal,
    read_integer,
    read_number,
    trimmed,
)
from gongkai.submission.values.written_dates import read_date

MAX_TEXT = 20_000
MAX_RAW = 200
# What no XML and no database holds, and what nobody can see.
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff{INVISIBLE}]")
_UNSEEN, _TOLD = "去掉不可见的字符", 3  # characters that a coercion names
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


class Hints(NamedTuple):
    """What is known of a field beside its type, and makes some writings certain.

    Attributes:
        unit: of an amount (元, 万元).
        year: of a day that is written without one.
        aliases: other words for a choice → its key.
        digits: how many a number in a text has: a `9` is `09`.
        named: whether a code may stand with its name behind it, as the template's drop-downs have it (`09　名称`).
    """

    unit: str | None = None
    year: int | None = None
    aliases: Mapping[str, str] = {}
    digits: int = 0
    named: bool = False


NAME_FOLLOWS = "　"
_YEAR = re.compile(r"(\d{4})\s*年度?", re.ASCII)
NO_HINTS = Hints()


def printable(text: str, limit: int = MAX_RAW, of_people: People = False) -> str:
    """Any text as it may be kept in a message: without unprintable characters and personal data, cut to a length."""
    return mask(_UNPRINTABLE.sub("", text[: 50 * limit]), of_people)[0][:limit]


def read_value(
    raw: Any,
    field_type: str,
    choices: Mapping[str, str] | None = None,
    of_people: People = False,
    hints: Hints = NO_HINTS,
) -> Read:
    """Reads one raw value as a field's type.

    Args:
        raw: a JSON value or a workbook cell (str, int, float, Decimal, bool, date, datetime, list, None, or one of
            `doubtful_cells`).
        field_type: integer, decimal, date, boolean, text, choice or choices.
        choices: key → label for choice and choices; both are accepted.
        of_people: whether what stands there is about an applicant (see `personal_data`).
        hints: what else is known of the field.
    """
    of_people = of_people or field_type != "text"  # no number and no date looks like a landline
    if isinstance(raw, Broken | Pictured | Displayed):
        return _doubtful(raw, field_type, choices, of_people, hints)
    if isinstance(raw, list | dict) and (personal := kinds_in(raw)):  # never spoken of again, but it was there
        return Read(None, State.UNREADABLE, personal=personal)
    if isinstance(raw, str) and len(raw) > 2 * MAX_TEXT:
        raw = raw.strip()[: 2 * MAX_TEXT]  # too long for any field already; not all of it need be looked through
    text = _as_text(raw)
    if raw is None or (text is not None and not text.strip()):
        return Read(None, State.BLANK)
    read, personal = _typed(raw, text, field_type, choices or {}, of_people, hints)
    if read.why or read.state is not State.VALUE or personal:
        shown = printable(_said(raw) if text is None else text, of_people=of_people)
        return Read(read.value, read.state, read.why, shown, personal)
    return read


def _doubtful(
    raw: Broken | Pictured | Displayed,
    field_type: str,
    choices: Mapping[str, str] | None,
    of_people: People,
    hints: Hints,
) -> Read:
    """A cell whose value is not what a person sees: only as much of it as is certain."""
    if isinstance(raw, Broken):
        shown, certain = f"{'公式未计算' if raw.stale else '公式出错'}：{raw.text}", False
    elif isinstance(raw, Pictured):
        shown, certain = raw.picture, field_type == "text" and not raw.struck
    else:
        read = read_value(str(raw), field_type, choices, of_people, hints)
        if field_type == "text" and read.state is State.VALUE:
            return replace(read, why="按单元格显示的内容读取", raw=printable(str(raw), of_people=of_people))
        stored = read_value(raw.stored, field_type, choices, of_people, hints)
        certain = read.state is State.VALUE and read.value in (raw.stored, stored.value)
        if certain and read_number(str(raw)).value == raw.stored:
            return stored  # nothing but noughts in front
        shown = f"{raw}（格中存的是 {raw.stored}）"
    said = raw.text if isinstance(raw, Broken) else str(raw)
    if not certain:
        return Read(None, State.UNREADABLE, None, printable(shown, of_people=of_people), mask(said, of_people)[1])
    read = read_value(said, field_type, choices, of_people, hints)
    why = "上标、下标按普通文字读取" if isinstance(raw, Pictured) else "去掉数字格式中的文字"
    return replace(read, why=why, raw=printable(shown, of_people=of_people))


def _typed(
    raw: Any, text: str | None, field_type: str, choices: Mapping[str, str], of_people: People, hints: Hints
) -> tuple[Read, tuple[str, ...]]:
    """The value read from the masked text, and the kinds of personal data that stood there."""
    if text is None:
        seen = [visible(one) if isinstance(one, str) else one for one in raw] if isinstance(raw, list) else raw
        read = _read(seen, field_type, choices, hints)
        return (read if seen == raw else _noted(read, _UNSEEN)), ()
    masked, personal = mask(text, of_people)
    if not isinstance(raw, str):
        return _read(masked if personal else raw, field_type, choices, hints), personal
    read = _read(masked, field_type, choices, hints)
    return (read if text == raw else _noted(read, why_unseen(raw))), personal


def _noted(read: Read, why: str) -> Read:
    """The reading with one more reason, if it is one at all."""
    if read.state is not State.VALUE:
        return read
    return replace(read, why=f"{read.why}，{why}" if read.why else why)


def why_unseen(text: str) -> str:
    """What leaves a text because nobody can see it, by the numbers that a person can look up."""
    codes = dict.fromkeys(f"U+{ord(character):04X}" for character in _UNPRINTABLE.findall(text))
    more = "等" if len(codes) > _TOLD else ""
    return f"{_UNSEEN}（{'、'.join(list(codes)[:_TOLD])}{more}）"


def _read(raw: Any, field_type: str, choices: Mapping[str, str], hints: Hints) -> Read:
    match field_type:
        case "integer":
            return read_integer(raw)
        case "decimal":
            return read_decimal(raw, hints.unit)
        case "date":
            return read_date(raw, hints.year)
        case "boolean":
            return _boolean(raw)
        case "text":
            return _text(raw, hints)
        case "choice":
            return read_choice(raw, choices, hints.aliases)
        case "choices":
            return read_choices(raw, choices, hints.aliases)
    raise ValueError(f"unknown field type {field_type!r}")


def _as_text(raw: Any) -> str | None:
    """Text and numbers as the text in which personal data could stand; None for everything else."""
    if isinstance(raw, str):
        return _UNPRINTABLE.sub("", raw)
    if not isinstance(raw, NUMBERS) or isinstance(raw, bool):
        return None
    number = Decimal(raw)
    return f"{trimmed(number):f}" if number.is_finite() and -30 < number.adjusted() < 30 else str(raw)


def _said(raw: Any) -> str:
    """What stands there as its program shows it: TRUE, not Python's word for it."""
    return str(raw).upper() if isinstance(raw, bool) else str(raw)


def _boolean(raw: Any) -> Read:
    if isinstance(raw, bool):
        return Read(raw)
    if isinstance(raw, str) and raw.strip() in _BOOLEANS:
        return Read(_BOOLEANS[raw.strip()])
    return Read(None, State.UNREADABLE)


def _text(raw: Any, hints: Hints) -> Read:
    if isinstance(raw, date):
        return Read(raw.isoformat()[:10], why="日期作为文字读取")
    read = read_number(raw) if not isinstance(raw, str) else None
    if read is not None:
        value = f"{trimmed(read.value):f}" if read.state is State.VALUE else None
        return _padded(Read(value, read.state, "数字作为文字读取" if value else None), hints.digits)
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    if hints.named:
        text = text.partition(NAME_FOLLOWS)[0]
    return _padded(Read(text), hints.digits) if len(text) <= MAX_TEXT else Read(None, State.UNREADABLE)


def _padded(read: Read, digits: int) -> Read:
    """A number in a text with the leading zeros that programs drop."""
    plain = folded(read.value or "")
    if len(plain) >= digits or not plain.isdecimal():
        return read
    return Read(plain.zfill(digits), why=f"补足 {digits} 位")


def read_year(raw: Any) -> Read:
    """A report year, also as a text, with a decimal point or with its word (`"2021"`, 2021.0, `"2021年度"`)."""
    if type(raw) is int:
        return Read(raw)
    found = _YEAR.fullmatch(folded(visible(raw)).strip()) if isinstance(raw, str) else None
    read = read_value(found[1] if found else raw, "decimal")
    if read.value is None or read.value != int(read.value):
        return Read(None, State.UNREADABLE, raw=printable(_said(raw)))
    return Read(int(read.value), why=read.why or "年度写法", raw=printable(_said(raw)))
