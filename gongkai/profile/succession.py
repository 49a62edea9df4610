"""Whose last year is a unit's last year: what `succeeds` and `from_year` of `units.yaml` say (contract.md, "Profile").

The one owner of that question as far as a registry can answer it. What those units reported is in
`gongkai.warehouse.years.last_year`.
"""

from collections.abc import Collection

from gongkai.profile.models import Profile
from gongkai.profile.unit import Unit


def predecessors(unit: Unit, year: int, registry: Profile, reported: Collection[str]) -> tuple[str, ...]:
    """Codes of the units of the year before whose reports together are the unit's last year.

    `succeeds` decides, `from_year` or not. A change lies behind a unit that had a year of its own since: then its own
    code is its last year, although the line still names whom it once succeeded.

    Args:
        unit: one of the registry.
        year: the report year that has the last year.
        registry: the district's units.
        reported: codes with a report of the year before; a deleted line can still be succeeded.
    """
    if not unit.succeeds:
        return (unit.code,) if unit.from_year is None or unit.from_year < year else ()
    others = [code for code in unit.succeeds if code != unit.code]
    staying = [code for code in others if _goes_on(code, year, registry)]
    if unit.code in unit.succeeds:  # the code stayed with the unit
        behind = staying if unit.from_year is not None and unit.from_year < year else []
        return tuple(code for code in unit.succeeds if code not in behind)
    if unit.from_year is not None:
        return (unit.code,) if unit.from_year < year else tuple(others)
    if unit.code in reported and (set(others) == set(staying) or not any(code in reported for code in others)):
        return (unit.code,)
    return tuple(others)


def taken_over(unit: Unit, year: int, registry: Profile, reported: Collection[str]) -> tuple[str, ...]:
    """Codes of the units of the year before whose unfinished work is the unit's: its own, and that of those that ended.

    What a unit gave up a part of stays with it, as long as it goes on itself. Asked as `predecessors` is.
    """
    goes_on = {
        one.code
        for one in registry.expected(year)
        if one.code != unit.code and one.code in predecessors(one, year, registry, reported)
    }
    return tuple(code for code in predecessors(unit, year, registry, reported) if code not in goes_on)


def _goes_on(code: str, year: int, registry: Profile) -> bool:
    """Whether a code is still (or again) a unit of the year."""
    other = registry.unit(code)
    return other is not None and other.active(year)
