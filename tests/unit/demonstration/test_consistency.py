"""What a unit says in one place agrees with what it says in every other: tables, registers, lists, dates, words."""

import difflib
import itertools
import json
import re
from collections import Counter
from datetime import date

import pytest

from gongkai.demonstration import inboxes
from gongkai.demonstration.files import json_bytes
from gongkai.law.clocks import read_clock
from gongkai.national_format import for_year
from gongkai.submission.inbox import received_files
from gongkai.submission.privacy.personal_data import mask


def test_every_identity_of_the_format_holds_within_and_across_the_years(submissions, submissions_2020, broken):
    for code, submission in submissions.items():
        assert broken(submission, submissions_2020[code]) == [], code
        assert broken(submissions_2020[code], None) == [], code


def test_both_years_fill_every_cell_of_their_format_with_plain_values(submissions, submissions_2020):
    for code, submission in (*submissions.items(), *submissions_2020.items()):
        missing = [c.where for c in for_year(submission.year).cells if submission.value(c.where) is None]
        assert missing == [], code
        assert all(cell.origin.raw is None for cell in submission.cells), code


def test_table_three_is_what_the_register_counts(submissions):
    for code, submission in submissions.items():
        counted = Counter()
        for case in submission.records("register"):
            closed = case["replied_on"] is not None and case["replied_on"].year == 2021
            counted["carried_in" if case["received_on"].year < 2021 else "new_requests", case["applicant_type"]] += 1
            counted[case["outcome"] if closed else "carried_out", case["applicant_type"]] += 1
        rows = ("new_requests", "carried_in", *for_year(2021).outcomes, "carried_out")
        types = for_year(2021).applicant_types
        table = {(row, t): submission.value(f"requests.{row}.{t}") for row in rows for t in types}
        assert {at: number for at, number in table.items() if number} == counted, code


def test_table_four_is_what_the_disputes_register_counts(submissions):
    office = submissions["OFFICE"]
    counted = Counter((case["kind"], case["result"]) for case in office.records("disputes_register"))
    assert counted == {("reconsideration", "upheld"): 2, ("litigation_after_reconsideration", "upheld"): 1}
    assert all(office.value(f"disputes.{kind}.{result}") == number for (kind, result), number in counted.items())
    refused = {c.id: c for c in office.records("register")}
    for case in office.records("disputes_register"):
        assert refused[case["request_case_no"]]["replied_on"] < case["filed_on"] < case["closed_on"] < date(2022, 1, 1)


def test_table_two_is_what_the_document_list_counts(submissions):
    for code, submission in submissions.items():
        normative = [d for d in submission.records("documents") if d["kind"] == "normative"]
        issued = sum(d["made_on"].year == 2021 for d in normative)
        repealed = sum(d["repealed_on"] is not None and d["repealed_on"].year == 2021 for d in normative)
        row = "proactive_disclosure.normative_documents"
        assert (submission.value(f"{row}.issued"), submission.value(f"{row}.repealed")) == (issued, repealed), code


def test_steps_of_a_case_are_working_days_in_the_order_of_the_law(submissions, default_profile):
    days = default_profile.working_days()
    asked = ("correction_asked_on", "third_party_asked_on", "consulted_on", "extension_notified_on")
    answered = ("correction_received_on", "third_party_answered_on", "consulted_answered_on")
    for code, submission in submissions.items():
        for case in submission.records("register"):
            steps = [
                [case[key] for key in keys if case[key] is not None]
                for keys in (("received_on",), ("reviewed_on",), ("assigned_on",), asked, answered, ("replied_on",))
            ]
            ordered = [*itertools.chain(*steps), *([case["archived_on"]] if case["archived_on"] else [])]
            assert ordered == sorted(ordered), (code, case.id)
            assert all(days.is_working(day) for day in ordered), (code, case.id)
            assert case["received_on"] <= case["clock_started_on"] <= ordered[-1]
            assert case["archived_on"] is None or case["archived_on"] < submission.prepared_on, (code, case.id)


@pytest.mark.parametrize(
    ("outcome", "needed"),
    [
        ("refused_third_party_rights", "third_party_asked_on"),
        ("unavailable_still_unclear", "correction_received_on"),
        ("closed_no_correction", "correction_asked_on"),
    ],
)
def test_outcomes_that_need_a_step_have_it(submissions, outcome, needed):
    cases = [c for s in submissions.values() for c in s.records("register") if c["outcome"] == outcome]
    assert cases
    assert all(case[needed] is not None for case in cases)


def test_corrections_are_asked_and_extensions_notified_in_time(submissions, default_profile):
    days = default_profile.working_days()
    cases = [c for s in submissions.values() for c in s.records("register")]
    corrections = [c for c in cases if c["correction_asked_on"]]
    extensions = [c for c in cases if c["extension_notified_on"]]
    assert corrections
    assert extensions
    assert all(days.between(c["received_on"], c["correction_asked_on"]) <= 7 for c in corrections)
    assert all(days.between(c["clock_started_on"], c["extension_notified_on"]) < 20 for c in extensions)
    assert all(0 < c["extension_days"] <= 20 and read_clock(c, days).overdue_by == 0 for c in extensions)


def test_identifiers_are_unique_and_point_to_what_is_there(submissions, default_profile):
    for code, submission in submissions.items():
        numbers = [d.id for d in submission.records("documents")]
        cases = [c.id for c in submission.records("register")]
        assert len(set(numbers)) == len(numbers), code
        assert len(set(cases)) == len(cases), code
        assert {i["document_number"] for i in submission.records("interpretations")} <= set(numbers), code
        items = [(i["area"], i["item"]) for i in submission.records("catalogue")]
        assert len(set(items)) == len(items), code
        assert {area for area, _ in items} <= set(default_profile.unit(code).areas), code


def test_the_text_says_the_figures_of_the_tables(submissions):
    said = {
        "requests.new_requests.total": r"新收政府信息公开申请(\d+)件",
        "requests.carried_in.total": r"上年结转(\d+)件",
        "requests.outcome_total.total": r"办结(\d+)件",
        "requests.carried_out.total": r"结转下年度(\d+)件",
        "proactive_disclosure.normative_documents.issued": r"制发(?:行政规范性文件)?(\d+)件",
    }
    for code, submission in submissions.items():
        text = submission.value("narrative.overview")
        for where, pattern in said.items():
            found = [int(n) for n in re.findall(pattern, text)]
            left_to_the_report = code == "OFFICE" and not found  # what the report computes, the office need not say
            assert found == [submission.value(where)] or left_to_the_report, (code, where)
        assert "信息处理费" in submission.value("narrative.other_matters")


def test_no_two_units_tell_the_same_story(submissions):
    texts = [s.value("narrative.overview") for s in submissions.values()]
    alike = [difflib.SequenceMatcher(None, a, b, autojunk=False) for a, b in itertools.combinations(texts, 2)]
    assert not [m for m in alike if m.real_quick_ratio() > 0.8 and m.quick_ratio() > 0.8 and m.ratio() > 0.8]


def test_no_text_holds_personal_data(this_year, contents_2020):
    for content in (*this_year.contents.values(), *contents_2020.values(), this_year.inspection):
        assert mask(json.dumps(content, ensure_ascii=False))[1] == ()


def test_headline_totals_of_the_two_years_are_of_one_size(submissions, submissions_2020):
    for code, submission in submissions.items():
        for row in ("administrative_licences", "administrative_penalties", "administrative_compulsion"):
            where = f"proactive_disclosure.{row}.decisions"
            now, before = submission.value(where), submissions_2020[code].value(where)
            assert before * 2 // 3 - 1 <= now <= before * 3 // 2 + 1, (code, row)


def test_districts_figures_are_read_without_a_remark(this_year, default_profile, tmp_path):
    """Nothing in a right content is coerced, unreadable or unknown to the reader."""
    for code, content in this_year.contents.items():
        path = tmp_path / f"{code}.json"
        path.write_bytes(json_bytes(content))
        reading = received_files.read(received_files.received(path, default_profile, inboxes.AS_OF_FIRST_ROUND))
        assert (reading.issues, reading.coercions) == ((), ()), code


def test_units_differ_in_how_well_they_work(submissions, default_profile):
    days = default_profile.working_days()
    overdue, late, uninterpreted, unarchived = set(), set(), set(), set()
    for code, s in submissions.items():
        interpreted = {i["document_number"] for i in s.records("interpretations")}
        for case in s.records("register"):
            if (read_clock(case, days).overdue_by or 0) > 0:
                overdue.add(code)
            if case["replied_on"] and not case["archived_on"]:
                unarchived.add(code)
        for document in s.records("documents"):
            if days.between(document["made_on"], document["published_on"]) > 20:
                late.add(code)
            if document["needs_interpretation"] and document.id not in interpreted:
                uninterpreted.add(code)
    assert overdue == {"A07", "A08", "A09", "A13", "A18", "T04", "T07"}
    assert late == {"A04", "A07", "A08", "A13", "A22", "T04", "T09"}
    assert uninterpreted
    assert unarchived
