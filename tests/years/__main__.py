"""`make years`: the whole life, 2019 to 2026, of twelve units; a line an event, and what was proved at the end.

`python -m tests.years postgresql` lives it in a real PostgreSQL.
"""

import contextlib
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from gongkai.warehouse.engine import open_warehouse
from tests.postgres import postgresql
from tests.years.books import Books
from tests.years.history import History
from tests.years.life import Life
from tests.years.registry import Registry


def main(database: str = "sqlite", seed: str = "2019") -> None:
    started = time.perf_counter()
    with _new(database) as url:
        engine = open_warehouse(url)
        life = Life([engine], Registry())
        history = History(life, Books(int(seed)), small=False, sent={})
        for event in history.live(2019, 2026):
            sys.stdout.write(f"{time.perf_counter() - started:7.1f} s  {event}\n")
            sys.stdout.flush()
        sys.stdout.write(
            f"{engine.dialect.name}: {len(life.moments)} runs, {life.rebuilt} moments rebuilt,"
            f" {len(life.closed)} years locked: all as they were\n"
        )
        engine.dispose()


@contextlib.contextmanager
def _new(database: str) -> Iterator[str]:
    """The URL of a new, empty database of that kind."""
    if database == "postgresql":
        with postgresql() as url:
            yield url("postgres")
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'warehouse.sqlite'}"


if __name__ == "__main__":
    main(*sys.argv[1:])
