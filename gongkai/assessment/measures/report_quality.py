"""Measures over how the report came in (indicator F1): the first readable revision and the way to acceptance.

Mistakes, queries and lateness are those of the *first readable* revision by the verdict it got when it came in.
So a unit that handed in on time and was sent back pays for its mistakes and for the return, and not a third
time because the office took its time; one that hands in late is late however good the report is.
"""

from collections.abc import Sequence

from gongkai.assessment.measurement import HAND_IN, Asked, Measurement, Shortfall, count, forfeited
from gongkai.assessment.scorecard import Evidence
from gongkai.assessment.subject import Subject
from gongkai.findings import Finding, Severity
from gongkai.submission.repair.needed import balances, mistakes, open_errors, repairs_needed
from gongkai.submission.repair.parts import Repair
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import Revision


def report_errors(subject: Subject, _asked: Asked) -> Measurement:
    """Mistakes in the first readable revision: as many as the fewest corrections that it needed."""
    first = _first(subject)
    if first is None:
        return _never(subject)
    found = first.first_verdict.findings
    errors = open_errors(found)
    repairs: Sequence[Repair] = ()
    if first.submission and any(one.rule in balances(subject.year) for one in errors):  # else there is nothing to solve
        repairs = repairs_needed(first.submission, found, subject.unit, subject.previous)
    cases = [
        Shortfall(_together(mended), _evidence(first, one), one.rule)
        for mended in mistakes(errors, repairs, subject.year)
        for one in mended[:1]
    ]
    return count(cases, counter="处")


def report_unexplained_queries(subject: Subject, _asked: Asked) -> Measurement:
    """Queries of the first readable revision that no accepted reason settled."""
    first = _first(subject)
    if first is None:
        return _never(subject)
    queries = [f for f in first.first_verdict.findings if f.severity is Severity.QUERY and f.settled_by is None]
    return count([Shortfall(f.message.rstrip("。"), _evidence(first, f), f.rule) for f in queries], counter="处")


def report_late(subject: Subject, _asked: Asked) -> Measurement:
    """Whether the first readable revision came after the soft deadline (an extension counts)."""
    first = _first(subject)
    if first is None:
        return _never(subject)
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


def _first(subject: Subject) -> Revision | None:
    """The first revision that could be read as the unit's; None where none came."""
    return next(
        (r for r in subject.revisions if r.first_verdict.status is not Status.QUARANTINED or r is subject.accepted),
        None,
    )


def _never(subject: Subject) -> Measurement:
    text = f"至 {subject.as_of} 没有收到可以读出的年度报送"
    return forfeited(text, Evidence(text), HAND_IN)


def _together(mended: Sequence[Finding]) -> str:
    """One mistake in words: its first finding, and how many more it caused."""
    more = f"（同一处错误另使 {len(mended) - 1} 处不符）" if len(mended) > 1 else ""
    return mended[0].message.rstrip("。") + more


def _evidence(revision: Revision, finding: Finding) -> Evidence:
    return Evidence(finding.message, revision.file, finding.sheet, finding.cell, finding.where)
