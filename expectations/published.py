"""A unit's submission beside the report it published: PUBLISHED-DIFFERS, from what the same run read of both.

The reader and the comparison are in `gongkai.submission.published`; here the differences become findings.
"""

from collections.abc import Mapping, Sequence

from expectations.context import Context
from expectations.results import issue_finding
from gongkai.findings import Finding
from gongkai.national_format import NationalFormat
from gongkai.submission.form import Reading, Submission
from gongkai.submission.published import KIND, differences


def published_reports(readings: Sequence[Reading], year: int) -> Mapping[str, Submission]:
    """Unit code → its published report of the year; of several the one that came last."""
    said = (reading.submission for reading in readings if reading.kind == KIND)
    return {submission.unit: submission for submission in said if submission and submission.year == year}


def published_findings(reading: Reading, context: Context, national_format: NationalFormat) -> list[Finding]:
    """The figures of a submission that its unit's report gives otherwise; none for the report itself."""
    submission = reading.submission
    report = context.published.get(submission.unit) if submission and reading.kind != KIND else None
    if submission is None or report is None or submission.year != report.year:
        return []
    return [issue_finding(one.issue(), national_format) for one in differences(submission, report)]
