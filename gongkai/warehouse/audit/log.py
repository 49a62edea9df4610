"""Writes the log and reads it: one entry a decision, in the transaction in which the decision takes effect.

An entry's hash covers all that it says and the hash before it. The head is a row of its own: it names the last entry,
so that cut-off ends are seen, and who writes locks it, so that two writers cannot both follow the same entry.
"""

import hashlib
import json
import os
import pwd
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from gongkai.warehouse import models
from gongkai.warehouse.audit.decision import Decision
from gongkai.warehouse.engine import reading
from gongkai.warehouse.models.base import storable
from gongkai.warehouse.rows.submission_rows import among

GENESIS = "0" * 64
"""What the first entry follows."""

_AT_ONCE = 2000  # rows fetched together: a log of a million entries never stands in memory as a whole


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: how many entries there are, and the hash of the last one."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands in the log; `before` and `after` are JSON text."""

    sequence: int
    at: datetime
    kind: str
    by: str
    account: str
    typed_in: str
    year: int | None
    subject: str
    reason: str
    before: str | None
    after: str | None
    decision: str
    previous: str
    hash: str


COLUMNS = tuple(getattr(models.AuditEntryRow, one.name) for one in fields(Entry))


def record(connection: Connection, *decisions: Decision) -> int:
    """Logs decisions, each once, in the writing transaction in which they take effect; returns how many are new.

    Call it last in the transaction: from here to its end nobody else writes to the log.

    Raises:
        SQLAlchemyError: the database refuses; `engine.write` tells it.
    """
    if not decisions:
        return 0
    head = head_of(connection, lock=True)
    said = {row["decision"]: row for row in reversed([_said(decision) for decision in decisions])}
    known, rows = _known(connection, said), []
    for row in reversed(said.values()):
        if row["decision"] in known:
            continue
        row["previous"] = head.hash
        row["hash"] = sealed(tuple(row[column.key] for column in COLUMNS[1:-1]))
        head = Head(head.sequence + 1, row["hash"])
        rows.append({"sequence": head.sequence, **row})
    if rows:
        connection.execute(insert(models.AuditEntryRow), rows)
        connection.execute(update(models.AuditHeadRow).values(sequence=head.sequence, hash=head.hash))
    return len(rows)


def head_of(connection: Connection, *, lock: bool = False) -> Head:
    """The end of the chain as it is recorded; with `lock` nobody else writes until this transaction ends."""
    table = models.AuditHeadRow
    statement = select(table.sequence, table.hash)
    return Head(*connection.execute(statement.with_for_update() if lock else statement).one())


def entries(engine: Engine, year: int | None = None, subject: str | None = None) -> Sequence[Entry]:
    """The entries in their order, those of a year or about a subject where one is named."""
    table = models.AuditEntryRow
    asked = [] if year is None else [table.year == year]
    asked += [] if subject is None else [table.subject == subject]
    with reading(engine) as connection:
        found = connection.execute(select(*COLUMNS).where(*asked).order_by(table.sequence))
        return [Entry(*row) for row in found]


def rows_in_order(connection: Connection) -> Iterator[Row[Any]]:
    """All rows in order, a part at a time; the columns are `COLUMNS`."""
    streamed = connection.execution_options(stream_results=True, yield_per=_AT_ONCE)
    yield from streamed.execute(select(*COLUMNS).order_by(models.AuditEntryRow.sequence))


def sealed(said: tuple[Any, ...]) -> str:
    """The hash of an entry: of all its columns between `sequence` and `hash`, the hash before it among them.

    The place in the chain follows from the hash before, so that an entry pushed in is told from the ones after it.
    No text of ours holds a NUL, so that the parts cannot run into each other.
    """
    at, *others = said
    parts = [str(at.timestamp()), *("" if part is None else str(part) for part in others)]
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()


@cache
def account() -> str:
    """The account of the machine that this process runs under."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return f"uid {os.geteuid()}"


def _said(decision: Decision) -> dict[str, Any]:
    said: dict[str, Any] = {
        "kind": decision.kind.value,
        "by": storable(decision.by),
        "account": account(),
        "typed_in": decision.typed_in,
        "year": decision.year,
        "subject": storable(decision.subject),
        "reason": storable(decision.reason),
        "before": None if decision.before is None else storable(_json(decision.before)),
        "after": None if decision.after is None else storable(_json(decision.after)),
    }
    which = [said[key] for key in ("kind", "year", "subject")]
    if decision.identity is None:
        which += [said[key] for key in ("by", "reason", "before", "after")]
    else:
        which.append(decision.identity)
    return {**said, "at": decision.at, "decision": hashlib.sha256(_json(which).encode()).hexdigest()}


def _known(connection: Connection, decisions: Iterable[str]) -> set[str]:
    """Those that are logged already."""
    column = models.AuditEntryRow.decision
    return set(connection.execute(select(column).where(column.in_(among(decisions)))).scalars())


def _json(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
