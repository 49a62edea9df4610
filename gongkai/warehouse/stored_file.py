"""Files that are no revision of a unit, as the warehouse gives them back: the office's own, repeated, attached ones."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.findings import Finding
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.office_row import OfficeRow
from gongkai.submission.verdict import Verdict


@dataclass(frozen=True)
class StoredFile:
    """A received file that is no revision of a unit: the office's own input, or one that nobody could place.

    `entries` are the usable ones of an office file, as it says them; `form` all rows of the office's workbook.
    """

    name: str
    sha256: str
    received_at: datetime
    verdict: Verdict
    entries: tuple[InspectionEntry, ...] = ()
    form: tuple[OfficeRow, ...] | None = None


@dataclass(frozen=True, slots=True)
class RepeatedFile:
    """A file that says what the accepted revision `number` says already: it became no revision, and was answered."""

    file: str
    sha256: str
    received_at: datetime
    number: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FileBeside:
    """A file beside a unit's submissions that is none of them.

    Attributes:
        kind: `attachment` (evidence, or no form), or `unreadable` (a form that cannot be read).
        findings: why it cannot be read, and how to send what can.
    """

    file: str
    sha256: str
    received_at: datetime
    kind: str
    findings: tuple[Finding, ...]
