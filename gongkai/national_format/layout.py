"""Where everything of a national table stands: one grid for each shape, whoever draws or reads it.

The workbook that units fill and the documents that the office publishes are drawn from the same layout; they differ
in widths, styles and what they put beside it. A fourth shape would be one function more, here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from gongkai.national_format.tables import (
    Block,
    BlockTable,
    Column,
    MatrixTable,
    NationalTable,
    Row,
    SingleRowTable,
)


@dataclass(frozen=True, slots=True)
class LaidCell:
    """One cell of a laid out table, 0-based from the table's own upper left corner.

    Attributes:
        kind: corner, head, caption (a bar over a block), path (a label that several rows share), label or figure.
        text: what is printed there; empty for a figure.
        where: `<table>.<row>.<column>` of a figure.
        level: of a path, 0 the outermost.
        money: the unit that the heading of an amount leaves out.
    """

    row: int
    column: int
    kind: str
    text: str = ""
    rowspan: int = 1
    colspan: int = 1
    where: str = ""
    level: int = 0
    money: str = ""

    @property
    def last_row(self) -> int:
        return self.row + self.rowspan - 1

    @property
    def last_column(self) -> int:
        return self.column + self.colspan - 1


@dataclass(frozen=True, slots=True)
class Layout:
    """A table laid out.

    Attributes:
        cells: in reading order.
        label_columns: how many columns at the left hold labels; figure_columns: how many behind them hold figures.
        header_rows: how many rows at the top are the headings of everything below (0: each block has its own).
    """

    table: NationalTable
    cells: tuple[LaidCell, ...]
    label_columns: int
    figure_columns: int
    header_rows: int

    @property
    def rows(self) -> int:
        return max(cell.last_row for cell in self.cells) + 1

    @property
    def columns(self) -> int:
        return self.label_columns + self.figure_columns

    def row(self, number: int) -> tuple[LaidCell, ...]:
        """The cells that begin in a row, from left to right."""
        return tuple(cell for cell in self.cells if cell.row == number)


def lay_out(table: NationalTable) -> Layout:
    """The layout of a table by its shape."""
    match table:
        case BlockTable():
            return _blocks(table)
        case MatrixTable():
            return _matrix(table)
        case SingleRowTable():
            return _single_row(table)


def _layout(table: NationalTable, cells: Iterator[LaidCell], labels: int, figures: int, header: int) -> Layout:
    return Layout(table, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), labels, figures, header)


def _blocks(table: BlockTable) -> Layout:
    """One block below another; the last column of a narrow block takes the rest of the width."""
    wide = max(len(block.columns) for block in table.blocks)

    def cells() -> Iterator[LaidCell]:
        at = 0
        for block in table.blocks:
            spans = [1] * (len(block.columns) - 1) + [wide - len(block.columns) + 1]
            yield LaidCell(at, 0, "caption", block.caption, colspan=wide + 1)
            yield LaidCell(at + 1, 0, "head", block.row_header)
            for left, (column, span) in enumerate(zip(block.columns, spans, strict=True), 1):
                yield LaidCell(at + 1, left, "head", column.label, colspan=span, money=_unsaid_unit(block, column))
            at += 2
            for row in block.rows:
                yield LaidCell(at, 0, "label", row.label)
                for left, (column, span) in enumerate(zip(block.columns, spans, strict=True), 1):
                    yield LaidCell(at, left, "figure", colspan=span, where=f"{table.key}.{row.key}.{column.key}")
                at += 1

    return _layout(table, cells(), 1, wide, 0)


def _unsaid_unit(block: Block, column: Column) -> str:
    """2019's headings name no unit for money."""
    return block.unit_of(column) if column.is_money and "单位" not in column.label else ""


def _matrix(table: MatrixTable) -> Layout:
    """Three rows of headings over the columns (two where no columns share one), nested labels before the rows."""
    depth = 1 + max(len(row.path) for row in table.rows)
    header = 3 if any(column.group is not None for column in table.columns) else 2

    def cells() -> Iterator[LaidCell]:
        yield LaidCell(0, 0, "corner", table.corner, header, depth)
        yield LaidCell(0, depth, "head", table.column_heading, colspan=len(table.columns))
        at = depth
        for group, members in groupby(table.columns, key=lambda column: column.group):
            labels = [column.label for column in members]
            if group is not None:
                yield LaidCell(1, at, "head", group, colspan=len(labels))
            for label in labels:
                top = 1 if group is None else 2
                yield LaidCell(top, at, "head", label, header - top)
                at += 1
        for at, row in enumerate(table.rows, header):
            yield from _labels(table.rows, at - header, at, depth)
            for left, column in enumerate(table.columns, depth):
                yield LaidCell(at, left, "figure", where=f"{table.key}.{row.key}.{column.key}")

    return _layout(table, cells(), depth, len(table.columns), header)


def _labels(rows: tuple[Row, ...], number: int, at: int, depth: int) -> Iterator[LaidCell]:
    """The labels that begin in a row: each step of its path where its first row is, then the row's own."""
    path = rows[number].path
    for level, label in enumerate(path):
        shared = path[: level + 1]
        if number and rows[number - 1].path[: level + 1] == shared:
            continue
        length = 1
        while number + length < len(rows) and rows[number + length].path[: level + 1] == shared:
            length += 1
        yield LaidCell(at, level, "path", label, rowspan=length, level=level)
    yield LaidCell(at, len(path), "label", rows[number].label, colspan=depth - len(path))


def _single_row(table: SingleRowTable) -> Layout:
    """Three rows of headings, the outermost over all groups that share it, over one row of figures."""
    total = sum(len(group.columns) for group in table.groups)

    def cells() -> Iterator[LaidCell]:
        at = 0
        for top, members in groupby(table.groups, key=lambda group: group.path[0]):
            listed = list(members)
            nested = any(len(group.path) > 1 for group in listed)
            width = sum(len(group.columns) for group in listed)
            yield LaidCell(0, at, "head", top, 1 if nested else 2, width)
            for group in listed:
                if nested:
                    yield LaidCell(1, at, "head", group.path[-1], colspan=len(group.columns))
                for left, column in enumerate(group.columns, at):
                    yield LaidCell(2, left, "head", column.label)
                    yield LaidCell(3, left, "figure", where=f"{table.key}.{group.key}.{column.key}")
                at += len(group.columns)

    return _layout(table, cells(), 0, total, 3)
