"""What was issued: the warehouse knows it before any file does."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gongkai.warehouse.models.base import Base, StoredMoment, Words
from gongkai.warehouse.models.intake_tables import one_of

CARD_STATES = ("preliminary", "final")


class IssuedParcelRow(Base):
    """One issue to one unit, numbered from 1 in a year; `note` is its issue note (签发单) as JSON. Never changed."""

    __tablename__ = "issued_parcel"
    __table_args__ = (UniqueConstraint("year", "unit", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    unit: Mapped[str] = mapped_column(String(32))
    number: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(StoredMoment)
    by: Mapped[str] = mapped_column(Words)
    reason: Mapped[str] = mapped_column(Words)
    basis_sha256: Mapped[str] = mapped_column(String(64))
    note: Mapped[dict[str, Any]] = mapped_column(JSON)


class IssuedCardRow(Base):
    """A scorecard that was issued in a new content or a new state; `version` counts the contents. Never changed.

    `content` is what the card says as JSON, `grounds` what it followed from, `changes` what differs in words.
    """

    __tablename__ = "issued_card"
    __table_args__ = (one_of("state", CARD_STATES), Index(None, "year", "issued_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    unit: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    issued_at: Mapped[datetime] = mapped_column(StoredMoment)
    appeal_until: Mapped[date | None]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    grounds: Mapped[dict[str, Any]] = mapped_column(JSON)
    changes: Mapped[list[str]] = mapped_column(JSON)
