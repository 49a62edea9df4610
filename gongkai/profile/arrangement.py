"""Whether the next year's arrangement of holidays (放假安排) is in the calendar, and what the office is told about it.

The State Council announces it in November. Until it is filled in, collecting and judging go on, and what needs one of
its days says so; this is the one sentence that board, status and the end of a run say from November on.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from gongkai.law.due_day import UnknownDay
from gongkai.profile.models import Profile
from gongkai.profile.statutory_holidays import statutory_holidays
from gongkai.profile.working_days import announced

_ANNOUNCED_IN = 11  # the month of the year before


class Arrangement(NamedTuple):
    """What a profile knows of one year's working days.

    Attributes:
        notice: what the office must be told, in Chinese; None while nothing is to be done.
    """

    year: int
    known: bool
    notice: str | None

    def to_json(self) -> dict[str, int | bool]:
        """`calendar` of board.json and of `gongkai status --json`."""
        return {"year": self.year, "known": self.known}


def arrangement(profile: Profile, report_year: int, today: date) -> Arrangement:
    """The latest year that the work on a report year reaches into: the one after it, the current one, the coming one.

    Of several unknown years the first is named.
    """
    coming = today.year + (today.month >= _ANNOUNCED_IN)
    years, days = sorted({report_year, report_year + 1, today.year, coming}), profile.working_days()
    year = next((one for one in years if not days.knows(one)), years[-1])
    known = days.knows(year)
    if known:
        return Arrangement(year, True, _doubt(profile, year))
    due = today >= date(year - 1, _ANNOUNCED_IN, 1)
    return Arrangement(year, False, _request(year, days.lacking(year)) if due else None)


def with_calendar(profile: Profile, given: Profile) -> Profile:
    """The profile with the working days of years that it does not know and the given one does; else as it is."""
    known, further = profile.working_days(), given.working_days()
    years = [year for year in given.overrides if not known.knows(year) and further.knows(year)]
    if not years:
        return profile
    return profile.model_copy(
        update={
            "overrides": {**profile.overrides, **{year: given.overrides[year] for year in years}},
            "without_make_up": tuple(sorted({*profile.without_make_up, *(set(given.without_make_up) & set(years))})),
        }
    )


def _request(year: int, lacking: Collection[str]) -> str:
    return (
        f"{year} 年放假安排尚未录入：收件、核验、评分照常进行，需要 {year} 年工作日的期限暂写“{UnknownDay(year)}”；"
        f"录入之前，报告不能批准，评分表不能作最终签发。请按国务院办公厅的通知（每年 11 月前后公布）填写配置目录的 "
        f"calendar/{year}.csv，然后重新运行；写法见经办手册“下一年的放假安排”，"
        f"完整样例见默认配置的 calendar_sample/2026.csv。还缺：{'；'.join(lacking)}。"
    )


def _doubt(profile: Profile, year: int) -> str | None:
    """A file may name all that it must and still lack days: a holiday at a weekend is made up for on a weekday.

    So the weekdays off, less the weekend days worked, are exactly the statutory holidays of the year.
    """
    if announced(year):
        return None
    said = profile.overrides.get(year, ())
    holidays = sum(name.count(";") + 1 for name in statutory_holidays(year).values())  # two may fall on one day
    off = sum(not works and day.weekday() < 5 for day, works in said)
    worked = sum(works and day.weekday() >= 5 for day, works in said)
    if off - worked == holidays:
        return None
    return (
        f"请核对 calendar/{year}.csv：放假的工作日 {off} 天，周末上班 {worked} 天，相差 {off - worked} 天；"
        f"法定节假日共 {holidays} 天，逢周末的要补休，两者相差应正好是 {holidays} 天。"
    )
