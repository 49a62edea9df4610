"""The first round: each mistake breaks what it claims to break, and nothing else; the rest is right."""

from collections import Counter

import pytest

from gongkai.demonstration.files import submission_of
from gongkai.demonstration.mistakes import MISTAKES
from gongkai.national_format import for_year

IDENTITIES = {identity.rule for identity in for_year(2021).identities}
RETURNED = sorted(code for code, mistake in MISTAKES.items() if mistake.status == "returned")
COERCED = sorted(code for code, mistake in MISTAKES.items() if mistake.status == "accepted")


@pytest.fixture
def handed_in(this_year, contents_2020):
    return lambda code: MISTAKES[code].make(this_year.contents, contents_2020, code)


def test_more_than_25_units_are_accepted_in_the_first_round(this_year):
    states = Counter(mistake.status for mistake in MISTAKES.values() if mistake.status != "accepted")
    assert states == {"returned": 7, "quarantined": 3, "missing": 1}
    assert len(this_year.contents) - states.total() > 25


@pytest.mark.parametrize("code", RETURNED)
def test_exactly_the_identities_that_a_mistake_names_are_broken(code, handed_in, submissions_2020, broken):
    wrong = submission_of(handed_in(code))
    undecided = {i.rule for i in broken(wrong, submissions_2020[code]) if any(wrong.value(w) is None for w in i.cells)}
    found = {identity.rule for identity in broken(wrong, submissions_2020[code])} - undecided
    assert found == MISTAKES[code].rules & IDENTITIES


@pytest.mark.parametrize("code", RETURNED)
def test_only_the_tables_differ_from_the_right_content(code, handed_in, this_year):
    wrong, right = handed_in(code), this_year.contents[code]
    assert wrong["tables"] != right["tables"]
    assert {**wrong, "tables": None} == {**right, "tables": None}


def cells_of(handed_in, code, state):
    return [c for c in submission_of(handed_in(code)).cells if c.state == state]


def test_a_blank_column_a_slash_and_a_remark_are_no_numbers(handed_in):
    assert {c.column for c in cells_of(handed_in, "T02", "blank")} == {"legal_service_org"}
    assert len(cells_of(handed_in, "T02", "blank")) == 25
    assert [c.row for c in cells_of(handed_in, "A24", "not_applicable")] == ["administrative_compulsion"]
    assert [c.origin.raw for c in cells_of(handed_in, "A24", "unreadable")] == ["4（另有自然失效1件）"]


def test_normative_documents_stand_in_the_row_of_rules(handed_in):
    wrong = submission_of(handed_in("A15"))
    assert wrong.value("proactive_disclosure.rules.issued") == 2
    assert wrong.value("proactive_disclosure.normative_documents.issued") == 0


@pytest.mark.parametrize("code", COERCED)
def test_a_coerced_number_is_the_right_number(code, handed_in, submissions):
    typed = submission_of(handed_in(code))
    assert typed.content() == submissions[code].content()
    raw = [cell.origin.raw for cell in typed.cells if cell.origin.raw]
    assert raw == {"A06": ["２３１６"], "A23": ["18,452", "6,917", "1,234"]}[code]


def test_what_is_quarantined_contradicts_its_folder_or_cannot_be_opened(handed_in):
    assert (handed_in("A20")["unit"], handed_in("T07")["year"]) == ("A19", 2020)
    assert handed_in("A02").startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
    assert handed_in("T09") is None


def test_making_a_mistake_leaves_the_right_content_alone(handed_in, this_year):
    before = repr(this_year.contents)
    for code in MISTAKES:
        handed_in(code)
    assert repr(this_year.contents) == before
