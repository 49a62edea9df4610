"""The statutory holidays of a year (全国年节及纪念日放假办法), known long before the year's arrangement is announced.

They are what a calendar file is checked against: the `holidays` package computes them, lunar dates included. Which
further weekdays are off and which weekend days are worked, only the yearly notice says: nothing of that is here.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

_ARRANGED = "休息日"  # what the package knows of an announced arrangement (调休), which is no statutory holiday


@cache
def statutory_holidays(year: int) -> Mapping[date, str]:
    """Every statutory holiday of a year with its name, in order; weekends included."""
    from holidays import country_holidays  # here, because it takes 0.2 s and few runs ask

    found = country_holidays("CN", years=year, language="zh_CN", observed=False)
    return {day: name for day, name in sorted(found.items()) if day.year == year and not name.startswith(_ARRANGED)}


def on_weekdays(year: int) -> Mapping[date, str]:
    """Those that fall on Monday to Friday: the days that no calendar of the year can do without."""
    return {day: name for day, name in statutory_holidays(year).items() if day.weekday() < 5}
