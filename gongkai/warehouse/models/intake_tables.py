"""What came in: runs, revisions and the files beside them. What was decided about them is in `verdict_tables`.

What a submission says (its cells) is in `content_tables`; what was made of it, in `outcome_tables`.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from gongkai.submission.verdict import Status
from gongkai.warehouse.models.base import Base, StoredMoment, Words

RUN_STATES = ("running", "complete", "incomplete", "failed")
STORED_ROLES = ("office", "unassigned")
KINDS_BESIDE = ("attachment", "unreadable")


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A check that a text column holds one of the given words."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(str(v)) for v in values)})", name=column)


class ProfileSnapshot(Base):
    """A profile as canonical JSON under its hash: a rebuild needs the one of its time."""

    __tablename__ = "profile_snapshot"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[str] = mapped_column(Words)
    recorded_at: Mapped[datetime] = mapped_column(StoredMoment)


class RulesSnapshot(Base):
    """A catalogue of rules as canonical JSON under its hash (a verdict's `rules_version`): the words of its time."""

    __tablename__ = "rules_snapshot"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[str] = mapped_column(Words)
    recorded_at: Mapped[datetime] = mapped_column(StoredMoment)


class YearLockRow(Base):
    """A report year that is closed: `run_id` is its last run then; what that and earlier runs stored is settled."""

    __tablename__ = "year_lock"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    locked_at: Mapped[datetime] = mapped_column(StoredMoment)
    locked_by: Mapped[str] = mapped_column(Words)
    reason: Mapped[str] = mapped_column(Words)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))


class Run(Base):
    """One run of a year. `as_of` is the moment it takes for now; `started_at` and `finished_at` are the clock's.

    `letters_at`: when what it has to tell the units was queued; None while nobody was told of its verdicts.
    """

    __tablename__ = "run"
    __table_args__ = (one_of("state", RUN_STATES), Index(None, "year", "as_of"))

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    as_of: Mapped[datetime] = mapped_column(StoredMoment)
    started_at: Mapped[datetime | None] = mapped_column(StoredMoment)
    finished_at: Mapped[datetime | None] = mapped_column(StoredMoment)
    state: Mapped[str] = mapped_column(String(16))
    profile_sha256: Mapped[str] = mapped_column(String(64), ForeignKey("profile_snapshot.sha256"))
    rules_version: Mapped[str] = mapped_column(String(64))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    letters_at: Mapped[datetime | None] = mapped_column(StoredMoment)


class FirstSight(Base):
    """Bytes that a run stored for a year: the as-of of the first run that did, and when they count as received."""

    __tablename__ = "first_sight"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    first_seen_at: Mapped[datetime] = mapped_column(StoredMoment)
    received_at: Mapped[datetime] = mapped_column(StoredMoment)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))


class FetchedFileRow(Base):
    """Bytes that were fetched: from which source, what they are there, when, and whether the sender is certain.

    One row a way that a file came: the same bytes by mail and by a shared folder are two.
    """

    __tablename__ = "fetched_file"
    __table_args__ = (
        UniqueConstraint("source", "key", "sha256"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    place: Mapped[str] = mapped_column(Words)
    source: Mapped[str] = mapped_column(Words)
    key: Mapped[str] = mapped_column(Words)
    fetched_at: Mapped[datetime] = mapped_column(StoredMoment)
    proven: Mapped[bool]
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))


class _UnitFile:
    """Columns of a file that was received from a unit; when it was recorded, and by which run."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(String(32))
    year: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(Words)
    received_at: Mapped[datetime] = mapped_column(StoredMoment)
    recorded_at: Mapped[datetime] = mapped_column(StoredMoment)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))


class _AnsweredFile(_UnitFile):
    """Columns of a file that is no revision: stored once, with what was said of it."""

    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


def _stored_once(*more: SchemaItem) -> tuple[SchemaItem, ...]:
    """The same bytes are stored once for a unit and year."""
    return (
        UniqueConstraint("unit", "year", "sha256"),
        *more,
        CheckConstraint("length(sha256) = 64", name="sha256"),
        Index(None, "sha256"),
        Index(None, "year"),
    )


class RevisionRow(_UnitFile, Base):
    """One received file of one unit and year.

    `readable` says whether its cells are stored; the head fields are the file's own and empty without them. `masked`
    counts the values that were masked since (`rows.masking`).
    """

    __tablename__ = "revision"
    __table_args__ = (
        *_stored_once(UniqueConstraint("unit", "year", "number"), CheckConstraint("number >= 1", name="number")),
    )

    number: Mapped[int]
    kind: Mapped[str | None] = mapped_column(String(16))
    readable: Mapped[bool]
    authority: Mapped[str | None] = mapped_column(Words)
    prepared_by: Mapped[str | None] = mapped_column(Words)
    prepared_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(Words)
    has_tables: Mapped[bool]
    reported: Mapped[list[str]] = mapped_column(JSON)
    masked: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class StoredFileRow(Base):
    """A received file that is no unit's revision: the office's own input, or one that nobody could place.

    `form` has the rows of an office workbook (`gongkai.submission.inspection.office_row`), `document` the bytes of the
    district's report as the office edited it; None of any other file.
    """

    __tablename__ = "stored_file"
    __table_args__ = (
        UniqueConstraint("year", "role", "sha256"),
        one_of("role", STORED_ROLES),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        Index(None, "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    role: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Words)
    sha256: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(StoredMoment)
    recorded_at: Mapped[datetime] = mapped_column(StoredMoment)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    form: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    document: Mapped[bytes | None] = mapped_column(LargeBinary)


class RepeatedFileRow(_AnsweredFile, Base):
    """A received file that says what an accepted revision (`number`) says already: no revision, but answered."""

    __tablename__ = "repeated_file"
    __table_args__ = _stored_once()

    number: Mapped[int]


class PublishedReportRow(_AnsweredFile, Base):
    """A report that came beside its unit's own submission: compared with it and answered, but no revision.

    `number` is the revision it was compared with; `figures` its national cells: place → value, sheet, cell (an
    amount is decimal text), empty for a report that could not be read.
    """

    __tablename__ = "published_report"
    __table_args__ = _stored_once(one_of("status", tuple(Status)))

    number: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(16))
    figures: Mapped[dict[str, list[Any]]] = mapped_column(JSON)


class FileBesideRow(_AnsweredFile, Base):
    """A file that came beside a unit's submissions and is none: an attachment, or a form that cannot be read."""

    __tablename__ = "file_beside"
    __table_args__ = _stored_once(one_of("kind", KINDS_BESIDE))

    kind: Mapped[str] = mapped_column(String(16))


class AppealFileRow(_AnsweredFile, Base):
    """A file that only appeals; `appeals` is a list of [indicator, ground, evidence, place], `by` who prepared it."""

    __tablename__ = "appeal_file"
    __table_args__ = _stored_once()

    by: Mapped[str | None] = mapped_column(Words)
    appeals: Mapped[list[list[Any]]] = mapped_column(JSON)
