"""Tables of blocks (table two): one below another or each a table of its own; rows by label, columns by the head.

The unit that a head names must be the format's: an amount in 元 under a head for 万元 is not read.
"""

import re
from typing import NamedTuple

from gongkai.national_format.tables import Block, BlockTable, Row
from gongkai.submission.plain_text import folded, visible
from gongkai.submission.published.columns import Span, below, last, own_label
from gongkai.submission.published.printed import PrintedCell, PrintedRow
from gongkai.submission.published.printed_labels import assign, core
from gongkai.submission.published.sorting import TableLines
from gongkai.submission.published.tables_read import TablesRead, short

_UNIT = re.compile(r"\((?:单位:?)?(万元|元)\)|单位:?(万元|元)")


class _BlockRow(NamedTuple):
    line: PrintedRow
    label: PrintedCell
    figures: list[PrintedCell]
    heads: list[PrintedCell]


def read_blocks(parts: list[TableLines], table: BlockTable, out: TablesRead) -> None:
    """Reads a table of blocks from its printed parts into the outcome."""
    if not parts:
        return out.unread(table.key, table.label, "报告中没有找到这张表")
    rows: list[_BlockRow] = []
    heads: list[PrintedCell] = []
    printed = -1
    for part in parts:
        # What begins in the first column is a caption or the head of the labels.
        named = [cell for line in part.head for cell in line.begun if core(cell.text) and cell.column]
        if named:
            heads, printed = sorted(named, key=lambda cell: cell.column), part.head[0].table
        for line in part.body:
            if not any(core(cell.text) for cell in line.begun):
                continue
            spans: list[Span] = [cell.span for cell in heads]
            found = None
            if heads:
                found = below(line, spans) if line.table == printed else last(line, len(heads))
            label = own_label(line, found[0]) if found else None
            if found is None or label is None:
                out.unread(
                    table.key, f"{table.label}“{short(line.cells[0].text)}”一行", "单元格与表头对不上",
                    line.origin(line.cells[0]),
                )  # fmt: skip
            else:
                rows.append(_BlockRow(line, label, found[1], heads))
    return _name(rows, table, out)


def _name(rows: list[_BlockRow], table: BlockTable, out: TablesRead) -> None:
    wanted: list[tuple[Block, Row]] = [(block, row) for block in table.blocks for row in block.rows]
    labels = [row.label for _, row in wanted]
    named = assign([row.label.text for row in rows], labels)
    read = set()
    for row, index in zip(rows, named, strict=True):
        origin = row.line.origin(row.label)
        place = f"{table.label}“{short(row.label.text)}”一行"
        if index is None:
            out.unread(table.key, place, "行标题不能确定是规定的哪一行", origin)
            continue
        block, wanted_row = wanted[index]
        if why := _wrong_heads(row.heads, block):
            out.unread(table.key, place, why, origin)
            continue
        read.add(index)
        where = f"{table.key}.{wanted_row.key}"
        out.label(where, row.label.text, labels[index], origin)
        for cell, column in zip(row.figures, block.columns, strict=True):
            out.figure(f"{where}.{column.key}", row.line, cell)
    absent = [label for n, label in enumerate(labels) if n not in read]
    if absent and read:
        out.notice(table.key, table.label, f"没有读到 {len(absent)} 行：{'、'.join(absent)}")
    elif absent:
        out.unread(table.key, table.label, "表中没有可以确定的行")


def _wrong_heads(heads: list[PrintedCell], block: Block) -> str:
    """Why the heads above a row are not its block's; empty when they are."""
    labels = [column.label for column in block.columns]
    if assign([_without_unit(head.text) for head in heads], [_without_unit(label) for label in labels]) != list(
        range(len(labels))
    ):
        return "表头与规定的列对不上"
    for head, column in zip(heads, block.columns, strict=True):
        if column.is_money:
            wanted, said = block.unit_of(column), _unit(head.text)
            official = _unit(column.label)
            if said != wanted and (said is not None or official is not None):
                return f"金额单位应为{wanted}，表头为“{said or '未写明'}”"
    return ""


def _plain(text: str) -> str:
    return re.sub(r"\s", "", folded(visible(text)))


def _unit(head: str) -> str | None:
    found = _UNIT.search(_plain(head))
    return (found[1] or found[2]) if found else None


def _without_unit(head: str) -> str:
    return _UNIT.sub("", _plain(head))
