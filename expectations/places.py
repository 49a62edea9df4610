"""How a place is named to a clerk: table, row and column as printed, list and field by their labels.

From a finding's `where` to Chinese, and from a cell to “H9 单元格”. No rule and no judgement here.
"""

import re
from collections.abc import Sequence

from gongkai.national_format import CellSpec, NationalFormat
from gongkai.national_format.figures import DISPUTES
from gongkai.submission.fields import groups, lists
from gongkai.submission.form import Origin

_SHOWN = 8  # names in a message; the rest are counted
_IN_LIST = re.compile(r"(?P<list>\w+)\[(?P<row>.*)\](?:\.(?P<field>\w+))?", re.DOTALL)
_HEAD = {
    "unit": "单位代码",
    "year": "年度",
    "authority": "机关名称",
    "prepared_by": "填报人",
    "prepared_on": "填报日期",
    "reason": "更正理由",
    "tables": "三张表",
}


def label(text: str) -> str:
    """A printed label for use inside “ ”: inner quotes become single, a trailing remark in brackets goes."""
    short = re.sub(r"(?<=[^）])（[^（）]*）$", "", text)
    return short.replace("“", "‘").replace("”", "’")


def place(where: str, national_format: NationalFormat, origin: Origin = Origin()) -> str:
    """A place as a clerk reads it, with the cell's address when it is known."""
    named = _named(where, national_format)
    return f"{named}（{origin.cell} 单元格）" if origin.cell else named


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


def parts(where: str) -> tuple[str | None, str | None, str | None]:
    """Table, row and column of a `where`, None where it has none."""
    listed = _IN_LIST.fullmatch(where)
    if listed:
        return listed["list"], listed["row"], listed["field"]
    steps = where.split(".")
    if where == "-":
        return None, None, None
    if steps[0] in groups():
        return steps[0], None, ".".join(steps[1:]) or None
    return steps[0], steps[1] if len(steps) > 1 else None, steps[2] if len(steps) > 2 else None


def cell_label(spec: CellSpec) -> str:
    """A national cell: 表三“（一）予以公开”行“总计”列; table four is one row, so its groups are named alone."""
    if spec.table == DISPUTES:
        return f"{spec.table_label}“{label(spec.row_label)}”的“{label(spec.column_label)}”"
    return f"{spec.table_label}“{label(spec.row_label)}”行“{label(spec.column_label)}”列"


def _named(where: str, national_format: NationalFormat) -> str:
    if national_format.has(where):
        return cell_label(national_format.spec(where))
    table, row, column = parts(where)
    if table in lists() and table is not None and row is not None:
        group = lists()[table]
        named = f"“{group.label}”第“{row}”条" if not row.isdigit() else f"“{group.label}”第 {row} 条"
        return f"{named}的“{_field(table, column)}”" if column else named
    if table in groups() and table is not None and column is not None:
        return f"“{groups()[table].label}”的“{_field(table, column)}”"
    known = {**_HEAD, **{key: group.label for key, group in (*groups().items(), *lists().items())}}
    return f"“{known.get(where, where)}”"


def _field(table: str, column: str) -> str:
    fields = (lists().get(table) or groups()[table]).fields
    return fields[column].label if column in fields else column
