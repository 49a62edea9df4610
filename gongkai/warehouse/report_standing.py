"""Where the district's report stands: draft, approved, published or corrected, and on whose decision.

A decision holds for the content that it was made on: what differs is a draft again, and the decided one is kept. What
the content is, the view says; here are only its states.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongkai.worded import Worded


class ReportState(Worded):
    """The states of the report, by the words of the office."""

    DRAFT = "draft", "送审稿"
    APPROVED = "approved", "已审定"
    PUBLISHED = "published", "已发布"
    CORRECTED = "corrected", "已更正"


@dataclass(frozen=True, kw_only=True)
class Approval:
    """One approval, numbered from 1 in a year; never changed, only superseded.

    Attributes:
        content_sha256: of the public text and tables that were approved.
        manifest_sha256: of the draft's manifest that was approved.
        basis_sha256: of the run that made the draft; the documents keep it.
        as_of: of that run: what was issued later changes no approved text.
        despite: id of a lack → why it was approved all the same.
        changes: what differs from the approved report before it, in words.
    """

    number: int
    at: datetime
    by: str
    reason: str
    content_sha256: str
    manifest_sha256: str
    basis_sha256: str
    as_of: datetime
    despite: Mapping[str, str] = field(default_factory=dict)
    changes: Sequence[str] = ()

    def to_json(self) -> dict[str, Any]:
        """`approved` of report.json."""
        return {
            "by": self.by,
            "on": self.at.isoformat(),
            "manifest_sha256": self.manifest_sha256,
            "reason": self.reason,
            "number": self.number,
            "despite": dict(self.despite),
            "changes": list(self.changes),
        }


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Where and when an approved report was published; `recorded_at`: when somebody told."""

    number: int
    on: date
    url: str
    by: str
    recorded_at: datetime

    def to_json(self) -> dict[str, Any]:
        """`published` of report.json."""
        return {"on": self.on.isoformat(), "url": self.url, "by": self.by, "number": self.number}


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """An edited text that takes the place of the computed one, numbered from 1 in a year; the last one counts.

    Attributes:
        file: the edited file's name, and `sha256` of its bytes.
        text: sections, headings and figures with their paths, as `gongkai.reporting` writes them.
        confirmed: the figures that a person confirmed: `sentence`, `observed`, `confirmed_by`.
    """

    number: int
    at: datetime
    by: str
    file: str
    sha256: str
    text: Mapping[str, Any]
    confirmed: Sequence[Mapping[str, Any]] = ()

    def to_json(self) -> dict[str, Any]:
        """`adopted` of report.json."""
        return {
            "by": self.by,
            "on": self.at.isoformat(),
            "file": self.file,
            "sha256": self.sha256,
            "number": self.number,
            "confirmed": [dict(one) for one in self.confirmed],
        }


@dataclass(frozen=True)
class ReportStanding:
    """All decisions about a year's report that are known at a moment, oldest first."""

    approvals: Sequence[Approval] = ()
    publications: Sequence[Publication] = ()
    units_told: int | None = None
    adoptions: Sequence[Adoption] = ()

    @property
    def adoption(self) -> Adoption | None:
        """The text that was adopted last: the one that counts."""
        return self.adoptions[-1] if self.adoptions else None

    @property
    def approved(self) -> Approval | None:
        """The approval in force; None before the first."""
        return self.approvals[-1] if self.approvals else None

    def holds_for(self, content_sha256: str) -> Approval | None:
        """The approval in force, if it was made on this content."""
        return self.approved if self.approved and self.approved.content_sha256 == content_sha256 else None

    def published(self, approval: Approval) -> Publication | None:
        """Where an approved report was published last."""
        return next((one for one in reversed(self.publications) if one.number == approval.number), None)

    def state(self, approval: Approval | None) -> ReportState:
        """The state of a report on which that approval holds."""
        if approval is None:
            return ReportState.DRAFT
        if any(one.number < approval.number for one in self.publications):
            return ReportState.CORRECTED
        return ReportState.PUBLISHED if self.published(approval) else ReportState.APPROVED
