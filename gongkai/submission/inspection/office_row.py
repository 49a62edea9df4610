"""One row of the office's workbook as it stands there: what is written into it, stored of it, and given back marked.

Values are what JSON can say (days in ISO 8601, exact numbers as text); what had no certain reading stands as it was
typed. Which sheets there are is in `workbook.sheets`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from gongkai.findings import ReadingIssue
from gongkai.submission.form import Origin
from gongkai.submission.inspection.entry import READ, InspectionEntry


class OfficeRow(NamedTuple):
    """A row: the key of its sheet, how findings name its entry, its values by key, and where it stood in a file."""

    sheet: str
    name: str
    values: Mapping[str, Any]
    at: Origin | None = None


def entry_values(entry: InspectionEntry) -> dict[str, Any]:
    """What an entry says, as the values of a row."""
    return {key: as_json(value) for key in READ if (value := getattr(entry, key)) is not None}


def as_json(value: Any) -> Any:
    """One typed value as JSON can say it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def to_json(rows: Iterable[OfficeRow]) -> list[list[Any]]:
    """Rows as the warehouse keeps them."""
    return [[row.sheet, row.name, dict(row.values), row.at and list(row.at[:2])] for row in rows]


def from_json(stored: Iterable[Any] | None) -> tuple[OfficeRow, ...] | None:
    """The inverse; None of a file that has none."""
    if stored is None:
        return None
    return tuple(OfficeRow(sheet, name, said, Origin(*at) if at else None) for sheet, name, said, at in stored)


def located(issue: ReadingIssue, form: Iterable[OfficeRow] | None) -> ReadingIssue:
    """What is said of an entry, with the row of the workbook that enters it; as it is where there is none."""
    if issue.cell is not None:
        return issue
    at = next((row.at for row in form or () if row.name == issue.values.get("entry")), None)
    return issue if at is None else replace(issue, sheet=at.sheet, cell=at.cell)
