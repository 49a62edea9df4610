"""Reads `calendar/<year>.csv`: which days of a year are off and which weekend days are worked, as the notice says.

A line that contradicts itself, another line or the law is refused here, with file and line. Whether the file says
enough for its year to count as known is asked in `working_days`.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from gongkai.errors import ProfileError
from gongkai.profile.statutory_holidays import statutory_holidays
from gongkai.profile.working_days import NO_MAKE_UP, DayOverride

_WORDS = {"是": True, "1": True, "true": True, "否": False, "0": False, "false": False}
_COMMENTS = ("#", "日期")


class CalendarFiles(NamedTuple):
    """All calendar files of a profile: the days by year, and the years that say they have no make-up days."""

    overrides: dict[int, tuple[DayOverride, ...]]
    without_make_up: tuple[int, ...]


def read_calendars(folder: Path) -> CalendarFiles:
    """Reads every `<year>.csv` of a folder; none where the folder is missing.

    Raises:
        ProfileError: a name that is no year, a line that is none, a day of another year or twice, or a contradiction.
    """
    overrides: dict[int, tuple[DayOverride, ...]] = {}
    without = []
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else []:
        if not (path.stem.isdecimal() and len(path.stem) == 4):
            raise ProfileError(f"{path}：文件名应为年份，例如 2027.csv。")
        year, rows = int(path.stem), _rows(path)
        days = tuple(_day(path, number, row) for number, row in rows if not _says_none(row))
        _refuse_contradictions(path, year, days, none=len(days) < len(rows))
        overrides[year] = days
        if len(days) < len(rows):
            without.append(year)
    return CalendarFiles(overrides, tuple(without))


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """The lines that say something, with their numbers."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:  # what Excel saves as CSV on a Chinese system
        text = data.decode("gb18030", errors="replace")
    rows = ((n, [cell.strip() for cell in row]) for n, row in enumerate(csv.reader(io.StringIO(text)), 1))
    return [(n, row) for n, row in rows if any(row) and not row[0].startswith(_COMMENTS)]


def _says_none(row: list[str]) -> bool:
    return row[0] == NO_MAKE_UP and not any(row[1:])


def _day(path: Path, number: int, row: list[str]) -> DayOverride:
    year = path.stem
    try:
        override = DayOverride(date.fromisoformat(row[0]), _WORDS[row[1].lower()])
    except (ValueError, KeyError, IndexError):
        raise ProfileError(
            f"{path}：第 {number} 行应为“日期,是否上班”，例如 {year}-10-01,否；"
            f"全年没有周末上班的，写一行 {NO_MAKE_UP}。"
        ) from None
    if override.day.year != int(year):
        raise ProfileError(f"{path}：第 {number} 行的日期 {override.day} 不在 {year} 年。")
    return override


def _refuse_contradictions(path: Path, year: int, days: tuple[DayOverride, ...], *, none: bool) -> None:
    problems = list(_contradictions(year, days, none))
    if problems:
        raise ProfileError("\n".join([f"{path} 有误：", *(f"  {problem}" for problem in problems)]))


def _contradictions(year: int, days: tuple[DayOverride, ...], none: bool) -> Iterator[str]:
    listed = [override.day for override in days]
    if twice := sorted({str(day) for n, day in enumerate(listed) if day in listed[:n]}):
        yield f"日期重复 {'、'.join(twice)}，请只保留一行。"
    holidays = statutory_holidays(year) if days else {}
    if worked := [f"{day}（{holidays[day]}）" for day, works in sorted(set(days)) if works and day in holidays]:
        yield f"法定节假日不能是上班日：{'、'.join(worked)}，应写“否”。"
    make_up = [str(day) for day, works in sorted(set(days)) if works and day.weekday() >= 5]
    if none and make_up:
        yield f"既写了“{NO_MAKE_UP}”，又有周末上班日 {'、'.join(make_up)}，请核对通知后删去其一。"
