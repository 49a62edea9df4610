"""Working days by the State Council's yearly arrangement, make-up days (调休) included.

`chinesecalendar` knows the years that have been announced; a profile's `calendar/<year>.csv` corrects a year
or supplies one it does not know. A year nobody supplied is a `CalendarError`: never a Monday-to-Friday guess.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, NamedTuple

import chinese_calendar
from pydantic import Field

from gongkai.errors import CalendarError


class DayOverride(NamedTuple):
    """One line of a calendar file: a day, and whether it is worked."""

    day: date
    works: Annotated[bool, Field(strict=False)]


class WorkingDays:
    """Counts and adds working days.

    Args:
        overrides: by year, the days of the profile's calendar file. For a year that `chinesecalendar` does not
            know, the file must list every holiday that falls on a weekday and every worked weekend day; a file
            with at least one day off is what makes the year known.
    """

    def __init__(self, overrides: Mapping[int, Sequence[DayOverride]] | None = None) -> None:
        self._overrides = {year: {o.day: o.works for o in days} for year, days in (overrides or {}).items()}
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

    def _days(self, year: int) -> list[date]:
        if year not in self._years:
            self._years[year] = self._load(year)
        return self._years[year]

    def _load(self, year: int) -> list[date]:
        known = self._overrides.get(year, {})
        everyday = (date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days))
        days = []
        for day in everyday:
            works = known.get(day)
            if works is None:
                works = self._arranged(day)
            if works:
                days.append(day)
        return days

    def _arranged(self, day: date) -> bool:
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            if not all(self._overrides.get(day.year, {}).values()):  # a file that lists no day off arranges nothing
                return day.weekday() < 5
            raise CalendarError(
                f"没有 {day.year} 年的工作日安排：请按国务院办公厅节假日安排通知，在配置目录中补充 "
                f"calendar/{day.year}.csv（每行：日期,是否上班，例如 2027-02-06,是），然后重新运行。"
            ) from None
