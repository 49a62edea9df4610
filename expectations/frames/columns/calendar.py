"""Working days as arrays: days are numbers (`date.toordinal`), a day that nobody can name yet is `BEYOND`.

The same counting as `gongkai.profile.working_days`, over the years on both sides of the report year that are known.
"""

from datetime import date

import numpy as np

from expectations.frames.columns.compared import Flags, Ints
from gongkai.profile import WorkingDays

BEYOND = np.int64(date.max.toordinal())


class Calendar:
    """The working days from `first` to `last`, without a gap.

    Args:
        days: the profile's.
        year: the report year.
        before, after: how far on both sides of it the days that are asked for may lie.
    """

    def __init__(self, days: WorkingDays, year: int, before: int, after: int) -> None:
        years = [year] if days.knows(year) else []
        while years and years[0] > before and days.knows(years[0] - 1):
            years.insert(0, years[0] - 1)
        while years and years[-1] < after and days.knows(years[-1] + 1):
            years.append(years[-1] + 1)
        self.first = date(years[0], 1, 1).toordinal() if years else 1
        self.last = date(years[-1], 12, 31).toordinal() if years else 0
        every = (date.fromordinal(number) for number in range(self.first, self.last + 1))
        works = np.fromiter((days.is_working(day) for day in every), np.bool_)
        self._worked: Ints = np.flatnonzero(works) + self.first
        self._until: Ints = np.concatenate([[0], np.cumsum(works)]).astype(np.int64)

    def has(self, day: Ints) -> Flags:
        """Where a day is known, or is none."""
        known: Flags = (day == 0) | ((day >= self.first) & (day <= self.last))
        return known

    def between(self, after: Ints, through: Ints) -> Ints:
        """Working days from the day after the first up to and with the second; 0 where that is no span."""
        found: Ints = np.maximum(self._count(through) - self._count(after), 0)
        return found

    def add(self, day: Ints, count: Ints | int) -> Ints:
        """The `count`-th working day after a day; the day itself where the count is 0."""
        at = self._count(day) + count - 1
        found = np.append(self._worked, BEYOND)[np.clip(at, 0, len(self._worked))]
        return np.where(np.asarray(count) > 0, np.where(day == BEYOND, BEYOND, found), day)

    def _count(self, day: Ints) -> Ints:
        """How many days of the calendar up to and with a day are worked."""
        return self._until[np.clip(day - self.first + 1, 0, len(self._until) - 1)]
