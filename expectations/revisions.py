"""What a revision takes over from the earlier ones, and needs beside an accepted one: a reason, and a difference.

The merge step calls this, because only the warehouse knows the earlier revisions. A file that only appeals (申诉) is
none: a unit appeals in its own form, weeks after the deadlines, and what the tables say then is accepted or left blank.
"""

from collections.abc import Sequence
from dataclasses import replace

from expectations.catalogue import Catalogue, load_catalogue, rule_in_force
from expectations.frames import Facts
from expectations.results import finding, ordered
from expectations.settling.carrying import Earlier, carry_over
from gongkai.national_format import for_year
from gongkai.submission.appeals import LIST as APPEALS
from gongkai.submission.appeals import appeals_in, beside_appeals, says_only_appeals
from gongkai.submission.changes import compare
from gongkai.submission.form import Reading, Submission
from gongkai.submission.verdict import Status, Verdict, status_of
from gongkai.warehouse.rows.issued_cards import IssuedCard


def judge_revision(
    reading: Reading, verdict: Verdict, earlier: Sequence[Earlier], catalogue: Catalogue | None = None
) -> Verdict:
    """The verdict on a file beside its unit's earlier revisions of the year.

    Args:
        reading: the file.
        verdict: what `validate` decided about it alone.
        earlier: the revisions before it, oldest first, with their verdicts.
        catalogue: the one in force for the year; None: today's.
    """
    if reading.submission is None or verdict.status is Status.QUARANTINED:
        return verdict
    accepted = accepted_of(earlier)
    carried = carry_over(reading.submission, verdict, earlier)
    return revision_findings(reading, carried, accepted.submission if accepted else None, catalogue)


def accepted_of(earlier: Sequence[Earlier]) -> Earlier | None:
    """The one that counts among revisions: the last that is accepted."""
    return next((one for one in reversed(earlier) if one.verdict.status is Status.ACCEPTED), None)


def revision_findings(
    reading: Reading, verdict: Verdict, accepted: Submission | None, catalogue: Catalogue | None = None
) -> Verdict:
    """The verdict with REASON-MISSING or NO-CHANGE added where they apply.

    Args:
        reading: the new file.
        verdict: what `validate` decided about it.
        accepted: the content of the accepted revision, None while there is none.
        catalogue: the one in force for the year; None: today's.
    """
    submission = reading.submission
    if submission is None or accepted is None or verdict.status is Status.QUARANTINED:
        return verdict
    changed = changes(submission, accepted)
    if changed and submission.reason:
        return verdict
    rule = rule_in_force("REASON-MISSING" if changed else "NO-CHANGE", catalogue or load_catalogue())
    facts = Facts(where="reason", observed=len(changed), expected=0) if changed else Facts()
    national_format = for_year(submission.year)
    added = finding(rule, facts, national_format)
    findings = ordered((*verdict.findings, added), national_format, catalogue)
    return replace(verdict, findings=findings, status=status_of(findings))


def repeats_accepted(verdict: Verdict) -> bool:
    """Whether the file says nothing that the accepted revision does not say: it becomes no revision (contract.md)."""
    return any(found.rule == "NO-CHANGE" for found in verdict.findings)


def changes(submission: Submission, accepted: Submission) -> list[str]:
    """The places whose content differs, in a fixed order.

    Who prepared it, when and why are no content, nor is what the unit appeals. A blank and an absent cell say the same.
    """
    return sorted(beside_appeals(change.where for change in compare(submission, accepted)))


def only_appeals(reading: Reading, verdict: Verdict, accepted: Submission | None) -> bool:
    """Whether a new file appeals and says nothing else that the accepted revision does not say."""
    submission = reading.submission
    if submission is None or verdict.status is Status.QUARANTINED or not appeals_in(submission):
        return False
    return says_only_appeals(submission) or (accepted is not None and not changes(submission, accepted))


def appeal_verdict(
    reading: Reading, verdict: Verdict, issued: IssuedCard | None, catalogue: Catalogue | None = None
) -> Verdict:
    """What the rules found in the appeals themselves; of tables that are left as they are nothing is asked again.

    Args:
        reading: the file.
        verdict: what was found in all of it.
        issued: the card that was issued to the unit last.
        catalogue: the one in force for the year; None: today's.
    """
    found = [one for one in verdict.findings if one.where.startswith(f"{APPEALS}[")]
    received = reading.file.received_at.date()
    window = issued.window_on(received) if issued else None
    submission = reading.submission
    if submission and window is not None and window.until is not None and received > window.until:
        facts = Facts(where=APPEALS, observed=received, expected=window.until)
        rule = rule_in_force("APPEAL-LATE", catalogue or load_catalogue())
        found.append(finding(rule, facts, for_year(submission.year)))
    coercions = tuple(one for one in verdict.coercions if one.where.startswith(f"{APPEALS}["))
    findings = tuple(found)
    return replace(
        verdict, findings=findings, coercions=coercions, status=status_of(findings), on_time=True, rules_not_applied=()
    )
