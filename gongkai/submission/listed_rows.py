"""The rows of a list as a file gives them: which cells make a row, and one row as a record.

A register has as many rows as a year has cases: its records are made when somebody asks for one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import lt, ne
from typing import Any

from gongkai.submission.cells import Cell, Origin
from gongkai.submission.fields import lists

_LETTERS, _DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"


@dataclass(frozen=True)
class Record:
    """One row of a list: its fields by key (a missing one is None), and where each stood.

    Attributes:
        id: the identifying field's value, else the position as text; findings name it.
        columns: field → the letters of its column, as far as other records of the list show it.
    """

    list: str
    position: int
    id: str
    cells: Mapping[str, Cell]
    columns: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        cell = self.cells.get(key)
        return cell.value if cell else None

    def where(self, key: str) -> str:
        """`<list>[<id>].<field>`, as findings name a place in a list."""
        return f"{self.list}[{self.id}].{key}"

    def origin(self, key: str | None = None) -> Origin:
        """Where a field stood, or would stand if it were not empty; without a key, the record's first cell."""
        cell = self.cells.get(key) if key else None
        first = next(iter(self.cells.values())).origin
        letters = self.columns.get(key) if key else None
        if cell is not None or letters is None or first.cell is None:
            return cell.origin if cell else first
        return first._replace(cell=letters + first.cell.lstrip(_LETTERS), raw=None)


class ListedRows:
    """The rows of one list, in their order; a record is made when it is asked for.

    Attributes:
        cells: of the list, row by row.
        starts: where the cells of each row begin, and at last how many cells there are.
    """

    def __init__(self, name: str, cells: Sequence[Cell]) -> None:
        self.name, self.cells = name, cells
        self.starts = _starts(cells)
        self._positions = [int(cells[at].row) for at in self.starts[:-1]]
        if not all(map(lt, self._positions, self._positions[1:])):  # the rows do not lie one behind the other
            self.cells = sorted(cells, key=lambda cell: int(cell.row))
            self.starts = _starts(self.cells)
            self._positions = [int(self.cells[at].row) for at in self.starts[:-1]]

    def __len__(self) -> int:
        return len(self._positions)

    def record(self, at: int) -> Record:
        """One row."""
        cells = {cell.column: cell for cell in self.cells[self.starts[at] : self.starts[at + 1]]}
        key = lists()[self.name].id
        found = cells.get(key) if key else None
        position = self._positions[at]
        label = str(found.value) if found and found.value is not None else str(position)
        return Record(self.name, position, label, cells, self._letters)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """All rows."""
        return tuple(map(self.record, range(len(self))))

    @cached_property
    def _letters(self) -> Mapping[str, str]:
        letters: dict[str, str] = {}
        for cell in self.cells:
            if cell.column not in letters and cell.origin.cell:
                letters[cell.column] = cell.origin.cell.rstrip(_DIGITS)
        return letters


def _starts(cells: Sequence[Cell]) -> list[int]:
    rows = [cell[1] for cell in cells]
    return [0, *(at for at, other in enumerate(map(ne, rows, rows[1:]), 1) if other), len(cells)]
