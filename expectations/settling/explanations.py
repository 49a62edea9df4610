"""Explanations (疑点说明): which query an accepted reason settles, and which explanation is of no use.

Only a query can be settled, by a reason that its rule accepts. The catalogue says which.
"""

from collections.abc import Sequence
from dataclasses import replace

from expectations.catalogue import Catalogue, Reason, rule_in_force
from expectations.frames import Facts
from expectations.results import finding
from gongkai.findings import Finding, Severity
from gongkai.national_format import NationalFormat, for_year
from gongkai.submission.explained import speaks_of
from gongkai.submission.form import Record, Submission
from gongkai.submission.places import place_written


def settle(findings: Sequence[Finding], submission: Submission, catalogue: Catalogue) -> list[Finding]:
    """The findings with settled queries marked, and a notice for every explanation that settled nothing.

    An explanation names the rule and the place of the finding (or any cell that the finding names). Of several
    findings of a rule in one place (figures of one text) each explanation settles one that is still open.
    """
    settled = list(findings)
    notices = []
    for record in submission.records("explanations"):
        refusal = _apply(record, settled, submission, catalogue)
        if refusal is not None and submission.below is None:  # a district's are its units', most of them about lists
            notices.append(_notice(record, refusal, for_year(submission.year), catalogue))
    return settled + notices


def _apply(record: Record, findings: list[Finding], submission: Submission, catalogue: Catalogue) -> str | None:
    """Marks what the explanation settles. Returns why it settles nothing, else None."""
    meant = [at for at, found in enumerate(findings) if speaks_of(record, found, submission)]
    accepted = {at: rule_in_force(findings[at].rule, catalogue).settled_by for at in meant}
    if not meant:
        return "本次核对没有这项疑点"
    if all(findings[at].severity is not Severity.QUERY for at in meant):
        return "此处是必须改正的差错，不能以说明代替" if _is_error(findings, meant) else "此处是提示，不需要说明"
    if not any(accepted.values()):
        return "这项疑点由政务公开主管部门确认，不能以说明代替"
    reason = _reason(record, catalogue)
    fitting = [at for at in meant if reason and reason.key in accepted[at]]
    at = next((at for at in fitting if findings[at].settled_by is None), fitting[0] if fitting else None)
    if at is None or reason is None:
        return "理由不在可接受的理由之内"
    findings[at] = replace(findings[at], settled_by=reason.key)
    return None


def _is_error(findings: Sequence[Finding], meant: Sequence[int]) -> bool:
    return any(findings[at].severity is Severity.ERROR for at in meant)


def _reason(record: Record, catalogue: Catalogue) -> Reason | None:
    return catalogue.reason(str(record["reason"] or "").strip())


def _notice(record: Record, why: str, national_format: NationalFormat, catalogue: Catalogue) -> Finding:
    target = str(record["where"] or "").strip()
    facts = Facts(
        where=f"explanations[{record.id}]",
        observed=record["reason"],
        origin=record.origin(),
        values={
            "position": record.position,
            "finding": record["finding"] or "未填规则编号",
            "target": place_written(target, national_format) or "未填位置",
            "why": why,
        },
    )
    return finding(rule_in_force("EXPLANATION-UNUSED", catalogue), facts, national_format)
