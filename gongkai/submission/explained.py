"""Which finding a row of 疑点说明 speaks of, and which row settled a finding.

Whether a reason is accepted is no question here: that is decided in `expectations.settling.explanations`.
"""

from gongkai.findings import Finding
from gongkai.submission.form import Record, Submission


def speaks_of(record: Record, found: Finding) -> bool:
    """Whether an explanation names the finding: its rule, and its place or any cell that it names."""
    rule, where = str(record["finding"] or "").strip().upper(), str(record["where"] or "").strip()
    return found.rule == rule and where in (found.where, *found.cells)


def words_of(found: Finding, submission: Submission | None, reason: tuple[str | None, ...]) -> str:
    """What the unit wrote where it explained the finding; empty where it only chose the reason.

    Args:
        found: a finding that is settled by a reason.
        submission: of the revision that gave the explanation.
        reason: the reason's key and wording: a clerk may write either.
    """
    if submission is None:
        return ""
    records = [record for record in submission.records("explanations") if speaks_of(record, found)]
    chosen = (record["text"] for record in records if str(record["reason"] or "").strip() in reason)
    return next((str(text).strip() for text in chosen if text), "")
