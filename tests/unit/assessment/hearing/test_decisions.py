"""Decisions: somebody decides with a reason, the line gets the decided points and keeps what they were then."""

from datetime import date
from decimal import Decimal

import pytest

from gongkai.assessment.assess import assess_year
from gongkai.assessment.export import scorecard_json
from tests.unit.assessment.conftest import BEFORE_THE_DEADLINE

MARCH = date(2022, 3, 2)
LATER = date(2022, 3, 9)


@pytest.fixture
def disputed(year):
    """T01 lost 1.6 of the 8 points of A2: 4 of 5 columns were in order."""
    year.submit().inspect("checked", indicator="A2", passed=4, checked=5, evidence="截图12")
    assert year.line("A2").score == Decimal("6.40")
    return year


def appeal(year, indicator="A2", on=MARCH, **values):
    return year.inspect("appeal", indicator=indicator, on=on, by="张镇长", reason="栏目当日已更新", **values)


def decide(year, points=None, indicator="A2", on=LATER, reason="截图时间有误，采纳", **values):
    given = {} if points is None else {"points": Decimal(points)}
    return year.inspect("decision", indicator=indicator, on=on, by="李主任", reason=reason, **given, **values)


def corrected(year, passed):
    """The inspector corrects the check on which the score stands."""
    first = year.inspections[0]
    year.inspections[0] = type(first)(
        **{name: getattr(first, name) for name in first.__slots__ if name != "passed"}, passed=passed
    )
    return year


def conflicts(year):
    return [(one.entry.id, one.issue.observed, one.issue.values) for one in assess_year(year.state()).conflicts]


def test_a_decision_gives_the_line_its_points(disputed):
    before = disputed.card()
    card = decide(appeal(disputed), "8").card()
    line = next(line for line in card.indicators if line.code == "A2")
    assert (line.score, line.deductions, line.to_raise) == (8, (), None)
    assert line.note == "经决定由 6.4 分改为 8 分"
    assert card.appeals[0].answered
    assert card.total > before.total
    (made,) = card.decisions
    assert (made.before, made.after, made.by, made.reason) == (Decimal("6.40"), 8, "李主任", "截图时间有误，采纳")


def test_what_a_decided_line_still_lacks_is_told_with_the_decision_and_the_old_evidence(disputed):
    was = disputed.line("A2").deductions[0].reason.partition("：")[0]
    line = decide(disputed, "7").line("A2")
    assert (line.score, line.max) == (7, 8)
    (lost,) = line.deductions
    assert (lost.points, lost.reason) == (1, f"经决定由 6.4 分改为 7 分：截图时间有误，采纳；原扣分：{was}")
    assert [piece.where for piece in lost.evidence] == ["entries[p-2]", "entries[p-1]"]
    assert "决定 p-2" in lost.evidence[0].text
    assert line.to_raise.endswith("做到可得回 1 分，总分增加 1.72 分。")


def test_an_appeal_that_is_turned_down_is_answered_and_leaves_every_line(disputed):
    before = disputed.card()
    card = decide(appeal(disputed), reason="截图属实，维持").card()
    assert (card.total, card.indicators) == (before.total, before.indicators)
    assert (card.decisions[0].before, card.decisions[0].after) == (Decimal("6.40"), Decimal("6.40"))
    assert card.appeals[0].answered


def test_the_later_decision_stands_in_whatever_order_they_came(disputed):
    was = disputed.line("A2").deductions[0].reason.partition("：")[0]
    decide(disputed, "7.5", on=LATER)
    decide(disputed, "7", on=MARCH)
    assert disputed.line("A2").deductions[0].reason.endswith(f"采纳；原扣分：{was}")
    assert disputed.line("A2").score == Decimal("7.50")
    assert [(made.before, made.after) for made in disputed.card().decisions] == [
        (Decimal("6.40"), Decimal("7.00")),
        (Decimal("7.00"), Decimal("7.50")),
    ]


def test_a_new_appeal_after_a_decision_is_open_again(disputed):
    appeal(decide(appeal(disputed), "7"), on=date(2022, 3, 15))
    assert [said.answered for said in disputed.card().appeals] == [True, False]


def test_a_line_that_was_not_applicable_becomes_so_by_a_decision(disputed):
    assert disputed.line("E3").score is None
    line = decide(disputed, "2", indicator="E3").line("E3")
    assert (line.applicable, line.score, line.max, line.note) == (True, 2, 3, None)
    assert line.deductions[0].reason.startswith("经决定计 2 分（原不适用）：")


def test_no_decision_scores_a_unit_of_which_nothing_is_accepted(year):
    year.as_of = BEFORE_THE_DEADLINE
    card = decide(year, "8").card()
    assert card.total is None
    assert all(line.score is None for line in card.indicators)


def test_the_medians_and_ranks_of_the_group_follow(year):
    for unit, passed in (("T01", 3), ("T02", 4), ("T03", 5), ("T04", 2), ("T05", 5)):
        year.submit(unit).inspect("checked", unit, indicator="A2", passed=passed, checked=5)
    assert year.card("T01").rank == 4
    year.inspect("decision", "T01", indicator="A2", on=LATER, by="李主任", reason="采纳", points=Decimal(8))
    assert year.card("T01").rank == 1
    assert year.line("A2", "T02").peer_median == Decimal("8.00")


@pytest.mark.parametrize("points", ["7", None], ids=["changed", "turned down"])
def test_a_measure_that_is_corrected_later_overrules_no_decision_and_is_shown_to_the_office(disputed, points):
    decide(appeal(disputed), points).run()
    assert conflicts(disputed) == []
    decided = disputed.line("A2").score

    corrected(disputed, 5)

    assert disputed.line("A2").score == decided
    (made,) = disputed.card().decisions
    assert (made.before, made.after) == (Decimal("6.40"), decided)  # what it was when it was decided
    ((entry, observed, values),) = conflicts(disputed)
    assert (entry, observed) == ("p-3", points or "6.4")
    assert (values["before"], values["after"]) == ("6.4", "8")


def test_a_new_decision_settles_the_conflict(disputed):
    corrected(decide(appeal(disputed), "7").run(), 5)
    decide(disputed, "8", on=date(2022, 3, 20)).run()
    assert conflicts(disputed) == []
    assert disputed.line("A2").score == 8


def test_json_tells_both(disputed):
    data = scorecard_json(decide(appeal(disputed), "7").card(), "b" * 64)
    assert data["appeals"] == [
        {
            "entry": "p-2",
            "indicator": "A2",
            "on": "2022-03-02",
            "by": "张镇长",
            "reason": "栏目当日已更新",
            "evidence": None,
            "state": "decided",
            "answered": True,
        }
    ]
    assert {key: data["decisions"][0][key] for key in ("entry", "before", "after")} == {
        "entry": "p-3",
        "before": "6.40",
        "after": "7.00",
    }
