"""What the office said and what was made: inspection entries, scores and output files."""

from datetime import date, datetime
from decimal import Decimal
from typing import get_args

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gongkai.submission.inspection.entry import Kind
from gongkai.warehouse.models.base import Base, ExactNumber, StoredMoment, Words
from gongkai.warehouse.models.intake_tables import one_of


class InspectionEntryRow(Base):
    """One entry of an office file; the columns are those of `gongkai.submission.inspection.InspectionEntry`.

    Which entries of a file can be used depends on the profile, so they belong to the verdict that found them.
    """

    __tablename__ = "inspection_entry"
    __table_args__ = (one_of("kind", get_args(Kind)),)

    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdict.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(Words)
    unit: Mapped[str] = mapped_column(Words)
    kind: Mapped[str] = mapped_column(String(16))
    indicator: Mapped[str | None] = mapped_column(Words)
    passed: Mapped[int | None] = mapped_column(BigInteger)
    checked: Mapped[int | None] = mapped_column(BigInteger)
    points: Mapped[Decimal | None] = mapped_column(ExactNumber)
    issued_on: Mapped[date | None]
    due_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    recurred: Mapped[bool | None]
    on: Mapped[date | None]
    by: Mapped[str | None] = mapped_column(Words)
    reason: Mapped[str | None] = mapped_column(Words)
    evidence: Mapped[str | None] = mapped_column(Words)
    until: Mapped[date | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    ground: Mapped[str | None] = mapped_column(Words)
    confirmed_by: Mapped[str | None] = mapped_column(Words)
    claim: Mapped[str | None] = mapped_column(Words)
    where: Mapped[str | None] = mapped_column(Words)
    item: Mapped[str | None] = mapped_column(Words)
    second_of: Mapped[str | None] = mapped_column(Words)


class Score(Base):
    """One line of a scorecard as a run gave it; `code` is an indicator's, or `total`. No points: not applicable."""

    __tablename__ = "score"
    __table_args__ = (Index(None, "year", "recorded_at"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    year: Mapped[int]
    scheme: Mapped[str] = mapped_column(Words)
    version: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(StoredMoment)
    score: Mapped[Decimal | None] = mapped_column(ExactNumber)
    max: Mapped[Decimal | None] = mapped_column(ExactNumber)


class DecidedScoreRow(Base):
    """What a line's score was when the office decided on it; `decision` says which decision, by what it says."""

    __tablename__ = "decided_score"
    __table_args__ = (UniqueConstraint("year", "decision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    decision: Mapped[str] = mapped_column(String(64))
    unit: Mapped[str] = mapped_column(String(32))
    measured: Mapped[Decimal | None] = mapped_column(ExactNumber)
    before: Mapped[Decimal | None] = mapped_column(ExactNumber)
    recorded_at: Mapped[datetime] = mapped_column(StoredMoment)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))


class PaperRow(Base):
    """A paper as a run made it: the hash of its own content, since when that holds, and its files with their hashes.

    A row is written when content or files have become others; the latest at a moment counts.
    """

    __tablename__ = "paper"
    __table_args__ = (Index(None, "year", "recorded_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    name: Mapped[str] = mapped_column(Words)
    basis_sha256: Mapped[str] = mapped_column(String(64))
    since: Mapped[datetime] = mapped_column(StoredMoment)
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    recorded_at: Mapped[datetime] = mapped_column(StoredMoment)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))


class Output(Base):
    """A file that a run wrote, by its path below the year's folder, with its hash."""

    __tablename__ = "output"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    path: Mapped[str] = mapped_column(Words, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
