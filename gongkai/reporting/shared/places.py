"""Names a place of a submission in the words of the form: 表三“（一）予以公开”行“总计”列.

A `where` is a machine's address; people get this. Unknown addresses are shown as they are, never dropped.
"""

import re

from gongkai.national_format import NationalFormat
from gongkai.submission.fields import groups, lists

_TABLE_TITLES = {
    "proactive_disclosure": "主动公开情况",
    "requests": "依申请公开情况",
    "disputes": "行政复议、行政诉讼情况",
}
_HEAD = ("unit", "year", "authority", "prepared_by", "prepared_on", "reason", "tables", "schema", "-")
_LIST = re.compile(r"(?P<list>[a-z_]+)\[(?P<id>.*)\](?:\.(?P<field>[a-z_]+))?", re.DOTALL)


def place(where: str, national_format: NationalFormat) -> str:
    """The place in Chinese; an empty string for `-`, which is no place."""
    if where == "-":
        return ""
    if national_format.has(where):
        return national_format.spec(where).label
    if (found := _LIST.fullmatch(where)) and (group := lists().get(found["list"])):
        field = group.fields.get(found["field"] or "")
        return f"{group.label} {found['id']}" + (f"“{field.label}”" if field else "")
    if where in lists():
        return lists()[where].label
    name, _, key = where.partition(".")
    if (group := groups().get(name)) and key in group.fields:
        return f"{group.label}“{group.fields[key].label}”"
    return where


def part(where: str, national_format: NationalFormat) -> tuple[int, str]:
    """The part of the form a place belongs to, as (order, heading): what findings are grouped by."""
    name = re.split(r"[.\[]", where, maxsplit=1)[0]
    order = [*national_format.tables, *groups(), *lists()]
    if name in _HEAD:
        return -1, "文件整体"
    if name not in order:
        return len(order), "其他"
    if name in national_format.tables:
        numeral = next(cell.table_label for cell in national_format.cells if cell.table == name)
        return order.index(name), f"{numeral} {_TABLE_TITLES[name]}"
    group = groups().get(name) or lists()[name]
    return order.index(name), group.label
