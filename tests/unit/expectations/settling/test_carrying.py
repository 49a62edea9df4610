"""Settled explanations stay with later revisions while what they explain is unchanged, and say so when it is not."""

from collections.abc import Callable

import pytest

from expectations.revisions import judge_revision
from expectations.settling.carrying import Earlier
from gongkai.submission.form import Reading
from gongkai.submission.verdict import Status, Verdict
from tests.unit.expectations.conftest import Edit, of, put, read, sound

RULE = "YOY-STOCK-NORMATIVE_DOCUMENTS"
PLACE = "proactive_disclosure.normative_documents.in_force"
LICENCES = "proactive_disclosure.administrative_licences.decisions"
Judge = Callable[[Reading], Verdict]
EXPLAINED = put("explanations", [{"finding": RULE, "where": PLACE, "reason": "cleaned_up", "text": "已清理"}])
REASON = put("reason", "更正许可件数")


class Unit:
    """One unit that sends one file after another, each judged beside those before it."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.revisions: list[Earlier] = []

    def sends(self, *edits: Edit) -> Verdict:
        """A file whose stock does not follow from last year's, changed as said."""
        document = sound("T02")
        put(PLACE, 8)(document)
        for edit in edits:
            edit(document)
        reading = read(document, "T02")
        verdict = judge_revision(reading, self.judge(reading), self.revisions)
        self.revisions.append(Earlier(len(self.revisions) + 1, reading.submission, verdict))
        return verdict


@pytest.fixture
def unit(judge: Judge) -> Unit:
    return Unit(judge)


def test_a_later_revision_that_says_the_same_there_takes_the_explanation_over(unit: Unit) -> None:
    assert unit.sends(EXPLAINED).status is Status.ACCEPTED
    second = unit.sends(put(LICENCES, 13), REASON)
    (query,) = of(second, RULE)
    assert (query.settled_by, query.reason, query.explained_in) == ("carried:1:cleaned_up", "cleaned_up", 1)
    assert second.status is Status.ACCEPTED
    third = unit.sends(put(LICENCES, 14), REASON)
    assert of(third, RULE)[0].explained_in == 1  # the revision that said it, not the one that took it over


def test_a_changed_value_ends_it_and_the_finding_says_why(unit: Unit) -> None:
    unit.sends(EXPLAINED)
    second = unit.sends(put(PLACE, 9), REASON)
    (query,) = of(second, RULE)
    assert (query.settled_by, second.status) == (None, Status.RETURNED)
    assert "第 1 次报送时的说明（当时填报 8，核对值 " in query.message
    assert "数值已变，不再沿用" in query.message


def test_a_changed_cell_that_the_finding_names_ends_it_even_with_the_same_two_values(unit: Unit) -> None:
    """One made and one repealed more: the stock computed is the same, what was explained is not."""
    unit.sends(EXPLAINED)
    normative = "proactive_disclosure.normative_documents"
    second = unit.sends(put(f"{normative}.issued", 3), put(f"{normative}.repealed", 2), REASON)
    before, now = (of(revision.verdict, RULE)[0] for revision in unit.revisions)
    assert (before.observed, before.expected) == (now.observed, now.expected)
    assert (now.settled_by, second.status) == (None, Status.RETURNED)


def test_back_at_the_old_value_the_old_explanation_holds_again(unit: Unit) -> None:
    unit.sends(EXPLAINED)
    unit.sends(put(PLACE, 9), REASON)
    third = unit.sends(put(LICENCES, 13), REASON)
    assert (of(third, RULE)[0].explained_in, third.status) == (1, Status.ACCEPTED)


def test_an_explanation_of_its_own_goes_before_also_when_it_is_not_accepted(unit: Unit) -> None:
    unit.sends(EXPLAINED)
    own = put("explanations", [{"finding": RULE, "where": PLACE, "reason": "expired", "text": "到期"}])
    assert of(unit.sends(own, REASON), RULE)[0].settled_by == "expired"
    wrong = put("explanations", [{"finding": RULE, "where": PLACE, "reason": "就是这样", "text": ""}])
    assert unit.sends(wrong, REASON).status is Status.RETURNED


def test_a_returned_revision_passes_its_explanation_on(unit: Unit) -> None:
    """Explained in the first file, which an error sent back; the corrected one need not repeat it."""
    first = unit.sends(EXPLAINED, put("requests.granted.total", 12))
    assert first.status is Status.RETURNED
    second = unit.sends()
    assert (second.status, of(second, RULE)[0].explained_in) == (Status.ACCEPTED, 1)


def test_a_finding_that_was_never_explained_stays_open(unit: Unit) -> None:
    unit.sends()
    second = unit.sends(put(LICENCES, 13))
    (query,) = of(second, RULE)
    assert query.settled_by is None
    assert "不再沿用" not in query.message


def test_a_stored_verdict_carries_as_a_fresh_one_does(unit: Unit) -> None:
    """The warehouse gives decimals and dates back as text."""
    unit.sends(EXPLAINED)
    first = unit.revisions[0]
    stored = tuple(type(found).from_json(found.to_json()) for found in first.verdict.findings)
    unit.revisions[0] = first._replace(verdict=Verdict(**{**first.verdict.__dict__, "findings": stored}))
    assert of(unit.sends(put(LICENCES, 13), REASON), RULE)[0].explained_in == 1
