"""What was decided about the district's report: adopted texts, approvals with their documents, publications."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gongkai.warehouse.models.base import Base, StoredMoment, Words


class ReportApprovalRow(Base):
    """One approval, numbered from 1 in a year; `documents` is a zip of what was approved. Never changed."""

    __tablename__ = "report_approval"
    __table_args__ = (UniqueConstraint("year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(StoredMoment)
    by: Mapped[str] = mapped_column(Words)
    reason: Mapped[str] = mapped_column(Words)
    content_sha256: Mapped[str] = mapped_column(String(64))
    manifest_sha256: Mapped[str] = mapped_column(String(64))
    basis_sha256: Mapped[str] = mapped_column(String(64))
    as_of: Mapped[datetime] = mapped_column(StoredMoment)
    despite: Mapped[dict[str, Any]] = mapped_column(JSON)
    changes: Mapped[list[str]] = mapped_column(JSON)
    documents: Mapped[bytes] = mapped_column(LargeBinary)


class ReportPublicationRow(Base):
    """Where and when an approved report was published, and who said so."""

    __tablename__ = "report_publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    approval_id: Mapped[int] = mapped_column(ForeignKey("report_approval.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(StoredMoment)
    on: Mapped[date]
    url: Mapped[str] = mapped_column(Words)
    by: Mapped[str] = mapped_column(Words)


class ReportAdoptionRow(Base):
    """An edited text that was adopted, numbered from 1 in a year; `text` is the text as data. Never changed."""

    __tablename__ = "report_adoption"
    __table_args__ = (UniqueConstraint("year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(StoredMoment)
    by: Mapped[str] = mapped_column(Words)
    file: Mapped[str] = mapped_column(Words)
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[dict[str, Any]] = mapped_column(JSON)
    confirmed: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
