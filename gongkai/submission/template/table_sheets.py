"""Draws the three national tables with their official headings, from the format of the year.

Beside and below each table stand live checks (勾稽校验) and, where last year is known, its figures. Labels,
units, merges and identities all come from `national_format`; nothing here names a row or a column.
"""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from gongkai.submission.template.canvas import Form
from gongkai.submission.template.table_sheet import Table, entry_of

_ROW_HEIGHT = 19.5


def draw_tables(form: Form) -> None:
    """Draws tables two, three and four on a sheet each, in the order of the format."""
    draw: dict[str, Callable[[Form, dict[str, Any]], None]] = {
        "proactive_disclosure": _blocks,
        "requests": _matrix,
        "disputes": _single_row,
    }
    for section in form.national_format.sections:
        if section["kind"] == "table":
            draw[section["table"]](form, section)


def _open(form: Form, section: dict[str, Any], widths: list[float]) -> tuple[Table, dict[str, Any]]:
    key = section["table"]
    specs = [spec for spec in form.national_format.cells if spec.table == key]
    sheet = form.sheet(specs[0].table_label, widths, pages_tall=1)
    table = Table(form, key, sheet)
    sheet.set_row(0, 30)
    table.text(0, 0, 0, len(widths) - 1, section["heading_zh"], "title")
    unit = f"{form.unit.name}（{form.unit.code}） · {form.year} 年度 · 没有的填 0，不要留空，数字格内不要写文字"
    table.text(1, 0, 1, len(widths) - 1, unit, "note")
    return table, form.national_format.raw["tables"][key]


def _blocks(form: Form, section: dict[str, Any]) -> None:
    """Table two: blocks one below another, each with its own columns, stretched over the widest block's width."""
    raw = form.national_format.raw["tables"][section["table"]]
    width = max(len(block["columns"]) for block in raw["blocks"])
    rules = [i for i in form.national_format.identities if i.where.startswith(section["table"] + ".")]
    beside = sorted({identity.cross_year for identity in rules})  # a column of checks each: own year, then last year
    table, _ = _open(form, section, [34.0, *[19.0] * width, *[22.0] * len(beside)])
    specs = {(spec.row, spec.column): spec for spec in form.national_format.cells if spec.table == section["table"]}
    at = 2
    for block in raw["blocks"]:
        table.sheet.set_row(at, 22)
        table.sheet.set_row(at + 1, 32)
        table.text(at, 0, at, width, block["caption_zh"], "caption")
        table.text(at + 1, 0, at + 1, 0, block["row_header_zh"], "header")
        spans = list(_spans(len(block["columns"]), width))
        for column, (left, right) in zip(block["columns"], spans, strict=True):
            table.text(at + 1, left, at + 1, right, column["label_zh"], "header")
        head, at = at + 1, at + 2
        for row in block["rows"]:
            table.sheet.set_row(at, 24)
            table.text(at, 0, at, 0, row["label_zh"], "label")
            for column, (left, right) in zip(block["columns"], spans, strict=True):
                table.input(specs[row["key"], column["key"]], at, left, right)
            for identity in (rule for rule in rules if rule.where.split(".")[1] == row["key"]):
                right = width + 1 + beside.index(identity.cross_year)
                if row is block["rows"][0]:
                    label = "校验：" + entry_of(form, identity.rule)["label_zh"]
                    table.text(head, right, head, right, label, "check_label")
                table.check(identity, at, right)
            at += 1
    if form.last_year and beside:
        table.text(at, 0, at, width, _stock_note(form), "note")
    table.finish("主动公开政府信息")


def _stock_note(form: Form) -> str:
    """Last year's figures that this year's stock is checked against."""
    terms = {
        term.where: form.last_value(term.where)
        for identity in form.national_format.identities
        for term in identity.left + identity.right
        if term.previous and term.where.startswith("proactive_disclosure.")
    }
    known = [
        f"{form.national_format.spec(where).row_label} {'未报' if value is None else value} 件"
        for where, value in terms.items()
    ]
    return f"参考：{form.year - 1} 年度报告的现行有效件数：{'，'.join(known)}。"


def _spans(parts: int, width: int) -> Iterable[tuple[int, int]]:
    """Columns 1…width shared out among the parts; the last one takes what remains."""
    for part in range(parts):
        yield part + 1, part + 1 if part < parts - 1 else width


def _matrix(form: Form, section: dict[str, Any]) -> None:
    """Table three: outcome rows under their groups, applicants across, row checks right, column checks below."""
    columns, rows = form.national_format.request_columns, form.national_format.request_rows
    depth = max(len(row["path_zh"]) for row in rows) + 1
    table, raw = _open(form, section, [6.0, 13.0, 36.0][-depth:] + [9.5] * len(columns) + [13.0])
    head, right = 2, depth + len(columns)
    table.sheet.set_row(head + 2, 30)
    table.text(head, 0, head + 2, depth - 1, raw["corner_note_zh"], "header")
    table.text(head, depth, head, right - 1, raw["column_group_zh"], "header")
    at = depth
    for group, members in groupby(columns, key=lambda column: column["group_zh"]):
        labels = [column["label_zh"] for column in members]
        if group:
            table.text(head + 1, at, head + 1, at + len(labels) - 1, group, "header")
        for label in labels:
            table.text(head + 2 if group else head + 1, at, head + 2, at, label, "header")
            at += 1
    table.text(head, right, head + 2, right, "校验：\n六类合计 = 总计", "check_label")
    first = head + 3
    _row_labels(table, rows, first, depth)
    checks = {
        identity.where: identity for identity in form.national_format.identities if identity.rule == "REQ-ROW-SUM"
    }
    specs = {(spec.row, spec.column): spec for spec in form.national_format.cells if spec.table == table.key}
    for at, row in enumerate(rows, first):
        table.sheet.set_row(at, _ROW_HEIGHT if len(row["label_zh"]) < 24 else 2 * _ROW_HEIGHT - 9)
        for left, column in enumerate(columns, depth):
            table.input(specs[row["key"], column["key"]], at, left)
    for at, row in enumerate(rows, first):
        table.check(checks[f"requests.{row['key']}.total"], at, right)
    at = first + len(rows)
    for rule in ("REQ-OUTCOME-SUM", "REQ-BALANCE", *(["YOY-CARRY"] if form.last_year else [])):
        at = _column_checks(table, rule, at, depth)
    if form.last_year:
        table.text(at, 0, at, depth - 1, f"参考：{form.year - 1} 年度“结转下年度继续办理”", "check_label")
        for left, column in enumerate(columns, depth):
            table.reference(at, left, f"requests.carried_out.{column['key']}")
    table.finish("收到和处理政府信息公开申请")


def _row_labels(table: Table, rows: list[dict[str, Any]], first: int, depth: int) -> None:
    """The label columns: each step of a path merged over its rows, the label over what is left."""
    for level in range(depth - 1):
        at = first
        for path, members in groupby(tuple(row["path_zh"][: level + 1]) for row in rows):
            count = len(list(members))
            if len(path) > level:
                table.text(at, level, at + count - 1, level, path[level], "label_center")
            at += count
    for at, row in enumerate(rows, first):
        table.text(at, len(row["path_zh"]), at, depth - 1, row["label_zh"], "label")


def _column_checks(table: Table, rule: str, at: int, depth: int) -> int:
    """One row of checks below table three; returns the next row."""
    table.text(at, 0, at, depth - 1, "校验：" + entry_of(table.form, rule)["label_zh"], "check_label")
    found = [identity for identity in table.form.national_format.identities if identity.rule == rule]
    for left, identity in enumerate(found, depth):
        table.check(identity, at, left)
    return at + 1


def _single_row(form: Form, section: dict[str, Any]) -> None:
    """Table four: one row of cells under the groups, a check under each group."""
    groups = form.national_format.raw["tables"][section["table"]]["groups"]
    total = sum(len(group["columns"]) for group in groups)
    table, _ = _open(form, section, [9.5] * total)
    specs = {(spec.row, spec.column): spec for spec in form.national_format.cells if spec.table == table.key}
    checks = {i.where.split(".")[1]: i for i in form.national_format.identities if i.rule.startswith("DIS-SUM")}
    at = 0
    for top, members in groupby(groups, key=lambda group: group["path_zh"][0]):
        listed = list(members)
        width = sum(len(group["columns"]) for group in listed)
        deep = len(listed[0]["path_zh"]) > 1
        table.text(2, at, 2 if deep else 3, at + width - 1, top, "header")
        for group in listed:
            end = at + len(group["columns"]) - 1
            if deep:
                table.text(3, at, 3, end, group["path_zh"][1], "header")
            for column, cell in enumerate(group["columns"], at):
                table.text(4, column, 4, column, cell["label_zh"], "header")
                table.input(specs[group["key"], cell["key"]], 5, column)
            table.check(checks[group["key"]], 6, at, end)
            at = end + 1
    table.text(7, 0, 7, total - 1, "校验：每组前四项之和 = 总计", "note")
    for row, height in ((2, 22), (3, 22), (4, 36), (5, 26), (6, 22)):
        table.sheet.set_row(row, height)
    table.finish("行政复议、行政诉讼")
