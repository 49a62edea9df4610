"""What a reader could not tell is the reader's finding alone: no rule takes it for something left empty."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from expectations.validation import Context, validate
from gongkai.submission.fields import Field, groups, lists
from gongkai.submission.verdict import Status, Verdict
from tests.unit.expectations.conftest import Document, cases_with, change, clean, put, read

NO_NUMBER, NO_DATE, NO_CHOICE = "若干", "去年三月", "待定"


def scribbled(field: Field) -> str | None:
    """Something that is no value of the field; anything is one of a text."""
    said = {"date": NO_DATE, "integer": NO_NUMBER, "decimal": NO_NUMBER, "text": None}
    return said.get(field.type, NO_CHOICE)


def filled_in(document: Document) -> Iterator[tuple[str, str]]:
    """Every place of the lists and groups that could be scribbled over, and the scribble."""
    for name, group in lists().items():
        for position, row in enumerate(document.get(name) or [], 1):
            for key, value in row.items():
                if value is not None and (scribble := scribbled(group.fields[key])):
                    yield f"{name}[{position}].{key}", scribble
    for name, group in groups().items():
        for key in document.get(name) or {}:
            if scribble := scribbled(group.fields[key]):
                yield f"{name}.{key}", scribble


def told(verdict: Verdict) -> Counter[tuple[str, str]]:
    return Counter((found.rule, found.where) for found in verdict.findings)


def thorough() -> Document:
    """The clean submission with a row for every rule that asks whether something is filled in."""
    document = clean()
    extra: dict[str, Any] = {"fee_basis": "page", "pages": 31, "fee_yuan": "10", "fee_notified_on": "2022-03-03"}
    document["register"][1] |= {**extra, "fee_paid_on": "2022-03-04", "archived_on": "2022-04-01"}
    document["activities"] = {"processing_fees_yuan": "10", "portal_items": 20, "guide_updated_on": "2022-03-01"}
    return document


def test_one_scribble_in_a_list_is_one_finding_and_never_more(context: Context) -> None:
    before, places = thorough(), list(filled_in(thorough()))
    scribbles = []
    for where, scribble in places:
        document = thorough()
        change(document, where, scribble)
        scribbles.append(read(document))
    sound, *judged = validate([read(before), *scribbles], context)
    more = {where: told(verdict) - told(sound) for (where, _), verdict in zip(places, judged, strict=True)}
    assert {"register", "documents", "interpretations"} <= {where.split("[")[0] for where in more}
    assert {where: rules for where, rules in more.items() if rules.total() != 1} == {}
    assert {rule for rules in more.values() for rule, _ in rules} == {"SHAPE", "NOT-A-NUMBER", "DATE-UNREAD"}


def test_a_scribbled_date_sends_a_file_back_only_where_it_may_not_be_missing(context: Context) -> None:
    scribbled_dates = [where for where, scribble in filled_in(thorough()) if scribble == NO_DATE]
    documents = []
    for where in scribbled_dates:
        document = thorough()
        change(document, where, NO_DATE)
        documents.append(read(document))
    verdicts = validate(documents, context)
    returned = {
        where.rpartition(".")[2]
        for where, verdict in zip(scribbled_dates, verdicts, strict=True)
        if verdict.status is Status.RETURNED
    }
    assert returned == {"received_on", "replied_on"}


@pytest.mark.parametrize(
    ("field", "outcome", "rule"),
    [
        ("correction_asked_on", "unavailable_still_unclear", "UNCLEAR-CONSISTENT"),
        ("third_party_asked_on", "refused_third_party_rights", "THIRD-PARTY"),
        ("fee_notified_on", "closed_fee_unpaid", "FEE-CONSISTENT"),
        ("replied_on", "granted", "CASE-NO-REPLY"),
    ],
)
def test_a_step_whose_date_is_scribbled_is_not_called_missing(
    context: Context, field: str, outcome: str, rule: str
) -> None:
    verdicts = {}
    for value in (None, NO_DATE):
        document = clean()
        put("register", cases_with(2, **{"outcome": outcome, field: value}))(document)
        verdicts[value] = validate([read(document)], context)[0]
    assert rule in {found.rule for found in verdicts[None].findings}
    assert rule not in {found.rule for found in verdicts[NO_DATE].findings}


def test_how_many_cases_there_are_is_undecided_and_says_so(context: Context) -> None:
    document = clean()
    put("register", cases_with(2, replied_on=NO_DATE))(document)
    verdict = validate([read(document)], context)[0]
    assert {"CASE-OUTCOME", "CASE-OPEN"} <= {left_out.rule for left_out in verdict.rules_not_applied}


def test_an_applicants_month_is_not_counted_with_a_case_of_an_unknown_day(context: Context) -> None:
    rows = [
        {**cases_with(2)[1], "case_no": f"件{n:02d}", "applicant_ref": "甲", "fee_basis": "item", "fee_yuan": "0"}
        for n in range(12)
    ]
    rows[-1] |= {"fee_yuan": "200"}
    document = clean()
    for received, findings in (("2022-03-01", 0), (NO_DATE, 0), ("2022-04-01", 1)):
        put("register", [*rows[:-2], {**rows[-2], "received_on": received}, rows[-1]])(document)
        verdict = validate([read(document)], context)[0]
        assert sum(found.rule == "CASE-FEE" for found in verdict.findings) == findings, received
