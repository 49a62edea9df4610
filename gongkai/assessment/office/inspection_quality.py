"""How far inspectors agree: double entries of one item, and second inspections of a sample, against the first look.

A second look counts nothing in a score; how often it comes to another result says how good the inspection was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gongkai.assessment.points import rounded
from gongkai.submission.inspection.counting import LOOKED, Counting, looked_differently
from gongkai.submission.inspection.entry import InspectionEntry

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


@dataclass(frozen=True, slots=True)
class InspectionQuality:
    """The second looks of a year.

    Attributes:
        inspections: that count, by whomever.
        doubles: one item seen by two people.
        seconds: inspections repeated on purpose (质量抽查).
    """

    inspections: int
    doubles: SecondLooks
    seconds: SecondLooks

    @property
    def together(self) -> SecondLooks:
        """Both sorts."""
        return SecondLooks(self.doubles.looks + self.seconds.looks, self.doubles.differing + self.seconds.differing)

    def to_json(self) -> dict[str, Any]:
        """As `board.json` and the summary have it; percentages as text, null where nobody looked twice."""
        sorts = {"double_entries": self.doubles, "second_inspections": self.seconds, "together": self.together}
        return {
            "inspections": self.inspections,
            **{
                name: {
                    "looks": one.looks,
                    "differing": one.differing,
                    "disagreement_percent": None if one.percent is None else f"{one.percent:f}",
                }
                for name, one in sorts.items()
            },
        }


def inspection_quality(counting: Counting) -> InspectionQuality:
    """What second looks say of a year's inspections."""
    return InspectionQuality(
        inspections=sum(entry.kind in LOOKED for entry in counting.counted),
        doubles=_second_looks(pair for pair in counting.second_looks if pair[0].second_of is None),
        seconds=_second_looks(pair for pair in counting.second_looks if pair[0].second_of is not None),
    )


def _second_looks(pairs: Iterable[_Pair]) -> SecondLooks:
    differing = [looked_differently(*pair) for pair in pairs]
    return SecondLooks(len(differing), sum(differing))
