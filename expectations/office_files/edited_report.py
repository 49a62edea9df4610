"""The district's report as the office edited it and laid into its folder: compared as `gongkai adopt` does, by a run.

A run has nobody who could adopt it, so it only says what stands against that: figures that differ, figures that a
person must confirm, or nothing. Asked anew of every state of a year and not stored: a correction may move any figure.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from expectations.catalogue import catalogue_in_force
from expectations.results import issue_finding, ordered
from gongkai.findings import ReadingIssue, Scalar
from gongkai.national_format import for_year
from gongkai.reporting.report.adoption.compare import compare_report
from gongkai.reporting.report.adoption.comparison import Open, ReportComparison, ReportDifference, confirmed_in
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.submission.inspection.entry import office_file
from gongkai.submission.published.printed import Unreadable
from gongkai.submission.verdict import status_of
from gongkai.warehouse.records import StoredFile, YearState

DIFFERS, UNCONFIRMED, AGREES = "REPORT-DIFFERS", "REPORT-UNCONFIRMED", "REPORT-AGREES"


def compared(report: DistrictReport, days: Collection[str] = ()) -> tuple[StoredFile, ...]:
    """The office's files; of each name the newest edited report has what the comparison found for its verdict.

    Args:
        report: the year's, with every decision up to now; a figure that was confirmed for the adopted text stays so.
        days: as printed, those that earlier drafts of the year bore.
    """
    state = report.state
    newest = {file.name: file for file in state.office_files}
    return tuple(
        judged_report(file, report, days) if file.document is not None and newest[file.name] is file else file
        for file in state.office_files
    )


def edited_reports(state: YearState) -> bool:
    """Whether there is anything to compare."""
    return any(file.document is not None for file in state.office_files)


def judged_report(file: StoredFile, report: DistrictReport, days: Collection[str] = ()) -> StoredFile:
    """One edited report with what the comparison found for its verdict."""
    state = report.state
    catalogue, national_format = catalogue_in_force(state.lock.rules if state.lock else None), for_year(state.year)
    found = [issue_finding(one, national_format, catalogue) for one in _issues(file, report, days)]
    findings = ordered((*file.verdict.findings, *found), national_format, catalogue)
    return replace(file, verdict=replace(file.verdict, findings=findings, status=status_of(findings)))


def _issues(file: StoredFile, report: DistrictReport, days: Collection[str]) -> Iterable[ReadingIssue]:
    adoption = report.standing.adoption
    try:
        comparison = compare_report(file.document or b"", report, confirmed_in(adoption), days)
    except Unreadable as refusal:
        return [_issue(DIFFERS, str(refusal.args[0]), str(refusal.args[1]), section="文件")]
    if comparison.is_no_report:
        return [_issue(DIFFERS, "没有全区报告标题的 Word 文件", "本年度 report.docx 的修改稿", section="文件")]
    found = [*map(_difference, comparison.differences), *map(_unconfirmed, comparison.unconfirmed)]
    return found or _agreeing(file, comparison, report)


def _difference(one: ReportDifference) -> ReadingIssue:
    said = {"sentence": one.sentence} if one.sentence else {}
    return _issue(DIFFERS, one.observed, one.expected, section=one.place, **said)


def _unconfirmed(one: Open) -> ReadingIssue:
    hint = {"known": one.hint} if one.hint else {}
    return _issue(UNCONFIRMED, one.observed, section=one.place, sentence=one.sentence, **hint)


def _agreeing(file: StoredFile, comparison: ReportComparison, report: DistrictReport) -> Iterator[ReadingIssue]:
    adoption = report.standing.adoption
    said: dict[str, Scalar] = {}
    if adoption is not None and adoption.sha256 == file.sha256:
        said = {"by": adoption.by, "day": report.state.profile.local(adoption.at).date()}
    yield _issue(AGREES, comparison.compared, None, file=office_file(file.name), **said)


def _issue(rule: str, observed: Scalar, expected: Scalar = None, **values: Scalar) -> ReadingIssue:
    return ReadingIssue(rule=rule, observed=observed, expected=expected, values=values)
