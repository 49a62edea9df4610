"""What a new revision needs when an accepted one stands: a reason, and something that differs.

The merge step calls this, because only the warehouse knows the accepted revision.
"""

from dataclasses import replace

from expectations.catalogue import load_catalogue
from expectations.frames import Facts
from expectations.results import finding, ordered
from gongkai.national_format import for_year
from gongkai.submission.form import Reading, State, Submission
from gongkai.submission.verdict import Status, Verdict, status_of


def revision_findings(reading: Reading, verdict: Verdict, accepted: Submission | None) -> Verdict:
    """The verdict with REASON-MISSING or NO-CHANGE added where they apply.

    Args:
        reading: the new file.
        verdict: what `validate` decided about it.
        accepted: the content of the accepted revision, None while there is none.
    """
    submission = reading.submission
    if submission is None or accepted is None or verdict.status is Status.QUARANTINED:
        return verdict
    changed = changes(submission, accepted)
    if changed and submission.reason:
        return verdict
    rule = load_catalogue().rule("REASON-MISSING" if changed else "NO-CHANGE")
    facts = Facts(where="reason", observed=len(changed), expected=0) if changed else Facts()
    national_format = for_year(submission.year)
    added = finding(rule, facts, national_format)
    findings = ordered((*verdict.findings, added), national_format)
    return replace(verdict, findings=findings, status=status_of(findings))


def changes(submission: Submission, accepted: Submission) -> list[str]:
    """The places whose content differs, in a fixed order.

    Who prepared it, when and why are no content. A blank and an absent cell say the same.
    """
    new, old = _content(submission), _content(accepted)
    return sorted(place for place in new.keys() | old.keys() if new.get(place) != old.get(place))


def _content(submission: Submission) -> dict[str, object]:
    said: dict[str, object] = {
        f"{cell.table}.{cell.row}.{cell.column}": (cell.state, cell.value, _unread(cell.origin.raw, cell.state))
        for cell in submission.cells
        if cell.state is not State.BLANK
    }
    return {**said, **dict.fromkeys(sorted(submission.reported), True)}


def _unread(raw: str | None, state: State) -> str | None:
    """What stood in a cell without a value: two different remarks are two contents."""
    return raw if state is not State.VALUE else None
