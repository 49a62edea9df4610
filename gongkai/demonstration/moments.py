"""When everything of an invented year happens: from the deadlines of its district, in the order of a real season.

Nothing here reads the clock. The working days of the year and of those beside it must be known.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gongkai.profile import Profile

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
