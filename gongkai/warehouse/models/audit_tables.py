"""The audit log and its head. Rows are only ever added; `gongkai.warehouse.audit` is the one that does."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gongkai.warehouse.models.base import Base, StoredMoment, Words


class AuditEntryRow(Base):
    """One decision. `decision` says which (the same one is logged once); `hash` covers the row and `previous`."""

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "year", "subject"),)

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(StoredMoment)
    kind: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(Words)
    account: Mapped[str] = mapped_column(Words)
    typed_in: Mapped[str] = mapped_column(String(16))
    year: Mapped[int | None]
    subject: Mapped[str] = mapped_column(Words)
    reason: Mapped[str] = mapped_column(Words)
    before: Mapped[str | None] = mapped_column(Words)
    after: Mapped[str | None] = mapped_column(Words)
    decision: Mapped[str] = mapped_column(String(64), unique=True)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHeadRow(Base):
    """One row: how many entries there are and the hash of the last; who writes to the log locks it."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
