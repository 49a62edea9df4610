"""Items of the standard catalogue: areas that exist and are the unit's own, nothing twice, nothing left untouched.

Part of the `lists` frame: AREA-UNKNOWN, AREA-OTHER, CATALOGUE-DUPLICATE, CATALOGUE-STALE.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import partial

from expectations.frames.shapes import ComparedValues, Facts, SubmissionUnderCheck
from gongkai.submission.form import Record
from gongkai.submission.values.choices import squeezed


def check(entry: SubmissionUnderCheck, areas: Mapping[str, str]) -> Mapping[int, dict[str, ComparedValues]]:
    """Position → what the rules compare in that item; `areas`: number → name of every pilot area."""
    found: dict[int, dict[str, ComparedValues]] = {}
    items = entry.submission.records("catalogue")
    named = Counter(_item(item) for item in items)
    seen: set[tuple[str, str]] = set()
    for item in items:
        measured = found[item.position] = {}
        if areas and item["area"] is not None:
            measured["AREA-UNKNOWN"] = ComparedValues(int(item["area"] in areas), 1, partial(_area, item, areas))
            if entry.unit.areas and item["area"] in areas:
                own = int(item["area"] in entry.unit.areas)
                measured["AREA-OTHER"] = ComparedValues(own, 1, partial(_other_area, item, entry, areas))
        if item["item"] is None or item["change"] == "removed":
            continue
        if _item(item) not in seen:
            seen.add(_item(item))
            many = named[_item(item)]
            measured["CATALOGUE-DUPLICATE"] = ComparedValues(many, 1, partial(_listed, item, "item", many, 1))
        if item["updated_on"] is not None:
            behind = max(0, entry.submission.year - item["updated_on"].year)
            described = partial(_listed, item, "updated_on", item["updated_on"], date(entry.submission.year, 1, 1))
            measured["CATALOGUE-STALE"] = ComparedValues(behind, 0, described)
    return found


def _item(item: Record) -> tuple[str, str]:
    gone = item["item"] is None or item["change"] == "removed"
    return ("", str(item.position)) if gone else (item["area"] or "", squeezed(item["item"]))


def _area(item: Record, areas: Mapping[str, str]) -> Facts:
    first, last = min(areas), max(areas)
    return Facts(
        where=item.where("area"),
        observed=item["area"],
        expected=f"{first}–{last}",
        origin=item.origin("area"),
        values={"position": item.position, "count": len(areas)},
    )


def _other_area(item: Record, entry: SubmissionUnderCheck, areas: Mapping[str, str]) -> Facts:
    return Facts(
        where=item.where("area"),
        observed=item["area"],
        expected="、".join(entry.unit.areas),
        origin=item.origin("area"),
        values={"position": item.position, "named": areas[item["area"]]},
    )


def _listed(item: Record, key: str, observed: int | date, expected: int | date) -> Facts:
    return Facts(
        where=item.where(key),
        observed=observed,
        expected=expected,
        difference=observed - expected if isinstance(observed, int) and isinstance(expected, int) else None,
        origin=item.origin(key),
        values={"position": item.position, "area": item["area"], "item": item["item"]},
    )
