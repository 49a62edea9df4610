"""The `cells` frame: one row a cell that must be there or must be a sound number.

Every mandatory national cell of every submission (also one the file does not have), every required field of a
list, and every number elsewhere in a submission. Checked here: BLANK, NOT-A-NUMBER, NONNEG, INTEGER, RULES-ZERO.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from expectations.frames.shapes import Entry, Facts, Frame, Number, apart
from expectations.places import place
from gongkai.national_format import NationalFormat
from gongkai.submission.fields import Field, groups, lists
from gongkai.submission.form import Cell, Origin, State, where_of
from gongkai.submission.values import expected_form

ABSENT = "absent"
_NUMERIC = ("integer", "decimal")


class CellRow(NamedTuple):
    """One cell.

    Attributes:
        state: a `State`, or `absent` when the file does not have the cell.
        value: exact (int or Decimal); None when there is no number.
        whole: the value without its fraction.
        mandatory, unsigned, counted, no_rules: whether BLANK and NOT-A-NUMBER, NONNEG, INTEGER, RULES-ZERO apply.
    """

    key: int
    where: str
    state: str
    value: Number | None
    whole: Number | None
    mandatory: bool
    unsigned: bool
    counted: bool
    no_rules: bool
    value_type: str
    origin: Origin


def build(entries: Sequence[Entry]) -> Frame:
    """The rows of all entries, in the order of the form."""
    rows = [row for entry in entries for row in _rows(entry)]
    planned = sum(_planned(entry) for entry in entries)
    return Frame("cells", rows, planned, partial(_tell, formats={entry.key: entry.format for entry in entries}))


def _rows(entry: Entry) -> Iterator[CellRow]:
    if entry.carries_tables:
        below_city = entry.unit.level != "city"
        for spec in entry.format.cells:
            rules = below_city and spec.table == "proactive_disclosure" and spec.row == "rules"
            cell = entry.cell(spec.where)
            yield _row(entry.key, spec.where, cell, spec.value_type, True, not spec.may_be_negative, rules)
    for cell in entry.submission.cells:
        if cell.table in groups():
            kind = groups()[cell.table].fields[cell.column].type
            if kind in _NUMERIC:
                yield _row(entry.key, where_of(cell), cell, kind)
    for name in lists():
        for record in entry.submission.records(name):
            for field in _checked_fields(name):
                found = record.cells.get(field.key)
                if field.required or found is not None:
                    where = record.where(field.key)
                    yield _row(entry.key, where, found, field.type, field.required, origin=record.origin(field.key))


def _row(
    key: int,
    where: str,
    cell: Cell | None,
    value_type: str,
    mandatory: bool = False,
    unsigned: bool = True,
    rules: bool = False,
    origin: Origin | None = None,
) -> CellRow:
    number = cell.value if cell and cell.state is State.VALUE and value_type in _NUMERIC else None
    return CellRow(
        key=key,
        where=where,
        state=cell.state.value if cell else ABSENT,
        value=number,
        whole=None if number is None else int(number),
        mandatory=mandatory,
        unsigned=unsigned and number is not None,
        counted=value_type == "integer" and number is not None,
        no_rules=rules and number is not None,
        value_type=value_type,
        origin=cell.origin if cell else origin or Origin(),
    )


@cache
def _checked_fields(name: str) -> tuple[Field, ...]:
    return tuple(f for f in lists()[name].fields.values() if f.required or f.type in _NUMERIC)


def _planned(entry: Entry) -> int:
    """Counted from the format and from the file's cells, independently of the rows."""
    required = {name: [f.key for f in group.fields.values() if f.required] for name, group in lists().items()}
    numeric = {
        (group.key, field.key)
        for group in (*groups().values(), *lists().values())
        for field in group.fields.values()
        if field.type in _NUMERIC and not field.required
    }
    return (
        len(entry.format.cells) * entry.carries_tables
        + sum((cell.table, cell.column) in numeric for cell in entry.submission.cells)
        + sum(len(required[name]) * len(entry.submission.records(name)) for name in required)
    )


def _tell(row: CellRow, rule: str, formats: Mapping[int, NationalFormat]) -> Facts:
    wanted = formats[row.key]
    expected: Number | str | None = expected_form(row.value_type)
    observed: Number | str | None = row.origin.raw if row.value is None else row.value
    difference: Number | None = None
    if row.value is not None:
        expected = row.whole if rule == "INTEGER" else 0
        difference = apart(row.value, row.whole if rule == "INTEGER" else 0)
    named = place(row.where, wanted, row.origin)
    key = "place" if wanted.has(row.where) or row.value is not None or row.state == State.UNREADABLE else "record"
    return Facts(
        where=row.where,
        observed=observed,
        expected=expected,
        difference=difference,
        cells=(row.where,),
        origin=row.origin,
        values={key: named},
    )
