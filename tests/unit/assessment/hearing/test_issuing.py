"""Versions: a card counts the contents that were issued to its unit; nobody gets one for what came of another."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from gongkai.assessment.assess import assess_year
from gongkai.assessment.export import scorecard_json
from gongkai.reporting.outbox.finality import what_waits
from gongkai.reporting.outbox.issued_cards import IssueMoment
from tests.unit.assessment.conftest import ZONE

APRIL = datetime(2022, 4, 6, 10, 0, tzinfo=ZONE)
MAY = datetime(2022, 5, 10, 10, 0, tzinfo=ZONE)
TOWNS = ("T01", "T02", "T03", "T04", "T05", "T06")


@pytest.fixture
def towns(year):
    """Six towns with 1, 2, … 6 of 9 columns in order."""
    for passed, unit in enumerate(TOWNS, 1):
        year.submit(unit).inspect("checked", unit, indicator="A2", passed=passed, checked=9, on=date(2021, 6, 1))
    return year


def decide(year, points, unit="T01"):
    return year.inspect(
        "decision", unit, indicator="A2", on=date(2022, 4, 11), by="李主任", reason="采纳", points=Decimal(points)
    )


def said(year, unit="T01"):
    data = scorecard_json(year.card(unit), "b" * 64)
    return tuple(data[key] for key in ("version", "state", "issued_on", "appeal_until"))


def test_a_card_that_nobody_issued_is_a_draft_without_a_day(towns):
    assert said(towns) == (1, "draft", None, None)


def test_an_issue_puts_it_out_for_opinions_and_opens_the_time_to_appeal(towns):
    towns.issue(APRIL)
    assert said(towns) == (1, "preliminary", "2022-04-06", "2022-04-13")
    towns.as_of = MAY  # a later run moves no day
    assert said(towns) == (1, "preliminary", "2022-04-06", "2022-04-13")


def test_what_differs_from_the_issued_card_is_the_next_version_until_it_is_issued(towns):
    towns.issue(APRIL)
    decide(towns, "0.50")
    assert said(towns) == (2, "draft", None, None)
    towns.issue(datetime(2022, 4, 12, 9, 0, tzinfo=ZONE))
    assert said(towns) == (2, "preliminary", "2022-04-12", "2022-04-19")


def test_a_final_issue_keeps_the_number_of_the_same_content(towns):
    towns.issue(APRIL)
    towns.issue(MAY, final=True)
    assert said(towns) == (1, "final", "2022-05-10", "2022-04-13")
    assert towns.issue(MAY) == []  # nothing goes back to being preliminary


def test_only_those_whose_own_card_changes_get_a_new_version(towns):
    towns.issue(APRIL)
    medians = {unit: towns.line("A2", unit).peer_median for unit in TOWNS}
    decide(towns, "4")  # T01 passes T02, T03 and T04; the medians of all move

    assert towns.card("T05").version == 1
    assert towns.line("A2", "T05").peer_median == medians["T05"]
    assert [unit for unit in towns.issue(MAY) if unit in TOWNS] == ["T01", "T02", "T03", "T04"]


def test_a_new_version_says_what_changed_and_why_and_names_no_other(towns):
    towns.issue(APRIL)
    decide(towns, "4")

    own, other = towns.card("T01").changes, towns.card("T02").changes

    assert own[0] == other[0] == "取代第 1 版（2022-04-06 签发）"
    assert "名次由第 6 名变为第 3 名" in own
    assert any(one.startswith("A2 ") and one.endswith("（依据 2022-04-11 对本单位的决定）") for one in own)
    assert other[1:] == (
        "名次由第 5 名变为第 6 名",
        "本单位各项得分没有变化；组内其他单位的得分经复核有变化，名次随之变化",
    )
    assert not [one for one in other if "T01" in one or "东风" in one or "申诉" in one]


def test_a_corrected_record_is_told_as_such(towns):
    towns.issue(APRIL)
    towns.inspect("checked", "T06", indicator="A2", passed=9, checked=9, on=date(2021, 6, 3))
    assert any(one.endswith("（对本单位的检查、确认等记录有更正）") for one in towns.card("T06").changes)


def test_an_appeal_that_is_turned_down_makes_no_version(towns):
    towns.issue(APRIL)
    towns.inspect("appeal", indicator="A2", on=date(2022, 4, 7), by="张镇长", reason="不服")
    towns.inspect("decision", indicator="A2", on=date(2022, 4, 11), by="李主任", reason="维持")
    assert said(towns)[:2] == (1, "preliminary")
    assert towns.issue(MAY) == []


def waiting(year, at=MAY):
    year.as_of = at
    state = year.state()
    return list(what_waits(IssueMoment(state, assess_year(state)), at))


def test_a_final_issue_waits_for_windows_claims_proposals_and_cards_and_for_nothing_else(towns):
    published = {"activities": {"report_published_on": "2022-01-20"}}
    for unit in TOWNS:
        towns.submit(unit, **published)
    assert waiting(towns, APRIL)[0].startswith("T01 东风街道：评分表还没有签发过征求意见稿")
    towns.issue(APRIL)
    (first, *_) = waiting(towns, datetime(2022, 4, 13, 23, 0, tzinfo=ZONE))  # the last day counts
    assert first == "T01 东风街道：申诉期到2022年4月13日止，尚未届满"
    assert waiting(towns) == []

    praise = {"indicator": "A1", "title": "表扬", "file": "表扬.pdf", "level": "city"}
    towns.submit("T02", evidence=[praise], **published)
    towns.veto(unit="T03", confirmed_by=None)
    claim, proposal = waiting(towns)
    assert "T02" in claim
    assert "待核，请录入“确认申报”或“不予确认”" in claim
    assert proposal.startswith("T03 ")
    assert "一票否决提议“数据造假”" in proposal

    towns.confirm("evidence[1]", "T02", kind="rejection")
    towns.inspect("decision", "T03", ground="数据造假", on=date(2022, 4, 20), by="李主任", reason="不成立")
    assert waiting(towns) == []


def test_a_final_issue_waits_for_a_unit_without_a_card_unless_it_is_excused(towns):
    towns.revisions.pop("T06")
    moment = datetime(2022, 2, 1, 10, 0, tzinfo=ZONE)
    assert any("T06" in one and "没有评分表（尚未计分）" in one for one in waiting(towns, moment))
    towns.inspect("excuse", "T06", on=date(2022, 1, 20), by="李主任", reason="机构撤销")
    assert not any("没有评分表" in one for one in waiting(towns, moment))
