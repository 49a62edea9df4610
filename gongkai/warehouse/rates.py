"""From the integers of a year's cases to the rates that are printed: average, shortening, share in time.

The one owner of that arithmetic: a district's totals, a city's, and the check of a report's own figures ask here.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from gongkai.submission.report_below import Counts

_PRINTED = Decimal("0.01")


class Rates(NamedTuple):
    """What is printed, two places, half up; None without a case, never 0."""

    average_reply_working_days: Decimal | None
    reply_shortening_percent: Decimal | None
    requests_closed_on_time_percent: Decimal | None


def rates_of(counts: Counts, reply_limit: int) -> Rates:
    """The rates of so many cases.

    The shortening is computed from the printed average: (limit − average) / limit, in percent. The share counts the
    closed cases and the late ones that are still open.
    """
    average = half_up(Decimal(counts.reply_working_days) / counts.closed) if counts.closed else None
    judged = counts.all_closed + counts.open_late
    return Rates(
        average,
        None if average is None else half_up((reply_limit - average) / reply_limit * 100),
        half_up(Decimal(counts.closed_on_time * 100) / judged) if judged else None,
    )


def half_up(number: Decimal) -> Decimal:
    """A rate as it is printed: two places, half up (四舍五入)."""
    return number.quantize(_PRINTED, ROUND_HALF_UP)
