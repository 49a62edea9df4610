"""Prints the figures of a published case as a report: Word, web page and PDF, in sound and in clumsy forms.

The forms change what is printed around the figures (labels, rows, splits, digits), never a figure itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from gongkai.national_format import for_year
from gongkai.profile import load_profile
from gongkai.reporting.report.docx_writer import report_docx
from gongkai.reporting.report.grid import Grid, GridCell, build_grids
from gongkai.reporting.report.view import ReportSection, ReportView
from gongkai.reporting.report.words.sections import Paragraph, Subsection
from gongkai.reporting.report.writer import report_html, report_pdf
from gongkai.reporting.style import Page
from gongkai.warehouse.report_standing import ReportState
from tests.golden.published.build import Case

WRITERS: Mapping[str, Callable[[ReportView], bytes]] = {
    "docx": report_docx,
    "html": lambda view: report_html(view).encode(),
    "pdf": report_pdf,
}
MISPRINTS = {
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
    "5.属于三类内部事务信息": "5.属于三类内部事物信息",
    "3.补正后申请内容仍不明确": "3、补正后 申请内容不明确",
    "四、结转下年度继续办理": "四、结转下年继续办理",
    "（七）总计": "（七）合计",
    "社会公益组织": "社会公益组只",
    "行政事业性收费": "行政事业收费",
    "结果纠正": "结果纠止",
}
GONE = ("closed_no_correction", "closed_fee_unpaid")
WORDS = {"overview": "本年工作平稳。", "problems": "公开内容不够丰富。", "other_matters": "没有其他事项。"}


def figures(case: Case) -> dict[str, str]:
    """`<table>.<row>.<column>` → the printed text; what the source does not show is printed as nothing."""
    tables = case.facts["tables"]
    return {
        spec.where: "" if (value := _value(tables, *spec.where.split("."))) is None else str(value)
        for spec in for_year(case.year).cells
    }


def _value(tables: Mapping[str, object], *steps: str) -> object:
    found: object = tables
    for step in steps:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def view(case: Case, printed: Mapping[str, str], change: Callable[[Grid], list[Grid]]) -> ReportView:
    """The report with the tables after a change; a table in several pieces prints them one after another."""
    national_format = for_year(case.year)
    grids = build_grids(national_format, printed)
    sections: list[ReportSection] = []
    for entry in national_format.sections:
        if entry.table is None:
            words = Subsection("", (Paragraph(WORDS[entry.key]),))
            sections.append(ReportSection(entry.key, entry.heading, (words,)))
        else:
            first, *rest = change(grids[entry.table])
            sections.append(ReportSection(entry.key, entry.heading, grid=first))
            sections += [ReportSection(f"{entry.key}-{n}", "　", grid=piece) for n, piece in enumerate(rest)]
    title = (case.facts["about"]["authority"], f"{case.year}年政府信息公开工作年度报告")
    as_of = datetime(case.year + 1, 1, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
    page = Page("年度报告", load_profile().district.model_copy(update={"name": "样本"}), case.year, as_of, "0" * 64)
    return ReportView(title, page, (), (), tuple(sections), ("样本", "某日"), None, "0" * 64, None, ReportState.DRAFT)


def sound(grid: Grid) -> list[Grid]:
    return [grid]


def misprinted(grid: Grid) -> list[Grid]:
    return [_relabelled(grid, lambda text: MISPRINTS.get(text, text))]


def spaced(grid: Grid) -> list[Grid]:
    """Labels as a scan's text has them: full-width digits and stops, spaces between characters."""
    wide = str.maketrans("123456789.", "１２３４５６７８９．")
    return [_relabelled(grid, lambda text: " ".join(text.translate(wide)))]


def one_row(grid: Grid) -> list[Grid]:
    """2019's single 其他处理 left over in a report of the format that splits it."""
    if f"requests.{GONE[0]}.total" not in grid.figures():
        return [grid]
    rows: list[tuple[GridCell, ...]] = []
    for row in grid.rows:
        key = next((cell.where.split(".")[1] for cell in row if cell.where), "")
        if key not in GONE:
            label = GridCell("（六）其他处理", "label", "left", colspan=2)
            rows.append((label, *(c for c in row if c.where)) if key == "closed_other" else row)
    return [
        replace(
            grid,
            rows=tuple(
                tuple(replace(c, rowspan=c.rowspan - len(GONE)) if c.upright else c for c in row) for row in rows
            ),
        )
    ]


def split(grid: Grid) -> list[Grid]:
    """Table three cut by a page break before （五）不予处理; the second piece has neither heads nor the left label."""
    if grid.key != "requests":
        return [grid]
    at = next(n for n, row in enumerate(grid.rows) if any(cell.text == "（五）不予处理" for cell in row))
    end = len(grid.rows) - 1
    first = tuple(
        tuple(replace(c, rowspan=at - n) if c.upright else c for c in row) for n, row in enumerate(grid.rows[:at])
    )
    left = GridCell("", "label", "center", rowspan=end - at)
    second = ((left, *grid.rows[at]), *grid.rows[at + 1 :])
    return [replace(grid, rows=first), replace(grid, rows=second, header_rows=0, fills_page=False)]


def broken(grid: Grid) -> list[Grid]:
    """As a published report had it: misprints, one row 其他处理, table three over two pages without its heads again."""
    (misprint,) = misprinted(grid)
    (rows,) = one_row(misprint)
    return [replace(rows, dense=False, header_rows=0) if grid.key == "requests" else rows]


def separate(grid: Grid) -> list[Grid]:
    """Table two as one table a block."""
    if grid.key != "proactive_disclosure":
        return [grid]
    starts = [n for n, row in enumerate(grid.rows) if row[0].kind == "caption"]
    ends = [*starts[1:], len(grid.rows)]
    return [replace(grid, rows=grid.rows[start:end]) for start, end in zip(starts, ends, strict=True)]


def _relabelled(grid: Grid, change: Callable[[str], str]) -> Grid:
    rows = tuple(tuple(c if c.where else replace(c, text=change(c.text)) for c in row) for row in grid.rows)
    return replace(grid, rows=rows)
