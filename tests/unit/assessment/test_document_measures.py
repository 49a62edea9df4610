"""A1, A3, A4 and B1–B4: documents, their interpretations, answers to concerns."""

from decimal import Decimal

import pytest

ISSUED = {
    "proactive_disclosure__normative_documents__issued": 3,
    "proactive_disclosure__normative_documents__in_force": 3,
}


def reading(number, published, *forms, rating=None):
    return {"document_number": number, "published_on": published, "forms": list(forms), "rating": rating}


@pytest.mark.parametrize("code", ["A1", "A3", "B1", "B2", "B3"])
def test_a_missing_document_list_earns_nothing_where_table_two_shows_documents(year, code):
    line = year.submit(tables=year.tables(**ISSUED)).line(code)
    assert line.score == 0
    assert line.deductions[0].points == line.max
    assert line.deductions[0].reason == "表二“行政规范性文件”本年制发 3 件，但没有报送文件清单，按 0 分计"
    assert line.deductions[0].evidence[0].where == "proactive_disclosure.normative_documents.issued"


@pytest.mark.parametrize("code", ["A1", "A3", "A4", "B1", "B2", "B3", "B4"])
def test_what_was_declared_not_to_be_is_not_applicable_and_to_be_looked_into(year, code):
    line = year.submit(documents=[], interpretations=[], responses=[]).line(code)
    assert (line.applicable, line.score, line.deductions) == (False, None, ())
    assert line.note.startswith("申明没有")
    assert line.note.endswith("列入抽查")


@pytest.mark.parametrize("code", ["A1", "A3", "A4", "B1", "B2", "B3", "B4"])
def test_what_was_not_reported_earns_nothing(year, code):
    line = year.submit().line(code)
    assert line.score == 0
    assert "未报" in line.deductions[0].reason


@pytest.mark.parametrize("code", ["B1", "B2", "B3"])
def test_interpretations_that_were_not_reported_earn_nothing(year, code):
    line = year.submit(documents=[year.document("甲", "2021-05-06", "2021-05-07", kind="other")]).line(code)
    assert (line.score, line.deductions[0].reason) == (0, "政策解读清单未报，按 0 分计")


def test_a_declared_none_that_table_two_belies_earns_nothing(year):
    assert year.submit(tables=year.tables(**ISSUED), documents=[], interpretations=[]).line("A1").score == 0


def test_nobody_gains_by_not_saying_whether_a_document_needs_an_interpretation(year):
    papers = [year.document("甲", "2021-05-06", "2021-05-07", needs_interpretation=None)]
    line = year.submit(documents=papers, interpretations=[reading("甲", "2021-05-08", "text")]).line("B1")
    assert (line.score, line.measured.denominator) == (0, 1)


@pytest.mark.parametrize(("made", "applies"), [("2021-05-06", True), ("2016-05-06", False)])
def test_a_normative_document_of_the_year_is_to_be_interpreted_whatever_its_row_says(year, made, applies):
    line = year.submit(documents=[year.document("甲", made, "2021-05-07")], interpretations=[]).line("B1")
    assert (line.applicable, line.score) == ((True, 0) if applies else (False, None))


@pytest.mark.parametrize("code", ["B2", "B3"])
def test_interpreting_nothing_that_should_be_does_not_pay(year, code):
    papers = [year.document("甲", "2021-05-06", "2021-05-07", needs_interpretation=True)]
    assert year.submit(documents=papers, interpretations=[]).line(code).score == 0


class TestA1:
    def test_twenty_working_days_are_in_time_and_one_more_is_late(self, year):
        # 2021-05-06 + 20 working days = 2021-06-02 (Saturday May 8 is worked)
        year.submit(
            documents=[year.document("甲", "2021-05-06", "2021-06-02"), year.document("乙", "2021-05-06", "2021-06-03")]
        )
        line = year.line("A1")
        assert (line.score, line.measured.numerator, line.measured.denominator) == (Decimal("5.00"), 1, 2)
        assert line.deductions[0].reason == "2 件中 1 件未按时公开：乙 用时 21 个工作日，超期 1 个工作日"
        assert line.deductions[0].evidence[0].where == "documents[乙].published_on"
        assert line.deductions[0].evidence[0].file == "T01/report-1.json"

    def test_an_unpublished_document_counts_once_its_limit_has_run_out(self, year):
        # handed in on 2022-01-20
        due, not_due = year.document("甲", "2021-11-01", None), year.document("乙", "2022-01-05", None)
        line = year.submit(documents=[due, not_due]).line("A1")
        assert (line.measured.numerator, line.measured.denominator) == (0, 1)
        assert line.deductions[0].reason == "1 件中 1 件未按时公开：甲 没有公开日期"

    def test_without_the_day_it_was_made_nothing_is_proved(self, year):
        line = year.submit(documents=[year.document("甲", None, "2021-06-02")]).line("A1")
        assert line.score == 0
        assert "没有成文日期" in line.deductions[0].reason

    def test_a_budget_starts_with_its_approval(self, year):
        budget = year.document("甲", None, "2021-03-05", kind="budget", approved_on="2021-03-01")
        assert year.submit(documents=[budget]).line("A1").score == Decimal("10.00")

    def test_a_document_of_long_ago_needs_no_calendar_of_its_year(self, year):
        line = year.submit(documents=[year.document("甲", "1999-05-01", "2021-06-02")]).line("A1")
        assert "历时 8068 天，超过 20 个工作日的期限" in line.deductions[0].reason


class TestA3:
    def test_both_marks_are_needed_and_blank_is_not_yes(self, year):
        year.submit(
            documents=[
                year.document("甲", "2021-05-06", "2021-05-07"),
                year.document("乙", "2021-05-06", "2021-05-07", validity_marked=False),
                year.document("丙", "2021-05-06", "2021-05-07", elements_complete=None, validity_marked=None),
                year.document("丁", "2021-05-06", "2021-05-07", kind="government", validity_marked=False),
            ]
        )
        line = year.line("A3")
        assert (line.max, line.score) == (2, Decimal("0.67"))
        assert line.deductions[0].points == Decimal("1.33")
        assert (
            line.deductions[0].reason == "3 件中 2 件要素或有效性标注不全：乙 未标注有效性；丙 要素不齐全、未标注有效性"
        )


class TestA4:
    def budget(self, year, approved, published, kind="budget"):
        return year.document(f"{kind}-{approved}", None, published, kind=kind, approved_on=approved)

    def test_both_within_twenty_calendar_days(self, year):
        final = self.budget(year, "2021-09-01", "2021-09-21", "final_account")
        assert year.submit(documents=[self.budget(year, "2021-03-01", "2021-03-21"), final]).line("A4").score == 3

    def test_a_late_budget_and_a_missing_final_account(self, year):
        line = year.submit(documents=[self.budget(year, "2021-03-01", "2021-03-22")]).line("A4")
        assert line.score == 0
        assert line.deductions[0].reason == (
            "2 类中 2 类未按时公开：budget-2021-03-01 批准后 21 天公开，超过 20 天；未见决算公开"
        )

    def test_one_late_document_spoils_its_category(self, year):
        late, good = self.budget(year, "2021-03-01", "2021-04-22"), self.budget(year, "2021-05-01", "2021-05-02")
        final = self.budget(year, "2021-09-01", "2021-09-21", "final_account")
        assert year.submit(documents=[late, good, final]).line("A4").score == Decimal("1.50")

    def test_a_list_without_budget_shows_that_none_was_published(self, year):
        line = year.submit(documents=[year.document("甲", "2021-05-06", "2021-05-07")]).line("A4")
        assert (line.score, line.measured.numerator, line.measured.denominator) == (0, 0, 2)


class TestB:
    def two(self, year):
        return [
            year.document("甲", "2021-05-06", "2021-05-10", needs_interpretation=True),
            year.document("乙", "2021-05-06", "2021-05-10", needs_interpretation=True),
        ]

    def test_b1_every_document_that_needs_one_has_one(self, year):
        interpretations = [reading("甲", "2021-05-10", "text"), reading("乙", "2021-05-10", "text")]
        assert year.submit(documents=self.two(year), interpretations=interpretations).line("B1").score == 4

    def test_b1_one_of_two(self, year):
        line = year.submit(documents=self.two(year), interpretations=[reading("乙", "2021-05-10", "text")]).line("B1")
        assert line.score == 2
        assert line.deductions[0].reason == "2 件中 1 件未解读：甲 没有解读材料"

    @pytest.mark.parametrize("code", ["B1", "B2", "B3"])
    def test_a_number_in_other_brackets_is_the_same_document(self, year, code):
        document = year.document("示规〔2021〕1号", "2021-05-06", "2021-05-10", needs_interpretation=True)
        line = year.submit(
            documents=[document], interpretations=[reading("示规[2021] 1号", "2021-05-10", "text", "video")]
        ).line(code)
        assert (line.applicable, line.score) == (True, line.max)

    @pytest.mark.parametrize("code", ["B1", "B2", "B3"])
    def test_no_interpretation_list_though_documents_need_them(self, year, code):
        line = year.submit(documents=self.two(year)).line(code)
        assert line.score == 0
        assert line.deductions[0].reason == "文件清单中有 2 件文件需要解读，但没有报送政策解读清单，按 0 分计"

    @pytest.mark.parametrize(
        ("published", "score"),
        [("2021-05-13", 2), ("2021-05-14", 0), ("2021-05-07", 2), ("2021-04-30", 0)],
    )
    def test_b2_three_working_days_before_or_after(self, year, published, score):
        # document published Monday 2021-05-10; Saturday 05-08 is worked
        year.submit(documents=self.two(year)[:1], interpretations=[reading("甲", published, "text")])
        assert year.line("B2").score == score

    def test_b2_the_nearest_interpretation_of_a_document_counts(self, year):
        interpretations = [reading("甲", "2021-08-10", "text"), reading("甲", "2021-05-11", "video")]
        line = year.submit(documents=self.two(year)[:1], interpretations=interpretations).line("B2")
        assert (line.score, line.measured.denominator) == (2, 1)

    def test_b2_without_a_date_nothing_is_proved(self, year):
        line = year.submit(documents=self.two(year)[:1], interpretations=[reading("甲", None, "text")]).line("B2")
        assert line.score == 0
        assert line.deductions[0].evidence[0].where == "interpretations[甲].published_on"

    @pytest.mark.parametrize("code", ["B2", "B3"])
    def test_what_was_not_interpreted_is_neither_in_step_nor_in_several_forms(self, year, code):
        read = [reading("甲", "2021-05-10", "text", "video")]
        line = year.submit(documents=self.two(year), interpretations=read).line(code)
        assert (line.measured.numerator, line.measured.denominator) == (1, 2)
        assert line.deductions[0].reason.endswith("乙 没有解读材料")

    def test_b3_counts_the_forms_of_all_interpretations_of_a_document(self, year):
        interpretations = [
            reading("甲", "2021-05-10", "text"),
            reading("甲", "2021-05-11", "video"),
            reading("乙", "2021-05-10", "text"),
        ]
        line = year.submit(documents=self.two(year), interpretations=interpretations).line("B3")
        assert (line.max, line.score) == (1, Decimal("0.50"))
        assert line.deductions[0].reason == "2 件中 1 件未以多种形式解读：乙 解读形式 1 种，要求 2 种"

    def test_b4_five_working_days(self, year):
        answers = [
            {"raised_on": "2021-05-10", "answered_on": "2021-05-17", "topic": "停水"},
            {"raised_on": "2021-05-10", "answered_on": "2021-05-18", "topic": "停电"},
            {"raised_on": "2021-05-10", "topic": "噪声"},
        ]
        line = year.submit(responses=answers).line("B4")
        assert (line.max, line.score) == (3, Decimal("1.00"))
        assert line.deductions[0].reason == (
            "3 件中 2 件未按时回应：“停电”用时 6 个工作日，超期 1 个工作日；“噪声”没有回应日期"
        )
