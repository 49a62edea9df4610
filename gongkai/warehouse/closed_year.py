"""A locked year is a closed book: it is computed from the profile and the last year of its lock (contract.md, "Years").

Who is asked today is today's: contact, e-mail addresses, and the names that a unit has or had. Everything that a
figure, a verdict, a rank or a date follows from is the lock's, whatever today's profile says.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache

from pydantic import BaseModel

from gongkai.law.limits import LIMITS, Limits
from gongkai.profile import Profile, Unit
from gongkai.warehouse.records import YearLock

_OF_TODAY = ("contact_email", "aliases", "former_names")
_SPAN = ("from_year", "to_year")  # of a unit that is expected in the year anyway
_PARTS = {
    "areas": "试点领域",
    "cycle": "报送期限",
    "scheme": "考核方案（权重、等次等）",
    "rules": "规则门槛",
}


def closed_profile(lock: YearLock | None, today: Profile) -> Profile:
    """The profile that a year is computed from: today's, or the lock's with who is asked today."""
    if lock is None:
        return today
    district = lock.profile.district.model_copy(update={"contact": today.district.contact})
    units = tuple(_addressed(unit, today.unit(unit.code)) for unit in lock.profile.units)
    return lock.profile.model_copy(update={"district": district, "units": units})


def closed_at(lock: YearLock | None, as_of: datetime) -> YearLock | None:
    """The lock of a year at a moment: None before it, when the year was still open."""
    return lock if lock is not None and lock.at <= as_of else None


def limits_of(lock: YearLock | None) -> Limits:
    """The law's time limits that a year's clocks go by: those that its lock's catalogue states, else today's."""
    return LIMITS if lock is None else _stated(lock.rules)


@cache
def _stated(rules: str) -> Limits:
    """The law's limits as a kept catalogue states them (`law` of a rule's threshold); today's where it does not."""
    thresholds = (one for rule in json.loads(rules)["rules"] for one in rule["thresholds"].values())
    return replace(LIMITS, **{one["law"]: one["value"] for one in thresholds if one.get("law")})


def differences(lock: YearLock, today: Profile) -> list[str]:
    """What today's profile says otherwise and the locked year does not follow, in Chinese."""
    return list(_differences(lock.year, lock.profile, today))


def _differences(year: int, then: Profile, today: Profile) -> Iterator[str]:
    before = {unit.code: unit for unit in then.expected(year)}
    now = {unit.code: unit for unit in today.expected(year)}
    if gone := [code for code in before if code not in now]:
        yield f"现行名录中没有 {'、'.join(gone)}"
    if new := [code for code in now if code not in before]:
        yield f"现行名录中多出 {'、'.join(new)}"
    changed: dict[tuple[str, ...], list[str]] = {}
    for code, unit in before.items():
        if code in now and (keys := _apart(unit, now[code], *_OF_TODAY, *_SPAN)):
            changed.setdefault(keys, []).append(code)
    for keys, codes in changed.items():
        yield f"units.yaml 中 {'、'.join(codes)} 的 {'、'.join(keys)} 不同"
    if keys := _apart(then.district, today.district, "contact"):
        yield f"district.yaml 的 {'、'.join(keys)} 不同"
    for part, word in _PARTS.items():
        if getattr(then, part) != getattr(today, part):
            yield f"{word}不同"
    if (then.overrides, then.without_make_up) != (today.overrides, today.without_make_up):
        yield "工作日历不同"


def _apart(then: BaseModel, today: BaseModel, *but: str) -> tuple[str, ...]:
    """The keys that differ, those left out that are always today's or make no difference to the year."""
    return tuple(key for key in type(then).model_fields if key not in but and getattr(then, key) != getattr(today, key))


def _addressed(unit: Unit, today: Unit | None) -> Unit:
    """The unit as it was, under the addresses and further names that it has today."""
    if today is None:
        return unit
    return unit.model_copy(update={name: getattr(today, name) for name in _OF_TODAY})
