"""Tables of one row (table four): figures below three levels of heads, some results in each group.

A group's columns are those below its head, so that neither the order nor the width of the groups is assumed.
"""

from gongkai.national_format.tables import SingleRowTable
from gongkai.submission.form import Origin
from gongkai.submission.published.columns import Span, below, last, leaves
from gongkai.submission.published.printed import PrintedCell, PrintedRow
from gongkai.submission.published.printed_labels import assign, core
from gongkai.submission.published.sorting import TableLines
from gongkai.submission.published.tables_read import TablesRead


def read_single_row(parts: list[TableLines], table: SingleRowTable, out: TablesRead) -> None:
    """Reads a table of one row from its printed parts into the outcome."""
    if not parts:
        return out.unread(table.key, table.label, "报告中没有找到这张表")
    head = next((part.head for part in parts if part.head), [])
    spans = _spans(head, table, out)
    if spans is None:
        return out.unread(table.key, table.label, f"表头与规定的 {len(table.groups)} 组各列对不上")
    printed = head[0].table
    lines = [line for part in parts for line in part.body if any(cell.text.strip() for cell in line.begun)]
    if len(lines) != 1:
        return out.unread(table.key, table.label, f"表头之下应有一行数字，报告中有 {len(lines)} 行")
    (line,) = lines
    found = below(line, [span for _, span in spans]) if line.table == printed else _alone(line, len(spans))
    if found is None:
        return out.unread(table.key, table.label, f"单元格与表头的 {len(spans)} 列对不上", line.origin(line.cells[0]))
    for (where, _), cell in zip(spans, found[1], strict=True):
        out.figure(f"{table.key}.{where}", line, cell)
    return None


def _alone(line: PrintedRow, count: int) -> tuple[list[PrintedCell], list[PrintedCell]] | None:
    """A row of figures without any label, cut from its heads by the end of a page."""
    return ([], list(line.cells)) if line.whole and len(line.cells) == count else last(line, count)


def _spans(head: list[PrintedRow], table: SingleRowTable, out: TablesRead) -> list[tuple[str, Span]] | None:
    """`<group>.<column>` and the columns of each figure, from left to right; None when not all are there."""
    cells = [cell for line in head for cell in line.begun if core(cell.text)]
    lowest = leaves(head)
    found: list[tuple[str, Span]] = []
    for group in table.groups:
        tops = [cell for cell in cells if core(cell.text) == core(group.label)]
        if len(tops) != 1:
            return None
        labels = [column.label for column in group.columns]
        own = [leaf for leaf in lowest if tops[0].column <= leaf.column and leaf.end <= tops[0].end]
        if assign([leaf.text for leaf in own], labels) != list(range(len(labels))):
            return None
        for leaf, column in zip(own, group.columns, strict=True):
            out.label(f"{table.key}.{group.key}.{column.key}", leaf.text, column.label, Origin(head[0].place))
            found.append((f"{group.key}.{column.key}", leaf.span))
    return sorted(found, key=lambda entry: entry[1])
