"""A row of another year, or the same row once more, wins no point; what was late from last year still counts."""

from decimal import Decimal

CHANGE = {"area": "01", "item": "指南", "change": "changed"}
LATE = ("2021-03-01", "2021-06-01")


def answered(raised: str, on: str | None, topic: str | None = "停水") -> dict[str, str | None]:
    return {"raised_on": raised, "answered_on": on, "topic": topic}


class TestDocuments:
    def test_one_published_before_the_year_or_made_after_it_is_not_counted(self, year):
        old, new = year.document("旧1", "2015-03-02", "2015-03-05"), year.document("新1", "2022-01-05", "2022-01-06")
        line = year.submit(documents=[year.document("文1", *LATE), old, new]).line("A1")
        assert (line.measured.denominator, line.score) == (1, 0)
        assert line.note == "清单中有 2 条属于其他年度，没有计入"

    def test_one_of_last_year_that_came_out_in_this_one_counts(self, year):
        line = year.submit(documents=[year.document("文1", "2020-12-20", "2021-01-05")]).line("A1")
        assert line.score == line.max

    def test_one_that_was_repealed_in_the_year_is_one_of_it(self, year):
        rows = [year.document("文1", *LATE), year.document("旧1", "2016-03-02", "2016-03-05", repealed_on="2021-05-06")]
        assert year.submit(documents=rows).line("A1").measured.denominator == 2

    def test_the_same_document_twice_is_one(self, year):
        good = year.document("文1", "2021-03-01", "2021-03-02", needs_interpretation=True)
        rows = [good, {**good, "number": "文 1"}, year.document("文2", *LATE, needs_interpretation=True)]
        year.submit(documents=rows, interpretations=[{"document_number": "文1", "published_on": "2021-03-02"}])
        assert year.line("A1").measured.denominator == 2
        assert year.line("B1").score == Decimal("2.00")

    def test_a_budget_of_another_year_shows_none_of_this_one(self, year):
        rows = [{**year.document("预", None, "2015-03-05"), "kind": "budget", "approved_on": "2015-03-02"}]
        assert "未见预算公开" in year.submit(documents=rows).line("A4").deductions[0].reason

    def test_an_old_document_interpreted_in_its_year_is_no_interpretation_of_this_one(self, year):
        old = year.document("旧1", "2015-03-02", "2015-03-05", needs_interpretation=True)
        rows = [old, year.document("文1", "2021-03-01", "2021-03-05", needs_interpretation=True)]
        read = {"document_number": "旧1", "published_on": "2015-03-05", "forms": ["text", "video"]}
        year.submit(documents=rows, interpretations=[read])
        assert [year.line(code).score for code in ("B1", "B2", "B3")] == [0, 0, 0]

    def test_without_a_day_of_publication_an_old_one_is_not_taken_for_this_years(self, year):
        rows = [year.document("旧1", "2015-03-02", None, needs_interpretation=True)]
        read = {"document_number": "旧1", "published_on": "2021-03-05", "forms": ["text", "video"]}
        year.submit(documents=rows, interpretations=[read])
        assert year.line("B1").score == 0
        assert "无法确认是本年的文件" in year.line("B3").deductions[0].reason


class TestResponses:
    def test_one_of_another_year_is_not_counted(self, year):
        rows = [answered("2015-03-02", "2015-03-03"), answered("2021-03-01", "2021-05-01")]
        line = year.submit(responses=rows).line("B4")
        assert (line.measured.denominator, line.score) == (1, 0)

    def test_the_same_concern_told_twice_counts_once_and_the_later_answer_speaks(self, year):
        rows = [answered("2021-03-01", "2021-03-02"), answered("2021-03-01", "2021-05-01")]
        line = year.submit(responses=rows).line("B4")
        assert (line.measured.denominator, line.score) == (1, 0)

    def test_concerns_without_a_topic_are_not_taken_for_one(self, year):
        rows = [answered("2021-03-01", "2021-03-02", None), answered("2021-03-01", "2021-05-01", None)]
        assert year.submit(responses=rows).line("B4").measured.denominator == 2


class TestCatalogue:
    def test_an_adjustment_of_another_year_and_a_repeated_one_win_nothing(self, year):
        good = {**CHANGE, "source_changed_on": "2021-03-01", "changed_on": "2021-03-02"}
        late = {**CHANGE, "source_changed_on": "2021-03-01", "changed_on": "2021-09-02"}
        old = {**CHANGE, "source_changed_on": "2015-03-01", "changed_on": "2015-03-02"}
        line = year.submit(catalogue=[good, late, good, old]).line("E2")
        assert (line.measured.numerator, line.measured.denominator) == (1, 2)
        assert line.note == "清单中有 1 条属于其他年度，没有计入；清单中有 1 条与另一条相同，只计一次"
