"""Draws the national tables with their official headings, a sheet each, from the format of the year.

What stands where is the layout of the national format; beside and below each table stand live checks (勾稽校验) and,
where last year is known, its figures. Labels, units and identities all come from `national_format`; nothing here
names a table, a row or a column.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from gongkai.national_format import Identity
from gongkai.national_format.layout import LaidCell, Layout, lay_out
from gongkai.national_format.tables import BlockTable, MatrixTable, SingleRowTable
from gongkai.submission.template.canvas import Form
from gongkai.submission.template.counted_formulas import checked_rows
from gongkai.submission.template.table_sheet import Table

_TOP = 2  # rows above a table: title, whose sheet it is
_STYLES = {"corner": "header", "head": "header", "caption": "caption", "path": "label_center", "label": "label"}
_NUMBERING = re.compile(r"^[一二三四五六七八九十]+、")
_LONG_LABEL = 24  # characters, from which a row is two lines tall


def draw_tables(form: Form) -> None:
    """Draws every table of the format on a sheet of its own, in the order of the sections."""
    for section in form.national_format.sections:
        if section.table is not None:
            layout = lay_out(form.national_format.tables[section.table])
            match layout.table:
                case BlockTable():
                    _blocks(form, layout, section.heading)
                case MatrixTable():
                    _matrix(form, layout, section.heading)
                case SingleRowTable():
                    _single_row(form, layout, section.heading)


def _open(form: Form, layout: Layout, heading: str, widths: list[float], heights: Iterable[float]) -> Table:
    """The sheet with its title and everything of the layout, inputs included."""
    sheet = form.sheet(layout.table.label, widths, pages_tall=1)
    table = Table(form, layout.table.key, sheet)
    sheet.set_row(0, 30)
    table.text(0, 0, 0, len(widths) - 1, heading, "title")
    unit = f"{form.unit.name}（{form.unit.code}） · {form.year} 年度 · 没有的填 0，不要留空，数字格内不要写文字"
    table.text(1, 0, 1, len(widths) - 1, unit, "note")
    for row, height in enumerate(heights, _TOP):
        if height:
            sheet.set_row(row, height)
    for cell in layout.cells:
        top, bottom = cell.row + _TOP, cell.last_row + _TOP
        if cell.kind == "figure":
            right = cell.last_column if isinstance(layout.table, BlockTable) else None
            table.input(form.national_format.spec(cell.where), top, cell.column, right)
        else:
            table.text(top, cell.column, bottom, cell.last_column, cell.text, _STYLES[cell.kind])
    return table


def _blocks(form: Form, layout: Layout, heading: str) -> None:
    """Blocks one below another; right of each row its checks, first those of the year, then those with last year."""
    rules = [rule for rule in form.national_format.identities if _table_of(rule) == layout.table.key]
    beside = sorted({rule.cross_year for rule in rules})
    widths = [34.0, *[19.0] * layout.figure_columns, *[22.0] * len(beside)]
    heights = (_block_height(layout.row(number)) for number in range(layout.rows))
    table = _open(form, layout, heading, widths, heights)
    titled: set[tuple[int, int]] = set()
    for row, figures in _figure_rows(layout):
        head = max(cell.row for cell in layout.cells if cell.kind == "head" and cell.row < row)
        for rule in (rule for rule in rules if rule.where.split(".")[1] == figures[0].where.split(".")[1]):
            right = layout.columns + beside.index(rule.cross_year)
            if (head, right) not in titled:
                titled.add((head, right))
                table.text(head + _TOP, right, head + _TOP, right, _check_label(form, rule.rule), "check_label")
            table.check(rule, row + _TOP, right)
    if form.last_year and beside:
        bottom = layout.rows + _TOP
        table.text(bottom, 0, bottom, layout.columns - 1, _stock_note(form, layout.table.key), "note")
    table.finish(layout.table.caption.removesuffix("情况"))


def _block_height(cells: tuple[LaidCell, ...]) -> float:
    return {"caption": 22.0, "head": 32.0}.get(cells[0].kind, 24.0)


def _stock_note(form: Form, key: str) -> str:
    """Last year's figures that this year's stock is checked against."""
    terms = {
        term.where: form.last_value(term.where)
        for identity in form.national_format.identities
        for term in identity.left + identity.right
        if term.previous and term.where.startswith(f"{key}.")
    }
    known = [
        f"{form.national_format.spec(where).row_label} {'未报' if value is None else value} 件"
        for where, value in terms.items()
    ]
    return f"参考：{form.year - 1} 年度报告的现行有效件数：{'，'.join(known)}。"


def _matrix(form: Form, layout: Layout, heading: str) -> None:
    """Rows under nested labels; checks of a row at its right, checks of a column below, then last year's figures."""
    labels, columns = layout.label_columns, layout.figure_columns
    compared = checked_rows(form.year, form.version) if _counts(form, layout) else frozenset()
    widths = [6.0, 13.0, 36.0][-labels:] + [9.5] * columns + [13.0] * (2 if compared else 1)
    heights = (_matrix_height(layout, number) for number in range(layout.rows))
    table = _open(form, layout, heading, widths, heights)
    rules = [rule for rule in form.national_format.identities if _is_sum(rule, layout.table.key)]
    by_row = {rule.where.split(".")[1]: rule for rule in rules if len(_steps(rule, 1)) == 1 < len(_steps(rule, 2))}
    for row, figures in _figure_rows(layout):
        if rule := by_row.get(figures[0].where.split(".")[1]):
            table.check(rule, row + _TOP, layout.columns)
        if (total := figures[-1].where).split(".")[1] in compared:
            table.register_check(total, row + _TOP, layout.columns + 1)
    if compared:
        right = layout.columns + 1
        table.text(_TOP, right, _TOP + layout.header_rows - 1, right, "与台账核对", "check_label")
    if by_row:
        name = _check_label(form, next(iter(by_row.values())).rule)
        table.text(_TOP, layout.columns, _TOP + layout.header_rows - 1, layout.columns, name, "check_label")
    at = layout.rows + _TOP
    by_column = [rule for rule in rules if len(_steps(rule, 2)) == 1]
    for name, members in groupby(by_column, key=lambda rule: rule.rule):
        checks = {rule.where.split(".")[2]: rule for rule in members}
        if form.last_year or not any(rule.cross_year for rule in checks.values()):
            table.text(at, 0, at, labels - 1, _check_label(form, name), "check_label")
            for left, key in _columns(layout):
                if key in checks:
                    table.check(checks[key], at, left)
            at += 1
    if form.last_year:
        _references(table, layout, by_column, at)
    table.finish(layout.table.caption.removesuffix("情况"))


def _counts(form: Form, layout: Layout) -> bool:
    """Whether the register fills the table's cells: in a blank workbook, where they are this unit's to give."""
    here = any(cell.where in form.counted for cell in layout.cells if cell.kind == "figure")
    return here and form.submission is None and form.unit.requests_counted_by is None


def _matrix_height(layout: Layout, number: int) -> float:
    """0: as tall as the program makes it."""
    if number < layout.header_rows:
        return 30.0 if number == layout.header_rows - 1 else 0.0
    label = next(cell.text for cell in layout.row(number) if cell.kind == "label")
    return 19.5 if len(label) < _LONG_LABEL else 30.0


def _references(table: Table, layout: Layout, rules: list[Identity], at: int) -> None:
    """Last year's rows that this year's are checked against, one below another."""
    form = table.form
    terms = [term for rule in rules for term in rule.left + rule.right if term.previous]
    for row in dict.fromkeys(term.where.split(".")[1] for term in terms):
        label = next(cell.row_label for cell in layout.table.cells() if cell.row == row)
        said = f"参考：{form.year - 1} 年度“{_NUMBERING.sub('', label)}”"
        table.text(at, 0, at, layout.label_columns - 1, said, "check_label")
        for left, key in _columns(layout):
            table.reference(at, left, f"{table.key}.{row}.{key}")
        at += 1


def _single_row(form: Form, layout: Layout, heading: str) -> None:
    """One row of cells under the groups, a check under each group."""
    table = _open(form, layout, heading, [9.5] * layout.columns, (22, 22, 36, 26))
    checks = {rule.where.split(".")[1]: rule for rule in form.national_format.identities if _is_sum(rule, table.key)}
    row = layout.rows + _TOP
    _, figures = next(_figure_rows(layout))
    for group, members in groupby(figures, key=lambda cell: cell.where.split(".")[1]):
        columns = [cell.column for cell in members]
        if group in checks:
            table.check(checks[group], row, columns[0], columns[-1])
    if checks:
        table.text(row + 1, 0, row + 1, layout.columns - 1, "校验：每组其余各项之和 = 总计", "note")
        table.sheet.set_row(row, 22)
    table.finish(layout.table.caption.removeprefix("政府信息公开").removesuffix("情况"))


def _figure_rows(layout: Layout) -> Iterator[tuple[int, tuple[LaidCell, ...]]]:
    """The rows that hold figures, each with them."""
    for number in range(layout.rows):
        if figures := tuple(cell for cell in layout.row(number) if cell.kind == "figure"):
            yield number, figures


def _columns(layout: Layout) -> list[tuple[int, str]]:
    """Where the figures of each column key stand."""
    _, figures = next(_figure_rows(layout))
    return [(cell.column, cell.where.split(".")[2]) for cell in figures]


def _is_sum(rule: Identity, key: str) -> bool:
    """Whether it is an equation of a table: bounds are for the office to see, not for the sheet."""
    return _table_of(rule) == key and rule.operator == "=="


def _table_of(rule: Identity) -> str:
    return rule.where.split(".")[0]


def _steps(rule: Identity, step: int) -> set[str]:
    """The rows (1) or columns (2) of the cells that a rule names, last year's too."""
    return {term.where.split(".")[step] for term in rule.left + rule.right}


def _check_label(form: Form, rule: str) -> str:
    return "校验：" + form.national_format.rules[rule].label
