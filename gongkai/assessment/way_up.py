"""How far a card is from full marks and from the next grade: every lost point in points of the total, and the way up.

Computed from the printed lines, so that whoever adds up what the card says gets what it says.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from gongkai.assessment.points import plain, rounded
from gongkai.assessment.scorecard import GradeStep, IndicatorScore, NextGrade
from gongkai.profile.scheme import Band


def in_points_of_the_total(
    lines: Sequence[IndicatorScore], converted: Decimal | None, places: int
) -> tuple[IndicatorScore, ...]:
    """The lines with every deduction in points of the total too, which add up to what is missing of 100.

    The advice of each says what following it is worth: the points of the line, and what the total gains by them.

    Args:
        lines: as scored.
        converted: the total without bonus and penalty; None where there is none.
        places: decimal places of a total. What rounding leaves goes to the largest remainders.
    """
    whole = _applicable(lines)
    if converted is None or not whole:
        return tuple(lines)
    step = Decimal(1).scaleb(-places)
    exact = [Fraction(lost.points) * 100 / whole for line in lines for lost in line.deductions]
    floors = [_floor(points, step) for points in exact]
    missing = int((100 - converted - sum(floors, Decimal(0))) / step)
    by_remainder = sorted(range(len(exact)), key=lambda n: (Fraction(floors[n]) - exact[n], n))
    for number in by_remainder[: max(missing, 0)]:
        floors[number] += step
    shares = iter(floors)
    earned = sum((Fraction(line.score) for line in lines if line.score is not None), Fraction(0))
    return tuple(
        replace(
            line,
            deductions=tuple(replace(lost, in_total=next(shares)) for lost in line.deductions),
            to_raise=line.to_raise and _worth(line, rounded(100 * (earned + _lost(line)) / whole, places) - converted),
        )
        for line in lines
    )


def _worth(line: IndicatorScore, gain: Decimal) -> str:
    """The advice, and what following it brings."""
    lost = sum((one.points for one in line.deductions), Decimal(0))
    return f"{line.to_raise}做到可得回 {plain(lost)} 分，总分增加 {plain(gain)} 分。"


def _lost(line: IndicatorScore) -> Fraction:
    return sum((Fraction(one.points) for one in line.deductions), Fraction(0))


def next_grade(
    lines: Sequence[IndicatorScore], total: Decimal | None, bands: Sequence[Band], places: int
) -> NextGrade | None:
    """The next grade above a total, and the fewest indicators whose lost points would reach it.

    None at the top, without a total, and where all lost points together would not do.
    """
    return shortest_way(lost_of_the_total(lines), total, bands, places)


def shortest_way(
    gains: Sequence[tuple[Fraction, str]], total: Decimal | None, bands: Sequence[Band], places: int
) -> NextGrade | None:
    """The fewest of some gains, in points of the total and largest first, that reach the grade above."""
    above = [band for band in bands if total is not None and band.at_least > total]
    if total is None or not above:
        return None
    distance = above[-1].at_least - total
    steps, reached = [], Fraction(0)
    for gain, code in gains:
        if reached >= distance:
            break
        reached += gain
        steps.append(GradeStep(code, rounded(gain, places)))
    return NextGrade(above[-1].grade, distance, tuple(steps)) if reached >= distance else None


def gains_of(lines: Sequence[IndicatorScore], places: int) -> list[GradeStep]:
    """Every indicator that lost points, in points of the total, what would bring most first."""
    return [GradeStep(code, rounded(gain, places)) for gain, code in lost_of_the_total(lines)]


def lost_of_the_total(lines: Sequence[IndicatorScore]) -> list[tuple[Fraction, str]]:
    """What each indicator lost, in points of the total, and its code, the largest first."""
    whole = _applicable(lines)
    lost = [(Fraction(one.max - one.score) * 100 / whole, one.code) for one in lines if one.score is not None and whole]
    return sorted((one for one in lost if one[0]), key=lambda one: -one[0])


def _applicable(lines: Sequence[IndicatorScore]) -> Fraction:
    return sum((Fraction(line.max) for line in lines if line.score is not None), Fraction(0))


def _floor(points: Fraction, step: Decimal) -> Decimal:
    exact = Decimal(points.numerator) / Decimal(points.denominator)
    return exact.quantize(step, ROUND_FLOOR)
