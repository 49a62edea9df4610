"""What the invented units are like (`units.yaml`), typed, and the seeded streams everything is drawn from.

Each topic of each unit has its own stream, so that changing one unit leaves the others as they were. No text
and no date is made here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from gongkai.packaged_data import packaged_yaml
from gongkai.profile import Profile, load_profile
from gongkai.profile.unit import OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristics:
    """One invented unit; the head of `units.yaml` says what each figure means."""

    short: str
    matters: tuple[str, ...]
    requests: int
    carried: tuple[int, int]
    decisions: tuple[int, int, int]
    fees: str
    normative: tuple[int, int, int]
    documents: int
    pace: int
    care: float
    overdue: int
    late: int
    highlight: str


@cache
def characteristics() -> Mapping[str, Characteristics]:
    """Unit code → its characteristics, for every unit of the default profile."""
    data: dict[str, dict[str, Any]] = packaged_yaml(__package__, "units.yaml")
    return {code: _one(entry) for code, entry in data.items()}


def likenesses(profile: Profile) -> Mapping[str, Characteristics]:
    """Unit code → what it is like, for every unit of any profile; of the default one exactly `characteristics`.

    A unit that the demonstration does not know is like the department that leads its first area, the office like the
    office, anything else like a town; what two must not share (the sign in document numbers, the highlight) is its own.
    """
    known, towns = characteristics(), [code for code in characteristics() if code.startswith("T")]
    default = {unit.code: unit for unit in load_profile().units}
    found: dict[str, Characteristics] = {}
    for place, unit in enumerate(profile.units):
        if (same := default.get(unit.code)) is not None and (same.kind, same.areas) == (unit.kind, unit.areas):
            found[unit.code] = known[unit.code]
            continue
        lead = f"A{unit.areas[0]}" if unit.areas else ""
        like = known["OFFICE" if unit.kind == OFFICE else lead if lead in known else towns[place % len(towns)]]
        own = f"{unit.name}把{like.matters[0]}和{like.matters[1]}的办理进度按月列成清单，公布在本单位专栏。"
        counted = (like.requests, like.carried) if unit.requests_counted_by is None else (0, (0, 0))
        found[unit.code] = replace(
            like, short=f"{like.short}{place + 1}", highlight=own, requests=counted[0], carried=counted[1]
        )
    return found


def _one(entry: dict[str, Any]) -> Characteristics:
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Characteristics(**given)


def stream(seed: int, *topic: object) -> Random:
    """The random numbers of one topic: the same for the same seed on any machine."""
    return Random("/".join(str(part) for part in (seed, *topic)))  # noqa: S311 - invented data, no secret


def drawn(rng: Random, weights: Mapping[str, int]) -> str:
    """One key, drawn by weight."""
    return rng.choices(list(weights), weights=list(weights.values()))[0]
