"""PUBLISHED-DIFFERS in a validation: a submission's figures against the unit's own published report."""

from dataclasses import replace
from datetime import timedelta

from expectations.published import attached_to_accepted, is_attached_report, published_reports
from expectations.validation import Context, validate
from gongkai.profile import Profile
from gongkai.submission.form import Reading
from gongkai.submission.verdict import Status, Verdict
from tests.unit.expectations.conftest import ON_TIME, YEAR, Document, put, read, register, revision, sound

FEE = "proactive_disclosure.administrative_fees.amount_wan_yuan"
ISSUED = "proactive_disclosure.normative_documents.issued"


def filed(**parts: object) -> Document:
    return {**sound(), "register": register(), **parts}


def published(*changes: tuple[str, object]) -> Reading:
    """The unit's report, which says the same as `sound` but for some cells."""
    document = sound()
    for where, value in changes:
        put(where, value)(document)
    return replace(read(document), kind="published")


def judged(profile: Profile, document: Document, *reports: Reading) -> list[Verdict]:
    readings = [read(document), *reports]
    return validate(readings, Context(YEAR, profile, ON_TIME))


def differing(verdict: Verdict) -> list[str]:
    return [finding.where for finding in verdict.findings if finding.rule == "PUBLISHED-DIFFERS"]


def test_the_same_figures_are_no_finding(profile: Profile) -> None:
    verdict, _ = judged(profile, filed(), published())
    assert differing(verdict) == []
    assert verdict.status is Status.ACCEPTED


def test_each_figure_that_differs_is_a_query_on_the_submission_not_on_the_report(profile: Profile) -> None:
    verdict, report = judged(profile, filed(), published((FEE, "920"), (ISSUED, 3)))
    assert differing(verdict) == [ISSUED, FEE]
    assert verdict.status is Status.RETURNED
    assert differing(report) == []
    message = next(f.message for f in verdict.findings if f.where == FEE)
    assert "填写 0.092，公开的年度报告为 920" in message


def test_a_figure_that_the_report_lacks_is_no_difference(profile: Profile) -> None:
    verdict, _ = judged(profile, filed(), published((FEE, None), (ISSUED, ...)))
    assert differing(verdict) == []


def test_an_accepted_reason_settles_it(profile: Profile) -> None:
    said = {"finding": "PUBLISHED-DIFFERS", "where": ISSUED, "reason": "published_corrected", "text": "已重新公布。"}
    verdict, _ = judged(profile, filed(explanations=[said]), published((ISSUED, 3)))
    assert verdict.status is Status.ACCEPTED
    assert [f.settled_by for f in verdict.findings if f.rule == "PUBLISHED-DIFFERS"] == ["published_corrected"]


def test_of_several_reports_the_last_one_counts_and_another_years_does_not(profile: Profile) -> None:
    verdict, *_ = judged(profile, filed(), published((ISSUED, 3)), published())
    assert differing(verdict) == []
    other = replace(read(sound(year=YEAR - 1)), kind="published")
    assert published_reports([other], YEAR) == {}


def test_of_an_earlier_runs_report_and_this_runs_the_one_received_last_counts() -> None:
    known = published_reports([published((ISSUED, 3))], YEAR)
    assert published_reports([], YEAR, known) == known
    later = published()
    later = replace(later, file=replace(later.file, received_at=later.file.received_at + timedelta(days=1)))
    assert published_reports([later], YEAR, known)["T01"].submission is later.submission
    known = published_reports([later], YEAR)
    assert published_reports([published((ISSUED, 3))], YEAR, known) == known


def test_a_report_is_an_attached_report_only_beside_another_file_that_was_read() -> None:
    report, workbook = published(), read(filed())
    assert is_attached_report(report, [report, workbook], [])
    assert is_attached_report(report, [report], [revision(workbook)])
    assert not is_attached_report(report, [report], [])
    assert not is_attached_report(workbook, [report, workbook], [revision(workbook)])
    assert not is_attached_report(report, [report], [replace(revision(workbook), submission=None)])


def test_a_report_that_was_taken_as_a_revision_stays_one() -> None:
    report, workbook = published(), read(filed())
    assert not is_attached_report(report, [report, workbook], [revision(report)])


def test_where_the_accepted_submission_differs_stands_on_the_entry_of_the_report_that_came_later(
    profile: Profile,
) -> None:
    accepted, _ = judged(profile, filed(), published())
    filed_then = read(filed()).submission
    assert filed_then is not None
    assert differing(attached_to_accepted(published((ISSUED, 3)), accepted, filed_then)) == [ISSUED]
