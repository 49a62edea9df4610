"""The three official tables as neutral grids: cells with text, spans and alignment, headings merged as printed.

Built from the format file alone (captions, groups, nested row labels), so that a new format needs no code here.
How a grid is drawn is the business of `docx_writer`, `report_html` and `report_pdf`. No figure is computed here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from gongkai.national_format import NationalFormat
from gongkai.reporting.style import MISSING
from gongkai.warehouse.totals import Number

# Millimetres of the 156 mm between the margins of an official page: label columns, then what the figures share.
TEXT_WIDTH = 156
_REQUEST_LABELS = (9, 26, 46)
_BLOCK_LABEL = 48
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
        fills_page: about a page high: it begins on a new page, so that it is read in one piece.
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
    """The grids of a year's three tables.

    Args:
        national_format: the format of the report year.
        figures: `<table>.<row>.<column>` → printed text, for every cell of the format.
    """
    tables = national_format.raw["tables"]
    return {
        "proactive_disclosure": _blocks(tables["proactive_disclosure"], figures),
        "requests": _requests(tables["requests"], figures),
        "disputes": _disputes(tables["disputes"], figures),
    }


def _head(text: str, rowspan: int = 1, colspan: int = 1) -> GridCell:
    return GridCell(text, "head", "center", rowspan, colspan)


def _figure(where: str, figures: Mapping[str, str], colspan: int = 1) -> GridCell:
    return GridCell(figures[where], "figure", "right", colspan=colspan, where=where)


def _blocks(table: dict[str, Any], figures: Mapping[str, str]) -> Grid:
    """Table two: one block below another; the last column of a narrow block takes the rest of the width."""
    wide = max(len(block["columns"]) for block in table["blocks"])
    rows: list[tuple[GridCell, ...]] = []
    for block in table["blocks"]:
        columns = block["columns"]
        spans = [1] * (len(columns) - 1) + [wide - len(columns) + 1]
        rows.append((GridCell(block["caption_zh"], "caption", "center", colspan=wide + 1),))
        heads = [_head(_block_head(block, column), colspan=span) for column, span in zip(columns, spans, strict=True)]
        rows.append((_head(block["row_header_zh"]), *heads))
        for row in block["rows"]:
            cells = [
                _figure(f"proactive_disclosure.{row['key']}.{column['key']}", figures, span)
                for column, span in zip(columns, spans, strict=True)
            ]
            rows.append((GridCell(row["label_zh"], "label", "left"), *cells))
    widths = (_BLOCK_LABEL, *[(TEXT_WIDTH - _BLOCK_LABEL) / wide] * wide)
    return Grid("proactive_disclosure", "", widths, 0, tuple(rows))


def _block_head(block: dict[str, Any], column: dict[str, Any]) -> str:
    """The official label; 2019's names no unit for money, which is added."""
    label = str(column["label_zh"])
    if not column["key"].startswith("amount_") or "单位" in label:
        return label
    return f"{label}（单位：{block['unit'].split('/')[-1]}）"


def _requests(table: dict[str, Any], figures: Mapping[str, str]) -> Grid:
    """Table three: two levels of applicant columns, up to three levels of row labels."""
    columns, rows = table["columns"], table["rows"]
    depth = 1 + max(len(row["path_zh"]) for row in rows)
    second: list[GridCell] = []
    third: list[GridCell] = []
    for group, members in groupby(columns, key=lambda column: column["group_zh"]):
        labels = [column["label_zh"] for column in members]
        if group is None:
            second += [_head(label, rowspan=2) for label in labels]
        else:
            second.append(_head(group, colspan=len(labels)))
            third += [_head(label) for label in labels]
    corner = GridCell(table["corner_note_zh"], "head", "left", 3, depth)
    head = [(corner, _head(table["column_group_zh"], colspan=len(columns))), tuple(second), tuple(third)]
    body = [
        (
            *_row_labels(rows, at, depth),
            *[_figure(f"requests.{row['key']}.{column['key']}", figures) for column in columns],
        )
        for at, row in enumerate(rows)
    ]
    figure_widths = _share(TEXT_WIDTH - sum(_REQUEST_LABELS), [row[-len(columns) :] for row in body])
    widths = (*_REQUEST_LABELS, *figure_widths)
    return Grid("requests", f"单位：{table['unit']}", widths, len(head), (*head, *body), dense=True, fills_page=True)


def _share(width: float, rows: list[tuple[GridCell, ...]]) -> tuple[float, ...]:
    """A width shared among figure columns: evenly up to four characters, more to a column of longer figures."""
    longest = [max(_ROOMY, *(len(cell.text) for cell in column)) for column in zip(*rows, strict=True)]
    return tuple(width * length / sum(longest) for length in longest)


def _row_labels(rows: list[dict[str, Any]], at: int, depth: int) -> Iterator[GridCell]:
    """The label cells that begin in a row: a group's where its first row is, then the row's own."""
    path = rows[at]["path_zh"]
    for level, label in enumerate(path):
        shared = path[: level + 1]
        if at and rows[at - 1]["path_zh"][: level + 1] == shared:
            continue
        length = 1
        while at + length < len(rows) and rows[at + length]["path_zh"][: level + 1] == shared:
            length += 1
        yield GridCell(label, "label", "center" if level == 0 else "left", rowspan=length, upright=level == 0)
    yield GridCell(rows[at]["label_zh"], "label", "left", colspan=depth - len(path))


def _disputes(table: dict[str, Any], figures: Mapping[str, str]) -> Grid:
    """Table four: three levels of headings over one row."""
    groups = table["groups"]
    first: list[GridCell] = []
    second: list[GridCell] = []
    for top, members in groupby(groups, key=lambda group: group["path_zh"][0]):
        listed = list(members)
        nested = any(len(group["path_zh"]) > 1 for group in listed)
        span = sum(len(group["columns"]) for group in listed)
        first.append(_head(top, rowspan=1 if nested else 2, colspan=span))
        if nested:
            second += [_head(group["path_zh"][-1], colspan=len(group["columns"])) for group in listed]
    cells = [(group["key"], column) for group in groups for column in group["columns"]]
    third = tuple(_head(column["label_zh"]) for _, column in cells)
    body = tuple(_figure(f"disputes.{group}.{column['key']}", figures) for group, column in cells)
    widths = _share(TEXT_WIDTH, [body])
    return Grid("disputes", f"单位：{table['unit']}", widths, 3, (tuple(first), tuple(second), third, body), dense=True)
