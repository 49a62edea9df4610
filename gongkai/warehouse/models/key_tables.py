"""The district's signing keys: only public halves ever come here."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from gongkai.warehouse.models.base import Base, StoredMoment, Words


class DistrictKeyRow(Base):
    """A key that the district took into use; the newest row is the one in use, the others are kept for old receipts."""

    __tablename__ = "district_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    public_pem: Mapped[str] = mapped_column(Words)
    since: Mapped[datetime] = mapped_column(StoredMoment)
    by: Mapped[str] = mapped_column(Words)
    reason: Mapped[str] = mapped_column(Words)
