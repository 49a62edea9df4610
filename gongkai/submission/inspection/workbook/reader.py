"""Reads the office's workbook inside the reading process, which knows no profile: rows with typed values, and no more.

Strict like the reader of a submission: every value is used, is a coercion, or is an issue. What the rows become is
`entries`; cells travel as those of a submission, one table a sheet and one row an entry.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import Any

from gongkai.errors import FormatError
from gongkai.findings import ReadingIssue
from gongkai.national_format import for_year
from gongkai.submission.form import OFFICE, Cell, Origin, Reading, ReceivedFile, State, Submission
from gongkai.submission.inspection.entry_draft import shown
from gongkai.submission.inspection.workbook.headers import SheetHeader, headers
from gongkai.submission.inspection.workbook.office_sheets import (
    HEADING,
    OFFICE_UNIT,
    SAMPLE_SHEET,
    TOLD,
    number_of,
    row_name,
    type_of,
    workbook_version,
)
from gongkai.submission.privacy.personal_data import kinds_in
from gongkai.submission.template.names import (
    COVER_SHEET,
    FIX_LIST_SHEET,
    META_TEMPLATE,
    META_YEAR,
    SYSTEM_SHEET,
    address,
    column_letters,
    office_version_of,
)
from gongkai.submission.values.collector import Collector
from gongkai.submission.values.doubtful_cells import Broken
from gongkai.submission.values.typed_values import MAX_TEXT, expected_form, printable, read_value, read_year
from gongkai.submission.workbook.landmarks import imprint
from gongkai.submission.workbook.privacy_scan import look_through
from gongkai.submission.workbook.reader import guarded
from gongkai.submission.workbook.sheets import Sheets, plain

_OUR_WORKBOOK = "gongkai template --office 写出的录入工作簿，或 gongkai/inspection/1 的 JSON"
_TOLD_ROWS = 8  # rows in a message; the rest are counted


def read_office_workbook(file: ReceivedFile, data: bytes) -> Reading:
    """Reads the bytes of a workbook that lies in the office's folder; never raises for what it says."""
    return guarded(file, data, _read)


def _read(file: ReceivedFile, sheets: Sheets) -> Reading:
    template, year = _imprint(sheets)
    version = office_version_of(template)
    if version is None or version > workbook_version():
        said = printable(str(template.text if isinstance(template, Broken) else template))[:40]
        return _quarantined(file, "WRONG-TEMPLATE", f"模板版本“{said}”" if template else "没有模板版本信息的工作簿")
    if year is None:
        return _quarantined(file, "SHAPE", "工作簿中的年度缺失")
    try:
        collector = Collector(for_year(year), year)
    except FormatError:
        return _quarantined(file, "WRONG-YEAR", str(year))
    found = list(headers(sheets))
    if not found:
        return _quarantined(file, "WRONG-TEMPLATE", "没有录入各表表头的工作簿")
    if sheets.package.macros:
        collector.issue("MACROS-IGNORED")
    places = count(1)
    for header in found:
        _sheet(header, places, sheets, collector)
    _foreign(found, sheets, collector)
    look_through(sheets, collector)
    stands = Submission(OFFICE_UNIT, year, tuple(collector.cells), has_tables=False)
    return Reading(file, stands, tuple(collector.issues), tuple(collector.coercions), OFFICE, str(template))


def _imprint(sheets: Sheets) -> tuple[Any, int | None]:
    """Template and year: by defined names, else by the labels of the hidden sheet."""
    if META_TEMPLATE in sheets.names:
        template, year = ((sheets.named(name) or (None,))[0] for name in (META_TEMPLATE, META_YEAR))
    else:
        template, _, year = imprint(sheets) or (None, None, None)
    return template, read_year(year).value


def _sheet(header: SheetHeader, places: Iterator[int], sheets: Sheets, collector: Collector) -> None:
    """Its columns, then every row below; rows that hold only what we printed in advance are told in one line."""
    for column, key in header.columns.items():
        origin = Origin(printable(header.name), address(header.row, column))
        collector.cells.append(Cell(header.sheet.key, HEADING, key, None, State.BLANK, origin))
    waiting: list[int] = []
    notes: list[int] = []
    for row, raws in enumerate(sheets.grid(header.name)[header.row + 1 :], header.row + 1):
        values = {column: plain(raw) for column, raw in enumerate(raws) if not _blank(raw)}
        keys = [header.columns.get(column, "") for column in values]
        if set(keys) <= {"id"}:  # nothing, a number that was printed in advance, or a note below the rows
            notes += [row + 1 for raw in values.values() if not number_of(str(_text(raw)), header.sheet)]
            continue
        _row(header, str(next(places)), row, values, collector)
        if header.sheet.is_waiting(keys):
            waiting.append(row + 1)
    for rows, why in (
        (waiting, f"预先列出的 {len(waiting)} 行还没有填写，没有作为录入读取"),
        (notes, f"有 {len(notes)} 行只在编号一列写了文字，没有作为录入读取"),
    ):
        if rows:
            place = Origin(printable(header.name), f"A{rows[0]}")
            collector.coercion("-", place, f"第 {_listed(rows)} 行", None, why)


def _listed(rows: list[int]) -> str:
    """Lines of a sheet, the first few of many; those without a gap by their ends."""
    if rows[-1] - rows[0] + 1 == len(rows) > 2:
        return f"{rows[0]} 至 {rows[-1]}"
    return "、".join(map(str, rows[:_TOLD_ROWS])) + (" 等" if len(rows) > _TOLD_ROWS else "")


def _row(header: SheetHeader, place: str, row: int, values: Mapping[int, Any], collector: Collector) -> None:
    own = next((values[column] for column, key in header.columns.items() if key == "id" and column in values), None)
    read = read_value(own, "text").value
    name, line = shown(read).strip() if read else row_name(printable(header.name), str(row + 1)), str(row + 1)
    for column, raw in values.items():
        origin = Origin(printable(header.name), column_letters(column) + line)
        if (key := header.columns.get(column)) is not None:
            cell = _cell(Cell(header.sheet.key, place, key, None, State.BLANK, origin), name, raw, collector)
            collector.cells += [cell] if cell.state is not State.BLANK else []
        else:
            heading = header.unknown.get(column, "")
            where = f"entries[{name}].{shown(heading)}" if heading else f"entries[{name}]"
            collector.issue("UNKNOWN-KEY", where, origin, shown(_text(raw)), entry=name)
            collector.personal(where, kinds_in((heading, _text(raw))), origin)


def _cell(blank: Cell, name: str, raw: Any, collector: Collector) -> Cell:
    """The cell with its value, typed; what has no certain reading is kept as it was typed."""
    if blank.column == TOLD:
        return blank._replace(value=printable(str(_text(raw)), MAX_TEXT), state=State.VALUE)
    where, origin = f"entries[{name}].{blank.column}", blank.origin
    field_type = "text" if blank.column == "kind" else type_of(blank.column)
    read = read_value(raw, field_type)
    collector.personal(where, read.personal, origin)
    if read.state is State.BLANK:
        return blank
    if read.state is not State.VALUE or (field_type == "integer" and isinstance(read.value, Decimal)):
        typed = shown(_text(raw))
        collector.issue("SHAPE", where, origin, typed, expected_form(field_type), entry=name)
        return blank._replace(state=State.UNREADABLE, origin=origin._replace(raw=typed))
    if read.why:
        collector.coercion(where, origin, read.raw or "", read.value, read.why)
    return blank._replace(value=read.value, state=State.VALUE)


def _foreign(found: list[SheetHeader], sheets: Sheets, collector: Collector) -> None:
    """Sheets that are not ours and hold something."""
    ours = {header.name for header in found} | {COVER_SHEET, SYSTEM_SHEET, FIX_LIST_SHEET, SAMPLE_SHEET}
    for sheet in sheets.package.sheets:
        if sheet not in ours and any(not _blank(value) for row in sheets.grid(sheet) for value in row):
            collector.issue("UNKNOWN-KEY", sheet, Origin(sheet), label="工作表")


def _blank(raw: Any) -> bool:
    return raw == "" or (isinstance(raw, str) and not raw.strip())


def _text(raw: Any) -> Any:
    return raw.text if isinstance(raw, Broken) else raw


def _quarantined(file: ReceivedFile, rule: str, observed: str) -> Reading:
    issue = ReadingIssue(rule=rule, observed=printable(observed), expected=_OUR_WORKBOOK)
    return Reading(file, None, (issue,), kind=OFFICE)
