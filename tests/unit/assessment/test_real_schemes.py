"""What is known of real districts' schemes can be said as data, and gives the points that they give.

Each district here has the branches that its published scheme shows, and no more (figures of theirs, words of ours).
"""

from datetime import date
from decimal import Decimal

import pytest

from gongkai.assessment.assess import assess_year
from gongkai.profile.scheme import Scheme

PROBLEMS = "inspection_problems"


def indicator(code, weight, level="X", **changes):
    said = {"label": f"指标{code}", "source": "inspector", "basis": "示例", "to_raise": "请改进。"}
    return {"code": code, "level": level, "weight": {"town": str(weight)}, **said, **changes}


def priced(points, ground=None, measure=PROBLEMS):
    return {"measure": measure, "points": str(points), "reason": ground or "问题", "ground": ground}


def checked():
    return [{"measure": "inspection_passed"}]


def scheme(*indicators, levels=None, **changes):
    return {"indicators": indicators, "levels": levels or [{"code": "X", "label": "示例"}], "vetoes": ["否决项"],
            "late_publication_veto": None, **changes}  # fmt: skip


def found(year, code, count=1, ground=None, unit="T01"):
    for number in range(count):
        year.inspect(
            "problem", unit, indicator=code, ground=ground, on=date(2021, 6, 1), by="甲", reason=f"第{number}处"
        )
    return year


class TestJinzhou:
    """锦州 2020: deductions may exceed the indicator's own weight, capped one level up; major deductions uncapped."""

    LEVELS = (
        {"code": "A", "label": "主动公开", "floor": "level"},
        {"code": "A1", "label": "目录", "under": "A"},
        {"code": "A2", "label": "内容", "under": "A"},
        {"code": "B", "label": "依申请"},
    )

    @pytest.fixture
    def year(self, year_with):
        lines = [
            indicator("a", 5, "A1", deductions=[priced(2)]),
            indicator("b", 5, "A2", deductions=[priced(2)]),
            indicator("c", 90, "B", parts=checked()),
        ]
        penalty = [{"what": "重大失误", "points": "30"}]
        year = year_with(**scheme(*lines, levels=self.LEVELS, penalty=penalty, penalty_cap=None))
        year.submit().inspect("checked", indicator="c", passed=9, checked=10, on=date(2021, 6, 1))
        return year

    def test_a_deduction_exceeds_its_indicators_weight(self, year):
        found(year, "a", 4)
        assert (year.line("a").score, year.line("b").score) == (-3, 5)
        assert year.card().total == 83  # (−3 + 5 + 81) of 100

    def test_the_level_above_is_the_cap(self, year):
        found(year, "a", 9)
        found(year, "b", 3)
        assert year.line("a").score + year.line("b").score == 0
        assert year.line("a").note == "问题应扣 18 分，以上一级指标的分值为限，实扣 10 分"

    def test_major_deductions_have_no_cap_but_the_total(self, year):
        for number in range(4):
            year.award("penalty", "重大失误", reason=f"第 {number} 次")
        card = year.card()
        assert (card.total, card.penalty) == (0, 91)
        assert sum(lost.in_total for line in card.indicators for lost in line.deductions) == 9


class TestLicheng:
    """鲤城 2020: several priced kinds of problem in one indicator, each item down to 0."""

    @pytest.fixture
    def year(self, year_with):
        requests = [
            priced(6, measure="requests_overdue"),
            priced(3, measure="reconsiderations_corrected"),
            priced(6, "拒绝配合"),
            priced(3, "未送意见"),
        ]
        report = [
            priced(5, measure="report_return_rounds"),
            priced(5, "退回后未及时修改"),
            priced(5, "雷同"),
        ]
        lines = [indicator("年报", 15, deductions=report), indicator("依申请", 85, deductions=requests)]
        return year_with(**scheme(*lines))

    def test_each_kind_has_its_price(self, year):
        cells = year.tables(requests__outcome_total__total=1, disputes__reconsideration__corrected=1)
        year.submit(register=[year.case("1", "2021-03-01", "2021-05-06")], tables=cells)
        found(year, "依申请", 2, "拒绝配合")
        found(year, "依申请", 1, "未送意见")
        assert year.line("依申请").score == 85 - 6 - 3 - 12 - 3

    def test_returned_not_mended_and_copied_leave_nothing(self, year):
        returned = year.verdict(year.finding("error"))
        year.submit(first=returned).submit()
        found(year, "年报", 1, "退回后未及时修改")
        assert year.line("年报").score == 5
        found(year, "年报", 1, "雷同")
        assert year.line("年报").score == 0


def test_guoyang_2020_stands_beside_the_hundred(year_with):
    """涡阳: (81.22 + 0.64) / (100 + 0.64) × 100 = 81.34."""
    levels = [{"code": "X", "label": "基本分"}, {"code": "K", "label": "重点领域", "beside": True}]
    year = year_with(**scheme(indicator("x", 100, parts=checked()),
                              indicator("k", "0.64", "K", parts=checked()), levels=levels))  # fmt: skip
    year.submit()
    year.inspect("score", indicator="x", points=Decimal("81.22"), on=date(2021, 6, 1))
    year.inspect("score", indicator="k", points=Decimal("0.64"), on=date(2021, 6, 1))
    assert year.card().total == Decimal("81.34")
    assert year.profile.scheme.hundred_of("town") == 100


class TestMianyang:
    """绵阳 2022: a bonus only from a threshold; too few points of the website fail; one failed item vetoes."""

    @pytest.fixture
    def year(self, year_with):
        levels = [{"code": "O", "label": "公开"}, {"code": "W", "label": "网站"}, {"code": "M", "label": "新媒体"}]
        lines = [
            indicator("o", 45, "O", parts=checked(), veto="否决项"),
            indicator("w", 35, "W", parts=checked()),
            indicator("m", 20, "M", parts=checked()),
        ]
        gates = [
            {"levels": ["W"], "at_least": "21", "otherwise": "不合格", "reason": "网站"},
            {"levels": ["M"], "at_least": "12", "otherwise": "不合格", "reason": "新媒体"},
        ]
        bonus = [{"what": "推广", "points": "10"}]
        changes = {"gates": gates, "bonus": bonus, "bonus_cap": "30", "bonus_from": "44"}
        return year_with(**scheme(*lines, levels=levels, **changes)).submit()

    def scored(self, year, o, w, m):
        for code, points in (("o", o), ("w", w), ("m", m)):
            year.inspect("score", indicator=code, points=Decimal(points), on=date(2021, 6, 1))
        return year.award("bonus", "推广").card()

    def test_enough(self, year):
        card = self.scored(year, 45, 21, 12)
        assert (card.total, card.bonus, card.grade, card.proposals) == (88, 10, "良好", ())

    def test_the_website_fails_whatever_the_total(self, year):
        card = self.scored(year, 45, 20, 20)
        assert (card.total, card.grade) == (95, "不合格")
        assert card.grade_note == "网站：达不到要求，等次最高为不合格"

    @pytest.mark.parametrize(("o", "bonus"), [(10, 0), (11, 10)])
    def test_a_bonus_counts_from_the_threshold(self, year, o, bonus):
        assert self.scored(year, o, 21, 12).bonus == bonus

    def test_a_failed_item_proposes_a_veto_that_two_people_speak(self, year):
        card = self.scored(year, 44, 35, 20)
        assert [(one.veto, one.where) for one in card.proposals] == [("否决项", "o")]
        assert card.grade != "不合格"
        assert year.veto("否决项").card().grade == "不合格"


class TestTargets:
    """玉环 2018 and 涞源 2023: three levels, counts against a target, each thing missing at its price."""

    @pytest.fixture
    def year(self, year_with):
        levels = [
            {"code": "P", "label": "平台"},
            {"code": "P1", "label": "更新", "under": "P"},
            {"code": "S", "label": "制度"},
        ]
        target = {"measure": "portal_items", "scale": {"zero_at": "0", "full_at": "200"}}
        lines = [
            indicator("总量", 70, "P1", parts=[target]),
            indicator("备案", 20, "S", deductions=[priced(4, "未备案"), priced(2, "缺制度")]),
            indicator("其他", 10, "S", parts=checked()),
        ]
        return year_with(**scheme(*lines, levels=levels))

    @pytest.mark.parametrize(("items", "score"), [(0, 0), (50, "17.5"), (200, 70), (900, 70)])
    def test_a_count_against_its_target(self, year, items, score):
        assert year.submit(activities={"portal_items": items}).line("总量").score == Decimal(score)

    def test_a_figure_that_is_not_given_earns_nothing(self, year):
        assert year.submit().line("总量").score == 0

    def test_each_thing_missing_has_its_price(self, year):
        found(year.submit(), "备案", 2, "未备案")
        assert found(year, "备案", 1, "缺制度").line("备案").score == 10


class TestGrades:
    def graded(self, year, points):
        for number, value in enumerate(points, 1):
            unit = f"T{number:02d}"
            year.submit(unit).inspect("score", unit, indicator="x", points=Decimal(value), on=date(2021, 6, 1))
        cards = assess_year(year.state()).scorecards
        return {card.unit: card for card in cards if card.group == "town" and card.total is not None and card.handed_in}

    def quota(self, year_with, share="0.3"):
        bands = [{"at_least": "90", "grade": "优秀", "quota": share}, {"at_least": "80", "grade": "良好"},
                 {"at_least": "0", "grade": "不合格"}]  # fmt: skip
        return year_with(**scheme(indicator("x", 100, parts=checked()), bands=bands))

    def test_at_most_three_of_ten_are_excellent(self, year_with):
        cards = self.graded(self.quota(year_with), [99, 98, 97, 96, 95, 70, 70, 70, 70, 70])
        assert [unit for unit, card in cards.items() if card.grade == "优秀"] == ["T01", "T02", "T03"]
        assert cards["T04"].grade == "良好"
        assert cards["T04"].grade_note == "优秀不超过本组的 30%（3 个），按名次为良好"

    def test_equal_totals_get_it_together_or_not_at_all(self, year_with):
        cards = self.graded(self.quota(year_with), [99, 98, 97, 97, 95, 70, 70, 70, 70, 70])
        assert [unit for unit, card in cards.items() if card.grade == "优秀"] == ["T01", "T02"]

    def test_an_essential_criterion_gates_the_best_grade(self, year_with):
        lines = [indicator("x", 95, parts=checked()), indicator("e", 5, parts=checked())]
        gates = [{"indicators": ["e"], "otherwise": "良好", "reason": "必备项"}]
        year = year_with(**scheme(*lines, gates=gates)).submit()
        year.inspect("score", indicator="x", points=Decimal(95), on=date(2021, 6, 1))
        year.inspect("score", indicator="e", points=Decimal("4.9"), on=date(2021, 6, 1))
        assert (year.card().total, year.card().grade) == (Decimal("99.9"), "良好")
        up = year.card().next_grade
        assert (up.grade, up.distance, [step.indicator for step in up.shortest]) == ("优秀", 0, ["e"])

    def test_the_way_to_a_grade_leads_past_the_gate_before_it(self, year_with):
        lines = [indicator("x", 90, parts=checked()), indicator("e", 10, parts=checked())]
        gates = [{"indicators": ["e"], "at_least": "8", "otherwise": "良好", "reason": "必备项"}]
        year = year_with(**scheme(*lines, gates=gates)).submit()
        year.inspect("score", indicator="x", points=Decimal(78), on=date(2021, 6, 1), reason="甲")
        year.inspect("score", indicator="e", points=Decimal(7), on=date(2021, 6, 1), reason="乙")
        up = year.card().next_grade  # the twelve points of x alone would do for the total of 90
        assert (up.grade, up.distance) == ("优秀", 5)
        assert [(step.indicator, step.points) for step in up.shortest] == [("x", 12), ("e", 3)]


class TestChoices:
    LATE = {"measure": "requests_closed_on_time"}  # noqa: RUF012

    def test_nothing_to_measure_is_left_out_or_full(self, year_with):
        for choice, score in (("not_applicable", None), ("full", 100)):
            line = indicator("x", 100, source="auto", parts=[{**self.LATE, "when_nothing": choice}])
            assert year_with(**scheme(line)).submit(register=[]).line("x").score == score
            whole = scheme(indicator("x", 100, source="auto", parts=[self.LATE]), zero_denominator=choice)
            assert year_with(**whole).submit(register=[]).line("x").score == score

    def test_what_nobody_inspected_is_never_full(self, year_with):
        line = indicator("x", 100, parts=checked())
        assert year_with(**scheme(line, zero_denominator="full")).submit().line("x").score is None

    @pytest.mark.parametrize(("cases", "late", "score"), [(1, 1, 75), (2, 1, 75), (3, 3, 25), (4, 1, 75), (8, 2, 75)])
    def test_of_few_cases_a_slip_costs_at_most_its_share(self, year_with, cases, late, score):
        few = {**self.LATE, "small_base": {"below": 4, "at_most": "0.25"}}
        year = year_with(**scheme(indicator("x", 100, source="auto", parts=[few])))
        rows = [year.case(str(n), "2021-03-01", "2021-05-06" if n < late else "2021-03-02") for n in range(cases)]
        year.submit(register=rows, tables=year.tables(requests__outcome_total__total=cases))
        assert year.line("x").score == score


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"gates": [{"levels": ["Z"], "otherwise": "良好", "reason": "网站"}]}, "所列的 Z 没有登记"),
        (
            {"gates": [{"levels": ["A"], "otherwise": "优", "reason": "网站"}]},
            "应为 bands 中的等次（优秀、良好、合格、不合格）",
        ),
        (
            {"levels": [{"code": "A", "label": "甲", "under": "B"}, {"code": "B", "label": "乙"}]},
            "应是排在它前面的一级",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(default_profile, changes, why):
    with pytest.raises(ValueError, match=why):
        Scheme.model_validate({**default_profile.scheme.model_dump(), **changes})
