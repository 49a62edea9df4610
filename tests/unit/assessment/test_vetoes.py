"""A veto is proposed by anybody, the machine too, and spoken by two people."""

from datetime import date, datetime

import pytest

from gongkai.assessment.assess import assess_year
from gongkai.assessment.export import ranking_json
from tests.unit.assessment.conftest import ZONE

LATE = "03-31前未公布年报"
IN_MARCH = datetime(2022, 3, 1, 9, tzinfo=ZONE)


def published(year, day="2022-01-20", unit="T01"):
    return year.submit(unit, activities={"report_published_on": day})


def proposed(year, unit="T01"):
    return [(one.veto, one.where) for one in year.card(unit).proposals]


def test_two_people_make_the_lowest_grade_whatever_the_points(year):
    card = published(year).veto().card()
    assert (card.vetoes, card.grade, card.proposals) == (("数据造假",), "不合格", ())
    assert card.total is not None


@pytest.mark.parametrize(
    "lacks",
    [
        *({"confirmed_by": name} for name in (None, "甲", " 甲 ")),
        *({"ground": ground} for ground in ("迟到", None)),
        {"reason": None},
        {"evidence": None},
    ],
)
def test_anything_less_is_a_proposal(year, lacks):
    card = published(year).veto(**lacks).card()
    assert (card.vetoes, [one.where for one in card.proposals]) == ((), ["entries[p-1]"])
    assert card.grade == published(year, unit="T02").card("T02").grade


def test_said_twice_counts_once(year):
    assert published(year).veto().veto().card().vetoes == ("数据造假",)


class TestTheMachine:
    @pytest.mark.parametrize(
        ("day", "expected"), [("2022-04-01", [(LATE, "activities.report_published_on")]), ("2022-03-31", [])]
    )
    def test_a_report_after_the_hard_deadline(self, year, day, expected):
        assert (proposed(published(year, day)), year.card().vetoes) == (expected, ())

    def test_a_day_that_is_not_told_once_the_deadline_has_passed(self, year):
        assert proposed(year.submit()) == [(LATE, "activities.report_published_on")]

    def test_a_unit_that_never_handed_in(self, year):
        assert proposed(year) == [(LATE, "-")]

    @pytest.mark.parametrize(
        "entry",
        [{"kind": "extension", "until": date(2022, 4, 30)}, {"kind": "excuse", "reason": "撤并"}],
    )
    def test_not_one_that_was_given_time(self, year, entry):
        assert proposed(year.inspect(**entry)) == []

    def test_before_the_deadline_nobody(self, year):
        year.as_of = IN_MARCH
        assert proposed(year) == []

    def test_spoken_or_turned_down_it_is_no_proposal(self, year):
        published(year, "2022-04-01").veto(LATE)
        published(year, "2022-04-01", "T02").inspect("decision", "T02", ground=LATE, reason="系统故障", by="甲")
        assert (proposed(year), year.card().vetoes) == ([], (LATE,))
        assert (proposed(year, "T02"), year.card("T02").vetoes) == ([], ())

    def test_a_scheme_can_leave_it_to_people(self, year_with):
        assert proposed(published(year_with(late_publication_veto=None), "2022-04-01")) == []


def test_the_ranking_lists_every_proposal(year):
    published(year, "2022-04-01")
    year.as_of = IN_MARCH
    data = ranking_json(assess_year(year.state()))
    assert data["proposals"] == [
        {
            "unit": "T01",
            "veto": LATE,
            "ground": "本单位填报的年度报告公布日期 2022-04-01 晚于 2022-03-31",
            "where": "activities.report_published_on",
        }
    ]


def test_a_decision_against_a_veto_that_two_people_spoke_changes_nothing_and_is_told(year):
    year.submit().veto().inspect("decision", ground="数据造假", on=date(2022, 1, 20), by="李主任", reason="不成立")
    assert year.card().vetoes == ("数据造假",)
    (told,) = assess_year(year.state()).conflicts
    assert (told.entry.id, told.issue.rule, told.issue.observed) == ("p-2", "ENTRY-CONFLICT", "不认定：数据造假")
    assert told.issue.values["other"].endswith("（甲，一票否决：数据造假）")
