"""The published facts of the reference district (report year 2021) are what the demonstration's records add up to."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from gongkai.demonstration.files import submission_of
from gongkai.demonstration.year import demonstration_year
from gongkai.law.clocks import closed_in, read_clock

CENT = Decimal("0.01")


def closed_clocks(submissions, profile):
    days = profile.working_days()
    return [
        read_clock(case, days)
        for submission in submissions.values()
        for case in submission.records("register")
        if closed_in(case, 2021)
    ]


def test_facts_1_2_and_6_are_activity_figures_of_the_office(submissions):
    office = submissions["OFFICE"]
    figures = {
        key: office.value(f"activities.{key}") for key in ("portal_items", "gazette_issues", "press_conferences")
    }
    assert figures == {"portal_items": 255, "gazette_issues": 4, "press_conferences": 4}


def test_facts_3_to_5_come_from_the_document_lists(submissions):
    office = Counter(document["kind"] for document in submissions["OFFICE"].records("documents"))
    everywhere = Counter(d["kind"] for s in submissions.values() for d in s.records("documents"))
    assert (office["normative"], office["government"], office["office"]) == (16, 14, 18)
    assert (everywhere["government"], everywhere["office"]) == (14, 18)


def test_fact_7_seventy_requests_of_the_office_are_closed_in_time(submissions, default_profile):
    office = submissions["OFFICE"]
    clocks = closed_clocks({"OFFICE": office}, default_profile)
    assert office.value("requests.new_requests.total") == len(office.records("register")) == len(clocks) == 70
    assert all(clock.overdue_by == 0 for clock in clocks)


def test_fact_8_two_reconsiderations_and_one_lawsuit_in_the_whole_district_none_corrected(submissions):
    def summed(*cells: str) -> int:
        return sum(s.value(f"disputes.{cell}") for s in submissions.values() for cell in cells)

    assert summed("reconsideration.total") == submissions["OFFICE"].value("disputes.reconsideration.total") == 2
    assert summed("litigation_direct.total", "litigation_after_reconsideration.total") == 1
    kinds = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    assert summed(*(f"{kind}.corrected" for kind in kinds)) == 0


def test_facts_9_and_10_the_average_of_all_registers_and_the_shortening(submissions, default_profile):
    clocks = closed_clocks(submissions, default_profile)
    average = (Decimal(sum(c.used for c in clocks)) / len(clocks)).quantize(CENT, ROUND_HALF_UP)
    assert average == Decimal("7.29")
    assert ((20 - average) / 20 * 100).quantize(CENT, ROUND_HALF_UP) == Decimal("63.55")
    assert 300 <= len(clocks) <= 450


def test_fact_11_no_fee_is_charged_anywhere(submissions):
    assert {s.value("activities.processing_fees_yuan") for s in submissions.values()} == {Decimal(0)}
    assert {case["fee_yuan"] for s in submissions.values() for case in s.records("register")} == {Decimal(0)}


def test_fact_12_an_interpretation_of_the_office_and_one_of_a_unit_are_rated_good(submissions):
    rated = {
        code for code, s in submissions.items() if any(i["rating"] == "good" for i in s.records("interpretations"))
    }
    assert rated == {"OFFICE", "A14"}


def test_another_seed_gives_another_district_with_the_same_facts(default_profile, this_year):
    other = demonstration_year(7, default_profile)
    assert other.contents["T01"]["register"] != this_year.contents["T01"]["register"]
    clocks = closed_clocks({code: submission_of(c) for code, c in other.contents.items()}, default_profile)
    average = Decimal(sum(c.used for c in clocks)) / len(clocks)
    assert average.quantize(CENT, ROUND_HALF_UP) == Decimal("7.29")
