"""C1, C3, C4 and C5: the request register and table four."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.assessment.assess import assess_year
from gongkai.warehouse.records import YearLock

CLOSED = {"requests__new_requests__total": 3, "requests__outcome_total__total": 3}


@pytest.mark.parametrize("code", ["C1", "C4", "C5"])
def test_closed_requests_without_a_register_earn_nothing(year, code):
    line = year.submit(tables=year.tables(**CLOSED)).line(code)
    assert line.score == 0
    assert line.deductions[0].reason == "表三显示本年办结 3 件申请，但没有报送依申请公开台账，按 0 分计"
    assert sum(lost.points for lost in line.deductions) == line.max


@pytest.mark.parametrize("code", ["C1", "C4", "C5"])
@pytest.mark.parametrize("content", [{}, {"register": []}])
def test_no_request_is_not_applicable(year, code, content):
    assert not year.submit(**content).line(code).applicable


@pytest.mark.parametrize("code", ["C1", "C4", "C5"])
def test_cases_closed_in_another_year_are_not_measured(year, code):
    register = [year.case("1", "2021-12-20", "2022-01-04"), year.case("2", "2021-12-20", None)]
    assert not year.submit(register=register).line(code).applicable


def test_c1_in_time(year):
    line = year.submit(register=[year.case("2021-001", "2021-03-01", "2021-03-29")]).line("C1")
    assert (line.score, line.deductions, line.to_raise) == (8, (), None)


def test_c1_of_a_locked_year_counts_by_the_limit_that_its_lock_states(year):
    open_year = year.submit(register=[year.case("2021-001", "2021-03-01", "2021-03-29")]).state()
    reply = {"reply": {"value": 15, "law": "reply"}}
    rules = json.dumps({"rules": [{"id": "CASE-OVERDUE", "thresholds": reply}]})
    lock = YearLock(2021, open_year.as_of, "李主任", "已报市办", 1, "0" * 64, rules, open_year.profile)
    cards = assess_year(replace(open_year, lock=lock)).scorecards
    line = next(i for card in cards if card.unit == "T01" for i in card.indicators if i.code == "C1")
    assert line.deductions[0].reason == "1 件中 1 件逾期办结：2021-001 号超期 5 个工作日"


def test_c1_takes_the_share_and_three_points_a_case(year):
    register = [year.case(f"2021-{n:03}", "2021-03-01", "2021-03-10") for n in range(1, 7)]
    register.append(year.case("2021-014", "2021-03-01", "2021-04-01"))  # 23 working days
    line = year.submit(register=register).line("C1")
    # 8 × 6/7 − 3 = 3.857…
    assert line.score == Decimal("3.86")
    assert [(lost.points, lost.reason) for lost in line.deductions] == [
        (Decimal("3.00"), "申请逾期办结 1 件，每件扣 3 分：2021-014 号超期 3 个工作日"),
        (Decimal("1.14"), "7 件中 1 件逾期办结：2021-014 号超期 3 个工作日"),
    ]
    assert line.deductions[0].evidence[0].where == "register[2021-014].replied_on"
    assert line.deductions[0].evidence[0].text == "2021-014 号最迟应于 2021-03-29 答复，2021-04-01 办结"


def test_c1_never_falls_below_zero_and_says_what_was_not_taken(year):
    register = [year.case(f"2021-{n:03}", "2021-03-01", "2021-04-02") for n in range(1, 6)]
    register += [year.case(f"2021-1{n:02}", "2021-03-01", "2021-03-02") for n in range(1, 6)]
    line = year.submit(register=register).line("C1")
    assert line.score == 0
    assert [lost.points for lost in line.deductions] == [Decimal("4.00"), Decimal("4.00")]
    assert line.note == "申请逾期办结应扣 15 分，以本指标分值为限，实扣 4 分"


def test_c1_an_extension_notified_in_time_counts(year):
    extended = year.case("1", "2021-03-01", "2021-04-20", extension_notified_on="2021-03-20", extension_days=20)
    assert year.submit(register=[extended]).line("C1").score == 8


@pytest.mark.parametrize(
    ("replied", "score"),
    [
        ("2021-03-11", "1.00"),  # 8 working days: full
        ("2021-03-02", "1.00"),  # 1: no more than full
        ("2021-03-19", "0.50"),  # 14: half way
        ("2021-03-29", "0.00"),  # 20: nothing
        ("2021-04-02", "0.00"),  # 24: no less than nothing
    ],
)
def test_c4_from_twenty_days_to_eight(year, replied, score):
    line = year.submit(register=[year.case("1", "2021-03-01", replied)]).line("C4")
    assert line.score == Decimal(score)


def test_c4_shows_days_cases_and_average(year):
    register = [year.case(str(n), "2021-03-01", "2021-03-19") for n in (1, 2)] + [
        year.case("3", "2021-03-01", "2021-03-22")
    ]
    line = year.submit(register=register).line("C4")
    assert (line.measured.numerator, line.measured.denominator, line.measured.value) == (43, 3, Decimal("14.33"))
    assert line.score == Decimal("0.47")  # (20 − 43/3) / 12 = 0.4722…
    assert line.deductions[0].reason == "3 件共用 43 个工作日，平均 14.33 个工作日：用时最长的是 3 号，15 个工作日"


def test_c5_names_the_fields_that_are_missing(year):
    good = year.case("1", "2021-03-01", "2021-03-10")
    bad = year.case("2", "2021-03-01", "2021-03-10", archived_on=None, channel=None)
    line = year.submit(register=[good, bad]).line("C5")
    assert line.score == 1
    assert line.deductions[0].reason == "2 件中 1 件要素不全：2 号缺申请渠道、归档日期"


def test_a_case_whose_clock_never_started_is_not_in_time_and_not_overdue(year):
    register = [year.case("1", None, "2021-03-10"), year.case("2", "2021-03-01", "2021-03-10")]
    year.submit(register=register)
    line = year.line("C1")
    assert (line.score, line.deductions[0].reason) == (4, "2 件中 1 件逾期办结：1 号没有起算日期")
    assert (year.line("C4").measured.denominator, year.line("C4").score) == (1, 1)


def test_no_case_has_a_clock(year):
    line = year.submit(register=[year.case("1", None, "2021-03-10")]).line("C4")
    assert (line.score, line.deductions[0].reason) == (0, "办结的申请都没有起算日期：1 号没有起算日期")


class TestOpenAtTheEndOfTheYear:
    """A case that is overdue and unanswered is late; answering it never costs points."""

    def test_it_counts_in_share_and_deduction(self, year):
        register = [year.case("1", "2021-03-01", "2021-03-10"), year.case("2", "2021-03-01", None)]
        line = year.submit(register=register).line("C1")
        assert (line.score, line.measured.numerator, line.measured.denominator) == (1, 1, 2)
        assert "2 号最迟应于 2021-03-29 答复，年末尚未答复" in line.deductions[0].reason

    def test_it_counts_with_what_it_had_used_and_lacks_its_reply(self, year):
        year.submit(register=[year.case("1", "2021-03-01", "2021-03-10"), year.case("2", "2021-11-01", None)])
        speed, complete = year.line("C4"), year.line("C5")
        # 7 and, from 11-01 to the end of the year, 44 working days
        assert (speed.measured.numerator, speed.measured.denominator, complete.measured.denominator) == (51, 2, 2)
        assert speed.note == "其中 1 件逾期未答复，按年末已用的工作日计入"

    @pytest.mark.parametrize(("received", "late"), [("2021-12-03", True), ("2021-12-06", False)])
    def test_it_is_late_when_its_last_day_lies_in_the_year(self, year, received, late):
        # 20 working days from 2021-12-03 end on 2021-12-31
        assert year.submit(register=[year.case("1", received, None)]).line("C1").applicable is late

    @pytest.mark.parametrize(
        "waits", [{"correction_asked_on": "2021-03-03"}, {"fee_notified_on": "2021-03-10", "fee_yuan": "3000"}]
    )
    def test_not_while_the_applicant_is_waited_for(self, year, waits):
        assert not year.submit(register=[year.case("1", "2021-03-01", None, **waits)]).line("C1").applicable


class TestFees:
    def test_the_clock_begins_anew_the_day_after_the_payment(self, year):
        paid = year.case("1", "2021-03-01", "2021-04-20", fee_notified_on="2021-03-10", fee_paid_on="2021-03-30")
        year.submit(register=[paid])
        assert (year.line("C1").score, year.line("C4").measured.value) == (8, 14)

    def test_a_notice_after_the_time_to_answer_starts_nothing(self, year):
        paid = year.case("1", "2021-03-01", "2021-04-20", fee_notified_on="2021-03-30", fee_paid_on="2021-03-31")
        assert year.submit(register=[paid]).line("C1").score == 0

    def test_whoever_is_not_paid_is_not_judged(self, year):
        unpaid = year.case("1", "2021-03-01", "2021-05-20", fee_notified_on="2021-03-10", outcome="closed_fee_unpaid")
        year.submit(register=[unpaid, year.case("2", "2021-03-01", "2021-03-10")])
        assert (year.line("C1").measured.denominator, year.line("C4").measured.denominator) == (1, 1)

    def test_answered_without_a_payment_it_is_as_without_a_fee(self, year):
        answered = year.case("1", "2021-03-01", "2021-05-20", fee_notified_on="2021-03-10")
        assert year.submit(register=[answered]).line("C1").score == 0


class TestC3:
    def test_nothing_corrected_is_full(self, year):
        line = year.submit().line("C3")
        assert (line.score, line.deductions) == (5, ())

    def test_reconsideration_two_and_litigation_three_points(self, year):
        cells = {"disputes__reconsideration__corrected": 1, "disputes__litigation_after_reconsideration__corrected": 1}
        listed = [{"case_no": "示复1", "kind": "reconsideration", "result": "corrected"}]
        line = year.submit(tables=year.tables(**cells), disputes_register=listed).line("C3")
        assert (line.score, line.measured.numerator) == (0, 2)
        assert [(lost.points, lost.reason) for lost in line.deductions] == [
            (Decimal("3.00"), "行政诉讼被纠正 1 件，每件扣 3 分：复议后起诉结果纠正 1 件"),
            (Decimal("2.00"), "行政复议被纠正 1 件，每件扣 2 分：行政复议结果纠正 1 件（示复1）"),
        ]
        assert line.deductions[0].evidence[0].where == "disputes.litigation_after_reconsideration.corrected"

    def test_stops_at_zero(self, year):
        line = year.submit(tables=year.tables(disputes__litigation_direct__corrected=4)).line("C3")
        assert (line.score, line.deductions[0].points) == (0, 5)

    def test_a_unit_that_carries_no_tables_has_no_table_four(self, year):
        units = tuple(
            unit.model_copy(update={"carries_tables": False}) if unit.code == "T01" else unit
            for unit in year.profile.units
        )
        year.profile = year.profile.model_copy(update={"units": units})
        year.submit(tables=None)
        assert {code: year.line(code).note for code in ("C1", "C3")} == {
            "C1": "本单位不单独填报表三",
            "C3": "本单位不单独填报表四",
        }


@pytest.mark.parametrize("code", ["C1", "C4", "C5"])
def test_requests_that_another_authority_counts_are_not_assessed(year, code):
    units = [
        unit.model_copy(update={"requests_counted_by": "示例区人民政府"}) if unit.code == "T01" else unit
        for unit in year.profile.units
    ]
    year.profile = year.profile.model_copy(update={"units": tuple(units)})
    line = year.submit(register=[year.case("2021-001", "2021-03-01", "2021-06-29")]).line(code)
    assert not line.applicable
    assert line.note == "本单位的依申请公开由示例区人民政府统计，不考核"
