"""Reads the explanations that a clerk gave on the fix list of a returned workbook (修改清单).

A row of the list stands for one query; it becomes a row of 疑点说明 when a reason or a text was given there. Nothing
else on that sheet is the clerk's, so nothing else is read.
"""

from gongkai.submission.fields import lists
from gongkai.submission.form import Origin
from gongkai.submission.template.names import FIX_LIST_EXPLANATIONS, Place, address
from gongkai.submission.values.choices import squeezed
from gongkai.submission.values.collector import Collector
from gongkai.submission.workbook.sheets import Sheets

COLUMNS = ("reason", "text", "finding", "where")  # of the named range, left to right
HEADINGS = ("属实的，选择理由", "说明", "规则")  # printed over the first three; 位置 stands unprinted beside them
_LIST = "explanations"


def read_explanations(sheets: Sheets, collector: Collector) -> int:
    """Collects the rows with a reason or a text, after those of 疑点说明 itself; returns how many there were."""
    place = sheets.names.get(FIX_LIST_EXPLANATIONS)
    if place is None:
        return 0
    fields = lists()[_LIST].fields
    last = max((int(cell.row) for cell in collector.cells if cell.table == _LIST), default=0)
    found = 0
    for row in range(place.row, place.last_row + 1):
        values = {key: sheets.at(place.sheet, row, place.column + n) for n, key in enumerate(COLUMNS)}
        if not _given(values["where"]) or not any(_given(values[key]) for key in ("reason", "text")):
            continue
        found += 1
        for key, field in fields.items():
            origin = Origin(place.sheet, address(row, place.column + COLUMNS.index(key)))
            collector.list_field(_LIST, last + found, str(last + found), field, values[key], origin)
    return found


def find_fix_list(sheets: Sheets) -> dict[str, Place]:
    """The fix list of a workbook that has lost its names, by its headings; empty where there is not exactly one."""
    wanted = [squeezed(text) for text in HEADINGS]
    found = []
    for sheet in sheets.package.sheets:
        grid = sheets.grid(sheet)
        for row, values in enumerate(grid):
            said = [squeezed(value) if isinstance(value, str) else "" for value in values]
            if wanted[0] in said and said[(at := said.index(wanted[0])) : at + len(wanted)] == wanted:
                found.append(Place(sheet, row + 1, at, len(grid) - 1, at + len(COLUMNS) - 1))
    return {FIX_LIST_EXPLANATIONS: found[0]} if len(found) == 1 else {}


def _given(value: object) -> bool:
    return value is not None and str(value).strip() != ""
