"""The official tables as neutral grids: cells with text, spans and alignment, headings merged as printed.

What stands where is the layout of the national format; here are only widths, alignment and the printed figures.
How a grid is drawn is the business of `docx_writer`, `report_html` and `report_pdf`. No figure is computed here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.national_format import NationalFormat
from gongkai.national_format.layout import LaidCell, Layout, lay_out
from gongkai.national_format.tables import BlockTable, MatrixTable, SingleRowTable
from gongkai.reporting.style import MISSING
from gongkai.warehouse.totals import Number

# Millimetres of the 156 mm between the margins of an official page: label columns, then what the figures share.
TEXT_WIDTH = 156
_MATRIX_LABELS = (9, 26, 46)
_BLOCK_LABEL = 48
_HALF_A_PAGE = 12  # rows
_KINDS = {"corner": "head", "path": "label"}
_ROOMY = 4


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid, standing where its upper left corner is.

    Attributes:
        kind: head, caption (a bar over a block), label or figure.
        align: left, center or right.
        upright: set in one column of characters from top to bottom.
        where: `<table>.<row>.<column>` of a figure.
        mark: of the notes that stand at the figure (注3), printed small and raised behind it.
    """

    text: str
    kind: str
    align: str
    rowspan: int = 1
    colspan: int = 1
    upright: bool = False
    where: str | None = None
    mark: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: rows of the cells that begin in them.

    Attributes:
        key: the table's key in the format.
        unit_note: what stands above it at the right (单位：件), empty where the columns say it.
        widths: of the columns in millimetres.
        header_rows: how many rows at the top repeat on a new page.
        dense: set small; a table of many columns.
        fills_page: about a page high: it may run over two pages, its header repeated, rather than leave half a page
            empty before it; the PDF begins it on a new page where little of the old one is left.
    """

    key: str
    unit_note: str
    widths: tuple[float, ...]
    header_rows: int
    rows: tuple[tuple[GridCell, ...], ...]
    dense: bool = False
    fills_page: bool = False

    def placed(self) -> Iterator[tuple[int, int, GridCell]]:
        """Every cell with the row and column of its upper left corner; a place taken by a span is passed over."""
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while (number, column) in taken:
                    column += 1
                yield number, column, cell
                taken |= {(number + r, column + c) for r in range(cell.rowspan) for c in range(cell.colspan)}

    def figures(self) -> dict[str, str]:
        """`<table>.<row>.<column>` → the printed text."""
        return {cell.where: cell.text for row in self.rows for cell in row if cell.where}


def figure_text(value: Number | None) -> str:
    """A figure as the official tables print it: no thousands separator, zero is 0, a decimal keeps its places."""
    if value is None:
        return MISSING
    if isinstance(value, Decimal):
        return format(value, "f") if value else "0"
    return str(value)


def build_grids(national_format: NationalFormat, figures: Mapping[str, str]) -> dict[str, Grid]:
    """The grids of a year's tables, by the table's key.

    Args:
        national_format: the format of the report year.
        figures: `<table>.<row>.<column>` → printed text, for every cell of the format.
    """
    return {key: _grid(lay_out(table), figures) for key, table in national_format.tables.items()}


def _grid(layout: Layout, figures: Mapping[str, str]) -> Grid:
    rows = tuple(tuple(_cell(cell, figures) for cell in layout.row(number)) for number in range(layout.rows))
    table = layout.table
    match table:
        case BlockTable():
            share = (TEXT_WIDTH - _BLOCK_LABEL) / layout.figure_columns
            return Grid(table.key, "", (_BLOCK_LABEL, *[share] * layout.figure_columns), 0, rows)
        case MatrixTable():
            labels = _MATRIX_LABELS[-layout.label_columns :]
            shares = _share(TEXT_WIDTH - sum(labels), rows[layout.header_rows :])
            return Grid(
                table.key, f"单位：{table.unit}", (*labels, *shares), layout.header_rows, rows,
                dense=True, fills_page=len(table.rows) > _HALF_A_PAGE,
            )  # fmt: skip
        case SingleRowTable():
            widths = _share(TEXT_WIDTH, rows[layout.header_rows :])
            return Grid(table.key, f"单位：{table.unit}", widths, layout.header_rows, rows, dense=True)


def _cell(cell: LaidCell, figures: Mapping[str, str]) -> GridCell:
    """One cell as a document prints it: figures right, labels left, everything over them in the middle."""
    if cell.kind == "figure":
        return GridCell(figures[cell.where], "figure", "right", colspan=cell.colspan, where=cell.where)
    text = f"{cell.text}（单位：{cell.money}）" if cell.money else cell.text
    outermost = cell.kind == "path" and cell.level == 0
    align = "left" if cell.kind in ("corner", "label", "path") and not outermost else "center"
    kind = _KINDS.get(cell.kind, cell.kind)
    return GridCell(text, kind, align, cell.rowspan, cell.colspan, upright=outermost)


def _share(width: float, rows: Sequence[Sequence[GridCell]]) -> tuple[float, ...]:
    """A width shared among figure columns: evenly up to four characters, more to a column of longer figures."""
    columns = zip(*([cell for cell in row if cell.kind == "figure"] for row in rows), strict=True)
    longest = [max(_ROOMY, *(len(cell.text) for cell in column)) for column in columns]
    return tuple(width * length / sum(longest) for length in longest)
