"""From what stood in a cell to a day: one certain reading, or none.

Dates as people write them and time stamps as programs export them. A time stamp with a zone is the day that it was in
Beijing; a day without a year is one only where the reader says which year is spoken of.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from gongkai.submission.form import State
from gongkai.submission.plain_text import folded
from gongkai.submission.values.numbers import NOT_APPLICABLE, Read
from gongkai.submission.values.written_numbers import chinese_date

EMPTY_DATE = "1900/1/0"  # how a program shows a date cell that holds 0
_WRITTEN, _TIME_LEFT = "日期写法", "去掉时刻，只取日期"
_BEIJING = timedelta(hours=8)
_TIME = (
    r"(?:(?P<half>[AP]M|[上下]午)\s*)?(?P<hour>\d{1,2})(?::|时|点)(?P<minute>\d{1,2})分?"
    r"(?::?(?P<second>\d{1,2})秒?(?:[.,]\d{1,9})?)?\s*(?P<later>[AP]M)?"
    r"\s*(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
_WEEKDAY = r"\s*\(?(?:星期|周)[一二三四五六日天]\)?"
_DATE = re.compile(
    rf"(?P<year>\d{{4}})\s*[-./年]\s*(?P<month>\d{{1,2}})\s*[-./月]\s*(?P<day>\d{{1,2}})\s*[日号]?"
    rf"(?:{_WEEKDAY})?(?:[ T]*{_TIME})?",
    re.ASCII | re.IGNORECASE,
)
_COMPACT = re.compile(
    rf"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    rf"(?:(?P<digits>\d{{6}})|[ T]+{_TIME})?",
    re.ASCII | re.IGNORECASE,
)
_NO_YEAR = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]", re.ASCII)
# 0 as a date, in the calendars of Excel, LibreOffice and databases; a library reads midnight from such a cell.
_ZERO = re.compile(
    r"(?:1900[-/.年]0?1[-/.月]0{1,2}日?|1899[-/.年]12[-/.月]3[01]日?|0000-00-00|00:00:00)(?:[ T]0{1,2}:00(?::00)?)?"
)
_ZERO_DAYS = (date(1899, 12, 30), date(1899, 12, 31))


def read_date(raw: Any, year: int | None = None) -> Read:
    """A day, in any writing of one that is certain.

    Args:
        raw: what stood there.
        year: the year of a day that is written without one; None where no year can be meant.
    """
    if isinstance(raw, datetime):
        return _day(raw.date(), None if raw.time() == time(0) else _TIME_LEFT)
    if isinstance(raw, date):
        return _day(raw, None)
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        raw = str(raw)  # 20210301; the bare count of days that Excel keeps is no certain date
    if not isinstance(raw, str):
        return Read(None, State.UNREADABLE)
    text = folded(raw).strip()
    if text in NOT_APPLICABLE:
        return Read(None, State.NOT_APPLICABLE)
    if _ZERO.fullmatch(text):
        return _empty()
    try:
        return _written(text, raw, year)
    except ValueError:  # no such day or time
        return Read(None, State.UNREADABLE)


def _day(day: date, why: str | None) -> Read:
    return _empty() if day in _ZERO_DAYS else Read(day, why=why)


def _empty() -> Read:
    return Read(None, State.BLANK, f"日期格中是 0（显示为 {EMPTY_DATE}），按未填写读取")


def _written(text: str, raw: str, year: int | None) -> Read:
    """Raises a ValueError for a day or a time that does not exist."""
    if day := chinese_date(text):
        return Read(day, why=_WRITTEN)
    if year is not None and (day := _without_year(text, year)):
        return Read(day, why=f"没有写年份，按 {year} 年读取")
    found = _DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        return Read(None, State.UNREADABLE)
    said = found.groupdict()
    day = date(*(int(said[part]) for part in ("year", "month", "day")))
    clock = _clock(said)
    if clock is None:
        return Read(day) if raw == day.isoformat() else Read(day, why=_WRITTEN)
    if said["zone"]:
        moment = datetime.combine(day, clock) - _offset(said["zone"]) + _BEIJING
        return Read(moment.date(), why="换算为北京时间，只取日期")
    return Read(day, why=_WRITTEN if clock == time(0) else _TIME_LEFT)


def _without_year(text: str, year: int) -> date | None:
    found = _NO_YEAR.fullmatch(text)
    return date(year, int(found[1]), int(found[2])) if found else chinese_date(text, year)


def _clock(said: dict[str, str | None]) -> time | None:
    """The time of a time stamp; None without one."""
    if digits := said.get("digits"):
        return time(int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    if said["hour"] is None:
        return None
    hour, minute, second = (int(said[part] or 0) for part in ("hour", "minute", "second"))
    afternoon = (said["half"] or said["later"] or "").upper() in ("PM", "下午") and hour < 12
    return time(hour + 12 * afternoon, minute, second)


def _offset(zone: str) -> timedelta:
    if zone.upper() == "Z":
        return timedelta(0)
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    return (timedelta(hours=hours, minutes=minutes)) * (-1 if zone[0] == "-" else 1)
