"""Draws the first sheet of a returned workbook (修改清单): what to fix, in the order to fix it, linked to its cells.

Errors before queries before notices, grouped by cause; a query that may be explained has its accepted reasons as a
drop-down, which the reader takes as explanations. How sheets and cells look is decided in the template's writer.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter.worksheet import Worksheet

from gongkai.findings import Finding, Scalar, Severity
from gongkai.reporting.receipt.advice import CAUTION, TITLE, advice_view
from gongkai.reporting.shared.series import Series, series, spans
from gongkai.reporting.shared.wording import Wordings, wording_of
from gongkai.reporting.shared.words import hint_of, what_to_do
from gongkai.submission.repair.parts import Repair
from gongkai.submission.template.canvas import Form, lines_in
from gongkai.submission.template.names import FIX_LIST_EXPLANATIONS, FIX_LIST_SHEET, Place, address
from gongkai.submission.template.names import place as place_named
from gongkai.submission.workbook.fix_list_answers import COLUMNS as EXPLAINED
from gongkai.submission.workbook.fix_list_answers import HEADINGS

LIST_WIDTHS = [5.0, 19.0, 65.0, 11.0, 11.0, 8.0, 27.0, 26.0, 17.0]  # the machine's place stands hidden behind them
_HEADER = ("", "位置", "问题和处理办法", "填报", "核对", "相差", *HEADINGS)
_REASON = _HEADER.index(HEADINGS[0])
_WHERE = _REASON + EXPLAINED.index("where")
_LAST = len(_HEADER) - 1
_HOW = (
    "点“位置”可跳到该格；标色的格子有批注。请直接在本工作簿中改正，保存为 .xlsx 后按原途径重新报送，文件名不限；"
    "本表不必删除。"
)
_EXPLAIN = "疑点经核对属实的，不必改数，在同一行选择理由并说明即可。"
_ADDRESS = re.compile(r"(?<![A-Z0-9])[A-Z]{1,3}[1-9]\d{0,4}(?![A-Z0-9])")
_LINE = 15
_NONE = "—"
_EXPLAIN_HERE = "请改正；属实的，在同一行选择理由并说明"
_TO_DO = {Severity.ERROR: "必须改正", Severity.QUERY: "请改正或说明"}


@dataclass
class FixList:
    """The sheet while it is drawn: `at` is the next row, `explained` the rows where a reason may be given.

    `how` tells how a correction is made and sent.
    """

    form: Form
    sheet: Worksheet
    findings: Sequence[Finding]
    repairs: Sequence[Repair]
    wording: Wordings
    at: int = 0
    number: int = 0
    explained: list[int] = field(default_factory=list)
    width: float = LIST_WIDTHS[2]
    how: str = _HOW

    def draw(self, heading: str, until: str) -> None:
        """Fills the sheet; every other sheet must have been drawn."""
        sheet = self.sheet
        self._across(heading, "title", 30)
        counts = Counter(finding.severity for finding in self.findings)
        todo = "，".join(f"{one.word} {counts[one]} 处{asked}" for one, asked in _TO_DO.items() if counts[one])
        self._across(f"{todo}。{until}", "act", 22)
        self._columns()
        self._across(self.how + (_EXPLAIN if self.explainable else ""), "note", 28)
        for column, text in enumerate(_HEADER):
            sheet.write_string(self.at, column, text, self.form.style["header"])
        sheet.set_row(self.at, 22)
        sheet.repeat_rows(self.at)
        sheet.freeze_panes(self.at + 1, 0)
        self.at += 1
        for severity in Severity:
            found = [finding for finding in self.findings if finding.severity is severity]
            if found:
                asked = what_to_do(severity, _EXPLAIN_HERE)
                self._across(f"{severity.sign} {severity.word} {len(found)} 处　{asked}", "severity", 22)
                self._causes(found)
            if severity is Severity.ERROR and self.repairs:
                self._advice()
        if self.explained:
            rows = (self.explained[0], self.explained[-1])
            range_ = Place(sheet.name, rows[0], _REASON, rows[1], _WHERE)
            self.form.define(FIX_LIST_EXPLANATIONS, range_)
        sheet.set_column(_WHERE, _WHERE, None, None, {"hidden": True})
        sheet.print_area(0, 0, self.at - 1, _LAST)
        sheet.activate()

    @property
    def explainable(self) -> bool:
        """Whether any line offers reasons."""
        return any(self._accepted(finding) for finding in self.findings)

    def _accepted(self, finding: Finding) -> tuple[str, ...]:
        return tuple(wording_of(finding.rule, self.wording).reasons.values())

    def _columns(self) -> None:
        """Without a query that can be explained, the sentences get the room of reason and text."""
        if not self.explainable:
            self.width += sum(LIST_WIDTHS[_REASON:_LAST])
            self.sheet.set_column(2, 2, self.width)
            self.sheet.set_column(_REASON, _REASON + 1, None, None, {"hidden": True})

    def _across(self, text: str, style: str, height: float) -> None:
        self.sheet.merge_range(self.at, 0, self.at, _LAST, text, self.form.style[style])
        self.sheet.set_row(self.at, height)
        self.at += 1

    def _causes(self, findings: Sequence[Finding]) -> None:
        """The lines of one severity under a heading for each rule, in the order in which the rules come up."""
        for rule in dict.fromkeys(finding.rule for finding in findings):
            same = [finding for finding in findings if finding.rule == rule]
            self._across(f"{wording_of(rule, self.wording).title} · {len(same)} 处", "cause", 19)
            for line in series(same, self.form.national_format):
                self._line(line, self._accepted(line.first))

    def _line(self, line: Series, reasons: tuple[str, ...]) -> None:
        form, sheet, style, finding = self.form, self.sheet, self.form.style, line.first
        self.number += 1
        sheet.write_number(self.at, 0, self.number, style["center"])
        self._link([target for one in line.findings if (target := place_of(one, form))])
        text = said_of(finding, form, line.line)
        sheet.write_string(self.at, 2, text, style["said"])
        figures = (finding.observed, finding.expected, finding.difference) if len(line.findings) == 1 else (None,) * 3
        for column, value in enumerate(figures, 3):
            self._figure(column, value)
        for column in (_REASON, _REASON + 1):
            if reasons:
                sheet.write_blank(self.at, column, None, style["input_text"])
            else:
                sheet.write_string(self.at, column, _NONE, style["center"])
        sheet.write_string(self.at, _LAST, finding.rule, style["code"])
        if reasons:
            self._reasons(finding, reasons)
        sheet.set_row(self.at, max(22, 4 + _LINE * lines_in(text, self.width)))
        self.at += 1

    def _figure(self, column: int, value: Scalar) -> None:
        shown = _NONE if value is None else str(value)
        if isinstance(value, int) and len(shown) < 12:
            self.sheet.write_number(self.at, column, value, self.form.style["figure"])
        else:
            self.sheet.write_string(self.at, column, shown, self.form.style["figure" if len(shown) < 12 else "code"])

    def _reasons(self, finding: Finding, reasons: tuple[str, ...]) -> None:
        refusal = {"error_title": "请选择理由", "error_message": "请在下拉列表中选择一项；都不符合的，请改正数字。"}
        rule = {"validate": "list", "source": self.form.choices(reasons), **refusal}
        self.sheet.data_validation(self.at, _REASON, self.at, _REASON, rule)
        self.sheet.write_string(self.at, _WHERE, finding.where)
        self.explained.append(self.at)

    def _advice(self) -> None:
        """The repair advice, marked as what it is."""
        form = self.form
        addresses = {where: address(place.row, place.column) for where, place in form.placed.items()}
        self._across(f"{TITLE}　{CAUTION}", "severity", 22)
        for part in advice_view(self.repairs, form.national_format, addresses):
            self._across(part.heading, "cause", 19)
            for line in part.lines:
                self.sheet.write_blank(self.at, 0, None, form.style["center"])
                self._link([form.placed[line.where]])
                self.sheet.merge_range(self.at, 2, self.at, _LAST, line.text, form.style["said"])
                self.sheet.set_row(self.at, max(22, 4 + _LINE * lines_in(line.text, sum(LIST_WIDTHS[2:]))))
                self.at += 1

    def _link(self, targets: Sequence[Place]) -> None:
        """The place, linked to its first cell; 整个文件 where there is none."""
        style = self.form.style
        if not targets:
            self.sheet.write_string(self.at, 1, "整个文件", style["center"])
            return
        first = targets[0]
        named = spans(address(target.row, target.column) for target in targets)
        self.sheet.write_url(
            self.at, 1, f"internal:'{first.sheet}'!{address(first.row, first.column)}", style["link"],
            f"{first.sheet} {named}",
        )  # fmt: skip


def place_of(finding: Finding, form: Form) -> Place | None:
    """Where a finding's cell is; of a row of a list, a table or a group as a whole, its first cell.

    Two rows of a list may bear the same name: then only the line in the file that was sent tells them apart.
    """
    where, placed = finding.where, form.placed
    if "[" in where and finding.sheet and finding.cell and _name_is_shared(where, form):
        sent = place_named(f"'{finding.sheet}'!{finding.cell}")
        return sent._replace(column=placed[where].column) if sent and where in placed else sent
    if where in placed:
        return placed[where]
    inside = (f"{where}.", f"{where}[")
    return next((place for at, place in placed.items() if at.startswith(inside)), None)


def _name_is_shared(where: str, form: Form) -> bool:
    name, _, rest = where.partition("[")
    records = form.submission.records(name) if form.submission else ()
    return sum(rest.startswith(f"{record.id}]") for record in records) > 1


def said_of(finding: Finding, form: Form, line: str | None = None) -> str:
    """A finding's sentence and its way out, with the addresses of this workbook where the sent one had others."""
    printed = line or finding.message
    text = " ".join(part for part in (printed, hint_of(finding, printed)) if part)
    before = form.submission.by_where if form.submission else {}
    moved = {}
    for where in dict.fromkeys((finding.where, *finding.cells)):
        old = before[where].origin.cell if where in before else finding.cell if where == finding.where else None
        new = place_of(finding, form) if where == finding.where else form.placed.get(where)
        if old and new:
            moved[old] = address(new.row, new.column)
    text = text.replace("“疑点说明”中", f"“{FIX_LIST_SHEET}”中")  # here a reason is chosen on the list itself
    return _ADDRESS.sub(lambda match: moved.get(match[0], match[0]), text)
