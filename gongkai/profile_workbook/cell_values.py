"""How one cell of the profile's workbook becomes a value of the profile, or a sentence that says what is wrong."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from gongkai.profile.examination import is_address

T = TypeVar("T")
LEVELS = {"部门": "department", "镇街": "town", "区县": "district", "市": "city"}
_SEPARATORS = re.compile(r"[、，,；;\s]+")
_NAMES_APART = re.compile(r"[、，,；;\n]+")
_CODE = re.compile(r"[A-Z][A-Z0-9_-]{0,31}", re.ASCII)
_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日?|(\d{1,2})[-/.](\d{1,2})")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
_YES = {"是": True, "否": False}
_FULL_YEAR = re.compile(r"(20\d\d)(?:年|年度)?")


class WrongValue(ValueError):
    """The value is none of its kind; the text says what it should be."""


def value_of(raw: Any, kind: str, known: Mapping[str, Collection[str]]) -> Any:
    """A cell's value by its kind; None for an empty one.

    Args:
        raw: as calamine gives it: text, number, date, bool or None.
        kind: see `columns.Column`.
        known: the areas (`areas`) and groups (`groups`, key and name) that there are.

    Raises:
        Wrong: says what should stand there.
    """
    text = folded(raw)
    if not text:
        return None
    read = _KINDS.get(kind)
    return read(text, raw, known) if read else text


def folded(raw: Any) -> str:
    """A cell's text in half-width characters, without blanks around; what people type in full width is the same."""
    if raw is None or raw == "":
        return ""
    if isinstance(raw, float | Decimal) and raw == int(raw):
        raw = int(raw)
    text = str(raw).strip()
    half = {ord(c): unicodedata.normalize("NFKC", c) for c in text if "！" <= c <= "～" and c not in "（），；：、"}
    return text.translate(half).strip()


def _checked(value: T | None, right: object, expected: str) -> T:
    if not right or value is None:
        raise WrongValue(f"应为{expected}")
    return value


def _listed(text: str) -> list[str]:
    return [part for part in _SEPARATORS.split(text) if part]


def _area(text: str) -> str:
    """`9` is `09`; a name behind the number, as the drop-down has it, goes."""
    number = re.match(r"\d+", text)
    return _checked(number, number, "领域编号，例如 09")[0].zfill(2)


def _areas(text: str, known: Collection[str]) -> list[str]:
    areas = [_area(part) for part in _listed(text) if part[0].isdigit()] or [_area(text)]
    unknown = [area for area in areas if area not in known]
    return _checked(areas, not unknown, f"“领域”表中有的编号（没有 {'、'.join(unknown)}）")


def _group(text: str, known: Collection[str]) -> str:
    """A group by its key or its name; `known` has `key　name`."""
    pairs = {name: key for key, _, name in (one.partition("　") for one in known)}
    keys = {one.split("　", 1)[0] for one in known}
    key = text.split("　", 1)[0]
    found = key if key in keys else pairs.get(text)
    return _checked(found, found, "、".join(pairs))


def _points(text: str) -> str:
    try:
        points = Decimal(text)
    except InvalidOperation:
        raise WrongValue("应为数字") from None
    return _checked(format(points.normalize(), "f"), points.is_finite() and points >= 0, "不小于 0 的数字")


def _month_day(raw: Any, text: str) -> dict[str, int]:
    if isinstance(raw, date | datetime):
        return {"month": raw.month, "day": raw.day}
    match = _DAY.fullmatch(text.replace(" ", ""))
    found = _checked(match, match, "几月几日，例如 1月31日")
    numbers = [int(part) for part in found.groups() if part]
    try:
        date(2023, numbers[0], numbers[1])
    except ValueError:
        raise WrongValue("应为每年都有的一天，例如 1月31日") from None
    return {"month": numbers[0], "day": numbers[1]}


def _date(raw: Any, text: str) -> str:
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    if text == "无调休":
        return text
    numbers = _DATE.fullmatch(text)
    try:
        return date(*map(int, numbers.groups())).isoformat() if numbers else date.fromisoformat(text).isoformat()
    except ValueError:
        raise WrongValue("应为年月日，例如 2027-01-01") from None


def _yes(text: str, raw: Any) -> bool:
    said = raw if isinstance(raw, bool) else _YES.get(text)
    return _checked(said, said is not None, "是或否")


def _codes(text: str) -> list[str]:
    codes = _listed(text)
    return _checked(codes, all(_CODE.fullmatch(code) for code in codes), "单位代码，几个的用、隔开")


def _year(text: str) -> int:
    found = _FULL_YEAR.fullmatch(text)
    return int(_checked(found, found, "四位年份，例如 2026")[1])


def _level(text: str) -> str:
    right = text in LEVELS or text in LEVELS.values()
    return _checked(LEVELS.get(text, text), right, "、".join(LEVELS))


_Known = Mapping[str, Collection[str]]
_KINDS: Mapping[str, Callable[[str, Any, _Known], Any]] = {
    "code": lambda text, _, __: _checked(text, _CODE.fullmatch(text), "大写字母开头的代码，例如 T01"),
    "codes": lambda text, _, __: _codes(text),
    "area": lambda text, _, __: _area(text),
    "areas": lambda text, _, known: _areas(text, known["areas"]),
    "names": lambda text, _, __: [part for part in _NAMES_APART.split(text) if part],
    "year": lambda text, _, __: _year(text),
    "mail": lambda text, _, __: _checked(text, is_address(text), "一个完整的地址，例如 zwgk@example.gov.cn"),
    "yes": lambda text, raw, _: _yes(text, raw),
    "group": lambda text, _, known: _group(text, known["groups"]),
    "level": lambda text, _, __: _level(text),
    "points": lambda text, _, __: _points(text),
    "whole": lambda text, _, __: int(_checked(text, text.isdecimal() and int(text) > 0, "大于 0 的整数")),
    "day": lambda text, raw, _: _month_day(raw, text),
    "date": lambda text, raw, _: _date(raw, text),
    "postcode": lambda text, _, __: _checked(text, text.isdecimal() and len(text) == 6, "6 位数字"),
}
