"""A revision that becomes accepted, or ceases to be, as a decision of the rules."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from gongkai.submission.verdict import Status
from gongkai.warehouse.audit.decision import BY_RULE, Decision, Kind


class RevisionName(NamedTuple):
    """Which revision: report year, unit, number, and the hash of its bytes."""

    year: int
    unit: str
    number: int
    sha256: str


def acceptance(
    revision: RevisionName, before: Status | None, now: Status, at: datetime, run_id: int
) -> Iterator[Decision]:
    """The decision that a new verdict is, if it accepts the revision or ends that; a run decides it once."""
    accepted, was = now is Status.ACCEPTED, before is Status.ACCEPTED
    if accepted == was:
        return
    yield Decision(
        kind=Kind.ACCEPTED if accepted else Kind.REVOKED,
        at=at,
        by=BY_RULE,
        typed_in="run",
        year=revision.year,
        subject=revision.unit,
        before=None if before is None else {"revision": revision.number, "status": before},
        after={"revision": revision.number, "status": now, "sha256": revision.sha256},
        identity=f"{revision.number} {run_id}",
    )
