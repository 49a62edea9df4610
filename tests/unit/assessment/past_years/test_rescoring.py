"""Last year by this year's rules: said so where scored anew, not comparable where a person's points stand in it."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from gongkai.assessment.assess import assess_year
from gongkai.assessment.past_years.rescoring import AGAIN, NOT_COMPARABLE
from gongkai.assessment.scorecard import Scorecard
from gongkai.submission.form import Submission
from gongkai.warehouse.rows.scores import TOTAL
from gongkai.warehouse.years.compared_scores import OTHER_SCALE
from gongkai.warehouse.years.last_year import Previous
from tests.unit.assessment.conftest import ZONE, Year, small_district


def heavier(code: str) -> Year:
    """A year whose A1 and A3 have changed weights; only what is asked of it matters."""
    scheme = small_district().scheme
    moved = {code: 4, "A1": -4}
    lines = tuple(
        one.model_copy(update={"weight": {**one.weight, "town": one.weight["town"] + moved.get(one.code, 0)}})
        for one in scheme.indicators
    )
    return Year(small_district(indicators=[one.model_dump() for one in lines]))


@pytest.fixture
def before() -> Year:
    """2021 under the default scheme: every document half an hour late, D2 inspected, and no list of responses."""
    papers = [Year.document("甲", "2021-05-06", "2021-05-10"), Year.document("乙", "2021-05-06", "2021-12-01")]
    return Year(small_district()).submit(documents=papers).inspect("checked", indicator="D2", passed=3, checked=4)


def this_year(before: Year, then: Year, stored: dict[str, Decimal], **notes: Any) -> Scorecard:
    """T01's card of 2022 under the scheme of `then`, beside what was stored of 2021 by the same rules."""
    year = Year(then.profile, year=2022, as_of=datetime(2023, 4, 6, 18, 0, tzinfo=ZONE))
    year.submit(at=datetime(2023, 1, 20, tzinfo=ZONE))
    told = {"not_comparable": {"T01": OTHER_SCALE}, "other_rule": {"T01": frozenset({"A1", "D2"})}, **notes}
    told = {"previous": {"T01": Previous(Submission("T01", 2021, ()), 1, True)}, **told}
    state = replace(year.state(), last_state=before.state(), **told)
    (card,) = (one for one in assess_year(state, {"T01": stored}).scorecards if one.unit == "T01")
    return card


def lines(card: Scorecard) -> dict[str, tuple[Decimal | None, str | None]]:
    return {one.code: (one.last_year, one.last_year_note) for one in card.indicators}


def test_another_weight_is_scored_anew_and_the_same_rule_stands_as_it_was(before: Year) -> None:
    then = heavier("D2")
    card = this_year(before, then, {"A3": Decimal("1.23")})
    found = lines(card)
    assert found["A1"] == (Decimal("3.00"), AGAIN)  # one of two in time, of 6 points now
    assert found["D2"] == (Decimal("8.25"), AGAIN)  # three of four, of 11
    assert found["A3"] == (Decimal("1.23"), None)
    (again,) = (
        one for one in assess_year(replace(before.state(), profile=then.profile)).scorecards if one.unit == "T01"
    )
    assert (card.last_year_total, card.last_year_note) == (again.total, AGAIN)


@pytest.mark.parametrize("kind", ["score", "decision"])
def test_points_that_a_person_gave_for_another_rule_are_not_comparable(before: Year, kind: str) -> None:
    before.inspect(kind, indicator="D2", points=Decimal(6), reason="按原方案")
    card = this_year(before, heavier("D2"), {})
    assert lines(card)["D2"] == (None, NOT_COMPARABLE)
    assert lines(card)["A1"] == (Decimal("3.00"), AGAIN)
    assert (card.last_year_total, card.last_year_note) == (None, OTHER_SCALE)


def test_awards_by_other_grounds_leave_the_lines_and_take_the_total(before: Year) -> None:
    before.award("penalty", "市级通报批评")
    then = Year(small_district(penalty_cap="5"))
    card = this_year(before, then, {}, other_rule={})
    assert lines(card)["A1"] == (Decimal("5.00"), AGAIN)
    assert card.last_year_total is None


def test_without_last_year_nothing_stands_there(before: Year) -> None:
    card = this_year(before, heavier("D2"), {}, previous={}, not_comparable={}, other_rule={})
    assert card.last_year_total is None
    assert set(lines(card).values()) == {(None, None)}


def test_the_total_that_is_comparable_is_last_year_s_own(before: Year) -> None:
    card = this_year(before, heavier("D2"), {TOTAL: Decimal("88.88")}, not_comparable={})
    assert (card.last_year_total, card.last_year_note) == (Decimal("88.88"), None)
