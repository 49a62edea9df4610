"""The tables of a national format, typed: three shapes, told apart by what the format file gives of them.

`blocks` one below another (table two of 2021), `rows` by `columns` (table three), `groups` side by side over one row
(table four). A table of no known shape is refused here, because no workbook, no document and no reader could lay it
out. How a shape is laid out stands in `layout`; which figures rules speak of in `figures`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.errors import FormatError

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class CellSpec:
    """One mandatory cell of a year's format.

    Attributes:
        where: `<table>.<row>.<column>`.
        value_type: `integer` or `decimal`.
        unit: 件, 项, 万元 or 元, as the format names it.
        may_be_negative: only 2019's 本年增/减.
        table_label: 表二, 表三, 表四; row_label and column_label as printed.
    """

    table: str
    row: str
    column: str
    value_type: str
    unit: str
    may_be_negative: bool
    table_label: str
    row_label: str
    column_label: str

    @property
    def where(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"

    @property
    def label(self) -> str:
        """The place as a clerk reads it: 表三“（一）予以公开”行“总计”列."""
        return f"{self.table_label}“{self.row_label}”行“{self.column_label}”列"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `group` is the heading that it shares with its neighbours."""

    key: str
    label: str
    group: str | None = None

    @property
    def is_money(self) -> bool:
        return self.key.startswith("amount_")

    @property
    def may_be_negative(self) -> bool:
        """2019's 本年增/减 alone: a change, not a count."""
        return self.key == "items_change"


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `path` are the labels that it stands under, `role` what it is among its neighbours (`outcome` …)."""

    key: str
    label: str
    path: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a table with columns of its own; `unit` is 项/元 where counts and money stand side by side."""

    caption: str
    row_header: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def unit_of(self, column: Column) -> str:
        """The format writes counts first and money last."""
        parts = self.unit.split("/")
        return parts[-1] if column.is_money else parts[0]


@dataclass(frozen=True, slots=True)
class Subtotal:
    """Rows that texts speak of together (（三）不予公开); printed in no table."""

    key: str
    label: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """Columns under one heading of a table of one row; its key is the row of their cells."""

    key: str
    label: str
    path: tuple[str, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """What every table has: its key, its name on a form (表二) and the official caption."""

    key: str
    label: str
    caption: str


@dataclass(frozen=True, slots=True)
class BlockTable(_Table):
    """Blocks one below another."""

    blocks: tuple[Block, ...]

    def cells(self) -> Iterator[CellSpec]:
        """Its cells in the order of the form."""
        for block in self.blocks:
            for row in block.rows:
                for column in block.columns:
                    yield _cell(self, row.key, row.label, column, block.unit_of(column))


@dataclass(frozen=True, slots=True)
class MatrixTable(_Table):
    """Rows under nested labels by columns under shared headings.

    Attributes:
        corner: what stands over the labels; column_heading: over all columns.
        subtotals: rows that belong together.
    """

    unit: str
    corner: str
    column_heading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    subtotals: tuple[Subtotal, ...]

    def totals(self, subtotal: Subtotal) -> Iterator[str]:
        """The cells that a subtotal adds up."""
        return (f"{self.key}.{member}.total" for member in subtotal.members)

    def cells(self) -> Iterator[CellSpec]:
        """Its cells in the order of the form."""
        for row in self.rows:
            for column in self.columns:
                yield _cell(self, row.key, row.label, column, self.unit)


@dataclass(frozen=True, slots=True)
class SingleRowTable(_Table):
    """Groups of columns over one row of figures."""

    unit: str
    groups: tuple[ResultGroup, ...]

    def cells(self) -> Iterator[CellSpec]:
        """Its cells in the order of the form."""
        for group in self.groups:
            for column in group.columns:
                yield _cell(self, group.key, group.label, column, self.unit)


NationalTable = BlockTable | MatrixTable | SingleRowTable


def read_table(key: str, raw: Mapping[str, Any]) -> NationalTable:
    """One entry of a format file's `tables`.

    Raises:
        FormatError: it has none of the three shapes.
    """
    head = (key, f"表{_NUMERALS[raw['section'] - 1]}", raw["caption_zh"])
    if "blocks" in raw:
        blocks = (
            Block(b["caption_zh"], b["row_header_zh"], b["unit"], _columns(b["columns"]), _rows(b["rows"]))
            for b in raw["blocks"]
        )
        return BlockTable(*head, tuple(blocks))
    if "groups" in raw:
        groups = (
            ResultGroup(g["key"], g["label_zh"], tuple(g["path_zh"]), _columns(g["columns"])) for g in raw["groups"]
        )
        return SingleRowTable(*head, raw["unit"], tuple(groups))
    if "rows" in raw and "columns" in raw:
        subtotals = (
            Subtotal(key, group["label_zh"], tuple(group["members"]))
            for key, group in raw.get("derived_groups", {}).items()
        )
        return MatrixTable(
            *head,
            raw["unit"],
            raw["corner_note_zh"],
            raw["column_group_zh"],
            _columns(raw["columns"]),
            _rows(raw["rows"]),
            tuple(subtotals),
        )
    raise FormatError(f"表 {key} 的结构不认识：应为 blocks、rows 与 columns、groups 三种之一，填报表和报告才排得出来。")


def _columns(listed: list[dict[str, Any]]) -> tuple[Column, ...]:
    return tuple(Column(one["key"], one["label_zh"], one.get("group_zh")) for one in listed)


def _rows(listed: list[dict[str, Any]]) -> tuple[Row, ...]:
    return tuple(Row(one["key"], one["label_zh"], tuple(one.get("path_zh", ())), one.get("role", "")) for one in listed)


def _cell(table: _Table, row: str, row_label: str, column: Column, unit: str) -> CellSpec:
    return CellSpec(
        table=table.key,
        row=row,
        column=column.key,
        value_type="decimal" if column.is_money else "integer",
        unit=unit,
        may_be_negative=column.may_be_negative,
        table_label=table.label,
        row_label=row_label,
        column_label=column.label,
    )
