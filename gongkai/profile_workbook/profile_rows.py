"""The profile as the workbook shows it: plain rows of every sheet, from the files of the folder.

The same rows are written and, when the workbook comes back, compared with; so what nobody touched changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongkai.profile import Profile, load_profile
from gongkai.profile.scheme import AwardGround
from gongkai.profile.statutory_holidays import on_weekdays
from gongkai.profile.working_days import NO_MAKE_UP
from gongkai.profile.yaml_file import read_yaml
from gongkai.profile_workbook.sheet_columns import DISTRICT, UNITS, DistrictValue

Rows = list[dict[str, Any]]
WEIGHTED = "weight"
_LEVELS = {"national": "国家级", "provincial": "省级", "city": "市级", "district": "区级"}


@dataclass(frozen=True)
class Content:
    """Rows by sheet.

    Attributes:
        district: value by line of the sheet 本区.
        units, areas, days, off: rows by key of their columns.
        weights: indicator → group → points, as text.
        calendar_year: the year of `days`.
        announced: whether `days` stand in the calendar folder already; else they are proposed.
    """

    district: Mapping[DistrictValue, Any]
    units: Rows
    areas: Rows
    days: Rows
    off: Rows
    weights: Mapping[str, Mapping[str, str]]
    calendar_year: int
    announced: bool


def content_of(folder: Path, year: int) -> Content:
    """The rows of a valid profile.

    Args:
        folder: the profile's.
        year: whose working days are asked for.

    Raises:
        ProfileError: the profile is none.
    """
    profile = load_profile(folder)
    units = read_yaml(folder / "units.yaml").content
    keys = [column.key for column in UNITS.columns]
    listed = [{key: unit[key] for key in keys if unit.get(key) not in (None, [], "")} for unit in units["units"]]
    said = profile.overrides.get(year)
    lines = lines_of(profile)
    read = {name: _file(folder, name) for name in {line.file for line in lines}}
    return Content(
        district={line: _value(read[line.file], line) for line in lines},
        units=listed,
        areas=[{"number": number, "name": name} for number, name in profile.areas.items()],
        days=_announced(profile, year) if said is not None else _proposed(year),
        off=[{"rule": one.rule, "reason": one.reason} for one in profile.rules.off],
        weights={
            one.code: {group: format(points, "f") for group, points in one.weight.items()}
            for one in profile.scheme.indicators
        },
        calendar_year=year,
        announced=said is not None,
    )


def lines_of(profile: Profile) -> tuple[DistrictValue, ...]:
    """The lines of the sheet 本区: the district's own, then the floors of the grades and the awards of its scheme."""
    scheme, file = profile.scheme, "scheme.yaml"
    graded = [
        DistrictValue(file, ("bands", n, "at_least"), f"等次：{band.grade}", "points", note="总分不低于")
        for n, band in enumerate(scheme.bands)
    ]
    awards = [
        DistrictValue(file, (key, n, "points"), f"{word}：{_ground(one)}", "points", note=f"每项{word}")
        for key, word, grounds in (("bonus", "加分", scheme.bonus), ("penalty", "扣分", scheme.penalty))
        for n, one in enumerate(grounds)
    ]
    caps = [
        DistrictValue(file, (key,), f"{word}上限", "points", note=f"{word}合计不超过")
        for key, word in (("bonus_cap", "加分"), ("penalty_cap", "扣分"))
    ]
    return (*DISTRICT, *graded, *awards, *caps)


def _ground(award: AwardGround) -> str:
    return award.what or _LEVELS.get(award.level or "", award.level or "")


def groups_of(profile: Profile) -> list[str]:
    """`key　name` of every group that a unit can be in."""
    scored = dict.fromkeys(group for one in profile.scheme.indicators for group in one.weight)
    return [f"{kind}　{profile.kind_name(kind)}" for kind in (*scored, "office")]


def _file(folder: Path, name: str) -> Mapping[str, Any]:
    path = folder / name
    return read_yaml(path).content if path.is_file() else {}


def _value(content: Mapping[str, Any], line: DistrictValue) -> Any:
    found = _at(content, line.path)
    return format(Decimal(str(found)).normalize(), "f") if line.kind == "points" and found is not None else found


def _at(content: Mapping[str, Any], path: tuple[str | int, ...]) -> Any:
    found: Any = content
    for step in path:
        if isinstance(step, int):
            found = found[step] if isinstance(found, list) and step < len(found) else None
        else:
            found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _announced(profile: Profile, year: int) -> Rows:
    days: Rows = [{"day": one.day.isoformat(), "works": one.works} for one in profile.overrides[year]]
    return days + ([{"day": NO_MAKE_UP}] if year in profile.without_make_up else [])


def _proposed(year: int) -> Rows:
    """The days that are off by law and fall on a weekday; which are made up for, only the notice says."""
    return [{"day": day.isoformat(), "works": False, "name": name} for day, name in on_weekdays(year).items()]


def printed_day(value: Any) -> str:
    """`{month: 1, day: 31}` as people write it."""
    return f"{value['month']}月{value['day']}日" if isinstance(value, Mapping) else str(value or "")


def as_date(text: str) -> date | str:
    """A day as a workbook's date; words stay."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
