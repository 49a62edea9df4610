"""What the invented units are like (`units.yaml`), typed, and the seeded streams everything is drawn from.

Each topic of each unit has its own stream, so that changing one unit leaves the others as they were. No text
and no date is made here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml


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
    data: dict[str, dict[str, Any]] = yaml.safe_load((files(__package__) / "units.yaml").read_text(encoding="utf-8"))
    return {code: _one(entry) for code, entry in data.items()}


def _one(entry: dict[str, Any]) -> Characteristics:
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Characteristics(**given)


def stream(seed: int, *topic: object) -> Random:
    """The random numbers of one topic: the same for the same seed on any machine."""
    return Random("/".join(str(part) for part in (seed, *topic)))  # noqa: S311 - invented data, no secret


def drawn(rng: Random, weights: Mapping[str, int]) -> str:
    """One key, drawn by weight."""
    return rng.choices(list(weights), weights=list(weights.values()))[0]
