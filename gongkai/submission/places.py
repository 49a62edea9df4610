"""How a place is named to people: table, row and column as printed, list and field by their labels, the cell beside.

From a machine's address (`where`) to Chinese, in messages, documents and the terminal alike. Every address has a
name; of one that the form does not know, what the sender wrote himself stays, in quotes. No rule, no judgement here.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from gongkai.national_format import CellSpec, NationalFormat
from gongkai.national_format.figures import DISPUTES
from gongkai.submission.fields import FieldGroup, groups, lists
from gongkai.submission.form import HEAD_FIELDS, Origin
from gongkai.submission.plain_text import folded, visible

ENTRY = "检查记录"
ENTRY_LABELS = {
    "id": "编号",
    "unit": "单位",
    "indicator": "指标",
    "kind": "种类",
    "passed": "合格数",
    "checked": "检查数",
    "points": "分值",
    "issued_on": "下达日期",
    "due_on": "整改期限",
    "closed_on": "办结日期",
    "recurred": "是否复发",
    "on": "日期",
    "by": "经办人",
    "reason": "理由",
    "evidence": "佐证",
    "until": "截止日期",
    "sha256": "文件校验码",
    "ground": "事由",
    "confirmed_by": "复核人",
    "claim": "申报事项",
    "where": "位置",
    "item": "检查对象",
    "second_of": "复查的记录",
}
"""What the fields of an entry of the office are called (`entries[<id>].<field>`)."""

_SHOWN = 8  # names in a message; the rest are counted
_IN_LIST = re.compile(r"(?P<list>\w+)\[(?P<row>.*)\](?:\.(?P<field>\w+))?", re.DOTALL)
_HEAD = {
    "unit": "单位代码",
    "year": "年度",
    "tables": "三张表",
    "schema": "数据格式",
    "rest_is_zero": "其余为零",
    "state": "报告状态",
    "provisional": "数据是否齐全",
    "file_sha256": "文件校验值",
    **{key: label for key, (label, _) in HEAD_FIELDS.items()},
}
_QUOTES = re.compile(r"[\s“”\"‘’'「」『』]+")


def place(where: str, national_format: NationalFormat, origin: Origin = Origin()) -> str:
    """A place as a clerk reads it, with the cell's address when it is known; an empty string for `-`, which is none."""
    named = _named(where, national_format)
    return f"{named}（{origin.cell} 单元格）" if origin.cell else named


def names_place(said: str, where: str, national_format: NationalFormat, origin: Origin = Origin()) -> bool:
    """Whether what somebody wrote means a place: the inverse of `place`.

    Written may be what `place` prints, with or without the cell; the cell alone or behind its sheet; the machine's
    address. Spaces, quotes and the width of brackets do not matter.
    """
    if not (said := _bare(said)):
        return False
    cell = origin.cell or ""
    known = (where, _named(where, national_format), place(where, national_format, origin), cell)
    return said in {_bare(one) for one in (*known, *(f"{origin.sheet}{mark}{cell}" for mark in ("", "!") if cell))}


def place_written(said: str, national_format: NationalFormat) -> str:
    """A place that somebody wrote, for a message: by its name where it is a machine's address, else as written."""
    return place(said, national_format) if (said.isascii() and "." in said) or "[" in said else said


def head_name(key: str) -> str:
    """The name of a key that stands before the tables, by itself: 单位代码, 年度."""
    return _HEAD[key]


def part(where: str, national_format: NationalFormat) -> tuple[int, str]:
    """The part of the form a place belongs to, as (order, heading): what findings are grouped by."""
    name = re.split(r"[.\[]", where, maxsplit=1)[0]
    order = [*national_format.tables, *groups(), *lists()]
    if name in _HEAD or name == "-":
        return -1, "文件整体"
    if name not in order:
        return len(order), "其他"
    if name in national_format.tables:
        table = national_format.tables[name]
        return order.index(name), f"{table.label} {table.caption}".rstrip()
    return order.index(name), _group(name).label


def column_name(where: str, national_format: NationalFormat) -> str:
    """The last part of a place's name, for where the rest stands above it: a column, a field; 整体 of anything else."""
    if national_format.has(where):
        return national_format.spec(where).column_label
    table, _, column = parts(where)
    if column is not None and table is not None and (table in groups() or table in lists()):
        return _field(table, column)
    return _HEAD.get(where, "整体")


def parts(where: str) -> tuple[str | None, str | None, str | None]:
    """Table, row and column of a `where`, None where it has none."""
    listed = _IN_LIST.fullmatch(where)
    if listed:
        return listed["list"], listed["row"], listed["field"]
    steps = where.split(".")
    if where == "-":
        return None, None, None
    if steps[0] in groups() or steps[0] in lists():
        return steps[0], None, ".".join(steps[1:]) or None
    return steps[0], steps[1] if len(steps) > 1 else None, steps[2] if len(steps) > 2 else None


def cell_label(spec: CellSpec) -> str:
    """A national cell: 表三“（一）予以公开”行“总计”列; table four is one row, so its groups are named alone."""
    if spec.table == DISPUTES:
        return f"{spec.table_label}“{label(spec.row_label)}”的“{label(spec.column_label)}”"
    return f"{spec.table_label}“{label(spec.row_label)}”行“{label(spec.column_label)}”列"


def label(text: str) -> str:
    """A printed label for use inside “ ”: inner quotes become single, a trailing remark in brackets goes."""
    short = re.sub(r"(?<=[^）])（[^（）]*）$", "", text)
    return short.replace("“", "‘").replace("”", "’")


def spot(origin: Origin) -> str:
    """The cell to look at, for “请核对…”: its address, or 该格 when the file has none."""
    return f" {origin.cell} 单元格" if origin.cell else "该格"


def spots(origins: list[Origin]) -> str:
    """The cells to look at: their addresses, or 以上各格 when not all of them are known."""
    addresses = [origin.cell for origin in origins if origin.cell]
    return f" {'、'.join(addresses)} 单元格" if len(addresses) == len(origins) and addresses else "以上各格"


def listed(names: Sequence[str]) -> str | None:
    """Names of cases or documents in a message, the first few; None without one."""
    more = f"等 {len(names)} 件" if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + more if names else None


def _bare(said: str) -> str:
    """A name without what a hand that copies it leaves out or writes otherwise."""
    return _QUOTES.sub("", folded(visible(said)))


def _named(where: str, national_format: NationalFormat) -> str:
    if where == "-":
        return ""
    if national_format.has(where):
        return cell_label(national_format.spec(where))
    table, row, column = parts(where)
    if table == "entries" and row is not None:
        return f"{ENTRY} {row}" + (f" 的“{ENTRY_LABELS.get(column, column)}”" if column else "")
    if table is not None and (table in lists() or table in groups()):
        named = f"“{_group(table).label}”"
        if row is not None:
            named += f"第 {row} 条" if row.isdigit() else f"第“{row}”条"
        return f"{named}的“{_field(table, column)}”" if column else named
    if table in national_format.tables:
        return _in_table(where, national_format)
    return f"“{_HEAD.get(where, where)}”"


def _in_table(where: str, national_format: NationalFormat) -> str:
    """A table, or a row or column of it; of a step that it does not have, the sender's own word."""
    table, *steps = where.split(".")
    labels = _labels(national_format)
    if steps and (known := labels.get(f"{table}.{steps[0]}")):
        return f"{labels[table]}{known}" + (f"的“{'.'.join(steps[1:])}”" if steps[1:] else "")
    return labels[table] + (f"的“{'.'.join(steps)}”" if steps else "")


@cache
def _labels(national_format: NationalFormat) -> Mapping[str, str]:
    """Table → 表三; `<table>.<row>` → “…”行; `<table>.<column>` → “…”列, where no row is called so."""
    named: dict[str, str] = {}
    for spec in national_format.cells:
        named[spec.table] = spec.table_label
        named[f"{spec.table}.{spec.row}"] = f"“{label(spec.row_label)}”" + ("" if spec.table == DISPUTES else "行")
    for spec in national_format.cells:
        named.setdefault(f"{spec.table}.{spec.column}", f"“{label(spec.column_label)}”列")
    return named


def _group(name: str) -> FieldGroup:
    return lists().get(name) or groups()[name]


def _field(table: str, column: str) -> str:
    fields = _group(table).fields
    return fields[column].label if column in fields else column
