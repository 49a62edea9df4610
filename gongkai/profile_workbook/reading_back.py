"""Reads the profile's workbook back: every mistake with sheet, cell, value and way out, all of them at once.

A sheet is known by its headings, wherever it stands and whatever it is called; a moved column is found by its heading
too. A column that is missing, or cells that were merged, would empty what they held: that is a mistake.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, PasswordError

from gongkai.errors import CallError
from gongkai.profile import Profile, load_profile
from gongkai.profile_workbook.cell_values import WrongValue, folded, value_of
from gongkai.profile_workbook.profile_rows import Rows, groups_of, lines_of
from gongkai.profile_workbook.read_content import ReadWorkbook
from gongkai.profile_workbook.relations import WhyNotOff, contradictions
from gongkai.profile_workbook.sheet_columns import (
    AREAS,
    CODE,
    DAYS,
    DISTRICT,
    LABEL,
    SWITCHED_OFF,
    UNITS,
    WEIGHTS_SHEET,
    EntrySheet,
    SheetColumn,
)
from gongkai.submission.guard.workbook_guard import inspect
from gongkai.submission.guard.xml_scan import WorkbookRefused
from gongkai.submission.template.names import address
from gongkai.submission.workbook.sheets import Sheets

_TOLD_ONLY = {LABEL.heading, *(column.heading for column in DAYS.columns if column.told_only)}


def read_workbook(path: Path, folder: Path, why_not_off: WhyNotOff = lambda _: None) -> ReadWorkbook:
    """Reads the workbook for the profile of a folder.

    Args:
        path: the workbook.
        folder: the profile's.
        why_not_off: why a rule cannot be switched off; None where it can.

    Raises:
        CallError: the file is no workbook that can be opened.
        ProfileError: the profile is none.
    """
    profile, sheets, read = load_profile(folder), _opened(path), ReadWorkbook()
    reader = _WorkbookReader(sheets, profile, read)
    reader.district()
    read.areas = reader.table(AREAS)
    reader.known["areas"] = [row["number"] for row in read.areas if row.get("number")]
    read.units = reader.table(UNITS)
    read.days = reader.table(DAYS)
    read.off = reader.table(SWITCHED_OFF)
    reader.weights()
    read.problems += contradictions(read, profile, why_not_off)
    return read


def _opened(path: Path) -> Sheets:
    try:
        data = path.read_bytes()
        return Sheets(data, inspect(data))
    except (WorkbookRefused, CalamineError, PasswordError) as error:
        said = error.issue().observed if isinstance(error, WorkbookRefused) else "内容无法解析"
        raise CallError(f"{path} 打不开：{said}。请交 gongkai profile workbook 写出的 .xlsx 文件。") from None
    except OSError as error:
        raise CallError(f"{path} 读不到：{error.strerror}。") from None


class _WorkbookReader:
    """Walks the sheets; keeps what is wrong."""

    def __init__(self, sheets: Sheets, profile: Profile, read: ReadWorkbook) -> None:
        self.sheets, self.profile, self.read = sheets, profile, read
        self.merged: set[tuple[str, int, int]] = set()  # cells of a merged range that was told
        self.known: dict[str, Sequence[str]] = {"areas": list(profile.areas), "groups": groups_of(profile)}

    def district(self) -> None:
        """The sheet 本区: headings down the first column."""
        lines = lines_of(self.profile)
        headings = {line.heading: line for line in lines}
        least = len(DISTRICT) // 2
        found = self._sheet(lambda texts: sum(text in headings for text in texts) >= least)
        if found is None:
            self.read.problems.append("没有找到“本区”表（第一栏为“区（市）名称”“联系邮箱”等）。")
            return
        self._tell_merged(found, 0, (0, 1))
        for row, values in enumerate(self.sheets.grid(found)):
            line = headings.get(folded(values[0]) if values else "")
            if line is not None:
                self.read.lines[line] = f"“{found}”表 {address(row, 1)}"
                raw = values[1] if len(values) > 1 else None
                self.read.district[line] = self._value(raw, line.kind, line.heading, line.needed, found, row, 1)
        missing = [line.heading for line in lines if line.needed and line not in self.read.district]
        if missing:
            self.read.problems.append(f"“{found}”表缺少{'、'.join(missing)}各行，请从原表补上。")

    def table(self, table: EntrySheet) -> Rows:
        """A sheet with one row an entry, under its headings."""
        place = self._header([column.heading for column in table.columns])
        if place is None:
            headings = "、".join(column.heading for column in table.columns)
            self.read.problems.append(f"没有找到“{table.name}”表（表头为“{headings}”）。")
            return []
        sheet, top, at = place
        self._tell_shape(sheet, top, at, [column.heading for column in table.columns if not column.told_only])
        rows, seen = Rows(), dict[Any, int]()
        for row in range(top + 1, len(self.sheets.grid(sheet))):
            entry = self._row(table.columns, sheet, row, at)
            if entry is None:
                continue
            for column in table.columns:
                if column.heading in at:
                    where = f"“{sheet}”表 {address(row, at[column.heading])}"
                    self.read.places[table.name, len(rows), column.key] = where
            name = entry.get(table.id)
            if name is not None and name in seen:
                self.read.problems.append(
                    f"{self.read.place(table.name, len(rows), table.id)}：{table.columns[0].heading} {name} "
                    f"与第 {seen[name] + 1} 行重复，请改正，或删去其中一行。"
                )
            seen.setdefault(name, row)
            rows.append(entry)
        return rows

    def weights(self) -> None:
        """The sheet 考核分值: an indicator a row, a group a column."""
        groups = {one: one.split("　", 1)[0] for one in self.known["groups"]}
        place = self._header([CODE.heading, *groups], least=2)
        if place is None:
            self.read.problems.append("没有找到“考核分值”表（表头为“指标、指标名称”和各组）。")
            return
        sheet, top, at = place
        used = {group for one in self.profile.scheme.indicators for group in one.weight}
        self._tell_shape(sheet, top, at, [CODE.heading, *(one for one, key in groups.items() if key in used)])
        for group, key in groups.items():
            if group in at:
                self.read.places[WEIGHTS_SHEET, 0, key] = f"“{sheet}”表 {address(top, at[group])}"
        codes = {one.code for one in self.profile.scheme.indicators}
        for row in range(top + 1, len(self.sheets.grid(sheet))):
            code = folded(self.sheets.at(sheet, row, at[CODE.heading]))
            if code in codes:
                values = {
                    key: self._value(
                        self.sheets.at(sheet, row, at[group]), "points", group, False, sheet, row, at[group]
                    )
                    for group, key in groups.items()
                    if group in at
                }
                self.read.weights[code] = {key: value for key, value in values.items() if value is not None}
            elif code:
                self.read.problems.append(
                    f"“{sheet}”表 {address(row, at[CODE.heading])}：没有指标 {code}，请核对 scheme.yaml。"
                )

    def _row(
        self, columns: Sequence[SheetColumn], sheet: str, row: int, at: Mapping[str, int]
    ) -> dict[str, Any] | None:
        raw = {c: self.sheets.at(sheet, row, at[c.heading]) for c in columns if c.heading in at}
        if not any(folded(value) for value in raw.values()):
            return None
        entry = {
            c.key: self._value(value, c.kind, c.heading, c.needed, sheet, row, at[c.heading])
            for c, value in raw.items()
        }
        return {key: value for key, value in entry.items() if value is not None}

    def _value(self, raw: Any, kind: str, heading: str, needed: bool, sheet: str, row: int, column: int) -> Any:
        place = f"“{sheet}”表 {address(row, column)}：{heading}"
        try:
            value = value_of(raw, kind, self.known)
        except WrongValue as wrong:
            self.read.problems.append(f"{place}{wrong}（现为“{folded(raw)}”）。")
            return None
        told = (sheet, row, column) in self.merged or (heading == "是否上班" and self._says_none(sheet, row))
        if value is None and needed and not told:
            self.read.problems.append(f"{place}没有填写，请补填。")
        return value

    def _says_none(self, sheet: str, row: int) -> bool:
        return "无调休" in (folded(value) for value in self.sheets.grid(sheet)[row])

    def _tell_shape(self, sheet: str, top: int, at: Mapping[str, int], headings: Sequence[str]) -> None:
        """What is missing or merged below a header; a column that nobody asked for is noted."""
        missing = [heading for heading in headings if heading not in at]
        self.read.problems += [f"“{sheet}”表缺少“{heading}”一栏，请从原表补上。" for heading in missing]
        self._tell_merged(sheet, top + 1, at.values())
        grid = self.sheets.grid(sheet)
        for column, heading in enumerate(map(folded, grid[top])):
            below = any(folded(self.sheets.at(sheet, row, column)) for row in range(top + 1, len(grid)))
            if heading and below and column not in at.values() and heading not in _TOLD_ONLY:
                self.read.notes.append(f"“{sheet}”表 {address(top, column)}：不认识的一栏“{heading}”，没有采用。")

    def _tell_merged(self, sheet: str, top: int, columns: Collection[int]) -> None:
        for place in self.sheets.merged(sheet):
            rows = range(max(place.row, top), place.last_row + 1)
            held = {(sheet, row, c) for row in rows for c in range(place.column, place.last_column + 1) if c in columns}
            if len(held) > 1:
                self.merged |= held
                where = f"{address(place.row, place.column)}:{address(place.last_row, place.last_column)}"
                value = folded(self.sheets.at(sheet, place.row, place.column))
                self.read.problems.append(
                    f"“{sheet}”表 {where} 是合并单元格（现为“{value}”），只有第一格有值：请取消合并，每格分别填写。"
                )

    def _header(self, headings: Sequence[str], least: int = 0) -> tuple[str, int, dict[str, int]] | None:
        """Sheet, row and column of the headings where most of them stand in one row."""
        least = least or max(2, (len(headings) + 1) // 2)
        best, alike = None, dict[str, None]()
        for sheet in self.sheets.package.sheets:
            for row, texts in self._texts(sheet):
                at = {heading: texts.index(heading) for heading in headings if heading in texts}
                if len(at) >= least:
                    alike[sheet] = None
                    if best is None or len(at) > len(best[2]):
                        best = (sheet, row, at)
        if len(alike) > 1:
            self.read.problems.append(f"{'、'.join(f'“{one}”' for one in alike)}是同样的表，请只留一张。")
        return best

    def _texts(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
        for row, values in enumerate(self.sheets.grid(sheet)[:20]):
            yield row, [folded(value) for value in values]

    def _sheet(self, is_it: Any) -> str | None:
        first = ((s, [folded(row[0]) for row in self.sheets.grid(s) if row]) for s in self.sheets.package.sheets)
        return next((sheet for sheet, texts in first if is_it(texts)), None)
