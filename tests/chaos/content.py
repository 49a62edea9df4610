"""What a warehouse says and what stands in an output folder, in a form in which two of them can be compared.

Numbers of rows and of runs, clocks, and runs that died are no content.
"""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from gongkai.warehouse import models
from gongkai.warehouse.engine import opened

_NUMBERS = {"id", "run_id", "revision_id", "verdict_id", "stored_file_id", "rules_run_id"}
_CLOCKS = {"started_at", "finished_at"}
_CHAIN = {"sequence", "at", "account", "typed_in", "hash", "previous", "decision"}
_UNLISTED = (".sig", ".pub")


def content(url: str) -> dict[str, Counter[str]]:
    """Every table's rows as text, each counted."""
    with opened(url) as engine, engine.connect() as connection:
        run = models.Run.__table__
        dead = set(connection.execute(select(run.c.id).where(run.c.state == "failed")).scalars())
        found = {}
        for table in models.Base.metadata.sorted_tables:
            if table.name != "audit_head":
                rows = (row._asdict() for row in connection.execute(select(table)))
                found[table.name] = Counter(_said(table, row) for row in rows if not _of_the_dead(table, row, dead))
        return found


def _of_the_dead(table: Table, row: dict[str, Any], dead: set[int]) -> bool:
    """A run that died, and the outputs that it had listed."""
    return (table.name == "run" and row["id"] in dead) or (table.name == "output" and row["run_id"] in dead)


def _said(table: Table, row: dict[str, Any]) -> str:
    left_out = _NUMBERS | _CLOCKS | (_CHAIN if table.name == "audit_log" else set())
    return json.dumps({key: value for key, value in row.items() if key not in left_out}, default=str, sort_keys=True)


def has_ended(url: str) -> bool:
    """Whether the last run came to its end, and so is on record whatever befell its process afterwards."""
    with opened(url) as engine, engine.connect() as connection:
        state = select(models.Run.state).order_by(models.Run.id.desc()).limit(1)
        return connection.execute(state).scalar() in ("complete", "incomplete")


def manifest(out: Path) -> dict[str, Any]:
    """The manifest of the year; the test fails where a file is not what it says, is missing, or stands beside it."""
    year = out / "2021"
    said: dict[str, Any] = json.loads((year / "manifest.json").read_text(encoding="utf-8"))
    listed = {one["path"]: one["sha256"] for one in said["outputs"]}
    found = {
        path.relative_to(year).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in year.rglob("*")
        if path.is_file() and path.suffix not in _UNLISTED and path.name != "manifest.json"
    }
    assert {path: sha for path, sha in found.items() if not path.startswith("validation/")} == listed
    return said


def leftovers(out: Path) -> list[str]:
    """What no run that ended well leaves: more than two runs, unturned links, locks."""
    runs = sorted(path.name for path in (out / ".runs").iterdir())
    folders = [name for name in runs if name.startswith("2021-")]
    others = [name for name in runs if name not in folders]
    strange = [path.name for path in out.iterdir() if path.name.startswith(".2021") or path.name.endswith(".lock")]
    return [*others, *strange, *(folders if len(folders) > 2 else [])]
