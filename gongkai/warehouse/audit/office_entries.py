"""The office's entries as decisions: what a file of the office changed among the entries in force."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.audit.decision import Decision, Kind

KINDS = {
    "waiver": Kind.WAIVED,
    "extension": Kind.EXTENDED,
    "excuse": Kind.EXCUSED,
    "admission": Kind.ADMITTED,
    "reopen": Kind.REOPENED,
    "appeal": Kind.APPEALED,
    "decision": Kind.DECIDED,
    "confirmation": Kind.CONFIRMED,
    "rejection": Kind.REJECTED,
}
"""Kind of an entry → kind of a decision; any other entry is one that was entered."""

_UNSIGNED = "未署名"
_APART = ("unit", "by", "reason")  # columns of their own


def changes(
    before: Iterable[InspectionEntry],
    after: Iterable[InspectionEntry],
    year: int,
    at: datetime,
    file: str,
    run_id: int,
) -> Iterator[Decision]:
    """What is decided by a file that the run has just stored: entries that came, changed or went.

    Args:
        before: the entries in force without the file.
        after: those in force with it.
        year: the report year.
        at: the run's moment.
        file: the file's name.
        run_id: the run: an entry that is withdrawn and entered again later is decided again.
    """
    known, kept = list(before), list(after)
    for entry in kept:
        if entry not in known:
            old = next((one for one in known if _same(one, entry)), None)
            kind = KINDS.get(entry.kind, Kind.ENTERED)
            yield _decision(kind, entry, old, entry, year, at, file, run_id)
    for entry in known:
        if not any(_same(one, entry) for one in kept):
            yield _decision(Kind.WITHDRAWN, entry, entry, None, year, at, file, run_id)


def _decision(
    kind: Kind,
    entry: InspectionEntry,
    before: InspectionEntry | None,
    after: InspectionEntry | None,
    year: int,
    at: datetime,
    file: str,
    run_id: int,
) -> Decision:
    return Decision(
        kind=kind,
        at=at,
        by=entry.by or _UNSIGNED,
        typed_in="entry",
        year=year,
        subject=entry.unit,
        reason=entry.reason or "",
        before=_said(before, file),
        after=_said(after, file),
        identity=f"{file}#{entry.id} {run_id}",
    )


def _same(one: InspectionEntry, other: InspectionEntry) -> bool:
    return (one.name, one.unit, one.kind) == (other.name, other.unit, other.kind)


def _said(entry: InspectionEntry | None, file: str) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "file": file,
        **{key: value for key, value in asdict(entry).items() if value is not None and key not in _APART},
    }
