"""Draws the profile's workbook (`gongkai profile workbook`): a sheet a subject, drop-downs where there is a choice."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from gongkai.profile import Profile, load_profile
from gongkai.profile_workbook.cell_values import LEVELS
from gongkai.profile_workbook.profile_rows import Content, as_date, content_of, groups_of, printed_day
from gongkai.profile_workbook.sheet_columns import (
    AREAS,
    CODE,
    DAYS,
    DISTRICT_SHEET,
    LABEL,
    SWITCHED_OFF,
    UNITS,
    WEIGHTS_NOTE,
    WEIGHTS_SHEET,
    EntrySheet,
    SheetColumn,
)
from gongkai.submission.template.canvas import lines_in
from gongkai.submission.template.styles import Styles

_ROWS = 500  # rows of a sheet that carry drop-downs
_HEADER = 2  # row of the headings, under title and note
_LINE = 15  # points
_LEVEL_NAMES = {key: name for name, key in LEVELS.items()}


def workbook_bytes(folder: Path, year: int) -> bytes:
    """The workbook of a profile; the same profile gives the same bytes.

    Args:
        folder: the profile's.
        year: whose working days are asked for.

    Raises:
        ProfileError: the profile is none.
    """
    profile, content, data = load_profile(folder), content_of(folder, year), io.BytesIO()
    book = Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": date(year, 1, 1), "title": f"{profile.district.name}配置"})
    book.calc_on_load = False
    styles = Styles(book)
    _district(book, styles, content)
    _table(book, styles, UNITS, content.units, profile)
    _table(book, styles, AREAS, content.areas, profile)
    _table(
        book,
        styles,
        DAYS,
        content.days,
        profile,
        f"{year} 年" + ("" if content.announced else "（预填法定节假日，待核对）"),
    )
    _weights(book, styles, content, profile)
    _table(book, styles, SWITCHED_OFF, content.off, profile)
    book.close()
    return data.getvalue()


def _district(book: Workbook, styles: Styles, content: Content) -> None:
    sheet = _sheet(
        book, styles, DISTRICT_SHEET, "本区", "名称、联系方式、时限，等次和加减分。改右边一栏即可。", [22, 44, 40]
    )
    for column, heading in enumerate(("项目", "内容", "说明")):
        sheet.write_string(_HEADER, column, heading, styles["header"])
    for row, line in enumerate(content.district, _HEADER + 1):
        value = content.district[line]
        shown = printed_day(value) if line.kind == "day" else "" if value is None else str(value)
        sheet.write_string(row, 0, line.heading, styles["label"])
        sheet.write_string(row, 1, shown, styles.input("text"))
        sheet.write_string(row, 2, line.note, styles["note_line"])


def _table(
    book: Workbook,
    styles: Styles,
    table: EntrySheet,
    rows: Sequence[Mapping[str, Any]],
    profile: Profile,
    more: str = "",
) -> None:
    widths = [column.width for column in table.columns]
    sheet = _sheet(book, styles, table.name, f"{table.name}　{more}".rstrip(), table.note, widths)
    for at, column in enumerate(table.columns):
        sheet.write_string(_HEADER, at, column.heading, styles["header"])
        if column.note:
            sheet.write_comment(_HEADER, at, column.note)
        if offered := _offered(column, profile):
            rule = {"validate": "list", "source": offered, "show_error": False}
            sheet.data_validation(_HEADER + 1, at, _HEADER + _ROWS, at, rule)
    for row, entry in enumerate(rows, _HEADER + 1):
        shown = [_shown(column, entry.get(column.key), profile) for column in table.columns]
        lines = [lines_in(str(v), c.width) for v, c in zip(shown, table.columns, strict=True) if v is not None]
        sheet.set_row(row, _LINE * max(lines, default=1))
        for at, value in enumerate(shown):
            _write(sheet, styles, row, at, value)
    sheet.freeze_panes(_HEADER + 1, 2)


def _weights(book: Workbook, styles: Styles, content: Content, profile: Profile) -> None:
    groups = [one.split("　", 1)[0] for one in groups_of(profile) if not one.startswith("office")]
    sheet = _sheet(
        book, styles, WEIGHTS_SHEET, "考核分值", WEIGHTS_NOTE, [CODE.width, LABEL.width, *[14.0] * len(groups)]
    )
    headings = [CODE.heading, LABEL.heading, *(f"{group}　{profile.kind_name(group)}" for group in groups)]
    for at, heading in enumerate(headings):
        sheet.write_string(_HEADER, at, heading, styles["header"])
    for row, indicator in enumerate(profile.scheme.indicators, _HEADER + 1):
        sheet.write_string(row, 0, indicator.code, styles["label"])
        sheet.write_string(row, 1, indicator.label, styles["label"])
        for at, group in enumerate(groups, 2):
            points = content.weights[indicator.code].get(group)
            _write(sheet, styles, row, at, float(points) if points is not None else None)
    total = _HEADER + 1 + len(profile.scheme.indicators)
    sheet.write_string(total, 1, "合计", styles["label"])
    for at, group in enumerate(groups, 2):
        letter = chr(ord("A") + at)
        whole = sum(float(weights.get(group, 0)) for weights in content.weights.values())
        sheet.write_formula(total, at, f"=SUM({letter}{_HEADER + 2}:{letter}{total})", styles["check"], whole)
    sheet.freeze_panes(_HEADER + 1, 2)


def _sheet(book: Workbook, styles: Styles, name: str, title: str, note: str, widths: Sequence[float]) -> Worksheet:
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, title, styles["title"])
    sheet.write_string(1, 0, note, styles["note_line"])
    return sheet


def _write(sheet: Worksheet, styles: Styles, row: int, column: int, value: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, styles.input("text"))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, styles.input("date"))
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, styles.input("decimal"))
    else:
        sheet.write_string(row, column, value, styles.input("text"))


def _shown(column: SheetColumn, value: Any, profile: Profile) -> Any:
    """A value as the sheet shows it; the reader makes the same value of it."""
    if value is None:
        return None
    match column.kind:
        case "areas" | "codes" | "names":
            return "、".join(map(str, value))
        case "group":
            return f"{value}　{profile.kind_name(value)}"
        case "level":
            return _LEVEL_NAMES[value]
        case "yes":
            return "是" if value else "否"
        case "date":
            return as_date(value)
        case _:
            return value


def _offered(column: SheetColumn, profile: Profile) -> list[str]:
    match column.kind:
        case "group":
            return groups_of(profile)
        case "level":
            return list(LEVELS)
        case "yes":
            return ["是", "否"]
        case "areas":
            return list(profile.areas)
        case _:
            return []
