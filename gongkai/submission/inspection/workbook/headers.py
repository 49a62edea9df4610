"""Finds the sheets of the office's workbook by the headings of their columns, whatever the sheets are called now.

A sheet that was renamed, copied, or saved by a program that loses names is still known by what stands over its columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from gongkai.submission.inspection.workbook.office_sheets import LABELS, OfficeSheet, office_sheets
from gongkai.submission.plain_text import visible
from gongkai.submission.values.choices import squeezed
from gongkai.submission.workbook.sheets import Sheets

_HIGHEST = 15  # rows from the top among which the headings are looked for
_SHARE = 0.6  # of a sheet's columns that must be there for it to be that sheet


class SheetHeader(NamedTuple):
    """A sheet of ours in a file.

    Attributes:
        sheet: which of ours it is.
        name: what it is called in the file.
        row: where its headings stand, from 0.
        columns: column → key.
        unknown: column → heading, of those that we do not know.
    """

    sheet: OfficeSheet
    name: str
    row: int
    columns: Mapping[int, str]
    unknown: Mapping[int, str]


def headers(sheets: Sheets) -> Iterator[SheetHeader]:
    """The sheets of ours, in the order of the file."""
    for name in sheets.package.sheets:
        lines = [_keyed(values) for values in sheets.grid(name)[:_HIGHEST]]
        row = max(range(len(lines)), key=lambda n: len(lines[n][0]), default=None)
        if row is not None and (sheet := _which(set(lines[row][0].values()), name, row, sheets)) is not None:
            yield SheetHeader(sheet, name, row, *lines[row])


def _keyed(values: Sequence[Any]) -> tuple[dict[int, str], dict[int, str]]:
    """Column → key of the headings that we know, and column → text of the others."""
    columns: dict[int, str] = {}
    unknown: dict[int, str] = {}
    for column, value in enumerate(values):
        text = visible(value).strip() if isinstance(value, str) else ""
        key = _keys().get(squeezed(text), text)
        if key in LABELS and key not in columns.values():
            columns[column] = key
        elif text:
            unknown[column] = text
    return columns, unknown


def _which(keys: set[str], name: str, row: int, sheets: Sheets) -> OfficeSheet | None:
    """The sheet of that title or name among those whose columns are mostly there, else the one nearest by columns."""
    printed = {squeezed(value) for values in sheets.grid(name)[:row] for value in values if isinstance(value, str)}
    alike = [one for one in office_sheets().values() if len(keys & set(one.columns)) >= _SHARE * len(one.columns)]
    called = [one for one in alike if squeezed(one.title) in printed or one.sheet == name]
    return next(iter(called), None) or min(alike, key=lambda one: len(keys ^ set(one.columns)), default=None)


@cache
def _keys() -> Mapping[str, str]:
    return {squeezed(label): key for key, label in LABELS.items()}
