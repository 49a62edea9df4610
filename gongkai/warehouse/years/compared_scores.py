"""Last year's points as they may stand beside this year's: of the same unit, on the same scale, by the same rule.

8.00 of 8 beside 24.00 of 24 is no rise, nor is a rule that takes five points where it took two; and a merged unit had
no score of its own. What is not comparable is left out here, and why is said in the words that a card prints.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from gongkai.profile import Indicator, Profile, Scheme, Unit
from gongkai.warehouse.rows.scores import TOTAL, LastScore
from gongkai.warehouse.years.last_year import LastYear, Previous

OTHER_SCALE = "方案不同，不可比"
OTHER_UNIT = "单位有撤并，不可比"


class ComparedScores(NamedTuple):
    """Unit → code → points on this year's scale (`total` among them), and unit → why the rest is not shown.

    `other_rule`: unit → the indicators that it had points of, by another rule or of another maximum.
    """

    same_scale: Mapping[str, Mapping[str, Decimal]]
    not_comparable: Mapping[str, str]
    other_rule: Mapping[str, frozenset[str]]


def compared_scores(
    profile: Profile,
    year: int,
    last: LastYear,
    scores: Mapping[str, Mapping[str, LastScore]],
    scheme: Scheme | None = None,
) -> ComparedScores:
    """Last year's points of every assessed unit that has a last year.

    Args:
        profile: the one that the year is computed from.
        year: the report year.
        last: whose last year is whose.
        scores: last year's points under the codes of then.
        scheme: by which they were given; None where nobody knows, and only the maxima are compared.
    """
    same_scale, not_comparable, other_rule = {}, {}, {}
    other = _other_rules(profile.scheme, scheme)
    for unit in profile.assessed(year):
        before = last.of.get(unit.code)
        if before is None:
            continue
        if not _one_unit(before):
            if any(report.submission.unit in scores for report in before.reports):
                not_comparable[unit.code] = OTHER_UNIT
            continue
        lines = scores.get(before.unit, {})
        weights = _weights(profile, unit)
        points = {
            code: one.score
            for code, one in lines.items()
            if code != TOTAL and weights.get(code) == one.max and code not in other
        }
        had = {code for code, one in lines.items() if one.score is not None and code != TOTAL}
        if (left := frozenset(had & weights.keys()) - points.keys()) and scheme is not None:
            other_rule[unit.code] = left
        if TOTAL in lines:
            maxima = {code: one.max for code, one in lines.items() if code != TOTAL and one.max}
            if weights == maxima and not other & weights.keys():
                points[TOTAL] = lines[TOTAL].score
            else:
                not_comparable[unit.code] = OTHER_SCALE
        if known := {code: score for code, score in points.items() if score is not None}:
            same_scale[unit.code] = known
    return ComparedScores(same_scale, not_comparable, other_rule)


def _other_rules(now: Scheme, then: Scheme | None) -> set[str]:
    """The indicators that are counted otherwise than last year; words and weights are no rule."""
    if then is None:
        return set()
    before = {one.code: rule_of(one) for one in then.indicators}
    return {one.code for one in now.indicators if one.code in before and before[one.code] != rule_of(one)}


def rule_of(one: Indicator) -> dict[str, object]:
    """How an indicator is counted, without its words and its weight."""
    rule = {"parts", "deductions", "needs_inspection", "max_deduction"}
    words = {"parts": {"__all__": {"label"}}, "deductions": {"__all__": {"reason"}}}
    return one.model_dump(include=rule, exclude=words)


def _one_unit(before: Previous) -> bool:
    """Whether it is the last year of one unit that only this one follows."""
    return before.shared is None and not before.parts


def _weights(profile: Profile, unit: Unit) -> dict[str, Decimal]:
    """Code → maximum of the indicators that exist for the unit's group."""
    found = {one.code: one.weight.get(unit.kind, Decimal(0)) for one in profile.scheme.indicators}
    return {code: weight for code, weight in found.items() if weight}
