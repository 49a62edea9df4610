"""Issue notes (签发单) as rows and back: what was issued to whom, whatever became of the files since."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from gongkai.warehouse import models

Note = Mapping[str, Any]
"""An issue note as its JSON form; `number`, `earlier` (the notes before it, oldest first) and who, when, why, what."""


def last_notes(connection: Connection, year: int) -> dict[str, Note]:
    """The last issue of a year to every unit that something was issued to, by code."""
    table = models.IssuedParcelRow
    rows = connection.execute(select(table.unit, table.note).where(table.year == year).order_by(table.number))
    return {row.unit: row.note for row in rows}


def store_notes(connection: Connection, notes: Iterable[Note]) -> None:
    """Stores new issues; the number of each follows the one before it."""
    rows = [
        {
            **{key: note[key] for key in ("year", "unit", "number", "by", "reason", "basis_sha256")},
            "issued_at": datetime.fromisoformat(note["issued_at"]),
            "note": dict(note),
        }
        for note in notes
    ]
    if rows:
        connection.execute(insert(models.IssuedParcelRow), rows)
