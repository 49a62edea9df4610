"""A submission's cells as rows of the warehouse, and back: what was merged is what is read, origins included.

Only translation and bulk statements; which revision is read or written is decided in `merge` and `queries`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, bindparam, insert, select

from gongkai.national_format import for_year
from gongkai.submission.fields import FieldGroup, groups, lists
from gongkai.submission.form import Cell, Origin, State, Submission
from gongkai.submission.report_below import ReportBelow
from gongkai.warehouse.models import FIELD_TABLES, NationalCell, ReportBelowRow

_PLAIN = Origin()


def store_content(connection: Connection, revision_id: int, submission: Submission) -> None:
    """Inserts all cells of a submission under a revision, one statement a table."""
    national = [cell for cell in submission.cells if cell.table not in FIELD_TABLES]
    if national:
        connection.execute(insert(NationalCell), [_national_row(revision_id, n, c) for n, c in enumerate(national, 1)])
    fields = (cell for cell in submission.cells if cell.table in FIELD_TABLES)
    rows: dict[str, list[dict[str, Any]]] = {}
    for (key, row), cells in groupby(fields, key=lambda cell: (cell.table, cell.row)):
        rows.setdefault(key, []).append(_field_row(revision_id, key, 1 if row == "-" else int(row), list(cells)))
    for key, found in rows.items():
        connection.execute(insert(FIELD_TABLES[key]), found)
    if submission.below is not None:
        said = {"revision_id": revision_id, "content": submission.below.text}
        connection.execute(insert(ReportBelowRow), [said])


def load_cells(connection: Connection, years: Mapping[int, int]) -> dict[int, tuple[Cell, ...]]:
    """The cells of revisions, in the order of the form.

    Args:
        connection: a reading transaction.
        years: revision id → report year, whose format types the national cells.
    """
    cells: dict[int, list[Cell]] = {revision_id: [] for revision_id in years}
    if years:
        _load_national(connection, years, cells)
        for group in (*groups().values(), *lists().values()):
            _load_fields(connection, group, cells)
    return {revision_id: tuple(found) for revision_id, found in cells.items()}


def load_below(connection: Connection, revisions: Iterable[int]) -> dict[int, ReportBelow]:
    """Revision id → what it says as a whole district's report, for those that are one."""
    table = ReportBelowRow
    statement = select(table.revision_id, table.content).where(table.revision_id.in_(among(revisions)))
    return {revision_id: ReportBelow(content) for revision_id, content in connection.execute(statement)}


def figures_of(submission: Submission) -> dict[str, list[Any]]:
    """A report's national figures as one JSON value: place → value as text, sheet, cell. `figures_from` reads it."""
    return {
        where: [str(cell.value), cell.origin.sheet, cell.origin.cell]
        for where, cell in submission.by_where.items()
        if cell.table not in FIELD_TABLES and cell.value is not None
    }


def figures_from(figures: Mapping[str, Sequence[Any]], unit: str, year: int) -> Submission | None:
    """The figures as a submission to compare with; None where nothing was read."""
    cells = []
    for spec in for_year(year).cells:
        if spec.where in figures:
            said, sheet, cell = figures[spec.where]
            value = _whole(Decimal(said)) if spec.value_type == "integer" else Decimal(said)
            cells.append(Cell(spec.table, spec.row, spec.column, value, State.VALUE, Origin(sheet, cell)))
    return Submission(unit, year, tuple(cells)) if cells else None


def among(ids: Iterable[int] | Iterable[str]) -> BindParameter[Any]:
    """Numbers or hashes for an `IN (…)`, written into the statement: no driver's limit on parameters applies."""
    return bindparam("ids", sorted(ids), expanding=True, literal_execute=True)


def _national_row(revision_id: int, position: int, cell: Cell) -> dict[str, Any]:
    return {
        "revision_id": revision_id,
        "position": position,
        "table": cell.table,
        "row": cell.row,
        "column": cell.column,
        "value": cell.value,
        "state": cell.state.value,
        "sheet": cell.origin.sheet,
        "cell": cell.origin.cell,
        "raw": cell.origin.raw,
    }


def _load_national(connection: Connection, years: Mapping[int, int], cells: dict[int, list[Cell]]) -> None:
    table = NationalCell
    statement = (
        select(
            table.revision_id,
            table.table,
            table.row,
            table.column,
            table.value,
            table.state,
            table.sheet,
            table.cell,
            table.raw,
        )
        .where(table.revision_id.in_(among(years)))
        .order_by(table.revision_id, table.position)
    )
    states = {state.value: state for state in State}
    counts = {
        year: {(spec.table, spec.row, spec.column) for spec in for_year(year).cells if spec.value_type == "integer"}
        for year in set(years.values())
    }
    for revision_id, key, row, column, number, state, sheet, cell, raw in connection.execute(statement):
        is_count = (key, row, column) in counts[years[revision_id]]
        origin = Origin(sheet, cell, raw) if sheet or cell or raw is not None else _PLAIN
        cells[revision_id].append(Cell(key, row, column, _whole(number) if is_count else number, states[state], origin))


def _field_row(revision_id: int, key: str, position: int, cells: Sequence[Cell]) -> dict[str, Any]:
    table = FIELD_TABLES[key]
    row: dict[str, Any] = dict.fromkeys(table.columns.keys())
    first = cells[0].origin
    row.update(revision_id=revision_id, position=position, sheet=first.sheet, first_cell=first.cell)
    for cell in cells:
        row[cell.column] = list(cell.value) if isinstance(cell.value, tuple) else cell.value
    row["layout"] = [_place(cell, first.sheet) for cell in cells]
    return row


def _place(cell: Cell, sheet: str | None) -> list[str | None]:
    column, (own_sheet, at, raw) = cell.column, cell.origin
    if at is not None and raw is None and own_sheet == sheet:  # as of nearly every cell
        return [column, at]
    place = [column, at, raw, own_sheet if own_sheet != sheet else None]
    while place[-1] is None:
        place.pop()
    return place


def _load_fields(connection: Connection, group: FieldGroup, cells: dict[int, list[Cell]]) -> None:
    table: Table = FIELD_TABLES[group.key]
    is_list = group.key in lists()
    types = {key: field.type for key, field in group.fields.items()}
    statement = (
        select(table).where(table.c.revision_id.in_(among(cells))).order_by(table.c.revision_id, table.c.position)
    )
    at = {key: n for n, key in enumerate(table.columns.keys())}
    for row in connection.execute(statement):
        cells[row[0]].extend(_row_cells(group.key, str(row[1]) if is_list else "-", row, at, types))


def _row_cells(
    key: str, position: str, row: Sequence[Any], at: Mapping[str, int], types: Mapping[str, str]
) -> Iterator[Cell]:
    sheet, layout = row[-3], row[-1]
    made = tuple.__new__  # a named tuple's own takes twice as long, and a year has a hundred thousand
    for place in layout:
        field = place[0]
        value = row[at[field]]
        if types[field] == "integer":
            value = _whole(value)
        elif types[field] == "choices":
            value = tuple(value)
        if len(place) == 2:
            origin = made(Origin, (sheet, place[1], None))
        elif len(place) == 1:
            origin = Origin(sheet) if sheet else _PLAIN
        else:
            cell, raw, own_sheet = (*place[1:], None)[:3]
            origin = Origin(own_sheet or sheet, cell, raw)
        yield made(Cell, (key, position, field, value, State.VALUE, origin))


def _whole(number: Decimal | None) -> int | Decimal | None:
    """A count is an int; a fraction that a clerk wrote in its place stays what it is."""
    return int(number) if number is not None and number == number.to_integral_value() else number
