"""A claim is no point until the office confirms it, and it holds for the content that was confirmed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongkai.assessment.claims import pending_claims, stray_decisions
from tests.unit.assessment.conftest import AS_OF


def evidence(title="推广通知", level="city", **values):
    return {"indicator": "E3", "title": title, "level": level, **values}


def known(year, *days):
    """Says how many days before the assessment each revision came in and was accepted."""
    revisions = year.revisions["T01"]
    year.revisions["T01"] = [
        replace(one, known_at=AS_OF - timedelta(days=ago), accepted_at=AS_OF - timedelta(days=ago))
        for one, ago in zip(revisions, days, strict=True)
    ]
    return year


def ago(days):
    return {"known_at": AS_OF - timedelta(days=days)}


def states(year):
    return [(claim.name, claim.state) for claim in year.card().claims]


def test_a_claim_is_pending_worth_what_the_scheme_says_and_counts_nothing(year):
    rows = [
        {"document_number": "示〔2021〕1号", "published_on": "2021-05-10", "forms": ["text"], "rating": "excellent"}
    ]
    papers = [year.document("示〔2021〕1号", "2021-05-06", "2021-05-10")]
    card = year.submit(evidence=[evidence(level="national")], interpretations=rows, documents=papers).card()
    assert [(c.name, c.points, c.state) for c in card.claims] == [
        ("evidence[1]", 2, "pending"),
        ("interpretations[示〔2021〕1号].rating", Decimal("0.5"), "pending"),
    ]
    assert card.bonus == 0
    assert [(u.unit.code, c.name) for u, c in pending_claims(year.state())] == [("T01", c.name) for c in card.claims]


def test_evidence_without_a_level_claims_nothing(year):
    assert year.submit(evidence=[evidence(level=None)]).card().claims == ()


def test_a_confirmation_writes_the_document_s_number_in_any_of_its_spellings(year):
    rows = [{"document_number": "示〔2021〕1号", "forms": ["text"], "rating": "good"}]
    year.submit(interpretations=rows).confirm("interpretations[示[2021] 1号].rating")
    assert year.card().bonus == Decimal("0.3")


def test_the_last_word_counts(year):
    year.submit(evidence=[evidence()]).confirm("evidence[1]")
    year.confirm("evidence[1]", kind="rejection", on=date(2022, 2, 2))
    assert (states(year), year.card().bonus) == ([("evidence[1]", "rejected")], 0)


def test_a_changed_row_is_pending_again(year):
    year.submit(evidence=[evidence()]).submit(evidence=[evidence(level="national")])
    known(year, 9, 1).confirm("evidence[1]", **ago(5))
    assert (states(year), year.card().bonus) == ([("evidence[1]", "pending")], 0)


def test_a_row_that_only_moved_stays_confirmed(year):
    year.submit(evidence=[evidence()]).submit(evidence=[evidence("新材料"), evidence()])
    known(year, 9, 1).confirm("evidence[1]", **ago(5))
    assert states(year) == [("evidence[1]", "pending"), ("evidence[2]", "confirmed")]


def test_what_was_confirmed_while_the_report_was_returned_holds_once_it_is_accepted(year):
    returned = year.verdict(year.finding("error"))
    year.submit(evidence=[evidence()], first=returned).submit(evidence=[evidence()])
    known(year, 9, 1)
    year.revisions["T01"][0] = replace(year.revisions["T01"][0], accepted_at=None)
    assert states(year.confirm("evidence[1]", **ago(5))) == [("evidence[1]", "confirmed")]


def test_what_is_swapped_in_the_run_that_brings_the_confirmation_is_not_confirmed_unseen(year):
    """The unit replaces the row after the office looked at it, and before the run that reads both."""
    year.submit(evidence=[evidence()]).submit(evidence=[evidence("另一份", "national")])
    known(year, 9, 5).confirm("evidence[1]", **ago(5))
    assert (states(year), year.card().bonus) == ([("evidence[1]", "pending")], 0)


def test_a_first_report_and_its_confirmation_may_come_together(year):
    known(year.submit(evidence=[evidence()]), 5).confirm("evidence[1]", **ago(5))
    assert states(year) == [("evidence[1]", "confirmed")]


def test_of_two_first_reports_only_what_they_have_alike_is_confirmed(year):
    year.submit(evidence=[evidence(), evidence("甲")]).submit(evidence=[evidence(), evidence("乙")])
    known(year, 5, 5).confirm("evidence[1]", **ago(5)).confirm("evidence[2]", **ago(5))
    assert states(year) == [("evidence[1]", "confirmed"), ("evidence[2]", "pending")]
    assert [remark.issue.values["bound"] for remark in stray_decisions(year.state())] == [
        "同一次处理中收到的几次报送对这一条说法不一"
    ]


def test_a_confirmation_before_there_was_anything_confirms_nothing(year):
    known(year.submit(evidence=[evidence()]), 1).confirm("evidence[1]", **ago(5))
    assert states(year) == [("evidence[1]", "pending")]
    (stray,) = stray_decisions(year.state())
    assert (stray.issue.rule, stray.issue.where) == ("ENTRY-UNKNOWN", "entries[p-1].claim")


@pytest.mark.parametrize("claim", ["evidence[2]", "interpretations[示〔2021〕9号].rating"])
def test_a_confirmation_of_what_nobody_claims_is_told(year, claim):
    year.submit(evidence=[evidence()]).confirm(claim)
    assert [remark.entry.claim for remark in stray_decisions(year.state())] == [claim]
    assert year.card().bonus == 0
