"""Slips in the national tables: each takes one table of one submission and gives the cells it changes.

Nothing changed (a zero times ten, two equal neighbours) is an empty mapping, and the slip is drawn again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from random import Random

from gongkai.national_format import for_year
from gongkai.submission.form import CellValue, Submission
from tests.quality.mutation import Changes

At = tuple[str, str]  # row, column


@dataclass(frozen=True)
class Table:
    """One national table as figures by row and column, with last year's beside them."""

    name: str
    now: Mapping[At, CellValue]
    before: Mapping[At, CellValue]

    @classmethod
    def of(cls, name: str, submission: Submission, last_year: Submission) -> "Table":
        cells = [(spec.row, spec.column) for spec in for_year(submission.year).cells if spec.table == name]
        now = {at: submission.value(".".join((name, *at))) for at in cells}
        return cls(name, now, {at: last_year.value(".".join((name, *at))) for at in cells})

    @cached_property
    def cells(self) -> list[At]:
        return list(self.now)

    @cached_property
    def rows(self) -> Mapping[str, list[str]]:
        """Row → its columns, both in the order of the form."""
        found: dict[str, list[str]] = {}
        for row, column in self.now:
            found.setdefault(row, []).append(column)
        return found

    def changes(self, new: Mapping[At, CellValue]) -> Changes:
        """Those of the new figures that differ, by place."""
        return {(self.name, *at): value for at, value in new.items() if value != self.now[at]}


def one_more_or_less(rng: Random, table: Table) -> Changes:
    at = rng.choice(table.cells)
    value = table.now[at]
    return table.changes({at: value + (rng.choice((-1, 1)) if value >= 1 else 1)})


def tenfold(rng: Random, table: Table) -> Changes:
    at = rng.choice(table.cells)
    return table.changes({at: table.now[at] * 10})


def transposed(rng: Random, table: Table) -> Changes:
    """Two neighbouring digits exchanged."""
    at = rng.choice(table.cells)
    value = table.now[at]
    digits = str(value)
    pair = rng.randrange(len(digits))
    first, second = digits[pair : pair + 1], digits[pair + 1 : pair + 2]
    if not (first + second).isdigit() or not second:
        return {}
    return table.changes({at: type(value)(digits[:pair] + second + first + digits[pair + 2 :])})


def swapped(rng: Random, table: Table) -> Changes:
    """A cell and its right-hand neighbour exchanged, or (not in table four, which is one line) the one below it."""
    row, column = rng.choice(table.cells)
    columns, rows = table.rows[row], list(table.rows)
    beside = columns.index(column) + 1
    below = rows.index(row) + 1
    neighbours = [(row, columns[beside])] if beside < len(columns) else []
    if table.name != "disputes" and below < len(rows) and (rows[below], column) in table.now:
        neighbours.append((rows[below], column))
    if not neighbours:
        return {}
    other = rng.choice(neighbours)
    return table.changes({(row, column): table.now[other], other: table.now[row, column]})


def blank(rng: Random, table: Table) -> Changes:
    return table.changes({rng.choice(table.cells): None})


def rows_shifted(rng: Random, table: Table) -> Changes:
    """The figures of a row stand in the next one and that one's in it."""
    rows = list(table.rows)
    at = rng.randrange(len(rows) - 1)
    upper, lower = rows[at], rows[at + 1]
    if table.rows[upper] != table.rows[lower]:
        return {}
    down = {(lower, column): table.now[upper, column] for column in table.rows[upper]}
    return table.changes(down | {(upper, column): table.now[lower, column] for column in table.rows[upper]})


def copied_column(rng: Random, table: Table) -> Changes:
    """The figures of a column stand in the next one too; in table four, which is one line, those of a group."""
    if table.name == "disputes":
        groups = list(table.rows)
        at = rng.randrange(len(groups) - 1)
        return table.changes({(groups[at + 1], c): table.now[groups[at], c] for c in table.rows[groups[at]]})
    columns = max(table.rows.values(), key=len)
    at = rng.randrange(len(columns) - 1)
    rows = [row for row, own in table.rows.items() if own == columns]
    return table.changes({(row, columns[at + 1]): table.now[row, columns[at]] for row in rows})


def last_years_value(rng: Random, table: Table) -> Changes:
    at = rng.choice(table.cells)
    return table.changes({at: table.before[at]})


def last_years_row(rng: Random, table: Table) -> Changes:
    row = rng.choice(list(table.rows))
    return table.changes({(row, column): table.before[row, column] for column in table.rows[row]})


def yuan_for_wan_yuan(rng: Random, table: Table) -> Changes:
    money = [at for at, value in table.now.items() if isinstance(value, Decimal)]
    return table.changes({at: table.now[at] * 10_000 for at in money})


TABLE_SLIPS: Mapping[str, Callable[[Random, Table], Changes]] = {
    "±1": one_more_or_less,
    "×10": tenfold,
    "digit transposition": transposed,
    "swap of neighbours": swapped,
    "blank": blank,
    "row shift": rows_shifted,
    "copied column": copied_column,
    "last year's value": last_years_value,
    "last year's row": last_years_row,
}
YUAN = "元 for 万元"
