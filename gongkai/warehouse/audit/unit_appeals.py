"""A unit's own appeals on the log: each is there once, however many files say it."""

from collections.abc import Iterator
from datetime import datetime

from gongkai.submission.appeals import appeals_in
from gongkai.submission.form import ReceivedFile, Submission
from gongkai.warehouse.audit.decision import Decision, Kind


def raised(file: ReceivedFile, submission: Submission | None, unit: str, year: int, at: datetime) -> Iterator[Decision]:
    """What a file appeals; nothing of one that could not be read. `at` is the run's moment."""
    for row in appeals_in(submission):
        after = {"indicator": row.indicator, "evidence": row.evidence, "file": file.name, "sha256": file.sha256}
        yield Decision(
            kind=Kind.APPEALED,
            at=at,
            by=(submission.prepared_by if submission else None) or unit,
            typed_in="submission",
            year=year,
            subject=unit,
            reason=row.ground,
            after={**after, "received_on": file.received_at.date().isoformat()},
            identity="\n".join(row.said),
        )
