"""Last year beside this year: points of the same rule as they stood, else last year's reports by this year's rules.

What cannot be had in either way is not comparable, and the card says so: points that a person gave for another rule, a
unit of another group, awards by other grounds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from gongkai.assessment.scorecard import Assessment, Scorecard
from gongkai.profile.scheme import Scheme
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.scores import TOTAL
from gongkai.warehouse.years.compared_scores import OTHER_UNIT, rule_of

AGAIN = "按今年规则重算"
NOT_COMPARABLE = "规则不同，不可比"
_AWARDS = ("bonus", "bonus_cap", "bonus_from", "penalty", "penalty_cap", "rated_interpretation")
_BY_HAND = ("score", "decision")


@dataclass(frozen=True)
class LastPoints:
    """Last year's points of one unit, by code (`total` among them), and why some are not what they were."""

    points: Mapping[str, Decimal] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def last_points(
    state: YearState, stored: Mapping[str, Mapping[str, Decimal]], assess: Callable[[YearState], Assessment]
) -> Mapping[str, LastPoints]:
    """Unit → what stands beside its lines of this year.

    Args:
        state: this year.
        stored: last year's points that were given by the same rule.
        assess: assesses a year.
    """
    again = _again(state, assess)
    units = {*stored, *again, *state.other_rule, *state.not_comparable}
    return {unit: _of(unit, state, stored.get(unit, {}), again.get(unit, {})) for unit in units}


def _of(unit: str, state: YearState, same: Mapping[str, Decimal], again: Mapping[str, Decimal]) -> LastPoints:
    left = dict.fromkeys(state.other_rule.get(unit, ()), NOT_COMPARABLE)
    left |= {TOTAL: state.not_comparable[unit]} if unit in state.not_comparable else {}
    return LastPoints({**again, **same}, {**left, **{code: AGAIN for code in again if code not in same}})


def _again(state: YearState, assess: Callable[[YearState], Assessment]) -> Mapping[str, Mapping[str, Decimal]]:
    """Unit → code → points of last year's report by this year's rules."""
    last = state.last_state
    if last is None:
        return {}
    scheme = state.profile.scheme
    under = replace(last, profile=last.profile.model_copy(update={"scheme": scheme}), previous_scores={}, issued={})
    cards = {card.unit: card for card in assess(under).scorecards}
    found = {}
    for unit in state.profile.assessed(state.year):
        before = state.previous.get(unit.code)
        card = cards.get(before.unit) if before is not None else None
        if card is not None and card.group == unit.kind and state.not_comparable.get(unit.code) != OTHER_UNIT:
            found[unit.code] = _usable(card, last, scheme)
    return found


def _usable(card: Scorecard, last: YearState, scheme: Scheme) -> dict[str, Decimal]:
    """The lines that no person's points of another rule stand in; the total where that is all of them."""
    given = _given_for_another_rule(card.unit, last, scheme)
    points = {one.code: one.score for one in card.indicators if one.score is not None and one.code not in given}
    then = last.profile.scheme
    awarded = card.bonuses or card.penalties or any(e.unit == card.unit and e.kind in _AWARDS for e in last.inspections)
    other_awards = any(getattr(then, key) != getattr(scheme, key) for key in _AWARDS)
    if card.total is not None and not given and not (awarded and other_awards) and not _gave_back(card, scheme):
        points[TOTAL] = card.total
    return points


def _given_for_another_rule(unit: str, last: YearState, scheme: Scheme) -> set[str]:
    """Indicators in which a person gave points, or looked, under another rule or another name."""
    then = {one.code: one for one in last.profile.scheme.indicators}
    found = set()
    for now in scheme.indicators:
        before = then.get(now.code)
        entries = [one for one in last.inspections if one.unit == unit and one.indicator == now.code]
        renamed = before is None or before.label != now.label
        other = before is None or rule_of(before) != rule_of(now) or before.weight != now.weight
        if (renamed and entries) or (other and any(one.kind in _BY_HAND for one in entries)):
            found.add(now.code)
    return found


def _gave_back(card: Scorecard, scheme: Scheme) -> bool:
    """Whether mending gave points back: items are named by deductions, which are others under another rule."""
    return bool(scheme.rectified_returns) and any(one.closed_on for one in card.rectification)
