"""Reads the JSON form of contract.md (`gongkai/submission/1`) into a `Reading`.

Strict: a wrong shape and an unknown key are issues. The text itself is `strict_json`'s, a whole district's report
`report_reader`'s.
"""

from decimal import Decimal
from typing import Any

from gongkai.errors import FormatError
from gongkai.findings import ReadingIssue
from gongkai.national_format import for_year
from gongkai.submission.fields import FieldGroup, groups, lists
from gongkai.submission.form import HEAD_FIELDS, SCHEMA, UNIT_CODE, Origin, Reading, ReceivedFile, Submission
from gongkai.submission.guard.xml_scan import MAX_ROWS
from gongkai.submission.places import head_name
from gongkai.submission.privacy.column_labels import label_of
from gongkai.submission.readers.strict_json import NotOurJson, parse_json
from gongkai.submission.report_below import SCHEMA as REPORT
from gongkai.submission.values.collector import Collector
from gongkai.submission.values.rest_is_zero import KEY as REST_IS_ZERO
from gongkai.submission.values.rest_is_zero import fill_with_zeros, is_said
from gongkai.submission.values.typed_values import printable, read_value, read_year, why_unseen

_HEAD = ("schema", "year", "unit", "authority", "prepared_by", "prepared_on", "reason", REST_IS_ZERO, "tables")


def read_json(file: ReceivedFile, data: bytes) -> Reading:
    """Reads the bytes of a JSON submission.

    Returns:
        A reading without submission when schema, unit or year cannot be told, else with one; never raises for
        what the file says.
    """
    unseen: list[str] = []
    try:
        document = parse_json(data, unseen)
    except NotOurJson as refusal:
        return quarantined(file, "SHAPE", str(refusal))
    if isinstance(document, dict) and document.get("schema") == REPORT:
        from gongkai.submission.readers.report_reader import read_report  # it reads tables as this module does

        return read_report(file, document, unseen)
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        found = document.get("schema") if isinstance(document, dict) else None
        return quarantined(file, "WRONG-TEMPLATE", printable(found) if isinstance(found, str) else None, SCHEMA)
    unit, year = read_value(document.get("unit"), "text"), read_year(document.get("year"))
    if not isinstance(document.get("unit"), str) or not UNIT_CODE.fullmatch(unit.value or ""):
        return quarantined(file, "SHAPE", f"缺少{head_name('unit')}，或不是大写字母开头的字母数字")
    if year.value is None:
        name, said = head_name("year"), document.get("year")
        observed = f"缺少{name}" if said is None else f"{name}“{printable(str(said))}”无法识别"
        return quarantined(file, "SHAPE", observed, f"写有{name}（四位数字，如 2021）的文件")
    try:
        collector = Collector(for_year(year.value), year.value)
    except FormatError:
        return quarantined(file, "WRONG-YEAR", printable(str(year.value)))
    for where, read in (("unit", unit), ("year", year)):
        if read.why:
            collector.coercion(where, Origin(), read.raw or "", read.value, read.why)
    for key in unseen:
        collector.coercion("-", Origin(), printable(key), printable(key), why_unseen(key))
    return _read_document(file, document, unit.value, year.value, collector)


def _read_document(file: ReceivedFile, document: dict[str, Any], unit: str, year: int, collector: Collector) -> Reading:
    tables = document.get("tables")
    if tables is not None and not isinstance(tables, dict):
        misshapen(collector, "tables", tables, "对象", "tables")
        tables = None
    if tables is not None:
        read_tables(tables, collector)
        if is_said(collector, document.get(REST_IS_ZERO)):
            fill_with_zeros(collector)
    has_tables = bool(collector.cells) or bool(tables)
    for group in groups().values():
        read_group(group, document.get(group.key), collector)
    reported = frozenset(name for name in lists() if _read_list(name, document.get(name), collector))
    for key in document:
        if key not in _HEAD and key not in groups() and key not in lists():
            unknown(collector, key, document[key])
    head = {key: collector.head(key, *HEAD_FIELDS[key], document.get(key)) for key in HEAD_FIELDS}
    submission = Submission(
        unit=unit,
        year=year,
        cells=tuple(collector.cells),
        reported=reported,
        has_tables=has_tables,
        **head,
    )
    return Reading(file, submission, tuple(collector.issues), tuple(collector.coercions), "json", SCHEMA)


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


def _read_list(name: str, content: Any, collector: Collector) -> bool:
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
