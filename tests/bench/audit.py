"""A million entries of the audit log looked through: `python -m tests.bench.audit`; `make bench` prints the line."""

import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from gongkai.warehouse.audit import BY_RULE, Decision, Kind, record
from gongkai.warehouse.audit.chain import verify
from gongkai.warehouse.engine import open_warehouse, write

ENTRIES, LIMIT = 1_000_000, 30
_AT_ONCE = 10_000


def lines(count: int = ENTRIES) -> list[str]:
    """One line: how long `gongkai audit verify` looks at so many entries."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_warehouse(f"sqlite:///{Path(folder) / 'warehouse.sqlite'}")
        for first in range(0, count, _AT_ONCE):
            write(engine, partial(_fill, first=first))
        at = time.perf_counter()
        found = verify(engine)
        seconds = time.perf_counter() - at
        engine.dispose()
    assert found.entries == count
    assert not found.broken
    return [f"`gongkai audit verify` over {count:,} entries {seconds:.1f} s (≤ {LIMIT})"]


def _fill(connection: Connection, *, first: int) -> int:
    return record(connection, *(_decision(first + n) for n in range(_AT_ONCE)))


def _decision(number: int) -> Decision:
    return Decision(
        kind=Kind.ACCEPTED,
        at=datetime(2022, 1, 20, tzinfo=UTC),
        by=BY_RULE,
        typed_in="run",
        year=2021,
        subject=f"T{number % 40:02}",
        reason="各项核验通过",
        before={"revision": number, "status": "returned"},
        after={"revision": number, "status": "accepted", "sha256": "0" * 64},
        identity=str(number),
    )


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
