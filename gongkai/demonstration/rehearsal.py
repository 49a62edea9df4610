"""The profile of a demonstration: the default one, or that of a district that rehearses with its own units.

Either is marked as demonstration, so that every page says that its data are invented. A rehearsal has the units of its
report year, as if they had always been there. Where the arrangement of a year is not known yet, its copy of the profile
has one with the statutory holidays alone; the district's own profile is never changed.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import yaml

from gongkai.profile import default_folder, load_profile
from gongkai.profile.statutory_holidays import statutory_holidays
from gongkai.profile.working_days import NO_MAKE_UP

_HISTORY = ("from_year", "to_year", "succeeds")
_MARK = re.compile(r"^demonstration:.*$", re.MULTILINE)


class Rehearsal(NamedTuple):
    """A district's own profile, and the report year that is invented for its units."""

    profile: Path
    year: int

    @property
    def unknown(self) -> list[int]:
        """Which of the year and those beside it have unknown working days: cases begin before, reports end after."""
        days = load_profile(self.profile).working_days()
        return [year for year in (self.year - 1, self.year, self.year + 1) if not days.knows(year)]


def write_profile(folder: Path, rehearsal: Rehearsal | None) -> None:
    """Writes the profile of the demonstration.

    Raises:
        ProfileError: the district's profile is none.
    """
    shutil.copytree(rehearsal.profile if rehearsal else default_folder(), folder, dirs_exist_ok=True)
    mark(folder)
    if rehearsal:
        for unknown in rehearsal.unknown:
            _arrange(folder / "calendar", unknown)
        _as_if_always(folder, rehearsal.year)


def mark(folder: Path) -> None:
    """Marks a profile as demonstration."""
    path = folder / "district.yaml"
    text, marked = path.read_text(encoding="utf-8"), "demonstration: true"
    path.write_text(_MARK.sub(marked, text) if _MARK.search(text) else f"{text.rstrip()}\n{marked}\n", encoding="utf-8")


def _arrange(folder: Path, year: int) -> None:
    """A calendar file of the statutory holidays; one on a weekend is made up for by the next weekday."""
    folder.mkdir(exist_ok=True)
    off: set[date] = set()
    for day, name in statutory_holidays(year).items():
        for _ in name.split(";"):  # two may fall on one day
            off.add(next(one for one in _from(day) if one.weekday() < 5 and one not in off))
    days = [f"{day},否" for day in sorted(off)]
    lines = [f"# 演练用：{year} 年的放假安排还没有录入，只按法定节假日", *days, NO_MAKE_UP]
    (folder / f"{year}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)


def _as_if_always(folder: Path, year: int) -> None:
    """The units of the season, without a beginning, an end or predecessors."""
    profile = load_profile(folder)
    units = [
        {
            key: value
            for key, value in unit.model_dump(mode="json", exclude_defaults=True).items()
            if key not in _HISTORY
        }
        for unit in profile.expected(year)
    ]
    content = {"areas": profile.areas, "units": units}
    (folder / "units.yaml").write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
