"""Files that came beside a unit's submissions and are no revision: repetitions, reports, attachments, appeals.

Each is stored once, with the revision it was held against and what was said of it, so that it is answered once.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, insert, select

from gongkai.findings import Finding
from gongkai.profile import Profile
from gongkai.submission.appeals import AppealRow, appeals_in
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse import models
from gongkai.warehouse.audit import Decision, record
from gongkai.warehouse.audit.unit_appeals import raised
from gongkai.warehouse.engine import write
from gongkai.warehouse.records import AppealFile, FileBeside, PublishedReport, RepeatedFile
from gongkai.warehouse.rows.submission_rows import figures_from, figures_of
from gongkai.warehouse.runs import moment_of

_Table = (
    type[models.RepeatedFileRow]
    | type[models.PublishedReportRow]
    | type[models.FileBesideRow]
    | type[models.AppealFileRow]
)
_Made = TypeVar("_Made")


def store_repeated(
    engine: Engine, file: ReceivedFile, verdict: Verdict, unit: str, year: int, number: int, run_id: int
) -> bool:
    """Stores that a file repeated the content of the accepted revision `number`; returns whether it was not known.

    Raises:
        WarehouseError: the database refuses.
    """
    head = {"unit": unit, "year": year, "number": number, "run_id": run_id}
    return _store(engine, models.RepeatedFileRow, file, verdict, head)


def store_published(
    engine: Engine, reading: Reading, verdict: Verdict, unit: str, year: int, number: int | None, run_id: int
) -> bool:
    """Stores a report that came beside its unit's submission; returns whether it was not known before.

    Args:
        engine: the warehouse.
        reading: what the report says.
        verdict: what was found in it, and where the accepted revision `number` differs from it.
        unit: the unit it is filed under.
        year: the run's report year.
        number: the revision it was compared with.
        run_id: the run.

    Raises:
        WarehouseError: the database refuses.
    """
    submission = reading.submission if verdict.status is not Status.QUARANTINED else None
    head = {"unit": unit, "year": year, "number": number, "run_id": run_id, "status": verdict.status.value}
    figures = figures_of(submission) if submission else {}
    return _store(engine, models.PublishedReportRow, reading.file, verdict, {**head, "figures": figures})


def store_beside(
    engine: Engine, file: ReceivedFile, kind: str, verdict: Verdict, unit: str, year: int, run_id: int
) -> bool:
    """Stores an attachment or a form that cannot be read (`kind`); returns whether it was not known.

    Raises:
        WarehouseError: the database refuses.
    """
    head = {"unit": unit, "year": year, "kind": kind, "run_id": run_id}
    return _store(engine, models.FileBesideRow, file, verdict, head)


def store_appeal(engine: Engine, reading: Reading, verdict: Verdict, unit: str, year: int, run_id: int) -> bool:
    """Stores a file that only appeals, and puts what it appeals on the log; returns whether it was not known.

    Raises:
        WarehouseError: the database refuses.
    """
    submission = reading.submission
    rows = appeals_in(submission)
    head = {
        "unit": unit,
        "year": year,
        "run_id": run_id,
        "by": submission.prepared_by if submission else None,
        "appeals": [[row.indicator, row.ground, row.evidence, row.where] for row in rows],
    }
    decided = partial(raised, reading.file, submission, unit, year)
    return _store(engine, models.AppealFileRow, reading.file, verdict, head, decided)


def load_appealing(connection: Connection, year: int, as_of: datetime, profile: Profile) -> dict[str, list[AppealFile]]:
    """The files that only appeal, by unit in the order in which they were taken in."""

    def file(row: Any) -> AppealFile:
        rows, at = tuple(AppealRow(*said) for said in row.appeals), profile.local(row.received_at)
        return AppealFile(row.file, row.sha256, at, row.by, rows, _findings(row))

    return _by_unit(connection, models.AppealFileRow, year, as_of, file)


def load_beside(connection: Connection, year: int, as_of: datetime, profile: Profile) -> dict[str, list[FileBeside]]:
    """Attachments and forms that cannot be read, by unit in the order of arrival."""
    return _by_unit(
        connection, models.FileBesideRow, year, as_of,
        lambda row: FileBeside(row.file, row.sha256, profile.local(row.received_at), row.kind, _findings(row)),
    )  # fmt: skip


def load_repeated(
    connection: Connection, year: int, as_of: datetime, profile: Profile
) -> dict[str, list[RepeatedFile]]:
    """The files that only repeated an accepted revision, by unit in the order of arrival."""
    return _by_unit(
        connection, models.RepeatedFileRow, year, as_of,
        lambda row: RepeatedFile(row.file, row.sha256, profile.local(row.received_at), row.number, _findings(row)),
    )  # fmt: skip


def load_attached(
    connection: Connection, year: int, as_of: datetime, profile: Profile
) -> dict[str, list[PublishedReport]]:
    """The reports that came beside a submission, by unit in the order of arrival."""

    def report(row: Any) -> PublishedReport:
        submission, at = figures_from(row.figures, row.unit, year), profile.local(row.received_at)
        return PublishedReport(
            row.file, row.sha256, at, submission, Status(row.status), _findings(row), number=row.number
        )

    return _by_unit(connection, models.PublishedReportRow, year, as_of, report)


def _by_unit(
    connection: Connection, model: _Table, year: int, as_of: datetime, made: Callable[[Any], _Made]
) -> dict[str, list[_Made]]:
    """What was known of one kind at a moment, each row as `made` of it."""
    table = model.__table__
    statement = select(table).where(table.c.year == year, table.c.recorded_at <= as_of).order_by(table.c.id)
    found: dict[str, list[_Made]] = {}
    for row in connection.execute(statement):
        found.setdefault(row.unit, []).append(made(row))
    return found


def _findings(row: Any) -> tuple[Finding, ...]:
    return tuple(Finding.from_json(said) for said in row.findings)


def _store(
    engine: Engine,
    table: _Table,
    file: ReceivedFile,
    verdict: Verdict,
    head: dict[str, Any],
    decided: Callable[[datetime], Iterable[Decision]] = lambda _: (),
) -> bool:
    row = {
        **head,
        "sha256": file.sha256,
        "file": file.name,
        "received_at": file.received_at,
        "findings": [finding.to_json() for finding in verdict.findings],
    }

    def work(connection: Connection) -> bool:
        known = select(table.id).where(
            table.unit == row["unit"], table.year == row["year"], table.sha256 == file.sha256
        )
        if connection.execute(known).first() is not None:
            return False
        recorded_at = moment_of(connection, row["run_id"])
        connection.execute(insert(table), {**row, "recorded_at": recorded_at})
        record(connection, *decided(recorded_at))
        return True

    return write(engine, work)
