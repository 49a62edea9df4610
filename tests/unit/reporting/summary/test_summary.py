"""The two pages for the leaders say what the cards say, counted and set side by side."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gongkai.assessment.assess import assess_year
from gongkai.reporting.summary.view import summary_view
from gongkai.reporting.summary.writer import write_summary
from tests.unit.assessment.conftest import Year, tables


@pytest.fixture(scope="module")
def state(default_profile):
    """Two towns handed in: T01 with a late document and a problem, T02 without fault."""
    year = Year(default_profile)
    good = year.document("乙", "2021-05-06", "2021-05-10")
    late = year.document("甲", "2021-01-04", "2021-06-01")
    items = [{"area": "09", "item": "征收公告", "updated_on": "2021-03-01"}]
    year.submit("T01", tables=tables(), documents=[late, good], catalogue=items)
    year.submit("T02", tables=tables(), documents=[good], catalogue=[])
    seen = {"by": "甲", "on": date(2021, 6, 1), "reason": "链接打不开"}
    year.inspect("problem", "T01", indicator="D1", **seen)
    year.inspect("checked", "T01", indicator="A2", passed=3, checked=4, **seen)
    return year.state()


@pytest.fixture(scope="module")
def assessment(state):
    return assess_year(state)


@pytest.fixture(scope="module")
def view(assessment, state):
    return summary_view(assessment, state)


def test_every_assessed_unit_stands_once_with_every_first_level(view, assessment):
    rows = [row for group in view.heat for row in group.rows]
    assert sorted(row.unit for row in rows) == sorted(card.unit for card in assessment.scorecards)
    assert {len(row.cells) for row in rows} == {7}


def test_a_group_counts_its_grades(view, assessment):
    town = next(line for line in view.groups if line.name == "镇街")
    grades = [card.grade for card in assessment.scorecards if card.group == "town"]
    assert town.grades == tuple(str(grades.count(grade)) for grade in view.grades)
    assert town.best == max(f"{card.total:f}" for card in assessment.scorecards if card.group == "town")


def test_a_level_is_the_share_of_its_applicable_points(view, assessment):
    card = next(card for card in assessment.scorecards if card.unit == "T01")
    lines = [line for line in card.indicators if line.level == "A" and line.score is not None]
    percent = 100 * sum(line.score for line in lines) / sum(line.max for line in lines)
    (row,) = [row for group in view.heat for row in group.rows if row.unit == "T01"]
    assert Decimal(row.cells[0].percent) == percent.quantize(Decimal(1), "ROUND_HALF_UP")


def test_what_inspections_found_is_counted(view):
    found = {one.code: (one.checked, one.passed, one.problems) for one in view.found}
    assert found == {"A2": ("4", "3", ""), "D1": ("", "", "1")}


def test_the_catalogue_has_an_area_a_row_and_a_town_a_column(view):
    assert (len(view.areas), len(view.columns)) == (26, 10)
    marks = {row.number: row.marks[:2] for row in view.areas}
    assert (marks["09"], marks["11"], marks["01"]) == (("●", "○"), ("○", "○"), ("—", "—"))


def test_risers_and_fallers_are_those_on_the_same_scale(assessment, state):
    def last(card):
        return replace(card, last_year_total=card.total - {"T01": 5, "T02": -3}[card.unit])

    moved = [last(card) if card.unit in ("T01", "T02") else card for card in assessment.scorecards]
    view = summary_view(replace(assessment, scorecards=tuple(moved)), state)
    assert [(one.unit, one.difference) for one in view.risen] == [("T01", "+5.00")]
    assert [(one.unit, one.difference) for one in view.fallen] == [("T02", "−3.00")]
    assert view.last_year == ""


def test_proposals_stand_beside_vetoes(view, assessment):
    proposed = [(card.unit, one.veto) for card in assessment.scorecards for one in card.proposals]
    assert [(line.unit, line.veto) for line in view.vetoes if line.word == "待认定"] == proposed


def test_both_forms_are_written_and_the_same_again(assessment, state, tmp_path):
    first, again = (write_summary(assessment, state, "b" * 64, tmp_path / name) for name in ("a", "b"))
    assert [path.name for path in first] == ["summary.html", "summary.pdf"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
