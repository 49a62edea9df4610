"""Rolls the units of a group up into their authorities, where the scheme says so (`rolled_up`).

Every unit keeps its card, its lines and its total. What is graded and ranked is the authority: its total is the mean of
its units' totals, so that whoever has the cards can do it by hand. Grade, rank and the way up are the same on all cards
of an authority; a veto of one of its units is the authority's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from gongkai.assessment.grades import gated, grade_of, within_quotas
from gongkai.assessment.points import rounded
from gongkai.assessment.ranking import ranked
from gongkai.assessment.scorecard import AuthorityScore, NextGrade, Scorecard
from gongkai.assessment.way_up import lost_of_the_total, shortest_way
from gongkai.profile.scheme import Scheme


def compared(cards: Sequence[Scorecard], authorities: Mapping[str, str], scheme: Scheme) -> tuple[Scorecard, ...]:
    """The cards beside one another: medians, ranks and quotas, of units or of authorities as the scheme has it.

    Args:
        cards: all cards of a year, in any order; the result keeps it.
        authorities: unit code → the authority that it belongs to.
        scheme: says which groups are ranked, and which are rolled up.
    """
    placed = ranked(cards, scheme.rank_within, scheme.decimal_places)
    single = within_quotas((card for card in placed if card.group not in scheme.rolled_up), scheme)
    joint = _rolled_up([card for card in placed if card.group in scheme.rolled_up], authorities, scheme)
    found = {card.unit: card for card in (*single, *joint)}
    return tuple(found[card.unit] for card in cards)


def _rolled_up(cards: Iterable[Scorecard], authorities: Mapping[str, str], scheme: Scheme) -> list[Scorecard]:
    members: dict[tuple[str, str], list[Scorecard]] = {}
    for card in cards:
        members.setdefault((card.group, authorities[card.unit]), []).append(card)
    heads = [_head(name, own, scheme) for (_, name), own in members.items()]
    placed = within_quotas(ranked(heads, scheme.rank_within, scheme.decimal_places), scheme)
    return [
        replace(
            card,
            authority=head.authority,
            grade=head.grade,
            grade_note=head.grade_note,
            rank=head.rank,
            group_size=head.group_size,
            next_grade=head.next_grade,
        )
        for head, own in zip(placed, members.values(), strict=True)
        for card in own
    ]


def _head(name: str, own: Sequence[Scorecard], scheme: Scheme) -> Scorecard:
    """An authority as a card without lines, which is ranked as cards are."""
    total = _mean(own, scheme.decimal_places)
    grade, why = grade_of(total, any(card.vetoes for card in own), scheme.bands), []
    for card in own:
        grade, held = gated(grade, card.indicators, scheme)
        why += [_whose(card, own, said) for said in (held, *(f"一票否决（{veto}）" for veto in card.vetoes)) if said]
    vetoes = tuple(veto for card in own for veto in card.vetoes)
    return replace(
        own[0],
        name=name,
        total=total,
        grade=grade,
        grade_note="；".join(why) if len(own) > 1 else own[0].grade_note,
        vetoes=vetoes,
        handed_in=all(card.handed_in for card in own),
        indicators=(),
        next_grade=None if vetoes else _way_up(own, total, grade, scheme),
        authority=AuthorityScore(name, total, tuple((card.unit, card.name, card.total) for card in own)),
    )


def _mean(own: Sequence[Scorecard], places: int) -> Decimal | None:
    """None until each of its units has a total, or may never have one: nobody is better off by a report that is due."""
    if any(card.total is None and not card.handed_in for card in own):
        return None
    totals = [Fraction(card.total) for card in own if card.total is not None]
    return rounded(sum(totals, Fraction(0)) / len(totals), places) if totals else None


def _way_up(own: Sequence[Scorecard], total: Decimal | None, grade: str, scheme: Scheme) -> NextGrade | None:
    """The shortest way over the lines of all its units, in points of the authority's total; none past a gate."""
    if len(own) == 1:
        return own[0].next_grade
    if total is not None and grade != grade_of(total, vetoed=False, bands=scheme.bands):
        return None
    scored = [card for card in own if card.total is not None]
    gains = [
        (gain / len(scored), f"{card.unit} {code}")
        for card in scored
        for gain, code in lost_of_the_total(card.indicators)
    ]
    return shortest_way(sorted(gains, key=lambda one: -one[0]), total, scheme.bands, scheme.decimal_places)


def _whose(card: Scorecard, own: Sequence[Scorecard], said: str) -> str:
    return said if len(own) == 1 else f"{card.unit} {card.name}：{said}"
