"""The sheet of paper the workbook's parts are drawn on: sheets with print set-up, input cells, names, protection.

It knows how one cell is written so that it reads back unchanged. What stands where is decided by
`cover`, `table_sheets` and `list_sheets`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongkai.national_format import NationalFormat
from gongkai.profile import Unit
from gongkai.submission.form import Cell, State, Submission
from gongkai.submission.template.counted_formulas import counted_formulas
from gongkai.submission.template.names import SYSTEM_SHEET, Place, address
from gongkai.submission.template.styles import Styles
from gongkai.submission.values.typed_values import MAX_TEXT

_EXACT_DATES_FROM = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
PROTECTION = {"format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}
_A4, _A3, _A4_WIDTH = 9, 8, 190


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a template prints of the district: its name, whom to ask, by when, and whether its data are invented.

    `says` turns a label that speaks of a district into what this one says of itself (全区 of a city is 全市).
    """

    district: str
    contact: tuple[str, ...]
    deadline: date
    demonstration: bool = False
    says: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of the cover's progress table: a sheet, its state as a formula and that formula's value now."""

    sheet: str
    what: str
    formula: str
    value: str


@dataclass(frozen=True, slots=True)
class FirstSheet:
    """A sheet before all others, drawn last, when every cell has its place.

    Attributes:
        marks: the cells it speaks of, by where: error, query or notice.
    """

    name: str
    widths: list[float]
    marks: Mapping[str, str]
    draw: Callable[["Form", Worksheet], None]


@dataclass
class Form:
    """One workbook being drawn.

    Attributes:
        submission: what fills it; None for a blank one.
        version: of the template, which decides with the year what is asked.
        last_year: the unit's last year, for references and the carried-over requests.
        with_tables: whether the national tables are drawn.
        suggested: what a drop-down offers, by the name in `lists.yaml`.
        note: what the first sheet says on top to this unit.
        marks: which cells are marked how (error, query, notice), by where.
        placed: where every cell to fill was written, by where.
    """

    book: Workbook
    style: Styles
    letterhead: Letterhead
    unit: Unit
    year: int
    national_format: NationalFormat
    version: int
    submission: Submission | None = None
    last_year: Submission | None = None
    with_tables: bool = True
    suggested: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str | None = None
    progress: list[Progress] = field(default_factory=list)
    choice_ranges: dict[tuple[str, ...], str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    placed: dict[str, Place] = field(default_factory=dict)

    @property
    def counted(self) -> Mapping[str, str]:
        """Where → the formula that counts it from the register."""
        return counted_formulas(self.year, self.version)

    def sheet(
        self, name: str, widths: list[float], *, pages_tall: int = 0, repeat: tuple[int, int] | None = None
    ) -> Worksheet:
        """Adds a protected sheet with the print set-up that all of them share."""
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        self.paper(sheet, widths)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, pages_tall)
        if repeat:
            sheet.repeat_rows(*repeat)
        if self.letterhead.demonstration:
            sheet.set_header("&R演示数据，非真实报送")
        # Excel takes 255 characters, and & is its sign for fields
        whose = f"{self.letterhead.district} · {self.year} 年度 · {self.unit.code} {self.unit.name}".replace("&", "&&")
        sheet.set_footer(f"&L{whose}&C{name}&R第 &P 页，共 &N 页")
        sheet.protect("", PROTECTION)
        return sheet

    def paper(self, sheet: Worksheet, widths: list[float]) -> None:
        """A4, or A3 where the columns would become too small to read."""
        sheet.set_paper(_A4 if sum(widths) <= _A4_WIDTH else _A3)

    def define(self, name: str, where: Place) -> None:
        """Gives a range its defined name."""
        first, last = (
            "$" + address(row, column).rstrip("0123456789") + "$" + str(row + 1)
            for row, column in ((where.row, where.column), (where.last_row, where.last_column))
        )
        self.book.define_name(name, f"='{where.sheet}'!{first}" + ("" if first == last else f":{last}"))

    def choices(self, labels: tuple[str, ...]) -> str:
        """The range of a drop-down's texts: a column of the system sheet each."""
        if labels not in self.choice_ranges:
            letters = address(0, 2 + len(self.choice_ranges)).rstrip("1")
            self.choice_ranges[labels] = f"='{SYSTEM_SHEET}'!${letters}$1:${letters}${len(labels)}"
        return self.choice_ranges[labels]

    def look(self, where: str, field_type: str, *, long: bool = False) -> Format:
        """The format of a cell to fill: marked where something is to be done."""
        return self.style.input(field_type, long=long, mark=self.marks.get(where))

    def input(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        field_type: str,
        cell: Cell | None,
        *,
        where: str = "",
        choices: Mapping[str, str] | None = None,
        long: bool = False,
        last_column: int | None = None,
    ) -> None:
        """Writes one cell to fill, over merged columns if told so: text is never a formula, numbers stay exact."""
        style = self.look(where, field_type, long=long)
        self.placed[where] = Place(sheet.name, row, column, row, last_column or column)
        if last_column is not None and last_column > column:
            sheet.merge_range(row, column, row, last_column, "", style)
        value = plain(cell, choices or {})
        if value is None:
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, style)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, style)
        else:
            sheet.write_string(row, column, value, style)

    def last_value(self, where: str) -> int | Decimal | None:
        """A number of last year's report, None when it is not known."""
        value = self.last_year.value(where) if self.last_year else None
        return value if isinstance(value, int | Decimal) else None


def plain(cell: Cell | None, choices: Mapping[str, str]) -> int | float | str | date | None:
    """What is written for a cell so that the reader makes the same value of it."""
    if cell is None or cell.state is State.BLANK:
        return None
    if cell.state is not State.VALUE:
        return cell.origin.raw or "/"
    value = cell.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return float(value) if Decimal(f"{float(value):.15g}") == value else format(value, "f")
    if isinstance(value, date):
        return value if value >= _EXACT_DATES_FROM else value.isoformat()
    if isinstance(value, tuple):
        return "、".join(choices[key] for key in value)
    if isinstance(value, str):
        return choices.get(value, value)
    return int(value)


def lines_in(text: str, width: float) -> int:
    """Lines that a text takes in a column: a Chinese character is two wide, and some room is lost at the ends."""
    room = max(1.0, 0.88 * width)
    return sum(max(1, ceil(sum(1 + (c > "\xff") for c in line) / room)) for line in text.split("\n"))


def validation(
    field_type: str, *, negative: bool = False, source: str | None = None, long: bool = False
) -> dict[str, Any]:
    """The data validation of a cell to fill, with its message; empty where anything may stand."""
    match field_type:
        case "integer":
            rule: dict[str, Any] = {"validate": "integer", "criteria": "between"}
            rule |= {"minimum": -999_999_999 if negative else 0, "maximum": 999_999_999}
            return rule | _refusal("请填写整数；没有请填 0，不要留空，不要带单位。")
        case "decimal":
            rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 10**14}
            return rule | _refusal("请填写数字；没有请填 0，不要带单位。")
        case "date":
            rule = {
                "validate": "date",
                "criteria": "between",
                "minimum": date(1990, 1, 1),
                "maximum": date(2099, 12, 31),
            }
            return rule | _refusal("请填写日期，例如 2021-03-01。")
        case "boolean":
            return {"validate": "list", "source": ["是", "否"]} | _refusal("请在下拉列表中选择“是”或“否”。")
        case "choice" if source:
            return {"validate": "list", "source": source} | _refusal("请在下拉列表中选择一项。")
        case "text" if long:
            rule = {"validate": "length", "criteria": "<=", "value": MAX_TEXT}
            return rule | _refusal(f"文字请不超过 {MAX_TEXT} 字。")
    return {}


def suggestion(source: str) -> dict[str, Any]:
    """A drop-down that offers and refuses nothing: what is typed otherwise is read too."""
    return {"validate": "list", "source": source, "show_error": False}


def _refusal(message: str) -> dict[str, Any]:
    return {"error_title": "请核对填写内容", "error_message": message}
