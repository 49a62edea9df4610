"""Which finding a row of 疑点说明 speaks of, and which row settled a finding.

Whether a reason is accepted is no question here: that is decided in `expectations.settling.explanations`.
"""

from gongkai.findings import Finding
from gongkai.national_format import for_year
from gongkai.submission.form import Origin, Record, Submission
from gongkai.submission.places import names_place


def speaks_of(record: Record, found: Finding, submission: Submission) -> bool:
    """Whether an explanation of a submission names the finding: its rule, and its place or any cell that it names.

    A clerk copies the place as the receipt prints it; a machine may write its address.
    """
    if found.rule != str(record["finding"] or "").strip().upper():
        return False
    said, national_format = str(record["where"] or ""), for_year(submission.year)
    places = {where: cell.origin for where in found.cells if (cell := submission.by_where.get(where))}
    places = dict.fromkeys(found.cells, Origin()) | places | {found.where: Origin(found.sheet, found.cell)}
    return any(names_place(said, where, national_format, origin) for where, origin in places.items())


def words_of(found: Finding, submission: Submission | None, reason: tuple[str | None, ...]) -> str:
    """What the unit wrote where it explained the finding; empty where it only chose the reason.

    Args:
        found: a finding that is settled by a reason.
        submission: of the revision that gave the explanation.
        reason: the reason's key and wording: a clerk may write either.
    """
    if submission is None:
        return ""
    records = [record for record in submission.records("explanations") if speaks_of(record, found, submission)]
    chosen = (record["text"] for record in records if str(record["reason"] or "").strip() in reason)
    return next((str(text).strip() for text in chosen if text), "")
