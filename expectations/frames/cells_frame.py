"""The `cells` frame: one row a cell that must be there or must be a sound number.

Every mandatory national cell of every submission (also one the file does not have), every required field of a
list, and every number elsewhere in a submission. Checked here: BLANK, NOT-A-NUMBER, NONNEG, INTEGER, RULES-ZERO.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from math import floor
from typing import NamedTuple

from expectations.frames.columns import cells
from expectations.frames.columns.compared import Columns
from expectations.frames.columns.listed import ListColumns
from expectations.frames.shapes import Facts, Frame, Number, Pair, SubmissionUnderCheck, apart
from gongkai.national_format import NationalFormat
from gongkai.national_format.figures import REQUESTS, only_cities
from gongkai.submission.fields import Field, groups, lists
from gongkai.submission.form import Cell, Origin, State, where_of
from gongkai.submission.places import place
from gongkai.submission.values.typed_values import expected_form

_NUMERIC = cells.NUMERIC
# Members by name: looking one up in its enumeration costs more than all else that is done with a cell.
_VALUE, _BLANK, _UNREADABLE = State.VALUE, State.BLANK, State.UNREADABLE
_MISSING = (_BLANK, State.NOT_APPLICABLE)


class CellRow(NamedTuple):
    """One cell.

    Attributes:
        named: gives `where`; asked only when a rule fails.
        cell: None when the file does not have it.
        mandatory, unsigned, no_rules: whether BLANK and NOT-A-NUMBER, NONNEG, RULES-ZERO apply.
        beside: where it would stand, when it is not there.
        told: its reader has said why it cannot be read (a formula without a result): not a matter of its text.
    """

    key: int
    named: Callable[[], str]
    cell: Cell | None
    value_type: str
    mandatory: bool = False
    unsigned: bool = True
    no_rules: bool = False
    beside: Origin = Origin()
    told: bool = False

    @property
    def value(self) -> Number | None:
        """Its number, exact (int or Decimal); None when there is none."""
        cell = self.cell
        return cell.value if cell is not None and cell.state is _VALUE and self.value_type in _NUMERIC else None

    def pairs(self) -> Sequence[Pair]:
        """What the rules compare in this cell."""
        pairs: list[Pair] = []
        if self.mandatory:
            state = self.cell.state if self.cell is not None else _BLANK
            pairs = [
                ("BLANK", int(state in _MISSING), 0),
                ("NOT-A-NUMBER", int(state is _UNREADABLE and not self.told), 0),
            ]
        if (value := self.value) is not None:
            if self.unsigned:
                pairs.append(("NONNEG", floor(value), 0))  # an integer compares as quickly as a machine can
            if self.value_type == "integer":
                pairs.append(("INTEGER", value, int(value)))
            if self.no_rules:
                pairs.append(("RULES-ZERO", value, 0))
        return pairs


def build(entries: Sequence[SubmissionUnderCheck]) -> Frame:
    """The rows of all entries, in the order of the form."""
    rows = [row for entry in entries for row in _rows(entry)]
    columns: list[Columns] = []
    for listed in (ListColumns(entries, name) for name in lists()):
        for field in _checked_fields(listed.list):
            together, left_over = cells.compare(listed, field, partial(_row_of_list, listed, field))
            columns.append(together)
            rows += (_row_of_list(listed, field, int(at)) for at in left_over)
    planned = sum(_planned(entry) for entry in entries)
    described = partial(_describe, formats={entry.key: entry.format for entry in entries})
    return Frame("cells", rows, planned, described, columns=columns)


def _rows(entry: SubmissionUnderCheck) -> Iterator[CellRow]:
    if entry.carries_tables:
        below_city = entry.unit.level != "city"
        for spec in entry.format.cells:
            no_rules = below_city and only_cities(spec.where)
            named, cell = partial(str, spec.where), entry.cell(spec.where)
            told = cell is not None and cell.state is _UNREADABLE and spec.where in entry.unread
            if not entry.checks(spec.where) and (cell is None or cell.state is not _UNREADABLE):
                continue
            unsigned = not spec.may_be_negative
            yield CellRow(entry.key, named, cell, spec.value_type, True, unsigned, no_rules, told=told)
    for table, found in entry.submission.by_table.items():
        for cell in found if table in groups() else ():
            kind = groups()[table].fields[cell.column].type
            if kind in _NUMERIC:
                yield CellRow(entry.key, partial(where_of, cell), cell, kind)


def _row_of_list(listed: ListColumns, field: Field, at: int) -> CellRow:
    """A field of one record by itself."""
    entry, record = listed.entry_of(at), listed.record(at)
    named, found = partial(record.where, field.key), record.cells.get(field.key)
    if found is not None:
        return CellRow(entry.key, named, found, field.type, field.required)
    missing = not entry.unsure(record, field.key)
    return CellRow(entry.key, named, None, field.type, missing, beside=record.origin(field.key))


@cache
def _checked_fields(name: str) -> tuple[Field, ...]:
    return tuple(f for f in lists()[name].fields.values() if f.required or f.type in _NUMERIC)


def _national(entry: SubmissionUnderCheck) -> int:
    """The national cells that are the unit's, and what it wrote illegibly into those that are not."""
    if not entry.carries_tables:
        return 0
    if entry.counts_requests:
        return len(entry.format.cells)
    illegible = sum(cell.state is _UNREADABLE for cell in entry.submission.by_table.get(REQUESTS, ()))
    return sum(spec.table != REQUESTS for spec in entry.format.cells) + illegible


def _planned(entry: SubmissionUnderCheck) -> int:
    """Counted from the format and from the file's cells, independently of the rows."""
    required = {name: [f.key for f in group.fields.values() if f.required] for name, group in lists().items()}
    numeric = {
        (group.key, field.key)
        for group in (*groups().values(), *lists().values())
        for field in group.fields.values()
        if field.type in _NUMERIC and not field.required
    }
    return (
        _national(entry)
        + sum(count for field, count in entry.submission.cells_of_fields.items() if field in numeric)
        + sum(len(required[name]) * entry.submission.rows_of_lists[name] for name in required)
    )


def _describe(row: CellRow, rule: str, formats: Mapping[int, NationalFormat]) -> Facts:
    where, wanted, value = row.named(), formats[row.key], row.value
    origin = row.cell.origin if row.cell is not None else row.beside
    expected: Number | str | None = expected_form(row.value_type)
    observed: Number | str | None = origin.raw
    difference: Number | None = None
    if value is not None:
        wished = int(value) if rule == "INTEGER" else 0
        observed, expected, difference = value, wished, apart(value, wished)
    unreadable = row.cell is not None and row.cell.state is _UNREADABLE
    key = "place" if wanted.has(where) or value is not None or unreadable else "record"
    return Facts(
        where=where,
        observed=observed,
        expected=expected,
        difference=difference,
        cells=(where,),
        origin=origin,
        values={key: place(where, wanted, origin)},
    )
