"""Every lost point in points of the total, and the fewest indicators that lead to the next grade."""

from decimal import Decimal

import pytest

from gongkai.assessment.export import scorecard_json
from gongkai.assessment.scorecard import IndicatorScore, Measured, PointsLost
from gongkai.assessment.way_up import in_points_of_the_total, next_grade
from gongkai.profile import load_profile

BANDS = load_profile().scheme.bands


def line(code: str, most: str, *lost: str) -> IndicatorScore:
    missing = sum(map(Decimal, lost), Decimal(0))
    losses = tuple(PointsLost(Decimal(points), "少") for points in lost)
    return IndicatorScore(code, "A", "", "", Decimal(most), Decimal(most) - missing, True, Measured(), losses)


@pytest.mark.parametrize(
    ("lines", "converted", "expected"),
    [
        ([line("A1", "10", "1"), line("A2", "10")], "95.00", ["5.00"]),
        # 3 × 33.333… are 100: one of them takes the hundredth that is left
        ([line(code, "1", "1") for code in "ABC"], "0.00", ["33.34", "33.33", "33.33"]),
        ([line("A1", "7", "1", "1")], "71.43", ["14.29", "14.28"]),
    ],
)
def test_deductions_add_up_to_what_is_missing_of_a_hundred(lines, converted, expected):
    found = [lost.in_total for one in in_points_of_the_total(lines, Decimal(converted), 2) for lost in one.deductions]
    assert found == [Decimal(points) for points in expected]
    assert sum((points for points in found if points), Decimal(0)) == 100 - Decimal(converted)


def test_without_a_total_nothing_costs_anything_of_it():
    (found,) = in_points_of_the_total([line("A1", "10", "1")], None, 2)
    assert found.deductions[0].in_total is None


class TestTheNextGrade:
    LINES = (line("A1", "50", "2"), line("A2", "50", "9"), line("A3", "0"))

    def test_takes_the_fewest_indicators(self):
        found = next_grade(self.LINES, Decimal("89"), BANDS, 2)
        assert (found.grade, found.distance) == ("优秀", 1)
        assert [(step.indicator, step.points) for step in found.shortest] == [("A2", Decimal("9.00"))]

    @pytest.mark.parametrize("total", ["90", None])
    def test_is_none_at_the_top_and_without_a_total(self, total):
        assert next_grade(self.LINES, Decimal(total) if total else None, BANDS, 2) is None

    def test_is_none_where_all_lost_points_would_not_do(self):
        assert next_grade(self.LINES, Decimal("70"), BANDS[:1], 2) is None


def test_the_card_says_all_of_it(year):
    year.submit().inspect("rectification", indicator="D1", issued_on=None, due_on=None, reason="空栏目", by="甲")
    card = year.inspect("checked", indicator="A2", passed=1, checked=2).card()
    data = scorecard_json(card, "b" * 64)
    missing = 100 - (card.total - card.bonus + card.penalty)
    lost = [Decimal(one["in_total"]) for each in data["indicators"] for one in each["deductions"]]
    assert sum(lost) == missing
    assert (data["state"], data["issued_on"], data["bands"][0]) == (
        "draft",
        None,
        {"grade": "优秀", "at_least": "90.00"},
    )
    notice, *items = data["rectification"]  # the office's notices, then an item for every deduction
    assert notice["what"] == "空栏目"
    assert len(items) == len(lost)
    assert all(each["basis"] for each in data["indicators"])
