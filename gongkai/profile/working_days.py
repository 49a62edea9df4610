"""Working days by the State Council's yearly arrangement, make-up days (调休) included.

`chinesecalendar` knows the years that have been announced; a profile's `calendar/<year>.csv` corrects a year or
supplies one it does not know. A year that nobody supplied whole is unknown: whoever needs one of its days gets a
`CalendarError` or an `UnknownDay`, never a Monday-to-Friday guess.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Annotated, NamedTuple

import chinese_calendar
from pydantic import Field

from gongkai.errors import CalendarError
from gongkai.law.due_day import Due, UnknownDay
from gongkai.profile.statutory_holidays import on_weekdays

NO_MAKE_UP = "无调休"
"""The line of a calendar file that names the make-up days of a year that has none."""


class DayOverride(NamedTuple):
    """One line of a calendar file: a day, and whether it is worked."""

    day: date
    works: Annotated[bool, Field(strict=False)]


class WorkingDays:
    """Counts and adds working days.

    Args:
        overrides: by year, the days of the profile's calendar file. For a year that `chinesecalendar` does not know,
            the file must list every holiday that falls on a weekday and every worked weekend day.
        without_make_up: years whose file says that no weekend day is worked.
    """

    def __init__(
        self, overrides: Mapping[int, Sequence[DayOverride]] | None = None, without_make_up: Collection[int] = ()
    ) -> None:
        self._overrides = {year: {o.day: o.works for o in days} for year, days in (overrides or {}).items()}
        self._without_make_up = frozenset(without_make_up)
        self._years: dict[int, list[date]] = {}

    def is_working(self, day: date) -> bool:
        """Whether a day is worked. Raises CalendarError for a year nobody supplied."""
        days = self._days(day.year)
        at = bisect_right(days, day)
        return at > 0 and days[at - 1] == day

    def between(self, after: date, through: date) -> int:
        """Working days from the day after `after` up to and with `through` (the law's way of counting; 0 if none)."""
        if through <= after:
            return 0
        if after.year == through.year:
            days = self._days(after.year)
            return bisect_right(days, through) - bisect_right(days, after)
        total = 0
        for year in range((after + timedelta(days=1)).year, through.year + 1):
            days = self._days(year)
            total += bisect_right(days, through) - bisect_right(days, after)
        return total

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (the day itself not counted); `day` when count is 0."""
        year = day.year
        while count > 0:
            days = self._days(year)
            start = bisect_right(days, day)
            if start + count <= len(days):
                return days[start + count - 1]
            count -= len(days) - start
            year += 1
            day = date(year, 1, 1) - timedelta(days=1)
        return day

    def due(self, day: date, count: int) -> Due:
        """As `add`, for a day that is printed: where it lies in a year that nobody supplied, it says so."""
        try:
            return self.add(day, count)
        except CalendarError as error:
            return UnknownDay(error.year)

    def knows(self, year: int) -> bool:
        """Whether the working days of a year are known."""
        return not self.lacking(year)

    def lacking(self, year: int) -> tuple[str, ...]:
        """What is missing before a year is known, in Chinese, the days by date; empty for a known year."""
        if announced(year):
            return ()
        said = self._overrides.get(year, {})
        holidays = [f"{day}（{name}）" for day, name in on_weekdays(year).items() if said.get(day, True)]
        missing = [f"工作日上的法定节假日 {'、'.join(holidays)}（写“否”）"] if holidays else []
        make_up = any(works and day.weekday() >= 5 for day, works in said.items())
        if not make_up and year not in self._without_make_up:
            missing.append(f"周末上班的日期（写“是”；没有的，写一行 {NO_MAKE_UP}）")
        return tuple(missing)

    def _days(self, year: int) -> list[date]:
        if year not in self._years:
            self._years[year] = self._load(year)
        return self._years[year]

    def _load(self, year: int) -> list[date]:
        if missing := self.lacking(year):
            raise CalendarError(year, missing)
        said = self._overrides.get(year, {})
        return [day for day, works in _usual(year).items() if said.get(day, works)]


def announced(year: int) -> bool:
    """Whether `chinesecalendar` has the arrangement of a year."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


@cache
def _usual(year: int) -> Mapping[date, bool]:
    """Every day of a year, and whether it is worked where the calendar file says nothing of it; asked once."""
    everyday = (date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days))
    by_package = announced(year)
    return {day: bool(chinese_calendar.is_workday(day)) if by_package else day.weekday() < 5 for day in everyday}
