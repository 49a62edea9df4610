"""`make years`: the whole life, 2019 to 2026, of twelve units; a line an event, and what was proved at the end."""

import sys
import tempfile
import time
from pathlib import Path

from gongkai.warehouse.engine import open_warehouse
from tests.years.books import Books
from tests.years.history import History
from tests.years.life import Life
from tests.years.registry import Registry


def main(seed: int = 2019) -> None:
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_warehouse(f"sqlite:///{Path(folder) / 'warehouse.sqlite'}")
        life = Life([engine], Registry())
        history = History(life, Books(seed), small=False, sent={})
        for event in history.live(2019, 2026):
            sys.stdout.write(f"{time.perf_counter() - started:7.1f} s  {event}\n")
            sys.stdout.flush()
        engine.dispose()
    sys.stdout.write(
        f"{len(life.moments)} runs, {life.rebuilt} moments rebuilt, {len(life.closed)} years locked: all as they were\n"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
