"""A score is explained so that it can be done again by hand: every case and entry, then the sum."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from gongkai.assessment.explaining import explain_unit
from tests.unit.assessment.conftest import BEFORE_THE_DEADLINE


@pytest.fixture
def explained(year):
    """Seven closed requests, one late; columns seen twice; one problem."""
    fast = [year.case(f"2021-00{n}", "2021-03-01", "2021-03-11") for n in range(1, 7)]
    slow = year.case("2021-007", "2021-03-01", "2021-04-01")
    cells = year.tables(requests__outcome_total__total=7)
    year.submit(tables=cells, register=[*fast, slow])
    year.inspect("checked", indicator="A2", passed=9, checked=10, on=date(2021, 6, 1), by="甲", reason="一栏空白")
    year.inspect("problem", indicator="D1", on=date(2021, 6, 2), by="甲", reason="链接打不开")
    return explain_unit(year.state(), "T01")


def line(said, code):
    return next(one for one in said["indicators"] if one["code"] == code)


def value(text):
    return Fraction(text.split(" ≈ ")[0])


def test_a_rate_and_its_cases(explained):
    found = line(explained, "C1")
    (part,) = found["parts"]
    assert (part["numerator"], part["denominator"], part["value"], part["worth"]) == (6, 7, "6/7 ≈ 0.857143", "8")
    met = {one["where"]: one["met"] for one in part["looked_at"]}
    assert met == {f"register[2021-00{n}]": n != 7 for n in range(1, 8)}
    late = next(one for one in part["looked_at"] if not one["met"])
    assert late["clock"] == {
        "started_on": "2021-03-01", "due_on": "2021-03-29", "used": 23, "overdue_by": 3,
    }  # fmt: skip
    assert late["values"]["办结日期"] == "2021-04-01"
    (cases,) = found["cases"]
    assert (cases["count"], cases["points_each"], cases["taken"]) == (1, "3", "3")
    assert found["formula"] == "8 × 6/7 － 3 × 1 ＝ 27/7 ≈ 3.857143"
    assert found["score"] == "3.86"


def test_every_line_can_be_recomputed_from_its_parts_and_cases(explained):
    for one in explained["indicators"]:
        if one["applicable"]:
            earned = sum((value(part["worth"]) * value(part["value"]) for part in one["parts"] if part["value"]), 0)
            start = earned if one["parts"] else Fraction(one["max"])
            points = start - sum(value(cases["taken"]) for cases in one["cases"])
            assert abs(points - Fraction(one["score"])) <= Fraction(1, 200), one["code"]


def test_entries_stand_beside_what_they_moved(explained):
    (entry,) = line(explained, "A2")["entries"]
    assert (entry["id"], entry["passed"], entry["checked"], entry["by"]) == ("p-1", 9, 10, "甲")
    (seen,) = line(explained, "D1")["cases"][0]["looked_at"]
    assert (seen["where"], seen["met"], seen["why"]) == ("entries[p-2]", False, "链接打不开")


def test_the_total_follows_from_the_lines(explained):
    lines = [one for one in explained["indicators"] if one["score"] is not None]
    earned, most = (sum(Decimal(one[key]) for one in lines) for key in ("score", "max"))
    assert (Decimal(explained["sum"]["earned"]), Decimal(explained["sum"]["applicable"])) == (earned, most)
    assert explained["sum"]["formula"].endswith(f"＝ {explained['total']}")


def test_an_average_judges_no_single_case(explained):
    (part,) = line(explained, "C4")["parts"]
    assert {one["met"] for one in part["looked_at"]} == {None}
    assert part["measured"] == "71/7 ≈ 10.142857"


def test_a_unit_of_which_nothing_is_known_yet_has_lines_and_no_points(year):
    year.as_of = BEFORE_THE_DEADLINE
    said = explain_unit(year.state(), "T01")
    assert (said["total"], said["sum"]["formula"]) == (None, None)
    assert all(one["formula"] is None and one["parts"] == [] for one in said["indicators"])
