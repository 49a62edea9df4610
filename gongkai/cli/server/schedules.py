"""The schedules that the deadlines of `cycle.yaml` make: the last evenings, and the weeks of reminders.

Cron lines in the district's zone; what does not depend on a deadline stands in `deployments/prefect.yaml`.
"""

from datetime import date, timedelta
from itertools import groupby

_DAYS = 7
_HOURS = "0-1,3-23"  # at two o'clock the nightly run is at work


def hourly_crons(deadline: date) -> list[str]:
    """Cron lines, one a month that the week touches: `0 0-1,3-23 25-31 1 *`.

    The day after the deadline is no part of it, the deadline's own evening is.
    """
    days = [deadline - timedelta(days=back) for back in reversed(range(_DAYS))]
    months = [list(group) for _, group in groupby(days, key=lambda day: day.month)]
    return [f"0 {_HOURS} {_span(month)} {month[0].month} *" for month in months]


def weekly_crons(deadline: date) -> list[str]:
    """Mondays at nine from New Year to the end of the month in which the year is closed: `0 9 * 1-3 1`."""
    months = "1" if deadline.month == 1 else f"1-{deadline.month}"
    return [f"0 9 * {months} 1"]


def _span(days: list[date]) -> str:
    first, last = days[0].day, days[-1].day
    return str(first) if first == last else f"{first}-{last}"
