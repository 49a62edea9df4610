"""How a figure, a count, a day and a moment are printed, in every document alike.

Zero is `0`, missing is 未报, not applicable is 不适用; nothing is ever printed as an empty cell. No float comes
here: what is printed was an int or a Decimal all the way.
"""

from datetime import datetime
from decimal import Decimal

from gongkai.law.due_day import Due, UnknownDay

MISSING = "未报"
NOT_APPLICABLE = "不适用"


def figure(value: int | Decimal | None, missing: str = MISSING) -> str:
    """A count or an amount: thousands separated, decimals as they stand, None as `missing`."""
    return missing if value is None else f"{value:,}"


def counts(numerator: Decimal | int | None, denominator: Decimal | int | None) -> str | None:
    """The counts of a rate, `7/8`; None where the measure has none."""
    if numerator is None:
        return None
    return plain(numerator) if denominator is None else f"{plain(numerator)}/{plain(denominator)}"


def plain(value: int | Decimal) -> str:
    """Without trailing zeros or an exponent: 7, 7.5."""
    return f"{Decimal(value).normalize():,f}"


def points(value: Decimal | None, missing: str) -> str:
    """Points as they were given, trailing zeros included: 73.60."""
    return missing if value is None else f"{value:f}"


def signed(value: Decimal) -> str:
    """Points added or taken, with a true minus sign; zero has none."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{abs(value):f}"


def day(value: Due) -> str:
    """2022年1月31日; a day that cannot be named yet says what it waits for."""
    if isinstance(value, UnknownDay):
        return str(value)
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """2022-01-31 17:05, in the zone the moment carries (the district's)."""
    return f"{value:%Y-%m-%d %H:%M}"
