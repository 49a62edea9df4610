"""Files that are no unit's revision, as rows: the office's own input and what nobody could place.

A file is stored once by its bytes; what is decided about it may change, and is another row then.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, insert, select, update

from gongkai.submission.form import ReceivedFile
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.office_row import OfficeRow, to_json
from gongkai.submission.verdict import Verdict
from gongkai.warehouse import models
from gongkai.warehouse.locks import last_settled_run
from gongkai.warehouse.rows.verdicts import store_verdict
from gongkai.warehouse.runs import moment_of


def store_file(
    connection: Connection,
    file: ReceivedFile,
    role: str,
    verdict: Verdict,
    year: int,
    run_id: int,
    entries: Sequence[InspectionEntry] = (),
    form: Iterable[OfficeRow] | None = None,
    document: bytes | None = None,
) -> bool:
    """Stores a file that is no revision, once, and its verdict; returns whether a verdict was written.

    Args:
        connection: in a writing transaction.
        file: the file.
        role: `office` or `unassigned`.
        verdict: on it.
        year: the report year.
        run_id: the run.
        entries: the usable ones of an office file.
        form: the rows of the office's workbook.
        document: the bytes of the report that the office edited.
    """
    table = models.StoredFileRow
    recorded_at = moment_of(connection, run_id)
    known = connection.execute(
        select(table.id, table.run_id, table.name)
        .where(table.year == year, table.role == role, table.sha256 == file.sha256)
        .with_for_update()
    ).one_or_none()
    if known is not None and known.run_id <= last_settled_run(connection, year):
        return False
    if known is not None and role == "unassigned" and known.name != file.name:
        return False
    file_id = known.id if known else None
    if file_id is None:
        row = {
            "year": year,
            "role": role,
            "name": file.name,
            "sha256": file.sha256,
            "received_at": file.received_at,
            "recorded_at": recorded_at,
            "run_id": run_id,
            "form": None if form is None else to_json(form),
            "document": document,
        }
        file_id = connection.execute(insert(table).returning(table.id), row).scalar_one()
    elif form is not None:
        connection.execute(update(table).where(table.id == file_id, table.form.is_(None)).values(form=to_json(form)))
    stored = store_verdict(connection, models.VerdictRow.stored_file_id, file_id, verdict, run_id, recorded_at, entries)
    return stored.written
