"""The district's annual report as one value: what the docx, HTML and PDF writers print and nothing they compute.

Title, preface, the six sections in the order and with the headings of the year's format, the annex on who has
not reported, head and foot. A writer decides how it looks, never what it says.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.findings import Finding
from gongkai.national_format import for_year
from gongkai.reporting.report.counts import Facts
from gongkai.reporting.report.facts import collect_facts
from gongkai.reporting.report.footnotes import Note, collect_notes, marked, marks, of_section
from gongkai.reporting.report.grid import TEXT_WIDTH, Grid, GridCell, build_grids, figure_text
from gongkai.reporting.report.text import Paragraph, Subsection, write_parts
from gongkai.reporting.shared.granted import waived, waiver_words
from gongkai.reporting.shared.wording import Wording
from gongkai.reporting.style import MISSING, NOT_APPLICABLE, Page, day, page_of
from gongkai.submission.form import State
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import UnitState
from gongkai.warehouse.records import UnitYear, YearState
from gongkai.warehouse.totals import Totals

DRAFT = "送审稿（数据未齐）"


@dataclass(frozen=True)
class Section:
    """One of the six sections: text in parts, or one official table.

    Attributes:
        mark: of the notes that concern the section as a whole (注1–3), printed behind the heading.
        notes: the footnotes below it, those of its cells included.
    """

    key: str
    heading: str
    parts: tuple[Subsection, ...] = ()
    grid: Grid | None = None
    mark: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Annex:
    """附：填报单位情况, printed while an expected unit is not accepted.

    Attributes:
        summary: one line of counts.
        grid: state, number of units, and their names; accepted first.
    """

    heading: str
    summary: str
    grid: Grid


@dataclass(frozen=True)
class ReportView:
    """The whole report.

    Attributes:
        title: its lines: the government's name, and year with subject.
        page: head and foot of every page.
        notices: what must stand at the head of every page (送审稿, 演示数据), in this order.
        signature: who publishes it and the day of the figures, printed under the last section.
    """

    title: tuple[str, str]
    page: Page
    notices: tuple[str, ...]
    preface: tuple[Subsection, ...]
    sections: tuple[Section, ...]
    signature: tuple[str, str]
    annex: Annex | None

    def grid(self, key: str) -> Grid:
        """The table of that key; StopIteration when the format has none."""
        return next(s.grid for s in self.sections if s.grid is not None and s.grid.key == key)


def build_report(
    state: YearState, totals: Totals, basis: str, wording: Mapping[str, Wording] | None = None
) -> ReportView:
    """The report of a year.

    Args:
        state: the year as known at its moment.
        totals: of the same state.
        basis: `basis_sha256` of the state, printed at every foot.
        wording: rule → the wording of its accepted reasons, for the footnotes.
    """
    national_format = for_year(state.year)
    facts = collect_facts(state, totals)
    grids = build_grids(national_format, printed_figures(state, totals))
    words = _office_words(state)
    notes = collect_notes(state, wording)
    placed = marks(notes)
    sections = [
        Section(
            key=s.key,
            heading=s.heading,
            parts=() if s.table else _parts(s.key, facts, words.get(s.key, "")),
            grid=marked(grids[s.table], s.key, placed) if s.table else None,
            mark=placed.get((s.key, None), ""),
            notes=of_section(notes, s.key),
        )
        for s in national_format.sections
    ]
    government = state.profile.district.government_name
    title = national_format.title_pattern.format(unit_name=government, year=state.year)
    page = page_of(state, basis, "政府信息公开工作年度报告")
    return ReportView(
        title=(government, title.removeprefix(government)),
        page=page,
        notices=tuple(notice for notice in (DRAFT if state.provisional else None, page.banner) if notice),
        preface=write_parts("preface", facts),
        sections=tuple(sections),
        signature=(government, day(page.as_of)),
        annex=_annex(state) if state.provisional or _waived(state) else None,
    )


def printed_figures(state: YearState, totals: Totals) -> dict[str, str]:
    """Every cell of the tables as printed: a sum, 不适用 where every accepted unit says so, else 未报."""
    submissions = [r.submission for r in state.accepted if r.submission is not None]
    printed = {}
    for where, value in totals.district.tables.items():
        text = figure_text(value)
        if value is None and submissions:
            cells = [s.by_where.get(where) for s in submissions if s.has_tables]
            if cells and all(cell is not None and cell.state is State.NOT_APPLICABLE for cell in cells):
                text = NOT_APPLICABLE
        printed[where] = text
    return printed


def _office_words(state: YearState) -> dict[str, str]:
    """The office's own text of sections 五 and 六, from its accepted revision."""
    revision = next((u.accepted for u in state.units if u.unit.kind == "office" and u.accepted is not None), None)
    submission = revision.submission if revision else None
    if submission is None:
        return {}
    return {key: submission.value(f"narrative.{key}") or "" for key in ("problems", "other_matters")}


def _parts(section: str, facts: Facts, words: str) -> tuple[Subsection, ...]:
    """The computed sentences, then the office's own words under its name."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    own = [Paragraph(line, "" if number else f"{facts['office']}报告。") for number, line in enumerate(lines)]
    parts = write_parts(section, facts) + ((Subsection("", tuple(own)),) if own else ())
    return parts or (Subsection("", (Paragraph(MISSING),)),)


def _annex(state: YearState) -> Annex:
    groups = [(one.word, units) for one in UnitState if (units := [u for u in state.units if u.state is one])]
    counts = "，".join(f"{label}{len(units)}家" for label, units in groups)
    rows = [tuple(GridCell(text, "head", "center") for text in ("报送状态", "家数", "单位"))]
    rows += [
        (
            GridCell(label, "label", "left"),
            GridCell(str(len(units)), "figure", "right"),
            GridCell("、".join(map(_named, units)), "label", "left"),
        )
        for label, units in groups
    ]
    rows += [
        (
            GridCell("豁免核验", "label", "left"),
            GridCell("1", "figure", "right"),
            GridCell(f"{_named(unit)}：{found.message}（{waiver_words(entry)}；{found.rule}）", "label", "left"),
        )
        for unit, found, entry in _waived(state)
    ]
    summary = f"应报送{len(state.units)}家，其中{counts}。报告数据只计已受理的报送。"
    return Annex("附：填报单位情况", summary, Grid("units", "", (24, 16, TEXT_WIDTH - 40), 1, tuple(rows)))


def _waived(state: YearState) -> list[tuple[UnitYear, Finding, InspectionEntry | None]]:
    """What the office let pass in the submissions that are counted: the report says so."""
    return [
        (unit, found, entry)
        for unit in state.units
        if unit.accepted is not None
        for found, entry in waived(unit.accepted.verdict, state.inspections)
    ]


def _named(unit: UnitYear) -> str:
    return f"{unit.unit.code} {unit.unit.name}"
