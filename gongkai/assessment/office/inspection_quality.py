"""How far inspectors agree: double entries of one item, and second inspections of a sample, against the first look.

A second look counts nothing in a score; how often it comes to another result says how good the inspection was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gongkai.assessment.points import rounded
from gongkai.submission.inspection.counting import Counting
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.second_looks import LOOKED, looked_differently
from gongkai.warehouse.rows.samples import Draw, look_digest

_Pair = tuple[InspectionEntry, InspectionEntry]


@dataclass(frozen=True, slots=True)
class SecondLooks:
    """How many second looks of one sort there were, and how many of them came to another result."""

    looks: int
    differing: int

    @property
    def percent(self) -> Decimal | None:
        """The rate of disagreement with two places; None where there was no second look."""
        return rounded(Fraction(100 * self.differing, self.looks), 2) if self.looks else None

    def to_json(self) -> dict[str, Any]:
        """As `board.json` has it; the percentage as text, null where nobody looked twice."""
        percent = None if self.percent is None else f"{self.percent:f}"
        return {"looks": self.looks, "differing": self.differing, "disagreement_percent": percent}


@dataclass(frozen=True, slots=True)
class SampleLookedAt:
    """What became of the samples that were drawn, all of a year together: whoever draws again has more to look at.

    Attributes:
        seeds: in the order of drawing.
        first, first_seen: things to inspect, and those that somebody inspected.
        second: inspections that were to be repeated; `withdrawn` are those of them that count no more.
        repeated: those of them that were repeated.
    """

    seeds: tuple[int, ...]
    first: int
    first_seen: int
    second: int
    withdrawn: int
    repeated: SecondLooks

    def to_json(self) -> dict[str, Any]:
        """As `board.json` has it."""
        return {
            "seeds": list(self.seeds),
            "first": {"drawn": self.first, "inspected": self.first_seen},
            "second": {"drawn": self.second, "withdrawn": self.withdrawn, **self.repeated.to_json()},
        }


@dataclass(frozen=True, slots=True)
class InspectionQuality:
    """The second looks of a year.

    Attributes:
        inspections: that count, by whomever.
        doubles: one item seen by two people.
        seconds: inspections repeated on purpose (质量抽查), whether drawn or not.
        sample: None where none was drawn.
    """

    inspections: int
    doubles: SecondLooks
    seconds: SecondLooks
    sample: SampleLookedAt | None = None

    @property
    def together(self) -> SecondLooks:
        """Both sorts."""
        return SecondLooks(self.doubles.looks + self.seconds.looks, self.doubles.differing + self.seconds.differing)

    def to_json(self) -> dict[str, Any]:
        """As `board.json` and the summary have it."""
        sorts = {"double_entries": self.doubles, "second_inspections": self.seconds, "together": self.together}
        return {
            "inspections": self.inspections,
            **{name: one.to_json() for name, one in sorts.items()},
            "sample": self.sample.to_json() if self.sample else None,
        }


def inspection_quality(counting: Counting, draws: Sequence[Draw] = ()) -> InspectionQuality:
    """What second looks say of a year's inspections, and what was looked at of the samples that were drawn.

    A problem that two people found is no rate to compare: whoever found none has entered nothing.
    """
    pairs = [pair for pair in counting.second_looks if {one.kind for one in pair} != {"problem"}]
    return InspectionQuality(
        inspections=sum(entry.kind in LOOKED for entry in counting.counted),
        doubles=_second_looks(pair for pair in pairs if pair[0].second_of is None),
        seconds=_second_looks(pair for pair in pairs if pair[0].second_of is not None),
        sample=_sample(counting, draws) if draws else None,
    )


def _sample(counting: Counting, draws: Sequence[Draw]) -> SampleLookedAt:
    first = frozenset().union(*(one.first for one in draws))
    second = frozenset().union(*(one.second for one in draws))
    seen = [one for one in (*counting.counted, *(again for again, _ in counting.second_looks)) if one.kind in LOOKED]
    return SampleLookedAt(
        seeds=tuple(one.seed for one in draws),
        first=len(first),
        first_seen=len(first & {look_digest(one.unit, one.indicator, one.item) for one in seen}),
        second=len(second),
        withdrawn=len(second - {one.name for one in counting.counted}),
        repeated=_second_looks(pair for pair in counting.second_looks if pair[0].second_of in second),
    )


def _second_looks(pairs: Iterable[_Pair]) -> SecondLooks:
    """Of each first inspection once: looked at again by three people it is differing when one of them differs."""
    differing: dict[str, bool] = {}
    for again, first in pairs:
        differing[first.name] = differing.get(first.name, False) or looked_differently(again, first)
    return SecondLooks(len(differing), sum(differing.values()))
