"""A new revision beside an accepted one: it needs a reason, unless nothing changed."""

from collections.abc import Callable

from expectations.revisions import changes, revision_findings
from gongkai.findings import Severity
from gongkai.submission.form import Reading, Submission
from gongkai.submission.verdict import Status, Verdict
from tests.unit.expectations.conftest import Edit, of, put, read, register, sound

Judge = Callable[[Reading], Verdict]
MORE_LICENCES = put("proactive_disclosure.administrative_licences.decisions", 13)


def accepted() -> Submission:
    submission = read(sound()).submission
    assert submission is not None
    return submission


def revised(judge: Judge, *edits: Edit, old: Submission | None = None) -> Verdict:
    document = sound()
    for edit in edits:
        edit(document)
    reading = read(document)
    return revision_findings(reading, judge(reading), old)


def test_reason_missing_pass(judge: Judge) -> None:
    verdict = revised(judge, MORE_LICENCES, put("reason", "漏报一件"), old=accepted())
    assert (verdict.status, of(verdict, "REASON-MISSING")) == (Status.ACCEPTED, [])


def test_reason_missing_fail(judge: Judge) -> None:
    verdict = revised(judge, MORE_LICENCES, put("register", register()), old=accepted())
    (finding,) = of(verdict, "REASON-MISSING")
    assert verdict.status is Status.RETURNED
    assert finding.severity is Severity.ERROR
    assert finding.message.startswith("本单位已有受理的报送。本次内容有 ")
    assert finding.where == "reason"


def test_reason_missing_edge_there_is_nothing_to_replace(judge: Judge) -> None:
    assert of(revised(judge, MORE_LICENCES), "REASON-MISSING") == []


def test_reason_missing_edge_a_quarantined_file_replaces_nothing(judge: Judge) -> None:
    reading = read(sound("T02"), "T01")
    verdict = judge(reading)
    assert revision_findings(reading, verdict, accepted()) == verdict


def test_no_change_pass(judge: Judge) -> None:
    verdict = revised(judge, MORE_LICENCES, put("reason", "漏报一件"), old=accepted())
    assert of(verdict, "NO-CHANGE") == []


def test_no_change_fail_is_a_notice_and_stays_accepted(judge: Judge) -> None:
    verdict = revised(judge, old=accepted())
    assert [finding.severity for finding in of(verdict, "NO-CHANGE")] == [Severity.NOTICE]
    assert verdict.status is Status.ACCEPTED


def test_no_change_edge_who_prepared_it_is_no_content(judge: Judge) -> None:
    verdict = revised(judge, put("prepared_by", "某科"), put("reason", "换人"), old=accepted())
    assert len(of(verdict, "NO-CHANGE")) == 1


def test_no_change_edge_an_empty_list_says_more_than_none(judge: Judge) -> None:
    verdict = revised(judge, put("responses", []), old=accepted())
    assert of(verdict, "NO-CHANGE") == []


def test_changes_names_the_places() -> None:
    document = sound()
    MORE_LICENCES(document)
    put("disputes.litigation_direct.total", None)(document)
    new = read(document).submission
    assert new is not None
    assert changes(new, accepted()) == [
        "disputes.litigation_direct.total",
        "proactive_disclosure.administrative_licences.decisions",
    ]
