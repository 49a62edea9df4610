"""Table four: one row of figures below three levels of heads; five results in each of three groups.

A group's columns are those below its head, so that neither the order nor the width of the groups is assumed.
"""

from gongkai.submission.form import Origin
from gongkai.submission.published.columns import Span, below, last, leaves
from gongkai.submission.published.labels import assign, core
from gongkai.submission.published.printed import Line, PrintedCell
from gongkai.submission.published.sorting import TableLines
from gongkai.submission.published.tables_read import TablesRead

_LABEL = "表四"


def read_disputes(parts: list[TableLines], out: TablesRead) -> None:
    """Reads table four from its printed parts into the outcome."""
    if not parts:
        return out.unread("disputes", _LABEL, "报告中没有找到这张表")
    head = next((part.head for part in parts if part.head), [])
    spans = _spans(head, out)
    if spans is None:
        return out.unread("disputes", _LABEL, "表头与规定的三组各五列对不上")
    table = head[0].table
    lines = [line for part in parts for line in part.body if any(cell.text.strip() for cell in line.begun)]
    if len(lines) != 1:
        return out.unread("disputes", _LABEL, f"表头之下应有一行数字，报告中有 {len(lines)} 行")
    (line,) = lines
    found = below(line, [span for _, span in spans]) if line.table == table else _alone(line, len(spans))
    if found is None:
        return out.unread("disputes", _LABEL, "单元格与表头的十五列对不上", line.origin(line.cells[0]))
    for (where, _), cell in zip(spans, found[1], strict=True):
        out.figure(f"disputes.{where}", line, cell)
    return None


def _alone(line: Line, count: int) -> tuple[list[PrintedCell], list[PrintedCell]] | None:
    """A row of figures without any label, cut from its heads by the end of a page."""
    return ([], list(line.cells)) if line.whole and len(line.cells) == count else last(line, count)


def _spans(head: list[Line], out: TablesRead) -> list[tuple[str, Span]] | None:
    """`<group>.<column>` and the columns of each of the fifteen, from left to right; None when not all are there."""
    groups = out.format.raw["tables"]["disputes"]["groups"]
    cells = [cell for line in head for cell in line.begun if core(cell.text)]
    lowest = leaves(head)
    found: list[tuple[str, Span]] = []
    for group in groups:
        tops = [cell for cell in cells if core(cell.text) == core(group["label_zh"])]
        if len(tops) != 1:
            return None
        labels = [column["label_zh"] for column in group["columns"]]
        own = [leaf for leaf in lowest if tops[0].column <= leaf.column and leaf.end <= tops[0].end]
        if assign([leaf.text for leaf in own], labels) != list(range(len(labels))):
            return None
        for leaf, column in zip(own, group["columns"], strict=True):
            out.label(f"disputes.{group['key']}.{column['key']}", leaf.text, column["label_zh"], Origin(head[0].place))
            found.append((f"{group['key']}.{column['key']}", leaf.span))
    return sorted(found, key=lambda entry: entry[1])
