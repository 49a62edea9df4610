"""Ranks and medians inside a group."""

from decimal import Decimal

import pytest

from gongkai.assessment.assess import assess_year
from gongkai.assessment.grades import grade_of
from gongkai.assessment.ranking import median
from tests.unit.assessment.conftest import BEFORE_THE_DEADLINE


def score_c3(year, **points):
    """Towns whose lines are alike but for C3, which an inspector set."""
    for unit, given in points.items():
        year.submit(unit).inspect("score", unit, indicator="C3", points=Decimal(given))
    return {card.unit: card for card in assess_year(year.state()).scorecards}


def test_equal_totals_share_a_rank(year):
    year.as_of = BEFORE_THE_DEADLINE
    cards = score_c3(year, T01="4", T02="5", T03="3", T04="4")
    assert [cards[unit].rank for unit in ("T01", "T02", "T03", "T04")] == [2, 1, 4, 2]


def test_a_vetoed_unit_comes_after_the_others(year):
    year.veto(unit="T02")
    cards = score_c3(year, T01="1", T02="5", T03="3")
    assert [cards[unit].rank for unit in ("T01", "T02", "T03")] == [2, 3, 1]


def test_units_without_a_total_have_no_rank_and_the_group_keeps_its_size(year):
    year.as_of = BEFORE_THE_DEADLINE
    cards = score_c3(year, T01="1")
    assert (cards["T01"].rank, cards["T01"].group_size) == (1, 10)
    assert (cards["T02"].rank, cards["T02"].grade, cards["T02"].total) == (None, "未评定", None)
    assert (cards["A01"].group, cards["A01"].group_size) == ("area", 26)


def test_whoever_never_handed_in_is_scored_with_what_is_known_and_comes_last(year):
    year.veto(unit="T01").inspect("checked", "T02", indicator="A2", passed=5, checked=5)
    cards = score_c3(year, T01="1")
    assert (cards["T01"].rank, cards["T02"].rank, cards["T02"].group_size) == (1, 2, 10)
    lines = {line.code: line for line in cards["T02"].indicators}
    assert (lines["A2"].score, lines["A1"].score, lines["F1"].score, lines["C3"].score) == (8, 0, 0, 0)
    assert all(line.deductions for line in cards["T02"].indicators if line.applicable and line.score < line.max)


def test_groups_are_ranked_apart_and_the_office_not_at_all(year):
    cards = score_c3(year, T01="1", A01="0")
    assert (cards["T01"].rank, cards["A01"].rank) == (1, 1)
    assert "OFFICE" not in cards
    assert len(cards) == 36


def test_a_group_that_the_scheme_does_not_rank(year_with):
    cards = score_c3(year_with(rank_within=["area"]), T01="1", A01="0")
    assert (cards["T01"].rank, cards["A01"].rank) == (None, 1)
    assert cards["T01"].peer_median_total is not None


def test_the_median_is_over_the_scored_units_of_the_group(year):
    year.as_of = BEFORE_THE_DEADLINE
    cards = score_c3(year, T01="4", T02="5", T03="1", T04="2", T05="3", A01="0")
    lines = {line.code: line for line in cards["T01"].indicators}
    assert lines["C3"].peer_median == Decimal("3.00")
    assert lines["D2"].peer_median is None  # nobody looked
    assert lines["C3"].peer_quartiles == (Decimal("1.50"), Decimal("4.50"))
    totals = sorted(cards[f"T0{n}"].total for n in range(1, 6))
    assert cards["T01"].peer_median_total == totals[2]


def test_of_fewer_than_five_units_nothing_is_told(year):
    year.as_of = BEFORE_THE_DEADLINE
    cards = score_c3(year, T01="4", T02="5", T03="1", T04="2")
    line = next(line for line in cards["T01"].indicators if line.code == "C3")
    assert (line.peer_median, line.peer_quartiles, cards["T01"].peer_median_total) == (None, None, None)
    assert cards["T01"].rank == 2


@pytest.mark.parametrize(
    ("scores", "expected"), [(["1", "3", "2"], "2"), (["1.01", "1.02"], "1.02"), ([None, "7"], "7"), ([None], None)]
)
def test_median(scores, expected):
    found = median([None if s is None else Decimal(s) for s in scores], 2)
    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("105", "优秀"),
        ("90.00", "优秀"),
        ("89.99", "良好"),
        ("80", "良好"),
        ("60", "合格"),
        ("59.99", "不合格"),
        ("-3", "不合格"),
    ],
)
def test_grades(default_profile, total, grade):
    assert grade_of(Decimal(total), False, default_profile.scheme.bands) == grade


def test_the_order_of_units_does_not_matter(year):
    score_c3(year, T01="4", T02="5", T03="3", T04="4", A07="2")
    codes = [unit.code for unit in year.profile.units]
    straight = {card.unit: card for card in assess_year(year.state()).scorecards}
    backwards = {card.unit: card for card in assess_year(year.state(codes[::-1])).scorecards}
    assert straight == backwards
