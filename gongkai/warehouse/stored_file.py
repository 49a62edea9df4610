"""Files that are no revision, as the warehouse gives them back: the office's own, a unit's beside its submissions.

Each with what was said of it. What makes a file one of these is decided in `expectations.roles`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from gongkai.findings import Finding
from gongkai.submission.appeals import AppealRow
from gongkai.submission.form import Submission
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.office_row import OfficeRow
from gongkai.submission.verdict import Status, Verdict


@dataclass(frozen=True)
class StoredFile:
    """A received file that is no revision of a unit: the office's own input, or one that nobody could place.

    `entries` are the usable ones of an office file, as it says them; `form` all rows of the office's workbook;
    `document` the bytes of the district's report as the office edited it.
    """

    name: str
    sha256: str
    received_at: datetime
    verdict: Verdict
    entries: tuple[InspectionEntry, ...] = ()
    form: tuple[OfficeRow, ...] | None = None
    document: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class RepeatedFile:
    """A file that says what the accepted revision `number` says already: it became no revision, and was answered."""

    file: str
    sha256: str
    received_at: datetime
    number: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """A unit's published report as something to compare its submission with.

    Attributes:
        submission: its figures; None where it could not be read.
        number: the revision it was compared with when it came beside one; None for a report that stands alone.
        findings: what was found in it, and where that revision, accepted before, differs from it.
    """

    file: str
    sha256: str
    received_at: datetime
    submission: Submission | None
    status: Status
    findings: tuple[Finding, ...] = ()
    number: int | None = None


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


@dataclass(frozen=True, slots=True)
class AppealFile:
    """A file that only appeals: its tables say what is accepted already, or nothing.

    Attributes:
        by: who prepared it, as it says.
        findings: what is wrong with its appeals; a row that cannot be understood is none.
    """

    file: str
    sha256: str
    received_at: datetime
    by: str | None
    appeals: tuple[AppealRow, ...]
    findings: tuple[Finding, ...] = ()
