"""What the warehouse knew at a moment: revisions and files with the verdicts of then, and what the revisions say.

A row is known at a moment when the run that wrote it had that moment or an earlier one for its now. A revision
or file is known by its verdicts; the latest of them counts. What outputs lead to (cards that were issued, approvals,
scores that a run noted as decided on) is known only to later moments: it is no ground of the outputs of its own.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from gongkai.submission.form import Submission
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse import models
from gongkai.warehouse.rows.submission_rows import load_below, load_cells
from gongkai.warehouse.rows.verdicts import load_verdicts

LATEST = datetime(9000, 1, 1, tzinfo=UTC)
"""The moment at which everything is known."""


class Known(NamedTuple):
    """A revision's or stored file's row with what was decided about it at the moment asked for."""

    row: Any
    first: Verdict
    latest: Verdict
    latest_id: int
    accepted_at: datetime | None

    @property
    def readable(self) -> bool:
        """Whether the file could be read as what it was taken for."""
        return self.latest.status is not Status.QUARANTINED


def known_revisions(connection: Connection, year: int, as_of: datetime, last_run: int | None = None) -> list[Known]:
    """The revisions of a year that were known at a moment (to a run, and those before it), by unit and number."""
    table = models.RevisionRow.__table__
    statement = select(table).where(table.c.year == year).order_by(table.c.unit, table.c.number)
    return _decided(connection, statement, models.VerdictRow.revision_id, as_of, last_run)


def known_files(connection: Connection, year: int, as_of: datetime, role: str) -> list[Known]:
    """The stored files of a role that were known at a moment, in the order of arrival."""
    table = models.StoredFileRow.__table__
    statement = select(table).where(table.c.year == year, table.c.role == role).order_by(table.c.id)
    return _decided(connection, statement, models.VerdictRow.stored_file_id, as_of)


def _decided(
    connection: Connection, rows: Select[Any], subject: Any, as_of: datetime, last_run: int | None = None
) -> list[Known]:
    """The rows about which something was decided; `subject` is the verdicts' column that points at them."""
    found = connection.execute(rows).all()
    verdicts = load_verdicts(connection, subject, [row.id for row in found], as_of, last_run)
    return [Known(row, *verdicts[row.id]) for row in found if row.id in verdicts]


def submissions_of(connection: Connection, known: Iterable[Known]) -> dict[int, Submission]:
    """Revision id → submission, for those that are not quarantined."""
    rows = {k.row.id: k.row for k in known if k.row.readable and k.readable}
    cells = load_cells(connection, {revision_id: row.year for revision_id, row in rows.items()})
    below = load_below(connection, rows)
    return {
        revision_id: Submission(
            unit=row.unit,
            year=row.year,
            cells=cells[revision_id],
            reported=frozenset(row.reported),
            has_tables=row.has_tables,
            authority=row.authority,
            prepared_by=row.prepared_by,
            prepared_on=row.prepared_on,
            reason=row.reason,
            below=below.get(revision_id),
        )
        for revision_id, row in rows.items()
    }
