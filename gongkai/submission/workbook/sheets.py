"""The values of a workbook by sheet and place, after the guard has passed it: calamine reads, this normalises.

What a value means is decided in `workbook.reader`; here stands only how a spreadsheet's cell becomes a plain value.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from python_calamine import CalamineWorkbook

from gongkai.submission.form import Origin
from gongkai.submission.guard.number_formats import HIDDEN, shown, shown_text
from gongkai.submission.guard.rich_runs import CellLook
from gongkai.submission.guard.workbook_guard import MAX_AREA, Package
from gongkai.submission.guard.xml_scan import WorkbookRefused
from gongkai.submission.template.names import Place, address
from gongkai.submission.values.doubtful_cells import Broken, Displayed, Pictured

_PRECISION = ".15g"  # the digits that Excel itself keeps and shows


class Sheets:
    """The values of a workbook by place, normalised: an empty cell is None, a whole number an int."""

    def __init__(self, data: bytes, package: Package) -> None:
        self.package = package
        self._book = CalamineWorkbook.from_filelike(io.BytesIO(package.regular or data))
        package.sheets = package.sheets or self._book.sheet_names
        self._grids: dict[str, list[list[Any]]] = {}

    @cached_property
    def names(self) -> Mapping[str, Place]:
        """The defined names that point into a sheet that is there."""
        return {name: where for name, where in self.package.names.items() if where.sheet in self.package.sheets}

    def grid(self, sheet: str) -> list[list[Any]]:
        """All rows of a sheet from A1 on, raw; a cell that holds no value but should is a `Broken`."""
        if sheet not in self._grids:
            found = self._book.get_sheet_by_name(sheet)
            if found.total_height * found.total_width > MAX_AREA:
                raise WorkbookRefused("SHAPE", f"工作表“{sheet}”过大（{found.total_height} 行 {found.total_width} 列）")
            rows: list[list[Any]] = found.to_python(skip_empty_area=False)
            _hide(rows, found.merged_cell_ranges or ())
            for (row, column), text in self.package.broken.get(sheet, {}).items():
                rows += [[] for _ in range(row + 1 - len(rows))]
                rows[row] += [""] * (column + 1 - len(rows[row]))
                rows[row][column] = Broken(text)
            for (row, column), look in self.package.looks.get(sheet, {}).items():
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = seen(rows[row][column], look)
            self._grids[sheet] = rows
        return self._grids[sheet]

    def at(self, sheet: str, row: int, column: int) -> Any:
        """The value of one cell."""
        grid = self.grid(sheet)
        return plain(grid[row][column]) if row < len(grid) and column < len(grid[row]) else None

    def merged(self, sheet: str) -> Sequence[Place]:
        """The merged ranges of a sheet; none where the format does not tell."""
        return [
            Place(sheet, *first, *last) for first, last in self._book.get_sheet_by_name(sheet).merged_cell_ranges or ()
        ]

    def named(self, name: str) -> tuple[Any, Origin] | None:
        """Value and origin at a defined name; None when the workbook has no such name."""
        where = self.names.get(name)
        if where is None:
            return None
        return self.at(where.sheet, where.row, where.column), Origin(where.sheet, address(where.row, where.column))


def _hide(rows: list[list[Any]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Marks numbers that lie hidden under a merged cell that shows another one."""
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]) or not isinstance(rows[top][left], float | int):
            continue
        for row, values in enumerate(rows[top : bottom + 1], top):
            for column in range(left, min(right + 1, len(values))):
                value = values[column]
                if (row, column) != (top, left) and isinstance(value, float | int) and value != rows[top][left]:
                    values[column] = Displayed(HIDDEN, plain(value))


def seen(raw: Any, look: CellLook) -> Any:
    """A raw value of a grid as a person sees it; itself where that is the same."""
    if raw == "" or isinstance(raw, Broken):
        return raw
    value = plain(raw)
    text = value.isoformat()[:10] if isinstance(value, date) else str(value)
    if look.parts or look.whole:
        return Pictured(text, look.picture(text), look.struck)
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return raw
    if isinstance(value, str):
        displayed = look.shown or shown_text(value, look.number_format)
    else:
        displayed = look.shown or shown(Decimal(value), look.number_format)
    return raw if displayed == text else Displayed(displayed, value)


def plain(raw: Any) -> Any:
    """A raw value of a grid as the shared value reader wants it: empty is None, numbers are as Excel shows them."""
    if raw == "":
        return None
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() and abs(raw) < 10**15 else Decimal(f"{raw:{_PRECISION}}")
    return str(raw) if isinstance(raw, time | timedelta) else raw
