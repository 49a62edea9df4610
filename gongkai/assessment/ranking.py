"""What compares units: medians of a group and ranks inside it. Nobody is ranked across groups."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from gongkai.assessment.points import rounded
from gongkai.assessment.scorecard import IndicatorScore, Scorecard

FEWEST_PEERS = 5
"""Of fewer units a group's statistics are not told: they would tell of single ones."""


def ranked(cards: Sequence[Scorecard], rank_within: Iterable[str], places: int) -> tuple[Scorecard, ...]:
    """Adds ranks, group sizes and medians.

    Equal totals share a rank and the next is as far on as they are many (1, 2, 2, 4); vetoed units come after the
    others, those that handed in nothing last; a unit without a total has no rank. A group that the scheme does not
    rank keeps its medians.

    Args:
        cards: all cards of a year, in any order; the result keeps it.
        rank_within: the groups to rank.
        places: decimal places of the medians.
    """
    groups: dict[str, list[Scorecard]] = defaultdict(list)
    for card in cards:
        groups[card.group].append(card)
    ranking = {group: _ranks(members) for group, members in groups.items() if group in set(rank_within)}
    totals = {group: _distribution([c.total for c in members], places)[0] for group, members in groups.items()}
    lines: dict[tuple[str, str], list[Decimal | None]] = defaultdict(list)
    for card in cards:
        for line in card.indicators:
            lines[card.group, line.code].append(line.score if line.applicable else None)
    peers = {key: _distribution(scores, places) for key, scores in lines.items()}
    return tuple(
        replace(
            card,
            rank=ranking.get(card.group, {}).get(card.unit),
            group_size=len(groups[card.group]),
            peer_median_total=totals[card.group],
            indicators=tuple(_beside(line, *peers[card.group, line.code]) for line in card.indicators),
        )
        for card in cards
    )


def _beside(line: IndicatorScore, middle: Decimal | None, quartiles: tuple[Decimal, Decimal] | None) -> IndicatorScore:
    return replace(line, peer_median=middle, peer_quartiles=quartiles)


def _distribution(
    scores: Sequence[Decimal | None], places: int
) -> tuple[Decimal | None, tuple[Decimal, Decimal] | None]:
    """Median and quartiles of those that have a score; nothing of fewer than five, who could be told apart."""
    known = sorted(score for score in scores if score is not None)
    if len(known) < FEWEST_PEERS:
        return None, None
    half = len(known) // 2
    lower, upper = median(known[:half], places), median(known[-half:], places)
    return median(known, places), (lower, upper) if lower is not None and upper is not None else None


def median(scores: Iterable[Decimal | None], places: int) -> Decimal | None:
    """The median of those that have a score, the mean of the middle two for an even number; None without any."""
    known = sorted(score for score in scores if score is not None)
    if not known:
        return None
    middle = known[(len(known) - 1) // 2 : len(known) // 2 + 1]
    return rounded(sum(map(Fraction, middle), Fraction(0)) / len(middle), places)


def _ranks(cards: list[Scorecard]) -> dict[str, int]:
    keys = {card.unit: (not card.handed_in, bool(card.vetoes), -card.total) for card in cards if card.total is not None}
    return {unit: 1 + sum(other < key for other in keys.values()) for unit, key in keys.items()}
