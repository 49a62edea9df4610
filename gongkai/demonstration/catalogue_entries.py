"""The standard catalogue of disclosure items by pilot area, and the answers to public concerns."""

from collections.abc import Mapping
from datetime import date
from random import Random

from gongkai.demonstration.characteristics import Characteristics, stream
from gongkai.demonstration.document_list import PORTAL
from gongkai.demonstration.registers import Row
from gongkai.profile import Unit, WorkingDays

ADJUSTMENT_LIMIT = 20
CHANGING = 0.25
_BASIS = "《中华人民共和国政府信息公开条例》第二十条"
_ITEMS = ("{}办理指南", "{}结果公示")
_CONCERNS = ("{}办理时限过长", "{}标准不清楚", "{}网上信息更新不及时", "{}咨询电话难打通")


def catalogue(
    seed: int, registered: Unit, year: int, unit: Characteristics, days: WorkingDays, areas: Mapping[str, str]
) -> list[Row]:
    """Catalogue items of every area the unit answers for; a careless unit leaves one out or adjusts late."""
    rng = stream(seed, registered.code, year, "catalogue")
    one_area = len(registered.areas) == 1
    rows: list[Row] = []
    for area in registered.areas:
        if not one_area and rng.random() > unit.care + 0.05:
            continue  # the whole area is missing from the catalogue
        # A lead department lists its own matters, a town the area itself; two items each.
        things = unit.matters if one_area else (areas[area],)
        items = [pattern.format(thing) for thing in things for pattern in _ITEMS[:2]]
        for position, item in enumerate(items, 1):
            url = f"https://www.example.invalid/{registered.code.lower()}/mulu/{area}-{position}"
            row: Row = {"area": area, "item": item, "basis": _BASIS, "channel": PORTAL, "url": url}
            row["updated_on"] = days.add(date(year, 1, 4), rng.randint(20, 240)).isoformat()
            rows.append(row | (_adjustment(rng, year, unit, days) if rng.random() < CHANGING else {}))
    return rows


def _adjustment(rng: Random, year: int, unit: Characteristics, days: WorkingDays) -> Row:
    """What a change of the lists of powers and services made of an item, and how soon."""
    source = days.add(date(year, 2, 1), rng.randint(0, 170))
    careful = rng.random() < unit.care
    taken = rng.randint(3, ADJUSTMENT_LIMIT - 2) if careful else ADJUSTMENT_LIMIT + rng.randint(3, 15)
    changed = days.add(source, taken).isoformat()
    dates = {"source_changed_on": source.isoformat(), "changed_on": changed, "updated_on": changed}
    return {"change": rng.choice(("added", "changed", "changed")), **dates}


def responses(seed: int, code: str, year: int, unit: Characteristics, days: WorkingDays) -> list[Row]:
    """Public concerns and when they were answered (five working days are expected)."""
    rng = stream(seed, code, year, "responses")
    rows = []
    for number in range(rng.randint(3, 9)):
        raised = days.add(date(year, 1, 4), rng.randint(5, 225))
        taken = rng.randint(1, 5) if rng.random() < unit.care else rng.randint(6, 10)
        matter = unit.matters[number % len(unit.matters)]
        rows.append(
            {
                "raised_on": raised.isoformat(),
                "answered_on": days.add(raised, taken).isoformat(),
                "topic": _CONCERNS[rng.randrange(len(_CONCERNS))].format(matter),
            }
        )
    return sorted(rows, key=lambda row: str(row["raised_on"]))
