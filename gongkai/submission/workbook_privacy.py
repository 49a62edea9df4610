"""Looks through a workbook for personal data wherever no reader looks: a file that carries any is sent back.

What is read and kept is masked where it is read (`values`). Here: cells beside the places to fill in, columns that ask
who an applicant is, sheet names, comments, headers and footers, text boxes, hyperlinks and document properties.
Nothing of it is kept; a finding names place and kind.
"""

from datetime import date, time

from gongkai.submission.collector import Collector
from gongkai.submission.fields import lists
from gongkai.submission.form import Origin
from gongkai.submission.personal_data import may_hold, personal_label
from gongkai.submission.values import Broken, squeezed
from gongkai.submission.workbook_names import COVER_SHEET, FIX_LIST_SHEET, Place, address, area_name, header_name
from gongkai.submission.workbook_sheets import Sheets, plain


def look_through(sheets: Sheets, collector: Collector) -> None:
    """Notes personal data at every place that no reader has spoken of."""
    said = {(issue.sheet, issue.cell) for issue in collector.issues if issue.rule == "PERSONAL-DATA"}
    cover = sheets.names.get(area_name("cover"))  # prints the office's own number and address
    for sheet in sheets.package.sheets:
        collector.unused("-", sheet, Origin(sheet))
        for row, values in enumerate(sheets.grid(sheet) if sheet != FIX_LIST_SHEET else ()):
            for column, value in enumerate(values):
                if value == "" or isinstance(value, date | time) or not may_hold(value):
                    continue
                if _printed(cover, sheet, row, column) or (sheet, address(row, column)) in said:
                    continue
                raw = value.text if isinstance(value, Broken) else plain(value)
                collector.unused("-", raw, Origin(sheet, address(row, column)))
    for name, text in sheets.package.remarks.items():
        collector.unused("-", text, place=f"文件的{name}")
    _personal_columns(sheets, collector)


def _printed(cover: Place | None, sheet: str, row: int, column: int) -> bool:
    """Whether a cell is on the part of the cover that the template prints."""
    if cover is None:
        return sheet == COVER_SHEET
    return sheet == cover.sheet and row <= cover.last_row and column <= cover.last_column


def _personal_columns(sheets: Sheets, collector: Collector) -> None:
    """Columns of a list of cases that no such list may have, when anything stands below."""
    for group in lists().values():
        header = sheets.names.get(header_name(group.key))
        if header is None or not group.people:
            continue
        known = {squeezed(field.label) for field in group.fields.values()} | set(group.fields)
        rows = sheets.grid(header.sheet)[header.row :]
        for column, label in enumerate(rows[0] if rows else ()):
            filled = any(len(row) > column and row[column] != "" for row in rows[1:])
            if filled and isinstance(label, str) and squeezed(label) not in known and personal_label(label):
                origin = Origin(header.sheet, address(header.row, column))
                collector.personal(group.key, (f"“{label}”一列",), origin)
