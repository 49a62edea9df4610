"""Finds the places to fill in a workbook that has lost its defined names: by the labels that the template prints.

The template of the year and version is laid beside the file as plain cells: a label that both have the same number of
times ties a row to a row and a column to a column, wherever the clerk's program or hand moved them. A place whose row
or column is not tied with certainty stays unfound; the reader says so. Old `.xls` files and copied sheets come here.
What a district prints of itself and of a unit is no landmark: nothing here depends on whose workbook it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.national_format import NationalFormat
from gongkai.submission.fields import template_version
from gongkai.submission.plain_text import visible
from gongkai.submission.template.names import (
    META_TABLES,
    META_TEMPLATE,
    META_UNIT,
    META_YEAR,
    Place,
    cell_name,
    template_name,
)
from gongkai.submission.values.choices import squeezed
from gongkai.submission.workbook.sheets import Sheets

if TYPE_CHECKING:
    from gongkai.submission.template.plain_template import PlainTemplate

_META = (META_TEMPLATE, META_UNIT, META_YEAR, META_TABLES)
_WHOSE = re.compile(r"（([A-Z][A-Z0-9_-]{0,31})） · (\d{4}) 年度")
_SHARE = 0.6  # of a sheet's labels that must be there for it to be that sheet


class Imprint(NamedTuple):
    """What a workbook says it is."""

    template: Any
    unit: Any
    year: Any


class _Tied(NamedTuple):
    """A template's sheet tied to one of the file: template row → row, template column → column."""

    sheet: str
    rows: Mapping[int, int]
    columns: Mapping[int, int]


def imprint(sheets: Sheets) -> Imprint | None:
    """Template, unit and year as the hidden sheet's own labels say, else as every table's second line says.

    A file that does not say its template's version is taken for the first: nothing that came later is missed in it.
    """
    said: dict[str, Any] = {}
    whose = set()
    for sheet in sheets.package.sheets:
        for row, values in enumerate(sheets.grid(sheet)):
            for column, value in enumerate(values):
                if value in _META:
                    said[value] = sheets.at(sheet, row, column + 1)
                elif isinstance(value, str) and (found := _WHOSE.search(visible(value))):
                    whose.add((found[1], int(found[2])))
    if META_TEMPLATE in said:
        return Imprint(said[META_TEMPLATE], said.get(META_UNIT), said.get(META_YEAR))
    return Imprint(template_name(1), *whose.pop()) if len(whose) == 1 else None


def locate(sheets: Sheets, year: int, version: int | None = None) -> dict[str, Place]:
    """Defined name → place in the file, as far as labels tell with certainty; empty when no sheet is ours.

    `version` is that of the file's template, None today's.

    Raises:
        FormatError: no format is known for the year.
    """
    template = _template(year, version, sheets)
    found: dict[str, Place] = {}
    tied = dict(_tied(template, sheets))
    for name, where in template.names.items():
        if where.sheet in tied and name not in _META:
            place = _place(name, where, tied[where.sheet], template, sheets)
            if place:
                found[name] = place
    return found


def displaced(sheets: Sheets, national_format: NationalFormat) -> bool:
    """Whether defined names point into other rows or columns than their labels: a program moved cells, not names."""
    specs = national_format.cells
    rows, columns = defaultdict(set), defaultdict(set)
    for spec in specs:
        rows[spec.table].add(squeezed(spec.row_label))
        columns[spec.table].add(squeezed(spec.column_label))
    texts: dict[tuple[str, int, int], set[str]] = {}  # sheet, axis, line → what stands on it

    def said(sheet: str, axis: int, line: int) -> set[str]:
        if (sheet, axis, line) not in texts:
            grid = sheets.grid(sheet)
            on_it = grid[line : line + 1] if axis == 0 else [values[line : line + 1] for values in grid]
            texts[sheet, axis, line] = {squeezed(v) for values in on_it for v in values if isinstance(v, str) and v}
        return texts[sheet, axis, line]

    for spec in specs:
        where = sheets.names.get(cell_name(spec))
        if where is None:
            continue
        for on_it, known, own in (
            (said(where.sheet, 0, where.row), rows[spec.table], squeezed(spec.row_label)),
            (said(where.sheet, 1, where.column), columns[spec.table], squeezed(spec.column_label)),
        ):
            if own not in on_it and on_it & known:
                return True
    return False


def printed_labels(year: int, sheet: str) -> frozenset[str]:
    """The texts that today's template of a year prints on a sheet, squeezed."""
    return frozenset(_labels(_template(year), sheet))


def _template(year: int, version: int | None = None, sheets: Sheets | None = None) -> "PlainTemplate":
    from gongkai.submission.template.plain_template import mentions_last_year, plain_template  # only here: it costs

    values = (v for sheet in sheets.package.sheets for row in sheets.grid(sheet) for v in row) if sheets else ()
    return plain_template(year, version or template_version(), beside_last_year=mentions_last_year(values, year))


def _labels(
    sheets: "Sheets | PlainTemplate", sheet: str, without: frozenset[tuple[int, int]] = frozenset()
) -> dict[str, list[Any]]:
    """Text → where it stands in a sheet, in reading order."""
    found = defaultdict(list)
    for row, values in enumerate(sheets.grid(sheet)):
        for column, value in enumerate(values):
            if isinstance(value, str) and value and (row, column) not in without:
                found[squeezed(value)].append((row, column))
    return found


def sheets_alike(sheets: Sheets, year: int, version: int) -> Iterator[tuple[str, list[str]]]:
    """Template sheet → the file's sheets with its labels; the one with its own name first. None: it is left out."""
    for ours, alike in _alike(_template(year, version), sheets):
        yield ours, [sheet for sheet, _ in alike]


def places_on(sheets: Sheets, sheet: str, ours: str, year: int, version: int) -> dict[str, Place]:
    """Defined name → place, as far as one sheet of the file has the places of one of the template."""
    template = _template(year, version)
    tied = _tie(_printed(template, ours), sheet, _labels(sheets, sheet))
    wanted = ((name, where) for name, where in template.names.items() if where.sheet == ours and name not in _META)
    found = {name: _place(name, where, tied, template, sheets) for name, where in wanted}
    return {name: where for name, where in found.items() if where is not None}


def _tied(template: "PlainTemplate", sheets: Sheets) -> Iterator[tuple[str, _Tied]]:
    """Template sheet → its counterpart in the file; of several the first (`twin_sheets` speaks of them)."""
    for ours, alike in _alike(template, sheets):
        yield ours, _tie(_printed(template, ours), *alike[0])


def _alike(template: "PlainTemplate", sheets: Sheets) -> Iterator[tuple[str, list[tuple[str, dict[str, list[Any]]]]]]:
    """Template sheet → the sheets of the file that have its labels, and theirs; none where no sheet has."""
    theirs = {sheet: _labels(sheets, sheet) for sheet in sheets.package.sheets}
    theirs = {
        sheet: texts for sheet, texts in theirs.items() if META_TEMPLATE not in texts
    }  # holds every choice's text
    for ours in template.sheets:
        labels = _printed(template, ours)
        alike = [one for one in theirs.items() if sum(text in one[1] for text in labels) >= _SHARE * len(labels)]
        if alike and labels:
            yield ours, sorted(alike, key=lambda one: one[0] != ours)


def _printed(template: "PlainTemplate", sheet: str) -> dict[str, list[Any]]:
    """The labels of a sheet of the template: its texts outside the cells to fill in."""
    inputs = frozenset(
        (where.row, where.column)
        for where in template.names.values()
        if where.sheet == sheet and (where.row, where.column) == (where.last_row, where.last_column)
    )
    return _labels(template, sheet, inputs)


def _tie(labels: Mapping[str, list[Any]], sheet: str, found: Mapping[str, list[Any]]) -> _Tied:
    """Ties rows and columns of the template to a sheet by the labels that both have as often."""
    both = [(places, found[text]) for text, places in labels.items() if len(places) == len(found.get(text, ()))]
    once = [(mine[0], their[0]) for mine, their in both if len(mine) == 1]
    pairs = [pair for mine, their in both for pair in zip(mine, their, strict=True)]
    rows, columns = (_agreed(pairs if _in_order(once, axis) else once, axis) for axis in (0, 1))
    return _Tied(sheet, rows, columns)


def _in_order(pairs: list[tuple[tuple[int, int], tuple[int, int]]], axis: int) -> bool:
    """Whether no line was moved past another: only then is a label that repeats the same one in both."""
    lines = [to for _, to in sorted(_agreed(pairs, axis).items())]
    return lines == sorted(lines)


def _agreed(pairs: list[tuple[tuple[int, int], tuple[int, int]]], axis: int) -> dict[int, int]:
    """Template line → the file's line, where all labels of the line agree and no other line claims it."""
    said = defaultdict(set)
    for ours, theirs in pairs:
        said[ours[axis]].add(theirs[axis])
    agreed = {line: lines.copy().pop() for line, lines in said.items() if len(lines) == 1}
    doubled = {line for line in agreed.values() if list(agreed.values()).count(line) > 1}
    return {line: to for line, to in agreed.items() if to not in doubled}


def _place(name: str, where: Place, tied: _Tied, template: "PlainTemplate", sheets: Sheets) -> Place | None:
    if name.endswith("__area"):
        bottom, right = _beyond(where.last_row, tied.rows), _beyond(where.last_column, tied.columns)
        return None if bottom is None or right is None else Place(tied.sheet, 0, 0, bottom, right)
    row = tied.rows.get(where.row)
    if name.endswith("__header"):  # its columns are found by their labels
        return None if row is None else Place(tied.sheet, row, 0, row, 0)
    column = tied.columns.get(where.column)
    if row is None and column is not None and not any(_texts(template, where)):
        row = _below(where.row, column, tied, sheets)
    return None if row is None or column is None else Place(tied.sheet, row, column, row, column)


def _texts(template: "PlainTemplate", where: Place) -> Iterator[str]:
    """The labels in the row of a place of the template."""
    rows = template.grid(where.sheet)[where.row : where.row + 1]
    return (value for row in rows for value in row if isinstance(value, str) and value)


def _below(line: int, _column: int, tied: _Tied, sheets: Sheets) -> int | None:
    """The row of a place under its label: the first that holds something before the next label, else the next."""
    above = tied.rows.get(line - 1)
    if above is None:
        return None
    after = min((to for to in tied.rows.values() if to > above), default=len(sheets.grid(tied.sheet)))
    held = (row for row in range(above + 1, after) if any(v != "" for v in sheets.grid(tied.sheet)[row]))
    return next(held, above + 1)


def _beyond(line: int, tied: Mapping[int, int]) -> int | None:
    """Where a line falls that lies at or after the last one tied."""
    last = max((ours for ours in tied if ours <= line), default=None)
    return None if last is None else max(tied.values()) + line - last
