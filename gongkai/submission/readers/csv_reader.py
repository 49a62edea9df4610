"""Reads a CSV file into a `Reading`: one list as an office system exports it, or one sheet of our workbook.

It is a part of a submission. Unit and year stand above the header (`单位,T01`, `年度,2021`), else the folder says the
unit and the file's name the year. A unit's name (`单位,东风街道`) is handed over as it stands: `inbox.named_unit` knows
whose it is. Parts that lie together are one submission: `csv_parts`.
"""

import re
from collections.abc import Iterable
from typing import Any

from gongkai.errors import FormatError
from gongkai.findings import Coercion, ReadingIssue
from gongkai.national_format import for_year
from gongkai.submission.fields import groups, groups_asked
from gongkai.submission.form import CSV, UNIT_CODE, Origin, Reading, ReceivedFile, Submission
from gongkai.submission.guard.xml_scan import WorkbookRefused
from gongkai.submission.readers.csv_page import CsvPage, ListHeader, header_of, nearly, pages
from gongkai.submission.template.names import Place, address, cell_name, field_name, header_name, reported_name
from gongkai.submission.values.choices import squeezed
from gongkai.submission.values.collector import Collector
from gongkai.submission.values.typed_values import printable
from gongkai.submission.workbook.landmarks import imprint, locate, printed_labels
from gongkai.submission.workbook.lists import missing_places, read_list
from gongkai.submission.workbook.privacy_scan import look_through
from gongkai.submission.workbook.reader import foreign_values, read_group

_UNIT = re.compile(r"(?:填报)?单位(?:代码)?:?(.*)")
_YEAR = re.compile(r"(?:报告|填报)?年度:?(.*)")
_YEAR_SAID = re.compile(r"(20\d\d)(?:年|年度)?")
_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PLAIN = re.compile(r"0|[1-9]\d{0,14}", re.ASCII)
_SHORTEST_NAME = 3  # 单位：件 and 单位：万元 say what is counted, not who counts
_LONGEST = 500  # lines of a sheet of ours that is no list
_SAYS_NO_VERSION = 1  # of a template: nothing that came later is missed in a CSV file
_REPORTED = "本年有无此项:"
_OURS = "表头与填报表各表一致的 CSV 文件，或下发的填报模板（.xlsx）"


def read_csv(file: ReceivedFile, data: bytes, year: int | None = None) -> Reading:
    """Reads the bytes of a text file: `read_pages` of what it can be read as."""
    try:
        return read_pages(file, pages(data, page_name(file)), year)
    except WorkbookRefused as refusal:
        return Reading(file, None, (refusal.issue(),), kind=CSV)


def page_name(file: ReceivedFile) -> str:
    """What stands for the sheet's name in findings: the file's own, as it may be kept."""
    return printable(file.name.rpartition("/")[2])


def read_pages(file: ReceivedFile, tried: Iterable[CsvPage], year: int | None = None) -> Reading:
    """Reads the first page that holds a list or a sheet of ours.

    Args:
        file: as received; its folder says the unit, its name the year, where the file does not.
        tried: the file as it may be meant, or its tables.
        year: the year where neither file nor name says one.

    Returns:
        A reading without submission when no table of ours, no unit or no year can be told; never raises for what
        the file says.
    """
    tried, otherwise = list(tried), year
    page, header = next(((one, found) for one in tried if (found := header_of(one))), (None, None))
    page = page or next((one for one in tried if _is_ours(one, _year_of_name(file.name) or otherwise)), None)
    if page is None:
        return _no_table(file, tried)
    if page.torn:
        return _quarantined(
            file, "SHAPE", f"CSV 第 {page.torn} 行附近的引号不成对", "能用 Excel 或 WPS 正常打开的 CSV 文件"
        )
    unit, year = _whose(page, header)
    noted = None
    if year is None:
        year, noted = _year_of_name(file.name) or otherwise, "年度取自文件名或自查时的选项"
    unit = unit or file.folder
    if unit is None:
        return without_unit(file)
    if year is None:
        return _quarantined(file, "SHAPE", "没有年度的 CSV 文件", "表头上方写有“年度,2021”、或文件名中写有年度的文件")
    try:
        collector = Collector(for_year(year), year)
    except FormatError:
        return _quarantined(file, "WRONG-YEAR", str(year))
    if noted:
        _note(collector, printable(file.name), str(year), noted)
    if page.escaped:
        _note(collector, f'{page.escaped} 处 ="…"', None, "Excel 的文本写法，只取引号内的文字")
    has_tables, reported = False, frozenset[str]()
    if header is not None:
        reported = frozenset({header.group.key} if _list(page, header, year, collector) else ())
    else:
        page.names = locate(page, year)
        has_tables = _tables(page, collector)
        asked = groups_asked(year, _SAYS_NO_VERSION)
        for group in groups().values():
            if any(field_name(group.key, key) in page.names for key in group.fields):
                read_group(group, page, collector, asked.get(group.key))
        if not collector.cells:
            return _no_table(file, tried)
        foreign_values(page, collector)
    look_through(page, collector)
    submission = Submission(unit, year, tuple(collector.cells), reported, has_tables)
    return Reading(file, submission, tuple(collector.issues), tuple(collector.coercions), CSV)


def without_unit(file: ReceivedFile) -> Reading:
    """A file of which nobody can tell whose it is."""
    return _quarantined(file, "SHAPE", "没有单位代码的 CSV 文件", "放在本单位文件夹中、或表头上方写有“单位,代码”的文件")


def _no_table(file: ReceivedFile, tried: Iterable[CsvPage]) -> Reading:
    """A text without a table of ours: which list it nearly is, if it is."""
    near = next((str(found) for page in tried if (found := nearly(page))), None)
    return _quarantined(file, "WRONG-TEMPLATE", near or "文本文件", _OURS)


def _is_ours(page: CsvPage, year: int | None) -> bool:
    """Whether it is a sheet of our workbook: a table's second line says so, or its labels do."""
    if len(page.rows) > _LONGEST:
        return False
    year = _own(page)[1] or year
    try:
        return year is not None and bool(locate(page, year))
    except FormatError:
        return False


def _list(page: CsvPage, header: ListHeader, year: int, collector: Collector) -> bool:
    group, row, columns = header
    width = max(columns) + 1
    width = max(width, *(column + 1 for column, text in enumerate(page.rows[row]) if text))
    for at in range(row + 1, len(page.rows)):
        values = page.rows[at]
        if any(values[width:]):
            where, origin = f"{group.key}[{at - row}]", Origin(page.sheet, address(at, width))
            said, expected = f"多于表头的 {width} 栏", f"与表头一致的 {width} 栏（格内的分隔符须放在引号内）"
            collector.issue("SHAPE", where, origin, said, expected, label=group.label)
            collector.unused(where, values, origin, people=group.people)
            page.rows[at] = []
            continue
        for column, field in columns.items():
            if field.type == "integer" and column < len(values):
                values[column] = _number(values[column])
    _above(page, header, year, collector)
    page.names = {header_name(group.key): Place(page.sheet, row, 0, row, 0)} | {
        reported_name(group.key): Place(page.sheet, line, column + 1, line, column + 1)
        for line, column, text in _top(page, row)
        if squeezed(text) == _REPORTED
    }
    return read_list(group, page, collector, asked=None)


def _number(raw: Any) -> Any:
    """A plain number of a text file as the number that it is."""
    return int(raw) if isinstance(raw, str) and _PLAIN.fullmatch(raw) else raw


def _tables(page: CsvPage, collector: Collector) -> bool:
    """Reads the national tables that stand on the page; returns whether there is one."""
    specs = collector.format.cells
    there = {spec.table for spec in specs if cell_name(spec) in page.names}
    missing: dict[str, int] = {}
    for spec in specs:
        found = page.named(cell_name(spec))
        if found:
            raw, origin = found
            collector.national(spec, _number(raw) if spec.value_type == "integer" else raw, origin)
        elif spec.table in there:
            missing[spec.table] = missing.get(spec.table, 0) + 1
    labels = {spec.table: spec.table_label for spec in specs}
    for table, count in missing.items():
        missing_places(collector, table, labels[table], count)
    return bool(there)


def _whose(page: CsvPage, header: ListHeader | None) -> tuple[str | None, int | None]:
    """Unit (its code, else its name) and year as the lines above the header say, or our own tables' second line."""
    row = header.row if header else len(page.rows)
    unit, year = _own(CsvPage(page.sheet, page.rows[:row]))
    if unit or year:
        return unit, year
    units, years = set(), set()
    for line, column, text in _top(page, row):
        after = next((value for value in page.rows[line][column + 1 :] if value), "")
        if found := _UNIT.fullmatch(squeezed(text)):
            units.add(found[1] or squeezed(after))
        elif (found := _YEAR.fullmatch(squeezed(text))) and (said := _YEAR_SAID.fullmatch(found[1] or squeezed(after))):
            years.add(int(said[1]))
    codes = {unit for unit in units if UNIT_CODE.fullmatch(unit)}
    named = codes or {unit for unit in units if len(unit) >= _SHORTEST_NAME}
    return (named.pop() if len(named) == 1 else None), (years.pop() if len(years) == 1 else None)


def _own(page: CsvPage) -> tuple[str | None, int | None]:
    """Unit and year as our own template prints them."""
    said = imprint(page)
    unit, year = (said.unit, _number(said.year)) if said else (None, None)
    return (unit if isinstance(unit, str) else None), (year if isinstance(year, int) else None)


def _above(page: CsvPage, header: ListHeader, year: int, collector: Collector) -> None:
    """Notes what stands above the header and is neither unit nor year nor printed by our template."""
    printed: frozenset[str] | None = None
    value_follows = False
    for line, column, text in _top(page, header.row):
        said = squeezed(text)
        ours = _UNIT.fullmatch(said) or _YEAR.fullmatch(said) or said == _REPORTED
        if ours or value_follows or said == squeezed(header.group.label):
            value_follows = bool(ours)
            continue
        printed = printed if printed is not None else printed_labels(year, header.group.sheet or header.group.label)
        if said not in printed:
            origin = Origin(page.sheet, address(line, column))
            collector.issue("UNKNOWN-KEY", header.group.key, origin, label="表头之上")


def _top(page: CsvPage, row: int) -> list[tuple[int, int, str]]:
    """Line, column and text of what stands above a line."""
    return [
        (line, column, text)
        for line, values in enumerate(page.rows[:row])
        for column, text in enumerate(values)
        if text
    ]


def _year_of_name(name: str) -> int | None:
    years = set(_YEAR_IN_NAME.findall(name))
    return int(years.pop()) if len(years) == 1 else None


def _note(collector: Collector, raw: str, value: str | None, why: str) -> None:
    collector.coercions.append(Coercion(where="-", raw=raw, value=value, why=why))


def _quarantined(file: ReceivedFile, rule: str, observed: str, expected: str | None = None) -> Reading:
    return Reading(file, None, (ReadingIssue(rule=rule, observed=observed, expected=expected),), kind=CSV)
