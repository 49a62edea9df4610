"""A file that is no unit's submission, as the warehouse gives it back: its name, its verdict, and what it entered."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import Verdict


@dataclass(frozen=True)
class StoredFile:
    """A received file that is no revision of a unit: the office's own input, or one that nobody could place.

    `entries` are the usable ones of an office file, as it says them.
    """

    name: str
    sha256: str
    received_at: datetime
    verdict: Verdict
    entries: tuple[InspectionEntry, ...] = ()
