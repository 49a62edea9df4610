"""Tables of rows by columns (table three): rows by labels, columns by the heads above; 2019's one-row 其他处理.

A row counts when its label is certain and exactly one cell stands below each of the heads. Nothing is summed or
compared: whether figures agree is for the rules to say.
"""

from typing import NamedTuple

from gongkai.national_format.tables import MatrixTable
from gongkai.submission.form import Origin
from gongkai.submission.published.columns import Span, below, last, leaves, own_label
from gongkai.submission.published.printed import PrintedCell, PrintedRow
from gongkai.submission.published.printed_labels import assign, core
from gongkai.submission.published.sorting import TableLines
from gongkai.submission.published.tables_read import TablesRead, short

_NUMERALS = "一二三四五六七八九十"
_NAMED = 5  # rows that a message names one by one
LEFT_OVER = "closed_other"  # the row that 2019's single 其他处理 became


class _OutcomeRow(NamedTuple):
    line: PrintedRow
    label: PrintedCell
    figures: list[PrintedCell]


def read_matrix(parts: list[TableLines], table: MatrixTable, out: TablesRead) -> None:
    """Reads a table of rows by columns from its printed parts into the outcome."""
    if not parts:
        return out.unread(table.key, table.label, "报告中没有找到这张表")
    rows: list[_OutcomeRow] = []
    crooked: list[PrintedRow] = []
    headed = False
    for part in parts:
        spans = _spans(part, table, out) if part.head else None
        if part.head and spans is None:
            first = part.head[0]
            return out.unread(
                table.key, table.label, f"表头与规定的{_columns(table)}对不上", first.origin(first.cells[0])
            )
        headed = headed or spans is not None
        if not headed:
            return out.unread(table.key, table.label, "没有找到表头")
        _collect(part.body, spans, table, rows, crooked)
    return _name(rows, crooked, table, out)


def _spans(part: TableLines, table: MatrixTable, out: TablesRead) -> list[Span] | None:
    """The columns of the heads, in their order; None when they are not all there."""
    labels = [column.label for column in table.columns]
    heads = leaves(part.head)[-len(labels) :]
    if assign([head.text for head in heads], labels) != list(range(len(labels))):
        return None
    for head, column in zip(heads, table.columns, strict=True):
        out.label(f"{table.key}.*.{column.key}", head.text, column.label, Origin(part.head[0].place))
    return [head.span for head in heads]


def _collect(
    body: list[PrintedRow],
    spans: list[Span] | None,
    table: MatrixTable,
    rows: list[_OutcomeRow],
    crooked: list[PrintedRow],
) -> None:
    """The rows whose figures stand below the heads, and those that do not."""
    found: list[_OutcomeRow] = []
    for line in body:
        if not any(core(cell.text) for cell in line.begun):
            continue  # an empty row
        cells = below(line, spans) if spans else last(line, len(table.columns))
        label = own_label(line, cells[0]) if cells else None
        if cells is None or label is None:
            crooked.append(line)
        else:
            found.append(_OutcomeRow(line, label, cells[1]))
    if len({tuple(cell.span for cell in row.figures) for row in found}) > 1:
        crooked += [row.line for row in found]  # columns that move from row to row are nobody's
    else:
        rows += found


def _name(rows: list[_OutcomeRow], crooked: list[PrintedRow], table: MatrixTable, out: TablesRead) -> None:
    """Gives each row its key and its figures to the outcome."""
    wanted = table.rows
    labels = [row.label for row in wanted]
    printed = [row.label.text for row in rows]
    left_over = _left_over(printed, [core(cell.text) for line in crooked for cell in line.cells], table)
    if left_over is not None:
        printed[left_over] = next(row.label for row in wanted if row.key == LEFT_OVER)
    named = assign(printed, labels)
    for at, (row, index) in enumerate(zip(rows, named, strict=True)):
        origin = row.line.origin(row.label)
        if index is None:
            out.unread(table.key, f"{table.label}“{short(row.label.text)}”一行", "行标题不能确定是规定的哪一行", origin)
            continue
        key = wanted[index].key
        if at == left_over:
            what = f"“{short(row.label.text)}”只有一行，按“{labels[index]}”读取；同组其他行报告中没有"
            out.notice(f"{table.key}.{key}", table.label, what, origin)
        else:
            out.label(f"{table.key}.{key}", row.label.text, labels[index], origin)
        for cell, column in zip(row.figures, table.columns, strict=True):
            out.figure(f"{table.key}.{key}.{column.key}", row.line, cell)
    if crooked:
        named_lines = "、".join(f"第 {line.number} 行" for line in crooked[:_NAMED])
        more = f"等 {len(crooked)} 行" if len(crooked) > _NAMED else ""
        origin = crooked[0].origin(crooked[0].cells[0])
        out.unread(
            table.key,
            f"{table.label}{named_lines}{more}",
            f"行标题缺失，或单元格与表头的{_columns(table)}对不上",
            origin,
        )
    _absent([labels[n] for n in range(len(labels)) if n not in named], table, out)


def _absent(labels: list[str], table: MatrixTable, out: TablesRead) -> None:
    if labels:
        out.notice(table.key, table.label, f"没有读到 {len(labels)} 行：{'、'.join(label[:14] for label in labels)}")


def _left_over(printed: list[str], elsewhere: list[str], table: MatrixTable) -> int | None:
    """Which row is a single 其他处理 in a format that splits it: its group's label stands, none of its rows does."""
    row = next((row for row in table.rows if row.key == LEFT_OVER), None)
    if row is None or not row.path:
        return None
    group = row.path[-1]
    members = [core(one.label) for one in table.rows if one.path == row.path]
    said = [core(text) for text in printed]
    if core(row.label) == core(group) or said.count(core(group)) != 1 or {*said, *elsewhere} & set(members):
        return None
    return said.index(core(group))


def _columns(table: MatrixTable) -> str:
    """How many columns it has, as a sentence says it: 七列."""
    count = len(table.columns)
    return f"{_NUMERALS[count - 1] if count <= len(_NUMERALS) else count}列"
