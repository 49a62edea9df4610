"""Reads one list under its header row, wherever the row stands: in our template's sheet or in a CSV file.

Columns are found by their labels. A value of an unknown column is never kept: it may be somebody's name.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

from gongkai.submission.fields import Field, FieldGroup, lists
from gongkai.submission.form import Origin
from gongkai.submission.plain_text import visible
from gongkai.submission.template.names import (
    REPORTED_CHOICES,
    Place,
    address,
    column_letters,
    header_name,
    reported_name,
)
from gongkai.submission.values.choices import squeezed
from gongkai.submission.values.collector import Collector
from gongkai.submission.values.typed_values import printable, why_unseen
from gongkai.submission.workbook.sheets import Sheets, plain

_NO_RECORD = re.compile(
    "(?:本页|本表|全表|本年|全年|年度|各类)?(?:合计|总计|小计|共计|累计)(?:$|[:：（(])|(?:备?注|说明|填表人|审核人|制表人)[:：]"
)
_ALIKE, _SHOWN = 0.5, 40  # how much of two headings must be the same; characters of one in a message
_MARKS = re.compile(
    r"[*:]|\((?:必填|选填|必填项|选填项)\)"
)  # beside a heading, squeezed: what a system says of the column
OUR_TEMPLATE = "区政府办公室下发的填报模板"


def read_list(group: FieldGroup, sheets: Sheets, collector: Collector, asked: FieldGroup | None) -> bool:
    """Reads one list; returns whether it was reported.

    Args:
        group: the list.
        sheets: where it stands; its header is at its defined name.
        collector: takes rows, coercions and issues.
        asked: the list as the file's template asks it, whose columns must all be there; None: it asks nothing of it.
    """
    header = sheets.names.get(header_name(group.key))
    if header is None:
        if asked is not None:
            missing_places(collector, group.key, group.label, len(asked.fields))
        return False
    columns = _columns(group, header, sheets, collector, asked)
    rows = 0
    for row in range(header.row + 1, len(sheets.grid(header.sheet))):
        values = dict(_row(sheets, header.sheet, row))
        if (summing := _summing(values)) is not None:
            origin = Origin(header.sheet, address(row, summing))
            collector.issue("UNKNOWN-KEY", f"{group.key}[{row - header.row}]", origin, label="合计、注释行")
        elif values:
            rows += 1
            _record(group, row - header.row, row, columns, values, header.sheet, collector)
    return _reported(group, rows, sheets, collector)


def _summing(values: Mapping[int, Any]) -> int | None:
    """The column of the words that make a row a total or a note below the list; None for a row of the list."""
    first = next(iter(values.items()), None)
    if first is None or not isinstance(first[1], str) or not _NO_RECORD.match(squeezed(first[1])):
        return None
    return first[0]


def _row(sheets: Sheets, sheet: str, row: int) -> list[tuple[int, Any]]:
    """Column → value of the cells of one row that hold something."""
    return [(column, plain(raw)) for column, raw in enumerate(sheets.grid(sheet)[row]) if raw != "" and not _blank(raw)]


def _blank(raw: Any) -> bool:
    """Whether a cell shows nothing: a lone blank is no entry."""
    return isinstance(raw, str) and not raw.strip()


def _columns(
    group: FieldGroup, header: Place, sheets: Sheets, collector: Collector, asked: FieldGroup | None
) -> dict[int, Field]:
    """Column → field by the texts of the header row, wherever the columns stand."""
    columns: dict[int, Field] = {}
    taken: set[str] = set()
    headings = _row(sheets, header.sheet, header.row) if header.row < len(sheets.grid(header.sheet)) else []
    for column, text in headings:
        origin = Origin(header.sheet, address(header.row, column))
        known = field_of(group, str(text))
        if known is None or known.key in taken:
            collector.issue("UNKNOWN-KEY", f"{group.key}.{text}", origin, str(text), label=group.label)
        else:
            columns[column] = known
            taken.add(known.key)
            if isinstance(text, str) and (why := _not_plain(text)):
                collector.coercion(f"{group.key}.{known.key}", origin, printable(text), known.label, why)
    unknown = [str(text) for column, text in headings if column not in columns]
    for field in asked.fields.values() if asked is not None else ():
        if field.key not in taken:
            observed = f"没有这一列{beside(field.label, unknown)}"
            collector.issue(
                "SHAPE", f"{group.key}.{field.key}", observed=observed, expected=field.label, label=group.label
            )
    return columns


def _record(
    group: FieldGroup, position: int, row: int, columns: Mapping[int, Field], values: Mapping[int, Any], sheet: str,
    collector: Collector,
) -> None:  # fmt: skip
    own = next((values.get(column) for column, field in columns.items() if field.key == group.id), None)
    label, line = collector.record_label(group, position, own), str(row + 1)
    for column, field in columns.items():
        if column in values:
            origin = Origin(sheet, column_letters(column) + line)
            collector.list_field(group.key, position, label, field, values[column], origin)
    for column in values:
        if column not in columns:  # the value itself is never kept
            collector.issue(
                "UNKNOWN-KEY", f"{group.key}[{label}]", Origin(sheet, address(row, column)), label=group.label
            )


def _reported(group: FieldGroup, rows: int, sheets: Sheets, collector: Collector) -> bool:
    """有 without rows is an error; rows decide over 无 and 未报, which is noted."""
    flag, origin = sheets.named(reported_name(group.key)) or (None, Origin())
    flag = visible(flag).strip() if isinstance(flag, str) else flag
    if flag is not None and flag not in REPORTED_CHOICES:
        collector.issue("SHAPE", group.key, origin, str(flag), "、".join(REPORTED_CHOICES), label="本年有无此项")
    elif flag == "有" and not rows:
        collector.issue(
            "SHAPE", group.key, origin, "有，但没有填写任何一行", "至少填写一行，或改选无", label=group.label
        )
    elif flag in ("无", "未报") and rows:
        why = f"已填写 {rows} 行，按“有”读取"
        collector.coercion(group.key, origin, str(flag), "有", why)
    return bool(rows) or flag in ("有", "无")


def field_of(group: FieldGroup, text: str) -> Field | None:
    """The field that a column's heading names, by its label or its key, with or without the mark of a required one."""
    said = squeezed(text)
    return (
        _by_label(group.key).get(said)
        or group.fields.get(visible(text).strip())
        or _by_label(group.key).get(_MARKS.sub("", said))
    )


def _not_plain(heading: str) -> str | None:
    """Why a heading that is known was not the plain label; spaces and widths are no matter."""
    if visible(heading) != heading:
        return why_unseen(heading)
    return "去掉表头的必填等标记" if _MARKS.search(squeezed(heading)) else None


@cache
def _by_label(key: str) -> Mapping[str, Field]:
    return {squeezed(field.label): field for field in lists()[key].fields.values()}


def beside(label: str, unknown: Sequence[str]) -> str:
    """（现有“申请人类别”）: the unknown heading that a missing column seems to be; empty without one."""
    by_text = {squeezed(text): text for text in unknown}
    alike = get_close_matches(squeezed(label), by_text, 1, _ALIKE)
    return f"（现有“{printable(by_text[alike[0]], _SHOWN)}”）" if alike else ""


def missing_places(collector: Collector, where: str, label: str, count: int) -> None:
    """Notes that places of our template are not there."""
    collector.issue("SHAPE", where, observed=f"模板缺少 {count} 个填报位置", expected=OUR_TEMPLATE, label=label)
