"""A2, A5, C2, D1–D3, E3, F4, G1–G3: what inspectors entered."""

from datetime import date
from decimal import Decimal

import pytest

RATES = {"A2": 8, "A5": 2, "C2": 4, "D2": 7, "E3": 3, "F4": 1, "G3": 2}


@pytest.mark.parametrize(("code", "weight"), RATES.items())
class TestRates:
    def test_passed_of_checked(self, year, code, weight):
        line = year.submit().inspect("checked", indicator=code, passed=3, checked=4, reason="缺一项").line(code)
        assert line.score == Decimal(weight) * 3 / 4
        assert (line.measured.numerator, line.measured.denominator) == (3, 4)
        assert line.deductions[0].reason == "4 项中 1 项不合格：缺一项"
        assert line.deductions[0].evidence[0].where == "entries[p-1]"

    def test_everything_passed(self, year, code, weight):
        line = year.submit().inspect("checked", indicator=code, passed=4, checked=4).line(code)
        assert (line.score, line.deductions) == (weight, ())

    def test_nobody_looked(self, year, code, weight):
        line = year.submit().inspect("checked", "T02", indicator=code, passed=4, checked=4).line(code)
        assert (line.applicable, line.note) == (False, "没有检查记录")

    def test_nothing_was_checked(self, year, code, weight):
        assert not year.submit().inspect("checked", indicator=code, passed=0, checked=0).line(code).applicable


def test_a5_does_not_exist_for_areas(year):
    line = year.submit("A01").inspect("checked", "A01", indicator="A5", passed=1, checked=2).line("A5", "A01")
    assert (line.max, line.applicable, line.note) == (0, False, "本组不设此项指标")


def test_a2_is_the_mean_of_the_months(year):
    year.submit().inspect("checked", indicator="A2", passed=10, checked=10, on=date(2021, 3, 1))
    year.inspect("checked", indicator="A2", passed=1, checked=2, on=date(2021, 4, 1))
    line = year.line("A2")
    assert line.score == Decimal("6.00")  # 8 × (1 + 1/2) / 2, not 8 × 11/12
    assert (line.measured.numerator, line.measured.denominator, line.note) == (11, 12, "按 2 个月的合格率平均")


def test_other_checks_are_pooled(year):
    year.submit().inspect("checked", indicator="C2", passed=10, checked=10, on=date(2021, 3, 1))
    year.inspect("checked", indicator="C2", passed=1, checked=2, on=date(2021, 4, 1))
    assert year.line("C2").score == Decimal("3.67")  # 4 × 11/12


def test_several_checks_are_told_apart_by_their_days(year):
    year.submit().inspect("checked", indicator="C2", passed=1, checked=2, on=date(2021, 4, 1), reason="缺依据")
    line = year.inspect("checked", indicator="C2", passed=2, checked=5).line("C2")
    assert line.deductions[0].reason == "7 项中 4 项不合格：2021-04-01 检查 2 项合格 1 项，缺依据；检查 5 项合格 2 项"


class TestD1:
    def test_half_a_point_a_problem(self, year):
        year.submit()
        for reason in ("链接失效", "信息错误", "栏目空白"):
            year.inspect("problem", indicator="D1", reason=reason)
        line = year.line("D1")
        assert (line.score, line.measured.numerator) == (Decimal("2.50"), 3)
        assert line.deductions[0].reason == "巡查发现问题 3 条，每条扣 0.5 分：链接失效；信息错误；栏目空白"

    def test_no_problem_where_inspectors_looked_for_them(self, year):
        assert year.submit().inspect("checked", indicator="D1", passed=1, checked=1).line("D1").score == 4

    @pytest.mark.parametrize(
        "entry",
        [
            {"kind": "checked", "indicator": "A2", "passed": 1, "checked": 1},
            {"kind": "rectification", "indicator": "D1", "issued_on": date(2021, 6, 1), "due_on": date(2021, 7, 1)},
            {"kind": "appeal", "indicator": "D1"},
        ],
    )
    def test_never_full_marks_where_nobody_looked(self, year, entry):
        assert not year.submit().inspect(**entry).line("D1").applicable

    def test_stops_at_zero(self, year):
        year.submit()
        for _ in range(12):
            year.inspect("problem", indicator="D1", reason="链接失效")
        line = year.line("D1")
        assert (line.score, line.deductions[0].points, len(line.deductions[0].evidence)) == (0, 4, 12)
        assert "等 12 项，全部见依据" in line.deductions[0].reason


class TestRectifications:
    def issued(self, year, closed, due=date(2021, 6, 30), **values):
        return year.inspect("rectification", issued_on=date(2021, 6, 1), due_on=due, closed_on=closed, **values)

    def test_g1_closed_by_the_due_day(self, year):
        self.issued(year.submit(), date(2021, 6, 30))
        self.issued(year, date(2021, 7, 1))
        self.issued(year, None)
        line = year.line("G1")
        assert line.score == 2
        assert line.deductions[0].reason == (
            "3 件中 2 件未按期整改：p-2 应于 2021-06-30 前整改，2021-07-01 办结；p-3 应于 2021-06-30 前整改，尚未办结"
        )

    def test_g1_what_is_not_yet_due_is_not_counted(self, year):
        self.issued(year.submit(), None, due=date(2022, 4, 30))
        assert not year.line("G1").applicable

    def test_g2_of_those_closed(self, year):
        self.issued(year.submit(), date(2021, 6, 30), recurred=True, reason="栏目再次空白")
        self.issued(year, date(2021, 6, 30), recurred=False)
        self.issued(year, None)
        line = year.line("G2")
        assert line.score == 1
        assert line.deductions[0].reason == "2 件中 1 件复发：p-1 整改后问题复发：栏目再次空白"

    @pytest.mark.parametrize("code", ["G1", "G2"])
    def test_none_issued(self, year, code):
        assert not year.submit().line(code).applicable


class TestScore:
    def test_an_inspector_can_set_any_indicator(self, year):
        year.submit().inspect("score", indicator="C3", points=Decimal("3.5"), reason="案卷评查")
        line = year.line("C3")
        assert (line.score, line.applicable) == (Decimal("3.50"), True)
        assert line.deductions[0].reason == "检查评分 3.5 分：案卷评查"
        assert line.deductions[0].points == Decimal("1.50")

    def test_it_is_kept_within_the_weight(self, year):
        assert year.submit().inspect("score", indicator="C3", points=Decimal(9)).line("C3").score == 5

    def test_the_latest_one_counts(self, year):
        year.submit().inspect("score", indicator="C3", points=Decimal(4), on=date(2022, 2, 2))
        year.inspect("score", indicator="C3", points=Decimal(1), on=date(2022, 2, 1))
        assert year.line("C3").score == 4
        year.inspect("score", indicator="C3", points=Decimal(2), on=date(2022, 2, 2))
        assert year.line("C3").score == 2

    def test_it_makes_an_indicator_applicable_that_nothing_else_does(self, year):
        assert year.submit().inspect("score", indicator="B4", points=Decimal(3)).line("B4").score == 3
