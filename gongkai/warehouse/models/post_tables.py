"""What leaves by mail: every message with what became of it, and the alarms that hold messages back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gongkai.warehouse.models.base import Base, StoredMoment, Words
from gongkai.warehouse.models.intake_tables import one_of

MESSAGE_KINDS = ("verdict", "cleared", "reminder", "issued", "no_file")
MESSAGE_STATES = ("queued", "sending", "sent", "failed", "uncertain", "superseded")


class MessageRow(Base):
    """One message to one unit, numbered from 1 in a year; content is never changed once it has left.

    `rules_run_id` is the run up to which it tells what has changed about the rules, `revision` and `status` are those
    of the verdict that it tells of. `tells` is the hash of what it says to the unit, whatever the words;
    `content_sha256` that of subject, body and attachments. `sending` stands only while a server is being given the
    last line: found later, nobody knows.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("year", "unit", "number"),
        one_of("kind", MESSAGE_KINDS),
        one_of("state", MESSAGE_STATES),
        Index(None, "year", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    unit: Mapped[str] = mapped_column(String(32))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    rules_run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    queued_at: Mapped[datetime] = mapped_column(StoredMoment)
    revision: Mapped[int | None]
    status: Mapped[str | None] = mapped_column(String(16))
    tells: Mapped[str] = mapped_column(String(64))
    content_sha256: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(Words)
    body: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16))
    address: Mapped[str | None] = mapped_column(Words)
    message_id: Mapped[str | None] = mapped_column(Words)
    tries: Mapped[int]
    tried_at: Mapped[datetime | None] = mapped_column(StoredMoment)
    sent_at: Mapped[datetime | None] = mapped_column(StoredMoment)
    answer: Mapped[str | None] = mapped_column(Words)


class RuleAlarmRow(Base):
    """A rule that hit so many units in a run that its messages wait; over once released by name, or hit no more.

    `basis` says by which form of the rule: one that was released does not alarm again while it is the same.
    """

    __tablename__ = "rule_alarm"
    __table_args__ = (UniqueConstraint("run_id", "rule"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    rule: Mapped[str] = mapped_column(String(64))
    basis: Mapped[str] = mapped_column(String(64))
    hit: Mapped[int]
    of: Mapped[int]
    raised_at: Mapped[datetime] = mapped_column(StoredMoment)
    over_at: Mapped[datetime | None] = mapped_column(StoredMoment)
    over_by: Mapped[str | None] = mapped_column(Words)
    reason: Mapped[str | None] = mapped_column(Words)
