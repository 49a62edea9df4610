"""The expected units of a year with everything that came in of them, as it was known at a moment."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from gongkai.profile import Profile
from gongkai.warehouse.records import Revision, UnitYear, YearLock
from gongkai.warehouse.rows.attached_reports import load_appealing, load_attached, load_beside, load_repeated
from gongkai.warehouse.rows.known import Known, submissions_of


def unit_years(
    connection: Connection,
    profile: Profile,
    year: int,
    as_of: datetime,
    known: Sequence[Known],
    lock: YearLock | None = None,
) -> tuple[UnitYear, ...]:
    """The units in registry order.

    Args:
        connection: to the warehouse.
        profile: whose registry says who they are.
        year: the report year.
        as_of: the moment.
        known: the revisions of the year that were known then.
        lock: the year's lock, if it is closed.
    """
    submissions = submissions_of(connection, known)
    revisions: dict[str, list[Revision]] = {}
    for row, first, latest, _, accepted_at in known:
        revisions.setdefault(row.unit, []).append(
            Revision(
                unit=row.unit,
                year=row.year,
                number=row.number,
                sha256=row.sha256,
                file=row.file,
                kind=row.kind,
                received_at=profile.local(row.received_at),
                submission=submissions.get(row.id),
                verdict=latest,
                first_verdict=first,
                settled=lock is not None and row.run_id <= lock.run_id,
                accepted_at=profile.local(accepted_at) if accepted_at else None,
                masked=row.masked,
                known_at=profile.local(row.recorded_at),
            )
        )
    repeated = load_repeated(connection, year, as_of, profile)
    published = load_attached(connection, year, as_of, profile)
    beside = load_beside(connection, year, as_of, profile)
    appealing = load_appealing(connection, year, as_of, profile)
    return tuple(
        UnitYear(
            unit,
            tuple(revisions.get(unit.code, ())),
            tuple(repeated.get(unit.code, ())),
            tuple(published.get(unit.code, ())),
            tuple(beside.get(unit.code, ())),
            tuple(appealing.get(unit.code, ())),
        )
        for unit in profile.expected(year)
    )
