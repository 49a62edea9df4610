"""When everything of an invented year happens: from the deadlines of its district, in the order of a real season.

The report year and the two around it must have known working days; nothing here reads the clock.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gongkai.errors import CallError
from gongkai.profile import Profile
from gongkai.profile.examination import season

FIRST_YEAR = 2021
"""The first year of the form that the invented units fill."""

_MORNING = time(9)


@dataclass(frozen=True)
class Moments:
    """The moments of one invented report year of a district."""

    profile: Profile
    year: int

    @property
    def last_year_prepared(self) -> date:
        """When the reports of the year before were finished."""
        return self.profile.cycle.soft_deadline(self.year - 1) - timedelta(days=11)

    @property
    def last_year(self) -> datetime:
        """The run that takes in the year before."""
        return self._morning(self.profile.cycle.soft_deadline(self.year - 1) + timedelta(days=20))

    @property
    def collecting(self) -> date:
        """Reports are finished in the working days after this one; by then every case of December is archived."""
        return self._soft - timedelta(days=18)

    @property
    def inspected(self) -> datetime:
        """When the inspectors' file was finished."""
        return datetime.combine(self._soft - timedelta(days=3), time(16, 20), self.profile.district.zone)

    @property
    def first_round(self) -> datetime:
        """The morning after the deadline."""
        return self._morning(self._soft + timedelta(days=1))

    @property
    def correcting(self) -> date:
        """Corrections are finished in the working days after this one."""
        return self._soft + timedelta(days=6)

    @property
    def second_round(self) -> datetime:
        """When everything is corrected, and the district's own deadline has not passed."""
        return self._morning(min(self._soft + timedelta(days=25), self.profile.cycle.hard_deadline(self.year)))

    def prepared_in_time(self, day: date) -> date:
        """The day on which a report is finished: that one, or the last from which the file still comes in time."""
        return self._no_later(day, self._soft)

    def corrected_in_time(self, day: date) -> date:
        """The same for a correction, which the second round must find."""
        return self._no_later(day, self.second_round.date() - timedelta(days=1))

    def _no_later(self, day: date, last: date) -> date:
        days = self.profile.working_days()
        while days.add(day, 1) > last and day > date(self.year + 1, 1, 1):
            day -= timedelta(days=1)
        return day

    @property
    def _soft(self) -> date:
        return self.profile.cycle.soft_deadline(self.year)

    def _morning(self, day: date) -> datetime:
        return datetime.combine(day, _MORNING, self.profile.district.zone)


def rehearsed_year(profile: Profile, today: date, asked: int | None = None) -> tuple[int, str]:
    """The report year that a district rehearses, and what is to be said of the choice.

    It is the year that is collected now or next; while working days are not known that it needs, the newest year before
    it whose are.

    Args:
        profile: the district's.
        today: the day.
        asked: the year that somebody named.

    Raises:
        CallError: the named year cannot be invented.
    """
    wanted = season(profile, today) if asked is None else asked
    if wanted < FIRST_YEAR:
        raise CallError(f"编造的数据按 {FIRST_YEAR} 年起的表式填写，只能演练该年度及以后的，现为 {wanted}。")
    lacking = _unknown(profile, wanted)
    if not lacking:
        return wanted, ""
    files = "、".join(f"calendar/{year}.csv" for year in lacking)
    told = f"演练 {wanted} 年度要用到 {'、'.join(str(year) for year in lacking)} 年的工作日，配置中还没有（{files}）"
    if asked is not None:
        raise CallError(f"{told}。请先补上放假安排，或用 --year 换一个年度。")
    year = next(year for year in range(wanted - 1, FIRST_YEAR - 1, -1) if not _unknown(profile, year))
    return year, f"{told}，先以 {year} 年度演练；补上放假安排后再演练 {wanted} 年度。"


def _unknown(profile: Profile, year: int) -> list[int]:
    """Which of a report year and those beside it are unknown: cases begin before it, reports end after."""
    days = profile.working_days()
    return [one for one in (year - 1, year, year + 1) if not days.knows(one)]
