"""Reads what every JSON form of ours is made of: tables, groups of fields, lists of rows, and keys that are not ours.

`json_reader` reads a unit's submission with it, `report_reader` a district's report. A wrong shape is an issue; its
content is not kept.
"""

from decimal import Decimal
from typing import Any

from gongkai.findings import ReadingIssue
from gongkai.submission.fields import FieldGroup, lists
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.guard.xml_scan import MAX_ROWS
from gongkai.submission.privacy.column_labels import label_of
from gongkai.submission.values.collector import Collector


def read_tables(tables: dict[str, Any], collector: Collector) -> None:
    form = collector.format
    known = {(spec.table, spec.row) for spec in form.cells}
    for spec in form.cells:
        row = _row(tables.get(spec.table), spec.row)
        if isinstance(row, dict) and spec.column in row:
            collector.national(spec, row[spec.column])
    for table, rows in tables.items():
        if table not in form.tables:
            unknown(collector, table, rows)
        elif not isinstance(rows, dict | None):
            misshapen(collector, table, rows, "对象", table)
        else:
            for row, columns in (rows or {}).items():
                if (table, row) not in known:
                    unknown(collector, f"{table}.{row}", columns)
                elif not isinstance(columns, dict | None):
                    misshapen(collector, f"{table}.{row}", columns, "对象", row)
                else:
                    for column, raw in (columns or {}).items():
                        if not form.has(f"{table}.{row}.{column}"):
                            unknown(collector, f"{table}.{row}.{column}", raw)


def _row(rows: Any, key: str) -> Any:
    return rows.get(key) if isinstance(rows, dict) else None


def read_group(group: FieldGroup, content: Any, collector: Collector) -> None:
    if content is None:
        return
    if not isinstance(content, dict):
        misshapen(collector, group.key, content, "对象", group.label)
        return
    for key, raw in content.items():
        if key in group.fields:
            collector.group_field(group.key, group.fields[key], raw)
        else:
            unknown(collector, f"{group.key}.{key}", raw)


def read_list(name: str, content: Any, collector: Collector) -> bool:
    """Reads one list; returns whether it was reported."""
    group = lists()[name]
    if content is None:
        return False
    if not isinstance(content, list):
        misshapen(collector, name, content, "列表", group.label)
        return False
    if len(content) > MAX_ROWS:
        collector.issue(
            "SHAPE", name, observed=f"{len(content)} 行", expected=f"不超过 {MAX_ROWS} 行", label=group.label
        )
        return False
    for position, row in enumerate(content, 1):
        if not isinstance(row, dict):
            misshapen(collector, f"{name}[{position}]", row, "对象", group.label)
            continue
        label = collector.record_label(group, position, row.get(group.id) if group.id else None)
        for key, raw in row.items():
            if key in group.fields:
                collector.list_field(name, position, label, group.fields[key], raw)
            else:
                unknown(collector, f"{name}[{label}].{key}", raw, key, group.people)
    return True


def unknown(collector: Collector, where: str, raw: Any, key: str = "", people: bool = False) -> None:
    """A key that is not ours: its content is not kept."""
    collector.issue("UNKNOWN-KEY", where)
    label = label_of(key)
    if people and label.personal and raw not in (None, "", [], {}):
        collector.personal(where, (f"“{key}”一项",))
    else:
        collector.unused(where, raw, people="code" if people and label.who else people)


def misshapen(collector: Collector, where: str, raw: Any, expected: str, label: str) -> None:
    """A key of ours with something else than it must hold, which is not kept."""
    collector.issue("SHAPE", where, observed=_kind(raw), expected=expected, label=label)
    collector.unused(where, raw)


def quarantined(file: ReceivedFile, rule: str, observed: str | None, expected: str | None = None) -> Reading:
    return Reading(file, None, (ReadingIssue(rule=rule, observed=observed, expected=expected),), kind="json")


def _kind(value: Any) -> str:
    names = {str: "文字", int: "数字", Decimal: "数字", bool: "是否", list: "列表", dict: "对象"}
    return names.get(type(value), "空值")
