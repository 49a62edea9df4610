"""The schedule of the last evenings: every hour in the week that ends with the soft deadline of `cycle.yaml`."""

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


def _span(days: list[date]) -> str:
    first, last = days[0].day, days[-1].day
    return str(first) if first == last else f"{first}-{last}"
