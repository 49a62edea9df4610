"""Reads a filled workbook into a `Reading`: guard first, then defined names, then values by calamine.

Strict like the JSON reader: every value that stands in the workbook is used, is a coercion, or is an issue.
Values of unknown columns are never kept: they may be somebody's name.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from python_calamine import CalamineError, PasswordError

from gongkai.errors import FormatError
from gongkai.findings import ReadingIssue
from gongkai.national_format import for_year
from gongkai.submission.fields import FieldGroup, groups, groups_asked, lists, lists_asked
from gongkai.submission.form import HEAD_FIELDS, UNIT_CODE, Origin, Reading, ReceivedFile, Submission
from gongkai.submission.guard.workbook_guard import inspect
from gongkai.submission.guard.xls_guard import inspect_xls
from gongkai.submission.guard.xml_scan import WorkbookRefused, damaged
from gongkai.submission.plain_text import visible
from gongkai.submission.template.counted_formulas import counted_formulas
from gongkai.submission.template.names import (
    COVER_SHEET,
    FIX_LIST_SHEET,
    META_REST_IS_ZERO,
    META_TABLES,
    META_TEMPLATE,
    META_UNIT,
    META_YEAR,
    SYSTEM_SHEET,
    address,
    area_name,
    cell_name,
    field_name,
    office_version_of,
    template_name,
    version_of,
)
from gongkai.submission.values.collector import Collector
from gongkai.submission.values.doubtful_cells import Broken
from gongkai.submission.values.rest_is_zero import fill_with_zeros, is_said
from gongkai.submission.values.typed_values import printable, read_year
from gongkai.submission.workbook import stale_counts, stale_totals
from gongkai.submission.workbook.fix_list_answers import read_explanations
from gongkai.submission.workbook.landmarks import imprint
from gongkai.submission.workbook.lists import OUR_TEMPLATE, missing_places, read_list
from gongkai.submission.workbook.locating import located
from gongkai.submission.workbook.privacy_scan import look_through
from gongkai.submission.workbook.sheets import Sheets
from gongkai.submission.workbook.twin_sheets import note_twins


def read_workbook(file: ReceivedFile, data: bytes) -> Reading:
    """Reads the bytes of a workbook.

    Returns:
        A reading without submission when the guard refuses it or template, unit or year cannot be told, else with
        one; never raises for what the file says.
    """
    return guarded(file, data, _read)


def guarded(file: ReceivedFile, data: bytes, read: Callable[[ReceivedFile, Sheets], Reading]) -> Reading:
    """What `read` makes of a workbook's sheets; whatever is wrong with the bytes is an issue of the reading."""
    try:
        try:
            return read(file, Sheets(data, inspect(data) if data.startswith(b"PK") else inspect_xls(data)))
        except PasswordError:
            raise WorkbookRefused("SHAPE", "设置了打开密码的加密文件", "取消打开密码后重新保存的填报模板") from None
        except CalamineError:
            raise damaged("表格内容无法解析") from None
        except BaseException as panic:  # a panic of the library, which is no Exception
            if type(panic).__name__ != "PanicException":
                raise
            raise damaged("表格内容无法解析") from None
    except WorkbookRefused as refusal:
        return Reading(file, None, (refusal.issue(),), kind="workbook")


def _read(file: ReceivedFile, sheets: Sheets) -> Reading:
    template, unit, year = _imprint(sheets)
    version = version_of(template)
    if version is None:
        found = _nothing(sheets) if template is None else _other_template(template)
        named = template if isinstance(template, str) else None
        return replace(_quarantined(file, "WRONG-TEMPLATE", found, OUR_TEMPLATE), template=named)
    unit, year = visible(unit).strip() if isinstance(unit, str) else "", read_year(year).value
    if not UNIT_CODE.fullmatch(unit):
        return _quarantined(file, "SHAPE", "模板中的单位代码缺失", OUR_TEMPLATE)
    if year is None:
        return _quarantined(file, "SHAPE", "模板中的年度缺失", OUR_TEMPLATE)
    try:
        collector = Collector(for_year(year), year)
    except FormatError:
        return _quarantined(file, "WRONG-YEAR", str(year))
    if not located(sheets, year, version, collector):
        return _quarantined(file, "WRONG-TEMPLATE", "没有填报表各表表头的工作簿", OUR_TEMPLATE)
    twins = note_twins(sheets, year, version, collector)
    if sheets.package.macros:
        collector.issue("MACROS-IGNORED")
    head = {key: _head(key, sheets, collector) for key in HEAD_FIELDS}
    has_tables = _tables(sheets, collector, year, version)
    asked, listed = groups_asked(year, version), lists_asked(year, version)
    for name, group in groups().items():
        read_group(group, sheets, collector, asked.get(name))
    reported = frozenset(
        name for name, group in lists().items() if read_list(group, sheets, collector, listed.get(name))
    )
    if read_explanations(sheets, collector):
        reported |= {"explanations"}
    foreign_values(sheets, collector, twins)
    look_through(sheets, collector)
    submission = Submission(
        unit=unit, year=year, cells=tuple(collector.cells), reported=reported, has_tables=has_tables, **head
    )
    return Reading(
        file, submission, tuple(collector.issues), tuple(collector.coercions), "workbook", template_name(version)
    )


def _imprint(sheets: Sheets) -> tuple[Any, Any, Any]:
    """Template, unit and year: by defined names, else by the labels of the hidden sheet and the tables."""
    if META_TEMPLATE in sheets.names:
        template, unit, year = ((sheets.named(name) or (None,))[0] for name in (META_TEMPLATE, META_UNIT, META_YEAR))
        return template, unit, year
    return imprint(sheets) or (None, None, None)


def _nothing(sheets: Sheets) -> str:
    """What a workbook without our template is: empty, pictures only, or somebody else's."""
    if any(value != "" for sheet in sheets.package.sheets for row in sheets.grid(sheet) for value in row):
        return "没有模板版本信息的工作簿"
    return "只有图片、没有表格内容的工作簿" if sheets.package.images else "没有任何内容的空白工作簿"


def _other_template(template: Any) -> str:
    """What a workbook with another imprint is: the office's own in a wrong place, or one that we do not know."""
    if isinstance(template, str) and office_version_of(template) is not None:
        return "主管部门自己的录入工作簿（应放在收件目录的 _office 文件夹）"
    return f"模板版本“{_shown(template)}”"


def _shown(value: Any) -> str:
    return printable(value.text if isinstance(value, Broken) else str(value))[:40]


def _head(key: str, sheets: Sheets, collector: Collector) -> Any:
    label, field_type = HEAD_FIELDS[key]
    found = sheets.named(field_name("head", key))
    return collector.head(key, label, field_type, *found) if found else None


def _tables(sheets: Sheets, collector: Collector, year: int, version: int) -> bool:
    """Reads the national tables; returns whether the workbook carries any."""
    flag = sheets.named(META_TABLES)
    found = {spec: sheets.named(cell_name(spec)) for spec in collector.format.cells}
    if not any(found.values()) and (flag is None or flag[0] == 0):
        return False
    rest_is_zero = is_said(collector, *(sheets.named(META_REST_IS_ZERO) or (None,)))
    totals = stale_totals.computed(sheets, collector.format, year, version, rest_is_zero=rest_is_zero)
    counted = counted_formulas(year, version)
    for spec, place in found.items():
        if place and spec.where in totals:
            total = totals[spec.where]
            collector.national(spec, total, place[1])
            if total is not None:
                why = stale_counts.WHY if spec.where in counted else stale_totals.WHY
                collector.coercion(spec.where, place[1], printable(place[0].text), total, why)
        elif place:
            collector.national(spec, *place)
    for table in collector.format.tables:
        missing = [spec for spec, place in found.items() if spec.table == table and place is None]
        if missing:
            missing_places(collector, table, missing[0].table_label, len(missing))
    if rest_is_zero:
        fill_with_zeros(collector)
    return True


def read_group(group: FieldGroup, sheets: Sheets, collector: Collector, asked: FieldGroup | None) -> None:
    """Reads the figures of a group; those that the file's template asks (None: none of them) must have a place."""
    missing = 0
    for field in group.fields.values():
        found = sheets.named(field_name(group.key, field.key))
        if found:
            collector.group_field(group.key, field, *found)
        missing += not found and asked is not None and field.key in asked.fields
    if missing:
        missing_places(collector, group.key, group.label, missing)


def foreign_values(sheets: Sheets, collector: Collector, spoken_of: frozenset[str] = frozenset()) -> None:
    """Sheets that are neither the template's nor spoken of already, and values beside what the template printed."""
    keys = ("cover", *collector.format.tables, *groups())
    areas = {where.sheet: (key, where) for key in keys if (where := sheets.names.get(area_name(key)))}
    known = {where.sheet for where in sheets.names.values()} | {COVER_SHEET, SYSTEM_SHEET, FIX_LIST_SHEET} | spoken_of
    for sheet in sheets.package.sheets:
        if sheet not in known and any(value != "" for row in sheets.grid(sheet) for value in row):
            collector.issue("UNKNOWN-KEY", sheet, Origin(sheet), label="工作表")
        elif sheet in areas:
            key, area = areas[sheet]
            for row, values in enumerate(sheets.grid(sheet)):
                for column, value in enumerate(values):
                    if value != "" and (row > area.last_row or column > area.last_column):
                        collector.issue("UNKNOWN-KEY", key, Origin(sheet, address(row, column)), label="填报区域之外")


def _quarantined(file: ReceivedFile, rule: str, observed: str, expected: str | None = None) -> Reading:
    issue = ReadingIssue(rule=rule, observed=printable(observed), expected=expected)  # may quote a sheet's name
    return Reading(file, None, (issue,), kind="workbook")
