"""The office's own files and entries, and files that are no unit's, as they were known at a moment."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import Connection, Engine, select

from gongkai.profile import Profile
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.reader import InspectionReading
from gongkai.warehouse import models
from gongkai.warehouse.engine import reading
from gongkai.warehouse.records import StoredFile
from gongkai.warehouse.rows.content import among
from gongkai.warehouse.rows.known import known_files


def load_inspections(
    engine: Engine, year: int, as_of: datetime, replaced: Collection[str] = ()
) -> tuple[InspectionEntry, ...]:
    """The office's entries in force at a moment, in the order of their files.

    `replaced` names files that are about to be replaced: what was known from them no longer counts.

    A readable file replaces an earlier one of the same name; an entry, an earlier one with the same id. The usable
    entries of a file count even when others in it are faulty.
    """
    with reading(engine) as connection:
        return inspections(connection, year, as_of, replaced)


def entries_with(
    engine: Engine, year: int, as_of: datetime, arriving: Mapping[str, InspectionReading]
) -> tuple[InspectionEntry, ...]:
    """The office's entries in force once the files that have just come in are counted.

    A file that can be read, even one without entries, replaces what was known from a file of its name.

    Args:
        engine: the warehouse.
        year: the report year.
        as_of: the moment.
        arriving: file name → what the file says.
    """
    replaced = {name for name, said in arriving.items() if said.entries or not said.issues}
    known = load_inspections(engine, year, as_of, replaced)
    said = (entry for one in arriving.values() for entry in one.entries)
    return tuple({entry.id: entry for entry in (*known, *said)}.values())


def extensions(entries: Iterable[InspectionEntry]) -> Mapping[str, date]:
    """Unit → last day of its extended deadline; of several extensions the longest counts."""
    granted: dict[str, date] = {}
    for entry in entries:
        if entry.kind == "extension" and entry.until is not None:
            granted[entry.unit] = max(entry.until, granted.get(entry.unit, entry.until))
    return granted


def inspections(
    connection: Connection, year: int, as_of: datetime, replaced: Collection[str] = ()
) -> tuple[InspectionEntry, ...]:
    """`load_inspections` within a connection."""
    known = known_files(connection, year, as_of, "office")
    files = [file for file in known if file.readable and file.row.name not in replaced]
    newest = {file.row.name: file for file in files}
    table = models.InspectionEntryRow.__table__
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


def stored_files(
    connection: Connection, year: int, as_of: datetime, role: str, profile: Profile
) -> tuple[StoredFile, ...]:
    """The files of a role, `office` or `unassigned`, in the order of arrival."""
    return tuple(
        StoredFile(row.name, row.sha256, profile.local(row.received_at), latest)
        for row, _, latest, *_ in known_files(connection, year, as_of, role)
    )
