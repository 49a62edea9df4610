"""One national table's sheet while it is drawn: its cells to fill, its live checks, its progress for the cover.

Where the cells of each table stand is decided in `table_sheets`; what fills a blank form beforehand (the
carry-over, the zeros of the law) stands here.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from gongkai.national_format import CellSpec, Identity
from gongkai.national_format.figures import REQUESTS, only_cities
from gongkai.submission.counted_elsewhere import COUNTED_ELSEWHERE
from gongkai.submission.form import Cell, Origin, State
from gongkai.submission.template.canvas import Form, Progress, validation
from gongkai.submission.template.counted_formulas import row_check
from gongkai.submission.template.live_checks import (
    BROKEN_PATTERN,
    MUST_FIX,
    TO_EXPLAIN,
    check_formula,
    check_result,
    decidable,
    total_formula,
)
from gongkai.submission.template.names import META_REST_IS_ZERO, Place, address, area_name, cell_name


@dataclass
class Table:
    """One table's sheet while it is drawn: where its cells and its checks stand, which are filled, which add up.

    `counted` are the cells that the register fills, which show nothing until it is filled.
    """

    form: Form
    key: str
    sheet: Worksheet
    places: dict[str, str] = field(default_factory=dict)
    values: dict[str, int | Decimal] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    computed: set[str] = field(default_factory=set)
    counted: set[str] = field(default_factory=set)
    results: list[str] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0

    def text(self, top: int, left: int, bottom: int, right: int, text: str, style: str) -> None:
        """Locked text over a range, merged where it is more than a cell."""
        made = self.form.style[style]
        if (top, left) == (bottom, right):
            self.sheet.write_string(top, left, text, made)
        else:
            self.sheet.merge_range(top, left, bottom, right, text, made)
        self.last_row, self.last_column = max(self.last_row, bottom), max(self.last_column, right)

    def input(self, spec: CellSpec, row: int, left: int, right: int | None = None) -> None:
        """The cell to fill of one place of the format."""
        cell = _cell(self.form, spec)
        self.form.input(self.sheet, row, left, spec.value_type, cell, where=spec.where, last_column=right)
        self.sheet.data_validation(row, left, row, left, validation(spec.value_type, negative=spec.may_be_negative))
        self.form.define(cell_name(spec), Place(self.sheet.name, row, left, row, left))
        self.places[spec.where] = address(row, left)
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, right or left)
        if cell is None and self.form.submission is None and spec.where in self.form.counted:
            look = self.form.look(spec.where, spec.value_type)
            self.sheet.write_formula(row, left, self.form.counted[spec.where], look, "")
            self.counted.add(spec.where)
        if cell is not None and cell.state is not State.BLANK:
            self.filled.add(spec.where)
            if cell.state is State.VALUE:
                self.values[spec.where] = cell.value

    def check(self, identity: Identity, row: int, left: int, right: int | None = None) -> None:
        """The live cell of one identity."""
        form = self.form
        last_year = {
            term.where: value
            for term in identity.left + identity.right
            if term.previous and (value := form.last_value(term.where)) is not None
        }
        if not decidable(identity, last_year):
            self.text(row, left, row, right or left, "无上年数据", "check")
            return
        broken = TO_EXPLAIN if form.national_format.rules[identity.rule].severity == "warning" else MUST_FIX
        result = check_result(identity, self.values, last_year, broken)
        self.text(row, left, row, right or left, "", "check")
        formula = check_formula(identity, self.places.__getitem__, last_year, broken)
        self.sheet.write_formula(row, left, formula, form.style["check"], result)
        rule = {"type": "text", "criteria": "containing", "value": "差 ", "format": form.style["attention"]}
        self.sheet.conditional_format(row, left, row, left, rule)
        self.results.append(result)

    def register_check(self, where: str, row: int, left: int) -> None:
        """The live cell that compares a row's total with the register."""
        form = self.form
        self.text(row, left, row, left, "", "check")
        formula = row_check(form.year, form.version, where.split(".")[1], self.places[where])
        self.sheet.write_formula(row, left, formula, form.style["check"], "")
        rule = {"type": "text", "criteria": "containing", "value": "差 ", "format": form.style["attention"]}
        self.sheet.conditional_format(row, left, row, left, rule)

    def reference(self, row: int, column: int, where: str) -> None:
        """Last year's value, locked; 未报 where it is not known."""
        value = self.form.last_value(where)
        self.text(row, column, row, column, "未报" if value is None else str(value), "reference")

    def _total(self, where: str, parts: tuple[str, ...]) -> None:
        """A total adds itself up, unless what stands there is something else: that is the clerk's to correct."""
        given = self.values.get(where)
        complete = all(part in self.values for part in parts)
        said = sum((self.values[part] for part in parts), 0) if complete else None
        if (given is None and self.form.submission is not None) or (given is not None and given != said):
            return
        place, look = self.form.placed[where], self.form.look(where, self.form.national_format.spec(where).value_type)
        formula = total_formula([self.places[part] for part in parts])
        self.sheet.write_formula(place.row, place.column, formula, look, "" if said is None else said)
        self.computed.add(where)

    def finish(self, what: str) -> None:
        """Makes formulas of the totals, names the printed area and reports the sheet's progress to the cover."""
        for identity in self.form.national_format.identities:
            of_its_own = identity.where in self.places and not _elsewhere(self.form, identity.where)
            if of_its_own and identity.parts and identity.where not in self.computed:
                self._total(identity.where, identity.parts)
        name = self.sheet.name
        self.form.define(area_name(self.key), Place(name, 0, 0, self.last_row, self.last_column))
        self.sheet.print_area(0, 0, self.last_row, self.last_column)
        typed = [where for where in self.places if where not in self.computed]

        def listed(wanted: bool) -> str:
            return ",".join(f"'{name}'!{self.places[one]}" for one in typed if (one in self.counted) is wanted)

        there = f"COUNTA({listed(False)})" + (f"-COUNT({listed(True)})" if self.counted else "")
        area = f"'{name}'!A1:{address(self.last_row, self.last_column)}"
        blank, broken = f"({len(typed)}-{there})", f'COUNTIF({area},"{BROKEN_PATTERN}")'
        done = "已填完，校验相符"
        unfilled = f'AND({blank}>0,{META_REST_IS_ZERO}<>"是")'
        formula = f'=IF({unfilled},"还有 "&{blank}&" 格未填",IF({broken}>0,{broken}&" 处校验不符","{done}"))'
        missing, wrong = (
            sum(where not in self.filled for where in typed),
            sum("差 " in result for result in self.results),
        )
        value = f"还有 {missing} 格未填" if missing else f"{wrong} 处校验不符" if wrong else done
        self.form.progress.append(Progress(name, what, formula, value))


def _elsewhere(form: Form, where: str) -> bool:
    """Whether another authority counts what the place asks for."""
    return form.unit.requests_counted_by is not None and where.startswith(f"{REQUESTS}.")


def _cell(form: Form, spec: CellSpec) -> Cell | None:
    """What a place is filled with: the submission; in a blank workbook, the carry-over and the zeros of the law."""
    if _elsewhere(form, spec.where):
        return Cell(spec.table, spec.row, spec.column, None, State.NOT_APPLICABLE, Origin(raw=COUNTED_ELSEWHERE))
    if form.submission is not None:
        return form.submission.by_where.get(spec.where)
    if form.unit.level != "city" and only_cities(spec.where):
        return Cell(spec.table, spec.row, spec.column, 0)
    source = form.national_format.carried_from.get(spec.where)
    carried = form.last_value(source) if source else None
    return None if carried is None else Cell(spec.table, spec.row, spec.column, carried)
