"""The one shape of all indicators: shares, scales, caps, rounding, and deductions that add up."""

from decimal import Decimal

import pytest


def indicator(**changes):
    return {
        "code": "X1",
        "level": "X",
        "label": "示例指标",
        "weight": {"town": "10"},
        "source": "auto",
        "basis": "示例",
        "to_raise": "请改进。",
        **changes,
    }


def scheme(*indicators, level_cap=None, **changes):
    return {"indicators": indicators, "levels": [{"code": "X", "label": "示例", "max_deduction": level_cap}], **changes}


ERRORS = {"measure": "report_errors", "points": "2", "reason": "错误"}
ROUNDS = {"measure": "report_return_rounds", "points": "3", "reason": "退回"}


def with_errors(year, count):
    first = year.verdict(*[year.finding("error", f"第{n}处。") for n in range(count)])
    return year.submit(first=first).submit()


class TestCaps:
    def test_at_the_indicator(self, year_with):
        year = with_errors(year_with(**scheme(indicator(deductions=[ERRORS, ROUNDS], max_deduction="5"))), 2)
        line = year.line("X1")
        assert (line.score, [lost.points for lost in line.deductions]) == (5, [4, 1])
        assert line.note == "退回应扣 3 分，以本指标的扣分上限为限，实扣 1 分"

    def test_at_the_level_above_over_several_indicators(self, year_with):
        lines = (indicator(deductions=[ERRORS]), indicator(code="X2", deductions=[ROUNDS]))
        year = with_errors(year_with(**scheme(*lines, level_cap="5")), 2)
        assert (year.line("X1").score, year.line("X2").score) == (6, 9)
        assert year.line("X2").note == "退回应扣 3 分，以一级指标的扣分上限为限，实扣 1 分"

    def test_a_cap_leaves_what_a_rate_loses(self, year_with):
        held = {"measure": "training_held", "limits": {"sessions": 2}}
        one = indicator(parts=[held], deductions=[ERRORS], max_deduction="1")
        year = with_errors(year_with(**scheme(one)), 1)
        assert year.line("X1").score == 0  # no training: the rate has taken all 10

    def test_without_caps_down_to_zero(self, year_with):
        year = with_errors(year_with(**scheme(indicator(deductions=[ERRORS]))), 9)
        assert (year.line("X1").score, year.line("X1").deductions[0].points) == (0, 10)


class TestShares:
    PARTS = (
        {"measure": "training_held", "share": "3", "limits": {"sessions": 1}},
        {"measure": "inspection_passed", "share": "1"},
    )

    def test_are_brought_to_one(self, year_with):
        year = year_with(**scheme(indicator(parts=self.PARTS))).submit()
        year.inspect("checked", indicator="X1", passed=1, checked=1)
        assert year.line("X1").score == Decimal("2.50")

    def test_of_what_does_not_apply_go_to_the_rest(self, year_with):
        year = year_with(**scheme(indicator(parts=self.PARTS))).submit(activities={"training_sessions": 1})
        line = year.line("X1")
        assert (line.score, line.note) == (10, "没有检查记录")


class TestRounding:
    def thirds(self, year_with, places, weight="10"):
        parts = [{"measure": "inspection_passed"}]
        year = year_with(**scheme(indicator(parts=parts, weight={"town": weight}), decimal_places=places)).submit()
        return year.inspect("checked", indicator="X1", passed=1, checked=3)

    @pytest.mark.parametrize(
        ("places", "score", "total"),
        [(0, "3", "30"), (1, "3.3", "33.0"), (2, "3.33", "33.30"), (4, "3.3333", "33.3330")],
    )
    def test_to_the_places_of_the_scheme(self, year_with, places, score, total):
        year = self.thirds(year_with, places)
        assert str(year.line("X1").score) == score
        assert str(year.card().total) == total

    def test_half_goes_up_also_when_it_favours_the_unit(self, year_with):
        year = year_with(**scheme(indicator(parts=[{"measure": "inspection_passed"}], weight={"town": "1"}))).submit()
        line = year.inspect("checked", indicator="X1", passed=1, checked=8).line("X1")
        assert (str(line.score), str(line.deductions[0].points)) == ("0.13", "0.87")  # 0.125

    def test_three_losses_of_a_third_add_up_to_what_the_score_lacks(self, year_with):
        parts = [
            {"measure": "training_held", "limits": {"sessions": 1}},
            {"measure": "guide_fresh", "limits": {"days": 365}},
            {"measure": "rules_in_place", "limits": {"of": 4}},
        ]
        line = year_with(**scheme(indicator(parts=parts))).submit().line("X1")
        assert [str(lost.points) for lost in line.deductions] == ["3.34", "3.33", "3.33"]


def test_advice_names_the_points_that_it_would_have_kept(year_with):
    year = with_errors(year_with(**scheme(indicator(deductions=[ERRORS, ROUNDS]))), 2)
    assert year.line("X1").to_raise == "请改进。做到可得回 7 分，总分增加 70 分。"
