"""The day on which a span of working days ends, which nobody can name while its year's arrangement is unknown.

Whoever prints or compares such a day does it through this module: never a wrong day, and one wording for the gap.
"""

from dataclasses import dataclass
from datetime import date

from gongkai.errors import CalendarError


@dataclass(frozen=True, slots=True)
class UnknownDay:
    """A day that cannot be named yet: it lies in that year, whose working days nobody has supplied, or later.

    It prints as what a paper says in its place.
    """

    year: int

    def __str__(self) -> str:
        return f"待 {self.year} 年放假安排公布"


Due = date | UnknownDay
"""The day on which a span of working days ends."""


def on_or_before(day: date, limit: Due) -> bool:
    """Whether a day lies within a limit. An unknown limit lies in its year or later.

    Raises:
        CalendarError: only the working days of the unknown year could tell.
    """
    if not isinstance(limit, UnknownDay):
        return day <= limit
    if day.year < limit.year:
        return True
    raise CalendarError(limit.year)
