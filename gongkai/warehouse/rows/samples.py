"""The samples that were drawn of a year, as the audit log keeps them: seed, share, and what was to be looked at.

An item is kept by a digest: it names a case or a document of a unit, and the log holds nothing of a report's content.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from gongkai.submission.inspection.second_looks import words_of
from gongkai.warehouse.audit.decision import Kind
from gongkai.warehouse.models import AuditEntryRow


@dataclass(frozen=True)
class Draw:
    """One sample as it was put on record when it was drawn.

    Attributes:
        plan: hash of the plan's JSON.
        first: `look_digest` of what was to be inspected.
        second: names of the inspections that were to be repeated.
    """

    seed: int
    share: str
    at: datetime
    by: str
    plan: str
    first: frozenset[str]
    second: frozenset[str]


def look_digest(unit: str, indicator: str | None, item: str | None) -> str:
    """Which thing is looked at; an item is one however it is spaced."""
    return hashlib.sha256("\0".join((unit, indicator or "", words_of(item))).encode()).hexdigest()[:16]


def draws(connection: Connection, year: int, before: datetime) -> tuple[Draw, ...]:
    """The samples drawn of a year before a moment, in the order in which they were drawn."""
    table = AuditEntryRow
    rows = connection.execute(
        select(table.at, table.by, table.after)
        .where(table.kind == Kind.SAMPLED.value, table.year == year, table.at < before)
        .order_by(table.sequence)
    )
    return tuple(_draw(at, by, json.loads(said or "{}")) for at, by, said in rows)


def _draw(at: datetime, by: str, said: Mapping[str, Any]) -> Draw:
    """Reads one; those of earlier versions of the program kept seed and share alone."""
    first, second = (frozenset(said.get(key, ())) for key in ("first", "second"))
    return Draw(said["seed"], said["share"], at, by, said.get("plan_sha256", ""), first, second)
