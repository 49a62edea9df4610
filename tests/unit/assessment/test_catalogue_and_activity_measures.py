"""D3 (its guide), E1, E2, F2 and F3: the catalogue and the year's working figures."""

from decimal import Decimal

import pytest

OWNED = ["09", "11", "12", "13", "17", "21", "22", "24"]  # T01 in the default registry


def item(area, **values):
    return {"area": area, "item": f"事项{area}", "updated_on": "2021-06-01", **values}


class TestE1:
    def test_every_area_of_the_registry(self, year):
        assert year.submit(catalogue=[item(area) for area in OWNED]).line("E1").score == 4

    def test_names_the_areas_that_are_missing_and_ignores_others(self, year):
        line = year.submit(catalogue=[item(area) for area in (*OWNED[:6], "26")]).line("E1")
        assert (line.score, line.measured.numerator, line.measured.denominator) == (3, 6, 8)
        assert line.deductions[0].reason == "8 个领域中 2 个领域未编入标准目录：22 养老服务；24 涉农补贴"

    def test_an_empty_catalogue_covers_nothing(self, year):
        assert year.submit(catalogue=[]).line("E1").score == 0

    @pytest.mark.parametrize("code", ["E1", "E2"])
    def test_a_missing_catalogue_earns_nothing(self, year, code):
        line = year.submit().line(code)
        assert line.score == 0
        assert line.deductions[0].reason == "本单位负责 8 个领域，但没有报送标准目录，按 0 分计"

    @pytest.mark.parametrize("code", ["E1", "E2"])
    def test_a_unit_without_areas_has_no_catalogue(self, year, code):
        units = tuple(u.model_copy(update={"areas": ()}) for u in year.profile.units)
        year.profile = year.profile.model_copy(update={"units": units})
        assert not year.submit().line(code).applicable


class TestE2:
    def changed(self, source, changed):
        return item("09", change="changed", source_changed_on=source, changed_on=changed)

    def test_twenty_working_days(self, year):
        rows = [self.changed("2021-03-01", "2021-03-29"), self.changed("2021-03-01", "2021-03-31")]
        line = year.submit(catalogue=rows).line("E2")
        assert line.score == Decimal("1.50")
        assert line.deductions[0].reason == "2 项中 1 项未按时调整：“事项09”用时 22 个工作日，超期 2 个工作日"

    def test_a_missing_date_proves_nothing(self, year):
        rows = [self.changed(None, "2021-03-29"), self.changed("2021-03-01", None)]
        line = year.submit(catalogue=rows).line("E2")
        assert line.score == 0
        assert "缺少清单变化日期" in line.deductions[0].reason
        assert "缺少目录调整日期" in line.deductions[0].reason

    def test_no_change_but_an_update_of_the_year_is_full(self, year):
        line = year.submit(catalogue=[item("09")]).line("E2")
        assert (line.score, line.note) == (3, "本年没有需要调整的事项，目录有更新，记满分")

    @pytest.mark.parametrize("rows", [[], [item("09", updated_on="2020-06-01")]])
    def test_neither_change_nor_update_is_not_applicable(self, year, rows):
        assert not year.submit(catalogue=rows).line("E2").applicable


class TestD3:
    @pytest.mark.parametrize(("updated", "score"), [("2020-12-31", 4), ("2020-12-30", 0), ("2022-01-10", 4), (None, 0)])
    def test_the_guide_alone_where_nobody_called(self, year, updated, score):
        line = year.submit(activities={"guide_updated_on": updated}).line("D3")
        assert line.score == score

    def test_guide_and_telephone_carry_half_each(self, year):
        year.submit(activities={"guide_updated_on": "2020-01-01"})
        line = year.inspect("checked", indicator="D3", passed=4, checked=5, reason="一次无人接听").line("D3")
        assert line.score == Decimal("1.60")
        assert [(lost.points, lost.reason) for lost in line.deductions] == [
            (Decimal("2.00"), "公开指南最近更新于 2020-01-01，距年末 730 天，超过 365 天"),
            (Decimal("0.40"), "5 项中 1 项不合格：一次无人接听"),
        ]
        assert (line.measured.value, line.note) == (Decimal("0.4000"), "公开指南 0/1、公开电话 4/5")


@pytest.mark.parametrize(("given", "score"), [(4, "2.00"), (3, "1.50"), (0, "0.00"), (None, "0.00"), (7, "2.00")])
def test_f2_of_four(year, given, score):
    line = year.submit(activities={"rules_in_place": given}).line("F2")
    assert (line.score, line.note) == (Decimal(score), "填报 7 项，按 4 项计" if given == 7 else None)


@pytest.mark.parametrize(
    ("sessions", "expected", "attendees", "score"),
    [
        (1, 40, 30, "1.75"),
        (2, 40, 50, "2.00"),  # more than expected is all of them
        (0, 0, 0, "0.00"),  # no training: no attendance to measure
        (None, None, None, "0.00"),
        (1, 0, 0, "1.00"),  # held, and nobody was expected: nothing shows who came
        (1, None, 30, "1.00"),  # held, figures missing
        (1, 40, None, "1.00"),
        (0, 40, 30, "0.75"),
    ],
)
def test_f3_session_and_attendance(year, sessions, expected, attendees, score):
    figures = {"training_sessions": sessions, "training_expected": expected, "training_attendees": attendees}
    assert year.submit(activities=figures).line("F3").score == Decimal(score)


def test_f3_says_which_figure_is_missing(year):
    line = year.submit(activities={"training_sessions": 1, "training_attendees": 30}).line("F3")
    assert line.deductions[0].reason == "举办了培训，但没有填报培训应到人数"
    assert line.deductions[0].evidence[0].where == "activities.training_expected"
