"""One row of the office's workbook as it stands there: what is written into it, stored of it, and given back marked.

Values are what JSON can say (days in ISO 8601, exact numbers as text); what had no certain reading stands as it was
typed. Which sheets there are is in `workbook.sheets`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from string import ascii_uppercase
from types import MappingProxyType
from typing import Any, NamedTuple

from gongkai.findings import ReadingIssue
from gongkai.submission.form import Origin
from gongkai.submission.inspection.entry import READ, InspectionEntry
from gongkai.submission.places import parts


class OfficeRow(NamedTuple):
    """A row: the key of its sheet, how findings name its entry, its values by key, and where it stood in a file.

    `columns` are the letters of the columns that its values stood in.
    """

    sheet: str
    name: str
    values: Mapping[str, Any]
    at: Origin | None = None
    columns: Mapping[str, str] = MappingProxyType({})


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
    return [[row.sheet, row.name, dict(row.values), row.at and list(row.at[:2]), dict(row.columns)] for row in rows]


def from_json(stored: Iterable[Any] | None) -> tuple[OfficeRow, ...] | None:
    """The inverse; None of a file that has none. Rows stored before columns were kept have none."""
    if stored is None:
        return None
    return tuple(
        OfficeRow(sheet, name, said, Origin(*at) if at else None, *columns)
        for sheet, name, said, at, *columns in stored
    )


def located(issue: ReadingIssue, form: Iterable[OfficeRow] | None) -> ReadingIssue:
    """What is said of an entry, with its place in the workbook that enters it; as it is where there is none.

    The place is the value that it speaks of; of an entry as a whole, or of a value that is not there, the row's first.
    """
    if issue.cell is not None:
        return issue
    row = next((row for row in form or () if row.name == issue.values.get("entry")), None)
    if row is None or row.at is None:
        return issue
    letters = row.columns.get(parts(issue.where)[2] or "")
    cell = row.at.cell if letters is None else f"{letters}{(row.at.cell or '').lstrip(ascii_uppercase)}"
    return replace(issue, sheet=row.at.sheet, cell=cell)
