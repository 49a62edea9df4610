"""Looks through a workbook for personal data wherever no reader looks: a file that carries any is sent back.

What is read and kept is masked where it is read (`values`). Here: cells beside the places to fill in, columns that ask
who an applicant is, sheet names, comments, headers and footers, text boxes, hyperlinks and document properties.
Nothing of it is kept; a finding names place and kind.
"""

from datetime import date, time

from gongkai.submission.fields import lists
from gongkai.submission.form import Origin
from gongkai.submission.privacy.column_labels import label_of
from gongkai.submission.privacy.personal_data import RULES, kinds_in, may_hold, never_printed
from gongkai.submission.template.names import COVER_SHEET, FIX_LIST_SHEET, Place, address, area_name, header_name
from gongkai.submission.values.choices import squeezed
from gongkai.submission.values.collector import Collector
from gongkai.submission.values.doubtful_cells import Broken
from gongkai.submission.workbook.sheets import Sheets, plain


def look_through(sheets: Sheets, collector: Collector) -> None:
    """Notes personal data at every place that no reader has spoken of."""
    said = {(issue.sheet, issue.cell) for issue in collector.issues if issue.rule in RULES}
    harmless = collector.harmless()  # a register says the same words and dates hundreds of times
    cover = sheets.names.get(area_name("cover"))  # prints the office's own number and address
    for sheet in sheets.package.sheets:
        collector.unused("-", sheet, Origin(sheet))
        for row, values in enumerate(sheets.grid(sheet) if sheet != FIX_LIST_SHEET else ()):
            for column, value in enumerate(values):
                if value == "" or isinstance(value, date | time) or value in harmless:
                    continue
                if not may_hold(value):
                    harmless.add(value)
                    continue
                origin = Origin(sheet, address(row, column))
                raw = value.text if isinstance(value, Broken) else plain(value)
                if _printed(cover, sheet, row, column):
                    collector.personal("-", never_printed(kinds_in(raw)), origin)
                elif (origin.sheet, origin.cell) not in said:
                    collector.unused("-", raw, origin)
    for name, texts in sheets.package.remarks.items():
        if may_hold("\n".join(texts)):  # one look at a thousand names and prompts
            collector.unused("-", texts, place=f"文件的{name}")
    collector.unused("-", _of_no_cell(sheets), place="文件中没有显示的文字")
    _personal_columns(sheets, collector)


def _printed(cover: Place | None, sheet: str, row: int, column: int) -> bool:
    """Whether a cell is on the part of the cover that the template prints."""
    if cover is None:
        return sheet == COVER_SHEET
    return sheet == cover.sheet and row <= cover.last_row and column <= cover.last_column


def _of_no_cell(sheets: Sheets) -> list[str]:
    """Texts that the file still carries and no cell shows: what some programs leave behind."""
    left = [text for text in sheets.package.strings if may_hold(text)]
    shown = {value for sheet in sheets.package.sheets for row in sheets.grid(sheet) for value in row} if left else set()
    return [text for text in left if text not in shown]


def _personal_columns(sheets: Sheets, collector: Collector) -> None:
    """Columns of a list of cases that no such list may have, when anything stands below."""
    for group in lists().values():
        header = sheets.names.get(header_name(group.key))
        if header is None or not group.people:
            continue
        known = {squeezed(field.label) for field in group.fields.values()} | set(group.fields)
        rows = sheets.grid(header.sheet)[header.row :]
        for column, label in enumerate(rows[0] if rows else ()):
            if not isinstance(label, str) or squeezed(label) in known:
                continue
            asked, below = label_of(label), [row[column] for row in rows[1:] if len(row) > column]
            if (asked.personal and any(v != "" for v in below)) or (asked.who and kinds_in(below, "code")):
                origin = Origin(header.sheet, address(header.row, column))
                collector.personal(group.key, (f"“{label}”一列",), origin)
