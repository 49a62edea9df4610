"""Reads the JSON form of contract.md (`gongkai/submission/1`) into a `Reading`.

Strict: a wrong shape and an unknown key are issues. The text itself is `strict_json`'s, tables, groups and lists are
`json_parts`', a whole district's report is `report_reader`'s.
"""

from typing import Any

from gongkai.errors import FormatError
from gongkai.findings import ReadingIssue
from gongkai.national_format import for_year
from gongkai.submission.fields import groups, lists
from gongkai.submission.form import HEAD_FIELDS, SCHEMA, UNIT_CODE, Origin, Reading, ReceivedFile, Submission
from gongkai.submission.places import head_name
from gongkai.submission.readers.json_parts import misshapen, quarantined, read_group, read_list, read_tables, unknown
from gongkai.submission.readers.report_reader import read_report
from gongkai.submission.readers.strict_json import NotOurJson, parse_json
from gongkai.submission.report_below import SCHEMA as REPORT
from gongkai.submission.values.collector import Collector
from gongkai.submission.values.rest_is_zero import KEY as REST_IS_ZERO
from gongkai.submission.values.rest_is_zero import fill_with_zeros, is_said
from gongkai.submission.values.typed_values import printable, read_value, read_year, why_unseen

_ANY_REPORT = REPORT.rpartition("/")[0] + "/"
_OTHER_REPORT = f"本程序读取 {REPORT}：请上下级使用同一版本的程序，重新生成全区报告后报送"
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
        return read_report(file, document, unseen)
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        found = document.get("schema") if isinstance(document, dict) else None
        if isinstance(found, str) and found.startswith(_ANY_REPORT):
            issue = ReadingIssue(rule="WRONG-TEMPLATE", observed=printable(found), values={"way_out": _OTHER_REPORT})
            return Reading(file, None, (issue,), kind="json")
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
    reported = frozenset(name for name in lists() if read_list(name, document.get(name), collector))
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
