"""Where fetched files came from, kept beside what they said: the journal of an inbox may be lost, this is not.

A file that somebody put into the inbox by hand has no row here, and its folder vouches for it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from gongkai.warehouse import models
from gongkai.warehouse.engine import reading, write


class FetchedFile(NamedTuple):
    """One way that some bytes came.

    Attributes:
        place: where they were put, below the inbox.
        key: what names them at their source.
        proven: whether the source vouches for who sent them.
    """

    sha256: str
    place: str
    source: str
    key: str
    fetched_at: datetime
    proven: bool


def known_fetched(engine: Engine) -> list[FetchedFile]:
    """Every way that any run has seen, oldest first."""
    table = models.FetchedFileRow
    columns = [getattr(table, name) for name in FetchedFile._fields]
    with reading(engine) as connection:
        return [FetchedFile(*row) for row in connection.execute(select(*columns).order_by(table.id))]


def record_fetched(engine: Engine, files: Iterable[FetchedFile], run_id: int) -> None:
    """Stores ways that are not known.

    Raises:
        WarehouseError: the database refuses.
    """
    rows = [{**one._asdict(), "run_id": run_id} for one in files]
    dialect: Any = sqlite if engine.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(models.FetchedFileRow).on_conflict_do_nothing()
    if rows:
        write(engine, lambda connection: connection.execute(statement, rows))


def doubtful(ways: Iterable[FetchedFile]) -> frozenset[tuple[str, str]]:
    """Folder and hash of files that came into it by mail only, each time from a sender whom nobody vouches for.

    What was said first of a way counts: a mail that is fetched again, because a journal was lost, finds its own file in
    the folder, which vouches for nothing.
    """
    first: dict[tuple[str, str, str], FetchedFile] = {}
    for one in ways:
        first.setdefault((one.source, one.key, one.sha256), one)
    listed = [(one.place.partition("/")[0], one.sha256, one.proven) for one in first.values()]
    return frozenset((folder, sha256) for folder, sha256, _ in listed) - {
        (folder, sha256) for folder, sha256, proven in listed if proven
    }
