"""Appeals: what a unit sends by itself, when it counts, and what answers it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from gongkai.assessment.hearing.appeals import appeals_of
from gongkai.assessment.scorecard import AppealState
from gongkai.submission.appeals import AppealRow
from gongkai.warehouse.records import AppealFile
from tests.unit.assessment.conftest import ZONE

ISSUED = datetime(2022, 4, 6, 10, 0, tzinfo=ZONE)  # five working days: until the 13th
ROW = {"indicator": "A2", "ground": "栏目当日已更新", "evidence": "截图.png"}


@pytest.fixture
def disputed(year):
    """T01 lost 1.6 of the 8 points of A2; its card is put out for opinions."""
    year.submit().inspect("checked", indicator="A2", passed=4, checked=5, evidence="截图12")
    year.issue(ISSUED)
    return year


def sent(year, day, *rows, at=10):
    """The unit sends a further file with appeals."""
    year.submit(at=datetime(2022, 4, day, at, 0, tzinfo=ZONE), appeals=list(rows or (ROW,)))
    return year


def standing(year):
    return [(one.entry, one.indicator, one.on, one.state.value) for one in appeals(year)]


def appeals(year):
    return appeals_of(year.state().unit("T01"), year.state())


def test_an_appeal_carries_the_day_on_which_its_file_came_in(disputed):
    assert standing(sent(disputed, 8)) == [("申诉1", "A2", date(2022, 4, 8), "open")]
    assert (appeals(disputed)[0].reason, appeals(disputed)[0].evidence) == ("栏目当日已更新", "截图.png")


def test_an_appeal_alone_changes_no_card(disputed):
    before = [(line.code, line.score) for line in disputed.card().indicators]
    assert [(line.code, line.score) for line in sent(disputed, 8).card().indicators] == before


def test_the_same_appeal_in_two_files_is_one_of_the_first_day(disputed):
    assert standing(sent(sent(disputed, 8), 11)) == [("申诉1", "A2", date(2022, 4, 8), "open")]


@pytest.mark.parametrize("indicator", ["Z9", "A9"])
def test_an_appeal_against_a_line_that_the_card_has_not_is_one_against_the_card_and_can_be_answered(
    disputed, indicator
):
    sent(disputed, 8, {"indicator": indicator, "ground": "不合理"})
    assert standing(disputed) == [("申诉1", None, date(2022, 4, 8), "open")]
    assert appeals(disputed)[0].reason == f"不合理（所写指标“{indicator}”不在评分表中）"
    disputed.inspect("decision", on=date(2022, 4, 9), by="李主任", reason="没有这一指标")
    assert standing(disputed) == [("申诉1", None, date(2022, 4, 8), "decided")]


def test_a_row_without_a_ground_appeals_for_nothing(disputed):
    assert standing(sent(disputed, 8, {"indicator": "A2", "ground": " "})) == []


def test_a_file_that_only_appeals_counts_like_one_that_reports(disputed):
    state = disputed.state()
    row = AppealRow("A2", "栏目当日已更新", None, "appeals[1]")
    file = AppealFile("T01/申诉.xlsx", "a" * 64, datetime(2022, 4, 7, 9, 0, tzinfo=ZONE), "李科长", (row,))
    unit = replace(state.unit("T01"), appealing=(file,))
    (found,) = appeals_of(unit, state)
    assert (found.on, found.by, found.state) == (date(2022, 4, 7), "李科长", AppealState.OPEN)


@pytest.mark.parametrize(("day", "state"), [(13, "open"), (14, "late")])
def test_the_time_to_appeal_is_five_working_days_from_the_issue(disputed, day, state):
    assert standing(sent(disputed, day)) == [("申诉1", "A2", date(2022, 4, day), state)]


def test_before_any_issue_nobody_is_late(year):
    year.submit(appeals=[ROW])
    assert standing(year) == [("申诉1", "A2", date(2022, 1, 20), "open")]


@pytest.mark.parametrize(
    ("kind", "said", "state"),
    [
        ("waiver", {"indicator": "APPEAL-LATE"}, "open"),
        ("waiver", {"indicator": "REQ-BALANCE"}, "late"),
        ("extension", {"until": date(2022, 4, 20)}, "open"),
        ("extension", {"until": date(2022, 4, 15)}, "late"),
    ],
)
def test_a_late_appeal_needs_an_exception_that_the_office_records(disputed, kind, said, state):
    sent(disputed, 19).inspect(kind, on=date(2022, 4, 20), by="王主任", reason="当事人住院", **said)
    assert standing(disputed) == [("申诉1", "A2", date(2022, 4, 19), state)]


def test_what_the_office_took_down_stands_beside_the_unit_s_own(disputed):
    sent(disputed, 8).inspect("appeal", on=date(2022, 4, 7), indicator="C1", by="张镇长", reason="电话提出")
    assert standing(disputed) == [
        ("p-2", "C1", date(2022, 4, 7), "open"),
        ("申诉1", "A2", date(2022, 4, 8), "open"),
    ]


@pytest.mark.parametrize(
    ("indicator", "on", "state"),
    [("A2", 8, "decided"), ("A2", 7, "open"), ("C1", 9, "open"), (None, 9, "open")],
    ids=["same line", "before it was raised", "another line", "the card as a whole"],
)
def test_a_decision_on_the_same_line_that_is_no_older_answers(disputed, indicator, on, state):
    sent(disputed, 8).inspect("decision", indicator=indicator, on=date(2022, 4, on), by="李主任", reason="采纳")
    assert [one[3] for one in standing(disputed)] == [state]
