"""F1: the first readable revision's errors, open queries and lateness, and every return."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
LATE = datetime(2022, 2, 8, 9, 0, tzinfo=ZONE)


def test_right_the_first_time(year):
    line = year.submit().line("F1")
    assert (line.score, line.deductions) == (5, ())


def test_errors_and_the_return_they_caused(year):
    first = year.verdict(year.finding("error", "总计不符。"), year.finding("error", "分项缺失。"))
    line = year.submit(first=first).submit().line("F1")
    assert line.score == 2
    assert [(lost.points, lost.reason) for lost in line.deductions] == [
        (Decimal("2.00"), "年报首次报送的错误 2 处，每处扣 1 分：总计不符；分项缺失"),
        (Decimal("1.00"), "年报被退回 1 次，每次扣 1 分：第 1 版于 2022-01-20 报送后退回"),
    ]
    assert line.deductions[0].evidence[0].file == "T01/report-1.json"


def test_open_queries_cost_half_and_explained_ones_nothing(year):
    queries = (year.finding("query", "跳变。"), year.finding("query", "跳变。", settled_by="policy_change"))
    line = year.submit(first=year.verdict(*queries), latest=year.verdict()).line("F1")
    assert [lost.points for lost in line.deductions] == [Decimal("1.00"), Decimal("0.50")]  # the return, one query


def test_notices_cost_nothing(year):
    assert year.submit(first=year.verdict(year.finding("notice"))).line("F1").score == 5


def test_late_is_judged_by_the_first_readable_revision(year):
    assert year.submit(first=year.verdict(on_time=False), at=LATE).line("F1").score == 3


def test_a_correction_after_the_deadline_is_not_late_again(year):
    first = year.verdict(year.finding("error"))
    line = year.submit(first=first).submit(first=year.verdict(on_time=False), at=LATE).line("F1")
    assert line.score == 3  # one error, one return


def test_an_unreadable_file_is_no_revision_to_count(year):
    year.submit(first=year.verdict(status="quarantined"), readable=False)
    line = year.submit(first=year.verdict(on_time=False), at=LATE).line("F1")
    assert line.score == 3
    assert line.deductions[0].reason == "年报未按时报送 1 次，每次扣 2 分：首次报送于 2022-02-08，晚于 2022-01-31"


def test_two_returns_and_a_cap_at_zero(year):
    first = year.verdict(*[year.finding("error", f"第{n}处。") for n in range(4)])
    line = year.submit(first=first).submit(first=first).submit().line("F1")
    assert line.score == 0
    assert sum(lost.points for lost in line.deductions) == 5
    assert line.note == "年报被退回应扣 2 分，以本指标分值为限，实扣 1 分"
