"""First sights: when a run first stored a file's bytes, and since when the year counts them as received.

Known bytes keep their moment, however often an inbox is copied and whatever became of the file; so a unit is late or
in time once. What the moment follows from is `gongkai.submission.inbox.arrival`'s.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from gongkai.submission.form import ReceivedFile
from gongkai.submission.inbox.arrival import received_at
from gongkai.warehouse import models
from gongkai.warehouse.engine import reading, write
from gongkai.warehouse.runs import moment_of


class Sight(NamedTuple):
    """First sight of some bytes; `received_at` is None where another year has seen them, this one has not."""

    first_seen_at: datetime
    received_at: datetime | None


def known_sights(engine: Engine, year: int) -> dict[str, Sight]:
    """The bytes that any run has stored, by hash, as the year knows them."""
    table = models.FirstSight
    statement = select(table.sha256, table.year, table.first_seen_at, table.received_at).order_by(table.first_seen_at)
    found: dict[str, Sight] = {}
    with reading(engine) as connection:
        for sha256, of_year, first_seen_at, counted in connection.execute(statement):
            known = found.setdefault(sha256, Sight(first_seen_at, None))  # the earliest of all years comes first
            if of_year == year:
                found[sha256] = known._replace(received_at=counted)
    return found


def as_first_seen(file: ReceivedFile, sights: Mapping[str, Sight], year: int) -> ReceivedFile:
    """The file with the moment that the year keeps for its bytes; new bytes as they are."""
    sight = sights.get(file.sha256)
    if sight is None:
        return file
    first_seen = sight.first_seen_at.astimezone(file.received_at.tzinfo)
    kept = sight.received_at or received_at(file.arrival, first_seen, year)
    return replace(file, received_at=kept.astimezone(file.received_at.tzinfo))


def record_sights(engine: Engine, files: Iterable[ReceivedFile], year: int, run_id: int) -> None:
    """Stores the first sight of bytes that the year does not know; of the same bytes twice the earlier arrival counts.

    Raises:
        WarehouseError: the database refuses.
    """
    first: dict[str, datetime] = {}
    for file in files:
        first[file.sha256] = min(file.received_at, first.get(file.sha256, file.received_at))
    dialect: Any = sqlite if engine.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(models.FirstSight).on_conflict_do_nothing()

    def work(connection: Any) -> None:
        seen = moment_of(connection, run_id)
        rows = [
            {"year": year, "sha256": sha256, "first_seen_at": seen, "received_at": counted, "run_id": run_id}
            for sha256, counted in sorted(first.items())
        ]
        connection.execute(statement, rows)

    if first:
        write(engine, work)
