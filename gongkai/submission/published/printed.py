"""A report as printed: paragraphs and tables of cells with spans, whatever file it came from.

The sources build these values, the table readers look at nothing else. What a cell means is not decided here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from gongkai.submission.form import Origin

MAX_CELLS = 50_000  # of all tables of a report, which has some three hundred


class Unreadable(ValueError):
    """The file cannot be opened as what it is; args[0] says why in Chinese, args[1] what is needed instead."""


def refuse_masses(cells: Iterable[object]) -> None:
    """Refuses what has more cells than any report, before they are looked at.

    Raises:
        Unreadable: too many.
    """
    if next(islice(cells, MAX_CELLS, None), None) is not None:
        raise Unreadable(f"表格超过 {MAX_CELLS} 格的文件", "不含大量数据的年度报告")


class PrintedCell(NamedTuple):
    """One cell at the place of its upper left corner.

    Attributes:
        doubt: why its text is not certain (a figure across a rule, a tracked change); empty when it is.
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    doubt: str = ""

    @property
    def end(self) -> int:
        """The first column right of it."""
        return self.column + self.colspan

    @property
    def span(self) -> tuple[int, int]:
        return self.column, self.end


class PrintedRow(NamedTuple):
    """What one row of a table shows: every cell that covers it, from left to right.

    Attributes:
        place: the table's, as a person finds it (第 3 页第 2 个表).
        table: the table's number in the document.
        number: 1-based row in its table.
        width: columns of its table.
    """

    place: str
    table: int
    number: int
    width: int
    cells: tuple[PrintedCell, ...]

    @property
    def begun(self) -> tuple[PrintedCell, ...]:
        """The cells that begin in this row."""
        return tuple(cell for cell in self.cells if cell.row == self.number - 1)

    @property
    def whole(self) -> bool:
        """Whether its cells lie side by side from the first column to the last, none missing and none twice."""
        ends = [0, *(cell.end for cell in self.cells)]
        return ends[-1] == self.width and all(c.column == end for c, end in zip(self.cells, ends, strict=False))

    def origin(self, cell: PrintedCell) -> Origin:
        """Table and place of a cell, as findings and the warehouse keep them."""
        return Origin(self.place, f"{self.number}行{self.cells.index(cell) + 1}格")


@dataclass(frozen=True)
class PrintedTable:
    """One table of the file; a table that a page break cut is two of these."""

    place: str
    cells: tuple[PrintedCell, ...]

    @cached_property
    def width(self) -> int:
        return max((cell.end for cell in self.cells), default=0)

    def lines(self, number: int) -> Iterator[PrintedRow]:
        """Its rows from top to bottom; `number` is the table's in the document."""
        rows: dict[int, list[PrintedCell]] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                rows.setdefault(row, []).append(cell)
        for row, cells in sorted(rows.items()):
            ordered = tuple(sorted(cells, key=lambda cell: (cell.column, cell.row)))
            yield PrintedRow(self.place, number, row + 1, self.width, ordered)


@dataclass(frozen=True)
class PrintedReport:
    """Paragraphs and tables in the order of the document.

    Attributes:
        unseen: what the file says beside them (comments, properties, source); only looked through, never kept.
    """

    parts: tuple[str | PrintedTable, ...]
    unseen: str = ""


def place_spans(rows: list[list[tuple[str, int, int, str]]]) -> tuple[PrintedCell, ...]:
    """Rows of (text, rowspan, colspan, doubt) as HTML lists them → cells with their columns.

    A place taken by a cell from above is passed over, as a browser does.
    """
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, listed in enumerate(rows):
        column = 0
        for text, rowspan, colspan, doubt in listed:
            while (row, column) in taken:
                column += 1
            down = min(rowspan, len(rows) - row)
            taken |= {(row + r, column + c) for r in range(down) for c in range(colspan)}
            cells.append(PrintedCell(row, column, text, down, colspan, doubt))
            column += colspan
    return tuple(cells)
