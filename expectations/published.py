"""A unit's submission beside the report it published: PUBLISHED-DIFFERS, whichever of the two came first.

The reader and the comparison are in `gongkai.submission.published`; here the differences become findings, and it is
decided which file is only attached to another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from expectations.catalogue import Catalogue, load_catalogue
from expectations.context import Context
from expectations.results import issue_finding, ordered
from expectations.settling.explanations import settle
from gongkai.findings import Finding
from gongkai.national_format import NationalFormat, for_year
from gongkai.submission.form import PUBLISHED, Reading, Submission
from gongkai.submission.published import differences
from gongkai.submission.published.differences import RULE
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.records import PublishedReport, Revision


def published_reports(
    readings: Sequence[Reading], year: int, known: Mapping[str, PublishedReport] | None = None
) -> Mapping[str, PublishedReport]:
    """Unit code → its published report of the year; of several the one that came last.

    Args:
        readings: those of this run.
        year: the report year.
        known: the reports of earlier runs.
    """
    found = dict(known or {})
    for reading in readings:
        said, file = reading.submission, reading.file
        if reading.kind == PUBLISHED and said is not None and said.year == year:
            other = found.get(said.unit)
            if other is None or (file.received_at, file.name) >= (other.received_at, other.file):
                found[said.unit] = PublishedReport(file.name, file.sha256, file.received_at, said, Status.ACCEPTED)
    return found


def published_findings(reading: Reading, context: Context, national_format: NationalFormat) -> list[Finding]:
    """The figures of a submission that its unit's report gives otherwise; none for the report itself."""
    submission = reading.submission
    report = context.published.get(submission.unit) if submission and reading.kind != PUBLISHED else None
    if submission is None or report is None:
        return []
    return _differing(submission, report.submission, national_format, context.rules.catalogue)


def is_attached_report(reading: Reading, taken: Iterable[Reading], known: Sequence[Revision]) -> bool:
    """Whether a file is a report (or looks like one) that came beside the unit's own submission.

    A report that was taken as a revision, while it was all that the unit had sent, stays one.

    Args:
        reading: the file.
        taken: the unit's files that came with it and could be taken as its submissions.
        known: the unit's revisions in the warehouse.
    """
    if reading.kind != PUBLISHED or any(one.sha256 == reading.file.sha256 for one in known):
        return False
    submitted = any(one.kind != PUBLISHED and one.submission is not None for one in known)
    return submitted or any(one.kind != PUBLISHED for one in taken)


def attached_to_accepted(
    reading: Reading, verdict: Verdict, accepted: Submission, catalogue: Catalogue | None = None
) -> Verdict:
    """The verdict on a newly attached report, with where the revision accepted before it differs.

    The differences stand on the report's entry, because a report that comes later does not undo an acceptance.
    """
    if reading.submission is None or verdict.status is Status.QUARANTINED:
        return verdict
    catalogue, national_format = catalogue or load_catalogue(), for_year(accepted.year)
    found = _differing(accepted, reading.submission, national_format, catalogue)
    added = [f for f in settle(found, accepted, catalogue) if f.rule == RULE]
    return replace(verdict, findings=ordered((*verdict.findings, *added), national_format, catalogue))


def _differing(
    submission: Submission, report: Submission | None, national_format: NationalFormat, catalogue: Catalogue
) -> list[Finding]:
    if report is None or submission.year != report.year:
        return []
    return [issue_finding(one.issue(), national_format, catalogue) for one in differences(submission, report)]
