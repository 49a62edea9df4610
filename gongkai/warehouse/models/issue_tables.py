"""What was issued: the warehouse knows it before any file does."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gongkai.warehouse.models.base import Base, StoredMoment, Words


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
