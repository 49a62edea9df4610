"""One whole scorecard worked out by hand, line by line, and its JSON."""

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from gongkai.assessment.assess import assess_year
from gongkai.assessment.export import ranking_json, scorecard_json
from tests.unit.assessment.conftest import BEFORE_THE_DEADLINE, ZONE

# code: printed score of T01, worked out beside the year below; None: not applicable
BY_HAND = {
    "A1": "7.50",  # 4 documents, 1 late: 10 × 3/4
    "A2": "7.20",  # 18 of 20 columns: 8 × 9/10
    "A3": "1.00",  # 1 of 2 normative documents: 2 × 1/2
    "A4": "3.00",  # budget and final account in time
    "A5": "1.33",  # 2 of 3: 2 × 2/3 = 1.333…
    "B1": "2.00",  # 1 of 2 interpreted: 4 × 1/2
    "B2": "1.00",  # one of the two that need an interpretation, in step
    "B3": "0.50",
    "B4": "1.50",  # 1 of 2 answers: 3 × 1/2
    "C1": "3.86",  # 7 cases, 1 late: 8 × 6/7 − 3 = 3.857…
    "C2": "4.00",
    "C3": "3.00",  # one reconsideration corrected
    "C4": "0.83",  # (20 − 70/7) / 12 = 0.8333…
    "C5": "1.71",  # 6 of 7 complete: 2 × 6/7 = 1.714…
    "D1": "3.00",  # two problems of half a point
    "D2": "6.30",  # 9 of 10: 7 × 0.9
    "D3": "3.60",  # guide fresh 2, telephone 4 of 5: 1.6
    "E1": "3.50",  # 7 of 8 areas
    "E2": "3.00",
    "E3": None,  # nobody looked
    "F1": "2.50",  # one error, one open query, one return: 5 − 1 − 0.5 − 1
    "F2": "1.50",  # 3 of 4
    "F3": "1.75",  # held; 30 of 40
    "F4": "1.00",
    "G1": "3.00",  # 1 of 2 in time
    "G2": "2.00",
    "G3": "0.67",  # 1 of 3: 2 × 1/3
}


@pytest.fixture
def worked_year(year):
    cells = {
        "proactive_disclosure__normative_documents__issued": 2,
        "requests__outcome_total__total": 7,
        "disputes__reconsideration__corrected": 1,
    }
    fast = [year.case(f"2021-00{n}", "2021-03-01", "2021-03-11") for n in range(1, 6)]  # 8 days each, 40
    fast.append(year.case("2021-006", "2021-03-01", "2021-03-10", archived_on=None))  # 7
    slow = year.case("2021-007", "2021-03-01", "2021-04-01")  # 23, three too many
    owned = ["09", "11", "12", "13", "17", "21", "22"]
    content = {
        "tables": year.tables(**cells),
        "register": [*fast, slow],
        "documents": [
            year.document("甲", "2021-05-06", "2021-05-10", needs_interpretation=True),
            year.document("乙", "2021-05-06", "2021-06-30", needs_interpretation=True, validity_marked=False),
            year.document("丙", None, "2021-03-05", kind="budget", approved_on="2021-03-01"),
            year.document("丁", None, "2021-09-05", kind="final_account", approved_on="2021-09-01"),
        ],
        "interpretations": [
            {"document_number": "甲", "published_on": "2021-05-11", "forms": ["text", "graphic"], "rating": "良好"}
        ],
        "responses": [
            {"raised_on": "2021-05-10", "answered_on": "2021-05-11", "topic": "停水"},
            {"raised_on": "2021-05-10", "answered_on": "2021-06-11", "topic": "停电"},
        ],
        "catalogue": [{"area": area, "item": area, "updated_on": "2021-06-01"} for area in owned],
        "activities": {
            "guide_updated_on": "2021-06-01",
            "rules_in_place": 3,
            "training_sessions": 1,
            "training_expected": 40,
            "training_attendees": 30,
        },
        "evidence": [{"indicator": "B1", "title": "市级典型案例", "level": "city"}],
    }
    first = year.verdict(year.finding("error", "总计不符。"), year.finding("query", "跳变。"))
    year.submit(first=first, **content).submit(**content)
    for code, passed, checked in (
        ("A2", 18, 20),
        ("A5", 2, 3),
        ("C2", 5, 5),
        ("D2", 9, 10),
        ("D3", 4, 5),
        ("F4", 3, 3),
        ("G3", 1, 3),
    ):
        year.inspect("checked", indicator=code, passed=passed, checked=checked)
    year.inspect("problem", indicator="D1", reason="链接失效").inspect("problem", indicator="D1", reason="错别字")
    for closed in (date(2021, 6, 20), date(2021, 7, 20)):
        year.inspect("rectification", issued_on=date(2021, 6, 1), due_on=date(2021, 6, 30), closed_on=closed)
    year.award("penalty", "市级通报批评").confirm("evidence[1]").confirm("interpretations[甲].rating")
    year.last_year = {"T01": {"total": Decimal("71.20"), "C1": Decimal("8.00")}}
    return year


def test_every_line(worked_year):
    card = worked_year.card()
    assert {i.code: None if i.score is None else str(i.score) for i in card.indicators} == BY_HAND


def test_the_total_is_the_sum_of_what_is_printed(worked_year):
    card = worked_year.card()
    earned = sum(Decimal(score) for score in BY_HAND.values() if score)
    assert earned == Decimal("70.25")
    # E3 (3 points) is not applicable: 100 × 70.25 / 97 + 0.5 + 0.3 − 2 = 71.222…
    assert (card.total, card.bonus, card.penalty, card.grade) == (Decimal("71.22"), Decimal("0.8"), 2, "合格")


def test_every_lost_point_has_a_reason(worked_year):
    for line in worked_year.card().indicators:
        if line.score is not None:
            assert sum((lost.points for lost in line.deductions), Decimal(0)) == line.max - line.score, line.code
            assert all(lost.reason and lost.evidence for lost in line.deductions), line.code
            assert (line.to_raise is None) == (line.score == line.max), line.code


def test_last_year_and_no_day_to_appeal_before_an_issue(worked_year):
    card = worked_year.card()
    assert card.last_year_total == Decimal("71.20")
    assert {i.code: i.last_year for i in card.indicators if i.last_year is not None} == {"C1": Decimal("8.00")}
    assert card.appeal_until is None


def test_json(worked_year):
    data = json.loads(json.dumps(scorecard_json(worked_year.card(), "b" * 64), ensure_ascii=False))
    assert {k: data[k] for k in ("unit", "name", "group", "year", "version", "scheme", "basis_sha256", "total")} == {
        "unit": "T01",
        "name": "东风街道",
        "group": "town",
        "year": 2021,
        "version": 1,
        "scheme": "default_2021",
        "basis_sha256": "b" * 64,
        "total": "71.22",
    }
    assert {k: data[k] for k in ("grade", "rank", "group_size", "vetoes", "bonus", "penalty", "appeal_until")} == {
        "grade": "合格",
        "rank": 1,
        "group_size": 10,
        "vetoes": [],
        "bonus": "0.80",
        "penalty": "2.00",
        "appeal_until": None,
    }
    line = next(i for i in data["indicators"] if i["code"] == "C1")
    assert (line["max"], line["score"], line["applicable"], line["last_year"]) == ("8.00", "3.86", True, "8.00")
    assert line["measured"] == {"numerator": 6, "denominator": 7, "value": "0.8571"}
    assert line["deductions"][0] == {
        "points": "3.00",
        "in_total": "3.09",
        "reason": "申请逾期办结 1 件，每件扣 3 分：2021-007 号超期 3 个工作日",
        "evidence": [
            {
                "text": "2021-007 号最迟应于 2021-03-29 答复，2021-04-01 办结",
                "file": "T01/report-2.json",
                "sheet": None,
                "cell": None,
                "where": "register[2021-007].replied_on",
            }
        ],
    }
    missing = next(i for i in data["indicators"] if i["code"] == "E3")
    assert (missing["score"], missing["applicable"], missing["deductions"], missing["to_raise"]) == (
        None,
        False,
        [],
        None,
    )


def test_an_indicator_that_a_group_does_not_have_has_no_maximum(year):
    data = scorecard_json(year.submit("A01").card("A01"), "b")
    assert next(i for i in data["indicators"] if i["code"] == "A5")["max"] is None
    assert len(data["indicators"]) == 27


def test_a_card_names_no_other_unit(worked_year):
    worked_year.submit("T02")
    text = json.dumps(scorecard_json(worked_year.card(), "b"), ensure_ascii=False)
    others = [u for u in worked_year.profile.units if u.code != "T01"]
    assert not [u.code for u in others if u.code in text or (u.kind == "town" and u.name in text)]


def test_ranking_json(worked_year):
    worked_year.as_of = BEFORE_THE_DEADLINE
    worked_year.submit("T03")
    data = ranking_json(assess_year(worked_year.state()))
    assert list(data["groups"]) == ["area", "town"]
    towns = data["groups"]["town"]
    assert towns[0] == {"unit": "T01", "name": "东风街道", "total": "71.22", "grade": "合格", "rank": 1}
    assert [town["unit"] for town in towns[:3]] == ["T01", "T03", "T02"]  # ranked first, then the registry's order
    assert towns[-1] == {"unit": "T10", "name": "梅花镇", "total": None, "grade": "未评定", "rank": None}


def test_while_the_next_years_arrangement_is_unknown_the_day_to_appeal_waits_and_the_rest_stands(year):
    year.as_of = datetime(2026, 12, 30, 9, 0, tzinfo=ZONE)
    year.submit().issue(year.as_of)
    card = year.card()
    assert (card.state.value, card.issued_on, card.appeal_until) == ("preliminary", date(2026, 12, 30), None)
    assert card.total is not None


def test_a_line_that_needs_a_day_of_an_unknown_year_is_left_out_and_says_so(year):
    year.year = 2026
    year.as_of = datetime(2027, 1, 25, 9, 0, tzinfo=ZONE)
    waits = year.document("甲", "2026-12-14", "2027-01-20")
    year.submit(at=year.as_of, documents=[waits], register=[])
    line = year.line("A1")
    assert (line.applicable, line.score) == (False, None)
    assert line.note == "待 2027 年放假安排公布后计分"


def test_what_the_known_days_prove_late_is_late_whatever_the_next_year_brings(year):
    year.year = 2026
    year.as_of = datetime(2027, 1, 25, 9, 0, tzinfo=ZONE)
    line = year.submit(at=year.as_of, documents=[year.document("甲", "2026-11-02", "2027-01-20")]).line("A1")
    assert line.deductions[0].reason == "1 件中 1 件未按时公开：甲 用时超过 20 个工作日"
