"""Merges what came in: one transaction a file, idempotent by content hash, safe beside another run.

Known bytes keep their number; a verdict that changed is a new row, one that did not is nothing, and in a locked
year what was known at the lock is never judged again. What a state then looks like is decided in `queries`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, exists, func, insert, select, update

from gongkai.submission.form import Reading, ReceivedFile, Submission
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.office_row import OfficeRow
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse import models
from gongkai.warehouse.audit import record
from gongkai.warehouse.audit.acceptances import RevisionName, acceptance
from gongkai.warehouse.audit.office_entries import changes
from gongkai.warehouse.audit.unit_appeals import raised
from gongkai.warehouse.engine import reading as read_transaction
from gongkai.warehouse.engine import write
from gongkai.warehouse.locks import last_settled_run
from gongkai.warehouse.rows.inspections import inspections
from gongkai.warehouse.rows.stored import store_file
from gongkai.warehouse.rows.submission_rows import among, store_content
from gongkai.warehouse.rows.verdicts import store_verdict
from gongkai.warehouse.runs import moment_of


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did.

    Attributes:
        number: of the revision.
        new: whether these bytes were not known for this unit and year.
        settled: whether the year's lock keeps the verdict as it was, whatever the rules say now.
    """

    number: int
    new: bool
    settled: bool = False


def merge_submission(engine: Engine, reading: Reading, verdict: Verdict, unit: str, year: int, run_id: int) -> Merged:
    """Stores one reading and its verdict as a revision of a unit and year.

    A quarantined reading is a revision without cells; should a later verdict on the same bytes take it in, its
    cells follow then.

    Args:
        engine: the warehouse.
        reading: what the file says; its content hash decides whether it is known.
        verdict: what the rules decided about it in this run.
        unit: the unit it is filed under (its folder's, or the one inside a file without folder).
        year: the run's report year.
        run_id: the run; its `as_of` is the moment the rows are recorded at.

    Raises:
        WarehouseError: the database refuses; nothing of this submission is stored.
    """

    def work(connection: Connection) -> Merged:
        recorded_at = moment_of(connection, run_id)
        table = models.RevisionRow
        known = connection.execute(
            select(table.id, table.number, table.readable, table.run_id)
            .where(table.unit == unit, table.year == year, table.sha256 == reading.file.sha256)
            .with_for_update()
        ).one_or_none()
        if known is not None and known.run_id <= last_settled_run(connection, year):
            return Merged(known.number, new=False, settled=True)
        submission = reading.submission if verdict.status is not Status.QUARANTINED else None
        if known is None:
            head = {"unit": unit, "year": year, "run_id": run_id, "recorded_at": recorded_at}
            revision_id, number = _insert_revision(connection, head, reading)
        else:
            revision_id, number = known.id, known.number
        if submission is not None and (known is None or not known.readable):
            connection.execute(update(table).where(table.id == revision_id), _head(submission))
            store_content(connection, revision_id, submission)
        stored = store_verdict(connection, models.VerdictRow.revision_id, revision_id, verdict, run_id, recorded_at)
        of = RevisionName(year, unit, number, reading.file.sha256)
        appealed = raised(reading.file, submission, unit, year, recorded_at)
        record(connection, *acceptance(of, stored.before, verdict.status, recorded_at, run_id), *appealed)
        return Merged(number, known is None)

    return write(engine, work)


def merge_inspection(
    engine: Engine,
    file: ReceivedFile,
    entries: Sequence[InspectionEntry],
    verdict: Verdict,
    year: int,
    run_id: int,
    form: Iterable[OfficeRow] | None = None,
    document: bytes | None = None,
) -> bool:
    """Stores one of the office's own files with its usable entries; returns whether anything was written.

    The same bytes under another profile may leave other entries: then verdict and entries are stored anew. `form` has
    the rows of a workbook, which is given back with what was not taken marked in it; `document` is an edited report.

    Raises:
        WarehouseError: the database refuses; nothing of this file is stored.
    """

    def work(connection: Connection) -> bool:
        at = moment_of(connection, run_id)
        before = inspections(connection, year, at, date.max).counted  # on whatever day they will count
        written = store_file(connection, file, "office", verdict, year, run_id, entries, form, document)
        if written:
            after = inspections(connection, year, at, date.max).counted
            record(connection, *changes(before, after, year, at, file.name, run_id))
        return written

    return write(engine, work)


def store_unassigned(engine: Engine, file: ReceivedFile, verdict: Verdict, year: int, run_id: int) -> bool:
    """Stores that a file came in which nobody could place; returns whether anything was written.

    The same bytes under another name are answered already: the verdict on them names the place that is shown.

    Raises:
        WarehouseError: the database refuses.
    """
    return write(engine, lambda connection: store_file(connection, file, "unassigned", verdict, year, run_id))


def holds_bytes_for_other_year(engine: Engine, sha256: str, year: int) -> bool:
    """Whether these bytes have their place in another year: `placed_in_other_years` for one file."""
    return sha256 in placed_in_other_years(engine, [sha256], year)


def placed_in_other_years(engine: Engine, hashes: Iterable[str], year: int) -> frozenset[str]:
    """Those of these bytes that have their place in another year, so that this year's run passes them over.

    Bytes that were only ever quarantined have no place: a run with a mistyped year must not swallow the inbox
    (contract.md).
    """
    verdict, revision = models.VerdictRow, models.RevisionRow
    stored, repeated = models.StoredFileRow, models.RepeatedFileRow
    published, attached, appealing = models.PublishedReportRow, models.FileBesideRow, models.AppealFileRow
    accepted_once = verdict.status != Status.QUARANTINED.value
    places: tuple[tuple[Any, tuple[ColumnElement[bool], ...]], ...] = (
        (revision, (exists().where(verdict.revision_id == revision.id, accepted_once),)),
        (stored, (stored.role == "office", exists().where(verdict.stored_file_id == stored.id, accepted_once))),
        (repeated, ()),
        (appealing, ()),
        (attached, (attached.kind == "attachment",)),
        (published, (published.status != Status.QUARANTINED.value,)),
    )
    if not (asked := set(hashes)):
        return frozenset()
    with read_transaction(engine) as connection:
        return frozenset(
            sha256
            for table, settled in places
            for (sha256,) in connection.execute(
                select(table.sha256).where(table.sha256.in_(among(asked)), table.year != year, *settled)
            )
        )


class HeldElsewhere(NamedTuple):
    """The revision of another report year that some bytes are."""

    year: int
    number: int
    received_at: datetime


def held_for_other_year(engine: Engine, unit: str, sha256: str, year: int) -> HeldElsewhere | None:
    """What the unit handed in these bytes for, if that was another year and they could be read; the latest one."""
    verdict, revision = models.VerdictRow, models.RevisionRow
    readable = exists().where(verdict.revision_id == revision.id, verdict.status != Status.QUARANTINED.value)
    with read_transaction(engine) as connection:
        found = connection.execute(
            select(revision.year, revision.number, revision.received_at)
            .where(revision.unit == unit, revision.sha256 == sha256, revision.year != year, readable)
            .order_by(revision.year.desc())
            .limit(1)
        ).one_or_none()
    return HeldElsewhere(*found) if found else None


def _head(submission: Submission) -> dict[str, Any]:
    return {
        "readable": True,
        "authority": submission.authority,
        "prepared_by": submission.prepared_by,
        "prepared_on": submission.prepared_on,
        "reason": submission.reason,
        "has_tables": submission.has_tables,
        "reported": sorted(submission.reported),
    }


def _insert_revision(connection: Connection, head: dict[str, Any], reading: Reading) -> tuple[int, int]:
    """Inserts the next revision of a unit. Whoever took the number first wins: `write` then tries again."""
    table = models.RevisionRow
    last = connection.execute(
        select(func.max(table.number)).where(table.unit == head["unit"], table.year == head["year"])
    ).scalar()
    number = (last or 0) + 1
    row = {
        **head,
        "number": number,
        "sha256": reading.file.sha256,
        "file": reading.file.name,
        "kind": reading.kind,
        "received_at": reading.file.received_at,
        "readable": False,
        "has_tables": False,
        "reported": [],
    }
    revision_id = connection.execute(insert(table).returning(table.id), row).scalar_one()
    return revision_id, number
