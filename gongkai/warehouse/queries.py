"""Reads the warehouse back: the state of a year as it was known at a moment, in a fixed number of queries.

A row is known at a moment when the run that wrote it had that moment or an earlier one for its now. A revision
or file is known by its verdicts; the latest of them counts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, select

from gongkai.errors import CallError
from gongkai.findings import Severity
from gongkai.profile import Profile
from gongkai.profile.loader import profile_from_json, profile_sha256
from gongkai.submission.form import PUBLISHED, Submission
from gongkai.submission.inspection import InspectionEntry
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse import models
from gongkai.warehouse.companions import load_beside, load_repeated
from gongkai.warehouse.content import among, load_cells
from gongkai.warehouse.engine import reading
from gongkai.warehouse.locks import year_lock
from gongkai.warehouse.records import (
    Previous,
    PublishedReport,
    RepeatedFile,
    Revision,
    StoredFile,
    UnitStatus,
    UnitYear,
    YearState,
)
from gongkai.warehouse.verdicts import load_verdicts


class _Known(NamedTuple):
    """A revision's or stored file's row with what was decided about it at the moment asked for."""

    row: Any
    first: Verdict
    latest: Verdict
    latest_id: int


def load_year(engine: Engine, year: int, as_of: datetime, profile: Profile | None = None) -> YearState:
    """The state of a report year as the warehouse knew it at a moment, last year's submissions included.

    Args:
        engine: the warehouse.
        year: the report year.
        as_of: the moment; rows of later runs are not seen.
        profile: None takes the snapshot of the latest run of that year at that moment.

    Raises:
        CallError: no profile was given and no run of that year is known at that moment.
        WarehouseError: the database refuses.
    """
    with reading(engine) as connection:
        profile, sha256, rules_version = _configuration(connection, year, as_of, profile)
        known = _known(connection, year, as_of)
        submissions = _submissions(connection, known)
        return YearState(
            year=year,
            as_of=profile.local(as_of),
            profile=profile,
            profile_sha256=sha256,
            rules_version=rules_version,
            units=_units(
                profile,
                year,
                known,
                submissions,
                load_repeated(connection, year, as_of, profile),
                load_beside(connection, year, as_of, profile),
            ),
            inspections=_inspections(connection, year, as_of),
            office_files=_stored_files(connection, year, as_of, "office", profile),
            unassigned=_stored_files(connection, year, as_of, "unassigned", profile),
            previous=_previous(connection, year, as_of),
            lock=year_lock(connection, year),
        )


def load_previous(engine: Engine, year: int, as_of: datetime) -> Mapping[str, Previous]:
    """Last year (`year` − 1) of every unit that has one, as known at a moment, by code in code order.

    A unit's last year is its accepted revision, else its latest readable one (contract.md).
    """
    with reading(engine) as connection:
        return _previous(connection, year, as_of)


def load_published(engine: Engine, year: int, as_of: datetime, profile: Profile) -> Mapping[str, PublishedReport]:
    """Unit code → its published report of the year that came last, as known at a moment.

    A report that came beside a submission as well as one that stands in its place, as a revision.
    """
    with reading(engine) as connection:
        alone = [k for k in _known(connection, year, as_of) if k.row.kind == PUBLISHED]
        submissions = _submissions(connection, alone)
        found = {
            unit: [report for report in listed if report.submission is not None]
            for unit, listed in load_beside(connection, year, as_of, profile).items()
        }
        for row, _, latest, _ in alone:
            if row.id in submissions:
                at = profile.local(row.received_at)
                report = PublishedReport(row.file, row.sha256, at, submissions[row.id], latest.status)
                found.setdefault(row.unit, []).append(report)
        return {
            unit: max(listed, key=lambda one: (one.received_at, one.file)) for unit, listed in found.items() if listed
        }


def load_inspections(
    engine: Engine, year: int, as_of: datetime, replaced: Collection[str] = ()
) -> tuple[InspectionEntry, ...]:
    """The office's entries in force at a moment, in the order of their files.

    `replaced` names files that are about to be replaced: what was known from them no longer counts.

    A readable file replaces an earlier one of the same name; an entry, an earlier one with the same id. The usable
    entries of a file count even when others in it are faulty.
    """
    with reading(engine) as connection:
        return _inspections(connection, year, as_of, replaced)


def extensions(entries: Iterable[InspectionEntry]) -> Mapping[str, date]:
    """Unit → last day of its extended deadline; of several extensions the longest counts."""
    granted: dict[str, date] = {}
    for entry in entries:
        if entry.kind == "extension" and entry.until is not None:
            granted[entry.unit] = max(entry.until, granted.get(entry.unit, entry.until))
    return granted


def units_status(engine: Engine, year: int, as_of: datetime, profile: Profile | None = None) -> tuple[UnitStatus, ...]:
    """Where each expected unit stands, in registry order; reads verdicts only, no cell. Raises as `load_year`."""
    with reading(engine) as connection:
        profile, _, _ = _configuration(connection, year, as_of, profile)
        return tuple(_status(unit) for unit in _units(profile, year, _known(connection, year, as_of), {}, {}, {}))


def _configuration(
    connection: Connection, year: int, as_of: datetime, profile: Profile | None
) -> tuple[Profile, str, str]:
    """The profile given or of the latest run, its hash, and the rules version of the latest run ("" without)."""
    run, snapshot = models.Run, models.ProfileSnapshot
    latest = connection.execute(
        select(run.rules_version, snapshot.sha256, snapshot.content)
        .join(snapshot, snapshot.sha256 == run.profile_sha256)
        .where(run.year == year, run.as_of <= as_of)
        .order_by(run.as_of.desc(), run.id.desc())
        .limit(1)
    ).one_or_none()
    if profile is not None:
        return profile, profile_sha256(profile), latest.rules_version if latest else ""
    if latest is None:
        raise CallError(f"数据库中没有 {year} 年度在 {as_of.isoformat()} 或之前的运行记录：请核对年度、时间和数据库。")
    return profile_from_json(latest.content), latest.sha256, latest.rules_version


def _known(connection: Connection, year: int, as_of: datetime) -> list[_Known]:
    """The revisions of a year that were known at a moment, by unit and number."""
    table = models.Revision.__table__
    statement = select(table).where(table.c.year == year).order_by(table.c.unit, table.c.number)
    rows = connection.execute(statement).all()
    verdicts = load_verdicts(connection, models.Verdict.revision_id, [row.id for row in rows], as_of)
    return [_Known(row, *verdicts[row.id]) for row in rows if row.id in verdicts]


def _submissions(connection: Connection, known: Iterable[_Known]) -> dict[int, Submission]:
    """Revision id → submission, for those that are not quarantined."""
    rows = {k.row.id: k.row for k in known if k.row.readable and _readable(k)}
    cells = load_cells(connection, {revision_id: row.year for revision_id, row in rows.items()})
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
        )
        for revision_id, row in rows.items()
    }


def _units(
    profile: Profile,
    year: int,
    known: Iterable[_Known],
    submissions: Mapping[int, Submission],
    repeated: Mapping[str, Sequence[RepeatedFile]],
    published: Mapping[str, Sequence[PublishedReport]],
) -> tuple[UnitYear, ...]:
    by_unit: dict[str, list[Revision]] = {}
    for row, first, latest, _ in known:
        by_unit.setdefault(row.unit, []).append(
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
            )
        )
    return tuple(
        UnitYear(
            unit,
            tuple(by_unit.get(unit.code, ())),
            tuple(repeated.get(unit.code, ())),
            tuple(published.get(unit.code, ())),
        )
        for unit in profile.expected(year)
    )


def _previous(connection: Connection, year: int, as_of: datetime) -> dict[str, Previous]:
    chosen: dict[str, _Known] = {}
    for known in _known(connection, year - 1, as_of):  # by number: a later one replaces, unless it is worse
        accepted = known.latest.status is Status.ACCEPTED
        readable = known.row.readable and _readable(known)
        standing = chosen.get(known.row.unit)
        if accepted or (readable and (standing is None or standing.latest.status is not Status.ACCEPTED)):
            chosen[known.row.unit] = known
    submissions = _submissions(connection, chosen.values())
    return {
        unit: Previous(submissions[known.row.id], known.row.number, known.latest.status is Status.ACCEPTED)
        for unit, known in chosen.items()
    }


def _files(connection: Connection, year: int, as_of: datetime, role: str) -> list[_Known]:
    """The stored files of a role that were known at a moment, in the order of arrival."""
    table = models.StoredFile.__table__
    statement = select(table).where(table.c.year == year, table.c.role == role).order_by(table.c.id)
    rows = connection.execute(statement).all()
    verdicts = load_verdicts(connection, models.Verdict.stored_file_id, [row.id for row in rows], as_of)
    return [_Known(row, *verdicts[row.id]) for row in rows if row.id in verdicts]


def _stored_files(
    connection: Connection, year: int, as_of: datetime, role: str, profile: Profile
) -> tuple[StoredFile, ...]:
    return tuple(
        StoredFile(row.name, row.sha256, profile.local(row.received_at), latest)
        for row, _, latest, _ in _files(connection, year, as_of, role)
    )


def _inspections(
    connection: Connection, year: int, as_of: datetime, replaced: Collection[str] = ()
) -> tuple[InspectionEntry, ...]:
    known = _files(connection, year, as_of, "office")
    files = [file for file in known if _readable(file) and file.row.name not in replaced]
    newest = {file.row.name: file for file in files}
    table = models.InspectionEntry.__table__
    statement = (
        select(table)
        .where(table.c.verdict_id.in_(among(f.latest_id for f in newest.values())))
        .order_by(table.c.position)
    )
    said: dict[int, list[InspectionEntry]] = {}
    for row in connection.execute(statement).mappings():
        entry = InspectionEntry(**{field.name: row[field.name] for field in fields(InspectionEntry)})
        said.setdefault(row["verdict_id"], []).append(entry)
    entries: dict[str, InspectionEntry] = {}
    for file in files:
        for entry in said.get(file.latest_id, ()):
            entries.pop(entry.id, None)
            entries[entry.id] = entry
    return tuple(entries.values())


def _readable(known: _Known) -> bool:
    return known.latest.status is not Status.QUARANTINED


def _status(unit: UnitYear) -> UnitStatus:
    latest, accepted = unit.latest, unit.accepted
    counts = {s: latest.verdict.count(s) if latest else 0 for s in Severity}
    return UnitStatus(
        unit=unit.unit,
        state=unit.state,
        revision=latest.number if latest else None,
        accepted_revision=accepted.number if accepted else None,
        received_at=latest.received_at if latest else None,
        on_time=latest.verdict.on_time if latest else None,
        errors=counts[Severity.ERROR],
        queries=counts[Severity.QUERY],
        notices=counts[Severity.NOTICE],
    )
