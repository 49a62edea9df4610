"""The office's own files and entries, and files that are no unit's, as they were known at a moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, select

from gongkai.profile import Profile
from gongkai.submission.inspection.counting import Counting, count_entries
from gongkai.submission.inspection.entry import READ, InspectionEntry, office_file
from gongkai.submission.inspection.office_row import from_json
from gongkai.submission.inspection.reader import InspectionReading
from gongkai.warehouse import models
from gongkai.warehouse.engine import reading
from gongkai.warehouse.records import StoredFile
from gongkai.warehouse.rows.known import known_files
from gongkai.warehouse.rows.submission_rows import among


def entries_with(
    engine: Engine, year: int, as_of: datetime, arriving: Mapping[str, InspectionReading]
) -> tuple[InspectionEntry, ...]:
    """The office's entries that count once the files that have just come in are read too.

    A file that can be read, even one without entries, replaces what was known from a file of its name.

    Args:
        engine: the warehouse.
        year: the report year.
        as_of: the moment, in the district's zone.
        arriving: file name → what the file says.
    """
    replaced = {name for name, said in arriving.items() if said.entries or not said.issues}
    with reading(engine) as connection:
        files = _office_files(connection, year, as_of)
    known = [e for name, versions in files.items() if name not in replaced for e in _in_force(versions)]
    said = [replace(entry, file=office_file(name)) for name, one in arriving.items() for entry in one.entries]
    return count_entries((*known, *said), as_of.date()).counted


def extensions(entries: Iterable[InspectionEntry]) -> Mapping[str, date]:
    """Unit → last day of its extended deadline; of several extensions the longest counts."""
    granted: dict[str, date] = {}
    for entry in entries:
        if entry.kind == "extension" and entry.until is not None:
            granted[entry.unit] = max(entry.until, granted.get(entry.unit, entry.until))
    return granted


def inspections(connection: Connection, year: int, as_of: datetime, today: date) -> Counting:
    """Which of the office's entries count at a moment, in the order of their files.

    A readable file replaces an earlier one of the same name; the usable entries of a file count even when others in
    it are faulty. `today` is the day on which an entry must have come.
    """
    files = _office_files(connection, year, as_of)
    return count_entries([e for versions in files.values() for e in _in_force(versions)], today)


class _Version(NamedTuple):
    """One readable version of an office file: since when it is known, and its usable entries by id."""

    known_at: datetime
    entries: Mapping[str, InspectionEntry]


def _office_files(connection: Connection, year: int, as_of: datetime) -> dict[str, list[_Version]]:
    """File name → its readable versions, oldest first; the names in the order in which their newest came in."""
    files = [file for file in known_files(connection, year, as_of, "office") if file.readable]
    said = _entries(connection, [file.latest_id for file in files])
    versions: dict[str, list[_Version]] = {}
    for file in files:
        entries = (replace(entry, file=office_file(file.row.name)) for entry in said.get(file.latest_id, ()))
        earlier = versions.pop(file.row.name, [])
        versions[file.row.name] = [*earlier, _Version(file.row.recorded_at, {entry.id: entry for entry in entries})]
    return versions


def _in_force(versions: Sequence[_Version]) -> Iterator[InspectionEntry]:
    """The newest version's entries, each with the moment since when every version has been saying exactly this."""
    newest = versions[-1]
    for entry in newest.entries.values():
        since = newest.known_at
        for version in reversed(versions[:-1]):
            if version.entries.get(entry.id) != entry:
                break
            since = version.known_at
        yield replace(entry, known_at=since)


def _entries(connection: Connection, verdicts: Iterable[int]) -> dict[int, list[InspectionEntry]]:
    """Verdict → its usable entries, in the order of the file."""
    if not (wanted := list(verdicts)):
        return {}
    table = models.InspectionEntryRow.__table__
    statement = select(table).where(table.c.verdict_id.in_(among(wanted))).order_by(table.c.position)
    said: dict[int, list[InspectionEntry]] = {}
    for row in connection.execute(statement).mappings():
        said.setdefault(row["verdict_id"], []).append(InspectionEntry(**{key: row[key] for key in READ}))
    return said


def stored_files(
    connection: Connection, year: int, as_of: datetime, role: str, profile: Profile
) -> tuple[StoredFile, ...]:
    """The files of a role, `office` or `unassigned`, in the order of arrival."""
    files = known_files(connection, year, as_of, role)
    said = _entries(connection, [file.latest_id for file in files])
    return tuple(
        StoredFile(
            row.name,
            row.sha256,
            profile.local(row.received_at),
            latest,
            tuple(said.get(latest_id, ())),
            from_json(row.form),
            row.document,
        )
        for row, _, latest, latest_id, _ in files
    )
