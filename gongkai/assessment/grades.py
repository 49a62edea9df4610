"""What a grade needs beyond the total: enough points where the scheme asks for them, and a place within a quota.

Both only ever lower a grade, and say why in words that name no other unit.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from gongkai.assessment.points import plain
from gongkai.assessment.scorecard import IndicatorScore, NextGrade, Scorecard
from gongkai.assessment.way_up import gains_of, next_grade
from gongkai.profile.scheme import Band, Gate, Scheme

NOT_GRADED = "未评定"


def grade_of(total: Decimal | None, vetoed: bool, bands: tuple[Band, ...]) -> str:
    """The grade by bands: the lowest for a veto, whatever the points; below every band the lowest too."""
    if vetoed:
        return bands[-1].grade
    if total is None:
        return NOT_GRADED
    return next((band.grade for band in bands if total >= band.at_least), bands[-1].grade)


def gated(grade: str, lines: Sequence[IndicatorScore], scheme: Scheme) -> tuple[str, str]:
    """The grade after every gate, and why it is not the one that the total gives; empty where it is."""
    order, why = [band.grade for band in scheme.bands], []
    if grade not in order:
        return grade, ""
    for gate in scheme.gates:
        if order.index(gate.otherwise) > order.index(grade) and not _passed(gate, lines, scheme):
            grade = gate.otherwise
            why.append(f"{gate.reason}：达不到要求，等次最高为{grade}")
    return grade, "；".join(why)


def way_up(lines: Sequence[IndicatorScore], total: Decimal | None, scheme: Scheme) -> NextGrade | None:
    """The next grade and the shortest way to it, past the gates that stand before it.

    Where a gate keeps a unit below the grade of its total, that grade is the next one, at a distance of 0: what leads
    there are the lines that the gate asks for. None where no way leads up.
    """
    given = next((band.grade for band in scheme.bands if total is not None and total >= band.at_least), None)
    found = next_grade(lines, total, scheme.bands, scheme.decimal_places)
    if given is not None and gated(given, lines, scheme)[0] != given:
        found = NextGrade(given, Decimal(0), ())
    if found is None:
        return None
    gains = {step.indicator: step for step in gains_of(lines, scheme.decimal_places)}
    taken = {step.indicator: step for step in found.shortest}
    for gate in scheme.gates:
        if gated(found.grade, _full(lines, taken), scheme.model_copy(update={"gates": (gate,)}))[0] != found.grade:
            taken |= {line.code: gains[line.code] for line in _named(gate, lines, scheme) if line.code in gains}
    if gated(found.grade, _full(lines, taken), scheme)[0] != found.grade:
        return None
    return replace(found, shortest=tuple(taken.values()))


def _full(lines: Sequence[IndicatorScore], codes: Container[str]) -> list[IndicatorScore]:
    """The lines as if nothing had been lost in some."""
    return [replace(line, score=line.max) if line.code in codes else line for line in lines]


def _named(gate: Gate, lines: Sequence[IndicatorScore], scheme: Scheme) -> list[IndicatorScore]:
    """The lines that a gate asks for."""
    return [
        line
        for line in lines
        if line.max
        and (line.code in gate.indicators or {one.code for one in scheme.within(line.level)} & set(gate.levels))
    ]


def within_quotas(cards: Iterable[Scorecard], scheme: Scheme) -> tuple[Scorecard, ...]:
    """The ranked cards, the best grades given only to so many of a group; those of one rank get it together or not."""
    listed = tuple(cards)
    for number, band in enumerate(scheme.bands[:-1]):
        if band.quota is None:
            continue
        below = scheme.bands[number + 1].grade
        listed = tuple(_within(card, listed, band.grade, band.quota, below) for card in listed)
    return listed


def _within(card: Scorecard, cards: Sequence[Scorecard], grade: str, quota: Decimal, below: str) -> Scorecard:
    if card.grade != grade or card.rank is None:
        return card
    places = int(Fraction(quota) * card.group_size)
    before = sum(
        one.group == card.group and one.rank is not None and one.rank <= card.rank and one.grade == grade
        for one in cards
    )
    if before <= places:
        return card
    why = f"{grade}不超过本组的 {plain(100 * quota)}%（{places} 个），按名次为{below}"
    return replace(card, grade=below, grade_note="；".join(part for part in (card.grade_note, why) if part))


def _passed(gate: Gate, lines: Sequence[IndicatorScore], scheme: Scheme) -> bool:
    """Whether the named lines have enough; what is not applicable leaves both sides in proportion."""
    named = _named(gate, lines, scheme)
    scored = [(line, line.score) for line in named if line.score is not None]
    full = sum((Fraction(line.max) for line, _ in scored), Fraction(0))
    if not full:
        return True
    earned = sum((Fraction(score) for _, score in scored), Fraction(0))
    if gate.at_least is None:
        return earned >= full
    return earned * sum((Fraction(line.max) for line in named), Fraction(0)) / full >= Fraction(gate.at_least)
