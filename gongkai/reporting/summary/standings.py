"""How the groups stand: their distribution, units by first level, and who rose and fell since last year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gongkai.assessment.export import heads, in_order_of_rank
from gongkai.assessment.points import rounded
from gongkai.assessment.ranking import median
from gongkai.assessment.scorecard import Assessment, Scorecard
from gongkai.profile import Profile, Scheme
from gongkai.reporting.scorecard.indicator_lines import INCOMPARABLE, NONE, NOT_SCORED

_MOVED = 5
_SHADES = (95, 85, 75, 60)  # percent at and above which a cell is lighter, from the lightest


@dataclass(frozen=True)
class GroupLine:
    """The totals of a group: how many got which grade, and between what they lie."""

    name: str
    units: str
    grades: tuple[str, ...]
    best: str
    upper: str
    middle: str
    lower: str
    worst: str
    last_year: str


@dataclass(frozen=True)
class HeatCell:
    """What a unit earned of a first level, in percent; `shade` from 0 (all) to 4 (little)."""

    percent: str
    shade: int


@dataclass(frozen=True)
class HeatRow:
    """A unit with its total and its first levels."""

    rank: str
    unit: str
    name: str
    total: str
    grade: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class Mover:
    """A unit whose total is another than last year's, on the same scale."""

    unit: str
    name: str
    before: str
    now: str
    difference: str


def by_group(assessment: Assessment) -> Mapping[str, list[Scorecard]]:
    """The cards of each group, best first, the groups in registry order."""
    groups: dict[str, list[Scorecard]] = {}
    for card in assessment.scorecards:
        groups.setdefault(card.group, []).append(card)
    return {group: in_order_of_rank(cards) for group, cards in groups.items()}


def group_lines(groups: Mapping[str, Sequence[Scorecard]], profile: Profile) -> Iterator[GroupLine]:
    """One line a group; last year's median over what is graded, as far as its points are on the same scale."""
    places = profile.scheme.decimal_places
    for group, cards in groups.items():
        graded = heads(cards)
        totals = sorted((card.total for card in graded if card.total is not None), reverse=True)
        half = len(totals) // 2
        last = median(last_totals(cards, places), places)
        yield GroupLine(
            name=profile.kind_name(group),
            units=str(len(graded)),
            grades=tuple(str(sum(card.grade == band.grade for card in graded)) for band in profile.scheme.bands),
            best=_points(totals[0] if totals else None),
            upper=_points(median(totals[:half], places)),
            middle=_points(median(totals, places)),
            lower=_points(median(totals[-half:] if half else [], places)),
            worst=_points(totals[-1] if totals else None),
            last_year=INCOMPARABLE if last is None and why_incomparable(cards) else _points(last),
        )


def last_totals(cards: Sequence[Scorecard], places: int) -> list[Decimal | None]:
    """Last year's totals of what is graded: of units, or of authorities as the mean of all of their units' totals."""
    own: dict[str, list[Decimal | None]] = {}
    for card in cards:
        own.setdefault(f"authority {card.authority.name}" if card.authority else card.unit, []).append(
            card.last_year_total
        )
    return [_mean(totals, places) for totals in own.values()]


def _mean(totals: Sequence[Decimal | None], places: int) -> Decimal | None:
    known = [Fraction(total) for total in totals if total is not None]
    return rounded(sum(known, Fraction(0)) / len(known), places) if len(known) == len(totals) else None


def why_incomparable(cards: Iterable[Scorecard]) -> str:
    """Why last year's totals of some of the cards cannot be set beside this year's: what is said most often, or empty.

    A note beside a total says how last year was scored anew, not why it cannot be compared.
    """
    notes = [card.last_year_note for card in cards if card.last_year_note and card.last_year_total is None]
    return max(notes, key=notes.count) if notes else ""


def first_levels(scheme: Scheme) -> dict[str, str]:
    """Code → label of the levels that stand under no other."""
    return {level.code: level.label for level in scheme.levels if level.under is None}


def heat_rows(cards: Sequence[Scorecard], scheme: Scheme) -> Iterator[HeatRow]:
    """Units by first level, in the order of their rank."""
    for card in cards:
        yield HeatRow(
            rank=NONE if card.rank is None else str(card.rank),
            unit=card.unit,
            name=card.name,
            total=NOT_SCORED if card.total is None else f"{card.total:f}",
            grade=card.grade,
            cells=tuple(_cell(card, level, scheme) for level in first_levels(scheme)),
        )


def _cell(card: Scorecard, level: str, scheme: Scheme) -> HeatCell:
    lines = [line for line in card.indicators if scheme.within(line.level)[-1].code == level]
    scored = [(Fraction(line.score), Fraction(line.max)) for line in lines if line.score is not None]
    full = sum((most for _, most in scored), Fraction(0))
    if not full:
        return HeatCell("", 0)
    percent = rounded(100 * sum((score for score, _ in scored), Fraction(0)) / full, 0)
    return HeatCell(f"{percent:f}", sum(percent < least for least in _SHADES))


def movers(assessment: Assessment) -> tuple[tuple[Mover, ...], tuple[Mover, ...]]:
    """Who rose most and who fell most; nobody whose last year is on another scale."""
    known = [
        (card.total - card.last_year_total, card)
        for card in assessment.scorecards
        if card.total is not None and card.last_year_total is not None
    ]
    ordered = sorted(known, key=lambda one: (-one[0], one[1].unit))
    risen = [_mover(apart, card) for apart, card in ordered if apart > 0][:_MOVED]
    fallen = [_mover(apart, card) for apart, card in reversed(ordered) if apart < 0][:_MOVED]
    return tuple(risen), tuple(fallen)


def _mover(apart: Decimal, card: Scorecard) -> Mover:
    return Mover(card.unit, card.name, f"{card.last_year_total:f}", f"{card.total:f}", f"{apart:+f}".replace("-", "−"))


def _points(value: Decimal | None) -> str:
    return NONE if value is None else f"{value:f}"
