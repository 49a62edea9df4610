"""The rows of a whole warehouse as lines of JSON, and back: one walk for SQLite and PostgreSQL, for any schema version.

The tables are read from the database itself, so that a warehouse can be kept before it is upgraded. What one kind of
database wrote the other one takes: exact numbers and moments travel as text, moments in UTC.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Connection, Date, DateTime, Integer, MetaData, Numeric, Table, delete, insert, select, text

from gongkai.warehouse.backup.backup_file import Archive, NewArchive

_VERSION = "alembic_version"
_AT_ONCE = 2000


def keep_tables(connection: Connection, archive: NewArchive) -> dict[str, int]:
    """Writes every table as `warehouse/<name>.jsonl`; returns how many rows each has.

    The connection's transaction decides what is seen: one state, whatever a run writes meanwhile.
    """
    counts = {}
    streamed = connection.execution_options(stream_results=True, yield_per=_AT_ONCE)
    for table in _tables(connection):
        with archive.member(_member(table.name)) as stream:
            stream.write(_line([column.name for column in table.columns]))
            counts[table.name] = 0
            keys = [column for column in table.columns if column.primary_key]
            for row in streamed.execute(select(table).order_by(*keys)):
                stream.write(_line([_plain(value) for value in row]))
                counts[table.name] += 1
    return counts


def fill_tables(connection: Connection, archive: Archive) -> None:
    """Fills the tables of a warehouse that has just been made, at the schema version of the backup."""
    tables = _tables(connection)
    for table in reversed(tables):
        connection.execute(delete(table))  # what the migrations themselves put in
    for table in tables:
        lines = archive.lines(_member(table.name))
        columns = [table.columns[name] for name in json.loads(next(lines))]
        readers = [_reader(column.type, connection.dialect.name) for column in columns]
        names = [column.name for column in columns]
        rows = (
            {name: read(value) for name, read, value in zip(names, readers, json.loads(line), strict=True)}
            for line in lines
        )
        for part in _parts(rows):
            connection.execute(insert(table), part)
    if connection.dialect.name == "postgresql":
        _continue_numbering(connection, tables)


def _tables(connection: Connection) -> list[Table]:
    """The tables of the database, those first that others point at."""
    metadata = MetaData()
    metadata.reflect(connection)
    tables = [table for table in metadata.sorted_tables if table.name != _VERSION]
    for table in tables:
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)  # nothing is nothing, not the JSON word null
    return tables


def _reader(kind: Any, dialect: str) -> Callable[[Any], Any]:
    """What makes a stored value of a plain one, for a column of that type."""

    def unless_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda value: None if value is None else read(value)

    if isinstance(kind, DateTime):
        return unless_none(lambda value: _moment(value, dialect))
    if isinstance(kind, Date):
        return unless_none(date.fromisoformat)
    if isinstance(kind, Numeric) and not isinstance(kind, Integer):
        return unless_none(Decimal)
    return lambda value: value


def _moment(value: str, dialect: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment.replace(tzinfo=None) if dialect == "sqlite" else moment  # SQLite keeps UTC without saying so


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value


def _continue_numbering(connection: Connection, tables: Iterable[Table]) -> None:
    """Lets PostgreSQL number on after the rows that came with numbers of their own."""
    for table in tables:
        sequence = "id" in table.columns and connection.scalar(
            text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": f'"{table.name}"'}
        )
        if sequence:
            last = connection.scalar(text(f'SELECT max(id) FROM "{table.name}"'))  # noqa: S608  a table of ours
            if last is not None:
                connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def _parts(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while part := list(islice(rows, _AT_ONCE)):
        yield part


def _member(table: str) -> str:
    return f"warehouse/{table}.jsonl"


def _line(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
