"""Writes a `Submission` as the JSON form of contract.md: what `json_reader` reads back unchanged."""

from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.submission.fields import groups, lists
from gongkai.submission.form import SCHEMA, State, Submission


def submission_to_json(submission: Submission) -> dict[str, Any]:
    """The submission as contract.md's JSON object: blanks are null, absent stays absent, money is a string."""
    document: dict[str, Any] = {"schema": SCHEMA, "year": submission.year, "unit": submission.unit}
    for key in ("authority", "prepared_by", "prepared_on", "reason"):
        value = getattr(submission, key)
        if value is not None:
            document[key] = _plain(value)
    tables: dict[str, Any] = {}
    listed: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in lists() if name in submission.reported}
    for cell in submission.cells:
        value = _plain(cell.value) if cell.state in (State.VALUE, State.BLANK) else cell.origin.raw
        if cell.table in groups():
            document.setdefault(cell.table, {})[cell.column] = value
        elif cell.table in lists():
            listed[cell.table].setdefault(cell.row, {})[cell.column] = value
        else:
            tables.setdefault(cell.table, {}).setdefault(cell.row, {})[cell.column] = value
    document["tables"] = tables if submission.has_tables else None
    for name, rows in listed.items():
        last = max(map(int, rows), default=0)
        document[name] = [rows.get(str(position), {}) for position in range(1, last + 1)]  # positions are kept
    return document


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
