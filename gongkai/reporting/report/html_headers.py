"""Which headings a figure of an official table stands under, for those who hear a table read out.

Table two holds several blocks, each with headings of its own: by the rules of HTML a heading would speak for every
block below it, so each figure names its headings itself (`headers`), and a heading says what it heads (`scope`).
"""

from dataclasses import dataclass

from gongkai.reporting.report.grid import Grid, GridCell

_OVER = ("head", "caption")


@dataclass(frozen=True)
class HeadedCell:
    """A cell with its id (a heading's) or the ids of its headings (a figure's), outermost first."""

    cell: GridCell
    id: str = ""
    headers: str = ""
    scope: str = ""


def headed(grid: Grid) -> tuple[tuple[HeadedCell, ...], ...]:
    """The rows of a grid, each cell with what a page says of its headings."""
    placed = list(grid.placed())
    rows: list[list[HeadedCell]] = [[] for _ in grid.rows]
    for row, column, cell in placed:
        if cell.kind == "figure":
            names = [_id(grid, r, c) for r, c, other in placed if _heads(r, c, other, row, column, grid)]
            rows[row].append(HeadedCell(cell, headers=" ".join(names)))
        else:
            rows[row].append(HeadedCell(cell, _id(grid, row, column), scope=_scope(cell)))
    return tuple(tuple(row) for row in rows)


def _heads(row: int, column: int, other: GridCell, of_row: int, of_column: int, grid: Grid) -> bool:
    """Whether a heading speaks for a figure: beside it in its row, or above it within its own block."""
    if other.kind == "figure":
        return False
    if other.kind in _OVER:
        above = column <= of_column < column + other.colspan and row < of_row
        return above and row >= _block_of(of_row, grid)
    return row <= of_row < row + other.rowspan and column < of_column


def _block_of(row: int, grid: Grid) -> int:
    """The row of the bar that begins the block of a row; 0 where there are no blocks."""
    bars = [number for number in range(row + 1) if any(cell.kind == "caption" for cell in grid.rows[number])]
    return bars[-1] if bars and not grid.header_rows else 0


def _scope(cell: GridCell) -> str:
    if cell.kind in _OVER:
        return "colgroup" if cell.colspan > 1 else "col"
    return "rowgroup" if cell.rowspan > 1 else "row"


def _id(grid: Grid, row: int, column: int) -> str:
    return f"{grid.key}-{row}-{column}"
