"""The district's headline figures of the years before last year: what a chart of up to seven years shows.

A few cells of the accepted revisions, found by unit and year in two narrow queries: neither verdicts nor whole
submissions of years past are read for it.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select, tuple_

from gongkai.national_format.figures import LITIGATIONS, NEW_REQUESTS, OUTCOME_TOTAL, RECONSIDERATIONS
from gongkai.submission.form import State
from gongkai.submission.verdict import Status
from gongkai.warehouse import models
from gongkai.warehouse.rows.submission_rows import among
from gongkai.warehouse.rows.verdicts import up_to

FOLLOWED = (NEW_REQUESTS, OUTCOME_TOTAL, RECONSIDERATIONS, *LITIGATIONS)
_BEFORE_LAST, _OLDEST = 2, 6


def earlier_years(
    connection: Connection, year: int, as_of: datetime, last_run: int | None = None
) -> Mapping[int, Mapping[str, int]]:
    """Report year → cell → sum over the accepted revisions, from six years before to two years before.

    Of every unit that was accepted then, whether or not today's registry still has it.

    Args:
        connection: a reading transaction.
        year: the report year.
        as_of: what was decided later is not seen.
        last_run: of a closed year, the run after which it learns nothing; None while it is open.
    """
    accepted = _accepted(connection, year, as_of, last_run)
    found: dict[int, dict[str, int]] = {}
    if not accepted:
        return found
    cell = models.NationalCell
    statement = select(cell.revision_id, cell.table, cell.row, cell.column, cell.value).where(
        cell.revision_id.in_(among(accepted)),
        tuple_(cell.table, cell.row, cell.column).in_([tuple(where.split(".")) for where in FOLLOWED]),
        cell.state == State.VALUE.value,
    )
    for revision, table, row, column, value in connection.execute(statement):
        of = found.setdefault(accepted[revision], {})
        where = f"{table}.{row}.{column}"
        of[where] = of.get(where, 0) + int(value or 0)
    return {year: found[year] for year in sorted(found)}


def _accepted(connection: Connection, year: int, as_of: datetime, last_run: int | None) -> dict[int, int]:
    """Revision id → report year, of each unit's accepted revision: its last one whose latest verdict accepts it."""
    revision, verdict = models.RevisionRow, models.VerdictRow
    statement = (
        select(revision.year, revision.unit, revision.id, verdict.status)
        .join(verdict, verdict.revision_id == revision.id)
        .where(
            revision.year.between(year - _OLDEST, year - _BEFORE_LAST),
            verdict.recorded_at <= as_of,
            *up_to(verdict.run_id, last_run),
        )
        .order_by(revision.unit, revision.year, revision.number, verdict.recorded_at, verdict.id)
    )
    latest: dict[tuple[int, str], dict[int, str]] = {}
    for of_year, unit, identity, status in connection.execute(statement):
        latest.setdefault((of_year, unit), {})[identity] = status
    chosen = {
        key: [identity for identity, status in found.items() if status == Status.ACCEPTED.value]
        for key, found in latest.items()
    }
    return {identities[-1]: of_year for (of_year, _), identities in chosen.items() if identities}
