"""From the cells of an office workbook to its rows, and from the rows to entries; here the profile is known.

What a cell says was decided where it was read; now a row gets its kind where its sheet has but one, and becomes a
draft like an entry of a JSON file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from gongkai.profile import Profile
from gongkai.submission.form import OFFICE, Cell, Origin, Reading, State
from gongkai.submission.inspection.entry_draft import EntryDraft, shown
from gongkai.submission.inspection.office_row import OfficeRow, as_json
from gongkai.submission.inspection.reader import InspectionReading, entries_of, nothing
from gongkai.submission.inspection.workbook.office_sheets import HEADING, TOLD, office_sheets, row_name

_LETTERS, _DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_Columns = Mapping[tuple[str, str], str]  # name of a sheet in the file, key → letters of its column


def inspection_of(reading: Reading, profile: Profile, year: int) -> InspectionReading:
    """What a workbook in the office's folder enters.

    Args:
        reading: of the workbook, or of whatever else lay there.
        profile: whose units and indicators an entry may name.
        year: the report year; a workbook of another year is not taken at all.
    """
    if reading.submission is None:
        return InspectionReading((), reading.issues, reading.coercions)
    if reading.kind != OFFICE:
        return nothing("WRONG-TEMPLATE", reading.template, "主管部门的录入工作簿")
    if reading.submission.year != year:
        return nothing("WRONG-YEAR", str(reading.submission.year), year, "year")
    headings = [cell for cell in reading.submission.cells if cell.row == HEADING]
    columns = {(_sheet(cell), cell.column): (cell.origin.cell or "").rstrip(_DIGITS) for cell in headings}
    said = [cell for cell in reading.submission.cells if cell.row != HEADING]
    rows = [list(cells) for _, cells in groupby(said, attrgetter("row"))]
    entered = [cells for cells in rows if not office_sheets()[cells[0].table].is_waiting(cell.column for cell in cells)]
    read = entries_of([_draft(cells, columns) for cells in entered], profile, year)
    return replace(
        read,
        issues=(*reading.issues, *read.issues),
        coercions=(*reading.coercions, *read.coercions),
        form=tuple(_row(cells) for cells in rows),
    )


def _draft(cells: Sequence[Cell], columns: _Columns) -> EntryDraft:
    """A row as an entry that is to be checked; what is wrong with single values was noted when they were read."""
    said = {cell.column: cell for cell in cells if cell.column != TOLD}
    sheet = office_sheets()[cells[0].table]
    draft = EntryDraft(_name(cells), dict(_origins(cells[0].origin, columns)), sheet.kinds)
    draft.usable = all(cell.state is State.VALUE for cell in said.values())
    draft.values = {key: cell.value for key, cell in said.items() if cell.state is State.VALUE}
    if sheet.only_kind is not None:
        draft.values.setdefault("kind", sheet.only_kind)
    return draft


def _origins(first: Origin, columns: _Columns) -> Iterator[tuple[str, Origin]]:
    """Where the value of each key stands or would stand; under an empty key where the row begins."""
    line = (first.cell or "").lstrip(_LETTERS)
    yield "", Origin(first.sheet, first.cell)
    for (sheet, key), letters in columns.items():
        if sheet == first.sheet:
            yield key, Origin(sheet, letters + line)


def _row(cells: Sequence[Cell]) -> OfficeRow:
    said = {c.column: as_json(c.value) if c.state is State.VALUE else c.origin.raw for c in cells}
    place = Origin(cells[0].origin.sheet, cells[0].origin.cell)
    columns = {cell.column: _letters(cell.origin) for cell in cells}
    return OfficeRow(cells[0].table, _name(cells), said, place, columns)


def _letters(origin: Origin) -> str:
    return (origin.cell or "").rstrip(_DIGITS)


def _name(cells: Sequence[Cell]) -> str:
    own = next((cell.value for cell in cells if cell.column == "id" and cell.value), None)
    if own is not None:
        return shown(own).strip()
    return row_name(_sheet(cells[0]), (cells[0].origin.cell or "").lstrip(_LETTERS))


def _sheet(cell: Cell) -> str:
    return cell.origin.sheet or ""
