"""A past year under another scheme: who would move, in total, grade and rank, and by which indicators.

Both assessments are made from the same state of the warehouse, so that nothing differs but the scheme. Points that an
indicator costs are told in points of the total: their differences, with bonus and penalty, make the total's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from gongkai.assessment.assess import assess_year
from gongkai.assessment.points import rounded
from gongkai.assessment.scorecard import IndicatorScore, Scorecard
from gongkai.profile.scheme import Scheme
from gongkai.warehouse.records import YearState


@dataclass(frozen=True)
class IndicatorMove:
    """One indicator before and after; None where the scheme does not have it, or it is not applicable.

    Attributes:
        in_total: by how much it moves the total.
    """

    code: str
    label: str
    before: IndicatorScore | None
    after: IndicatorScore | None
    in_total: Decimal


@dataclass(frozen=True)
class UnitMove:
    """One unit under both schemes."""

    before: Scorecard
    after: Scorecard
    indicators: tuple[IndicatorMove, ...]

    @property
    def difference(self) -> Decimal | None:
        if self.before.total is None or self.after.total is None:
            return None
        return self.after.total - self.before.total

    @property
    def moves(self) -> bool:
        """Whether anything that people look at is another."""
        then, now = self.before, self.after
        return (then.total, then.grade, then.rank) != (now.total, now.grade, now.rank)


@dataclass(frozen=True)
class YearUnder:
    """A year under another scheme, its units in registry order."""

    year: int
    scheme: str
    units: tuple[UnitMove, ...]


def suppose(state: YearState, scheme: Scheme) -> YearUnder:
    """The year as it was assessed, and as it would have been."""
    other = replace(state, profile=state.profile.model_copy(update={"scheme": scheme}), previous_scores={})
    before, after = assess_year(state), assess_year(other)
    pairs = zip(before.scorecards, after.scorecards, strict=True)
    units = tuple(UnitMove(then, now, tuple(_moves(then, now, scheme.decimal_places))) for then, now in pairs)
    return YearUnder(state.year, before.scheme, units)


def _moves(then: Scorecard, now: Scorecard, places: int) -> Iterator[IndicatorMove]:
    """The indicators that move the total, what moves it most first."""
    lines = ({line.code: line for line in card.indicators if line.max} for card in (then, now))
    before, after = lines
    cost_before, cost_after = _costs(then), _costs(now)
    found = []
    for code in dict.fromkeys([*before, *after]):
        moved = cost_before.get(code, Fraction(0)) - cost_after.get(code, Fraction(0))
        old, new = before.get(code), after.get(code)
        if moved or _worth(old) != _worth(new):
            shown = new or old
            found.append(IndicatorMove(code, shown.label if shown else "", old, new, rounded(moved, places)))
    yield from sorted(found, key=lambda move: (-abs(move.in_total), move.code))


def _worth(line: IndicatorScore | None) -> tuple[Decimal | None, Decimal] | None:
    return None if line is None else (line.score, line.max)


def _costs(card: Scorecard) -> dict[str, Fraction]:
    """Code → what its lost points cost of the total."""
    scored = [(line, line.score) for line in card.indicators if line.score is not None]
    whole = sum((Fraction(line.max) for line, _ in scored), Fraction(0))
    return {line.code: Fraction(line.max - score) * 100 / whole for line, score in scored} if whole else {}
