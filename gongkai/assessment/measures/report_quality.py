"""Measures over how the report came in (indicator F1): the first readable revision and the way to acceptance.

Errors, queries and lateness are those of the *first readable* revision by the verdict it got when it came in.
So a unit that handed in on time and was sent back pays for its mistakes and for the return, and not a third
time because the office took its time; one that hands in late is late however good the report is.
"""

from gongkai.assessment.measurement import Asked, Measurement, Shortfall, Subject, count
from gongkai.assessment.scorecard import Evidence
from gongkai.findings import Finding, Severity
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import Revision


def report_errors(subject: Subject, _asked: Asked) -> Measurement:
    """Errors of the first readable revision."""
    return _findings(subject, Severity.ERROR)


def report_unexplained_queries(subject: Subject, _asked: Asked) -> Measurement:
    """Queries of the first readable revision that no accepted reason settled."""
    return _findings(subject, Severity.QUERY)


def report_late(subject: Subject, _asked: Asked) -> Measurement:
    """Whether the first readable revision came after the soft deadline (an extension counts)."""
    first = _first(subject)
    if first.first_verdict.on_time:
        return count([], counter="次")
    deadline = subject.profile.cycle.soft_deadline(subject.year)
    text = f"首次报送于 {subject.received_on(first)}，晚于 {deadline}"
    return count([Shortfall(text, Evidence(text, file=first.file))], counter="次")


def report_return_rounds(subject: Subject, _asked: Asked) -> Measurement:
    """How often a revision was sent back. A file that could not be read at all is no round."""
    returned = [r for r in subject.revisions if r.first_verdict.status is Status.RETURNED]
    cases = []
    for revision in returned:
        text = f"第 {revision.number} 版于 {subject.received_on(revision)} 报送后退回"
        cases.append(Shortfall(text, Evidence(text, file=revision.file)))
    return count(cases, counter="次")


def _first(subject: Subject) -> Revision:
    """The first revision that could be read as the unit's; the accepted one is readable, so there is one."""
    return next(
        r for r in subject.revisions if r.first_verdict.status is not Status.QUARANTINED or r is subject.accepted
    )


def _findings(subject: Subject, severity: Severity) -> Measurement:
    first = _first(subject)
    open_ones = [f for f in first.first_verdict.findings if f.severity is severity and f.settled_by is None]
    return count([Shortfall(f.message.rstrip("。"), _evidence(first, f)) for f in open_ones], counter="处")


def _evidence(revision: Revision, finding: Finding) -> Evidence:
    return Evidence(finding.message, revision.file, finding.sheet, finding.cell, finding.where)
