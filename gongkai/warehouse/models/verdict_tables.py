"""What was decided: verdicts on what came in, and their findings."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gongkai.submission.verdict import Status
from gongkai.warehouse.models.base import Base, StoredMoment, Words
from gongkai.warehouse.models.intake_tables import one_of


class VerdictRow(Base):
    """A verdict on a revision or a stored file. A row is never changed: another verdict is another row.

    `sha256` is the hash of all it says, so that an unchanged verdict is recognised without reading it back.
    """

    __tablename__ = "verdict"
    __table_args__ = (
        CheckConstraint("(revision_id IS NULL) <> (stored_file_id IS NULL)", name="subject"),
        one_of("status", tuple(Status)),
        Index(None, "revision_id", "recorded_at"),
        Index(None, "stored_file_id", "recorded_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    stored_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    recorded_at: Mapped[datetime] = mapped_column(StoredMoment)
    status: Mapped[str] = mapped_column(String(16))
    on_time: Mapped[bool]
    rules_version: Mapped[str] = mapped_column(String(64))
    coercions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    rules_not_applied: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    profile_rules: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    text: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))


class FindingRow(Base):
    """One finding of a verdict; the columns are the keys of contract.md's finding."""

    __tablename__ = "finding"
    __table_args__ = (one_of("severity", ("error", "query", "notice")), Index(None, "rule"))

    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdict.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rule: Mapped[str] = mapped_column(String(64))
    severity: Mapped[str] = mapped_column(String(8))
    message: Mapped[str] = mapped_column(Words)
    where: Mapped[str] = mapped_column(Words)
    table: Mapped[str | None] = mapped_column(Words)
    row: Mapped[str | None] = mapped_column(Words)
    column: Mapped[str | None] = mapped_column(Words)
    sheet: Mapped[str | None] = mapped_column(Words)
    cell: Mapped[str | None] = mapped_column(Words)
    observed: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    expected: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    difference: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    hint: Mapped[str | None] = mapped_column(Words)
    cells: Mapped[list[str]] = mapped_column(JSON)
    settled_by: Mapped[str | None] = mapped_column(Words)
