"""The district's annual report as one value: what the docx, HTML and PDF writers print and nothing they compute.

Title, preface, the six sections in the order and with the headings of the year's format, who signs and when. It is the
public report: what belongs inside the house stands in the annex. A writer decides how it looks, never what it says.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gongkai.national_format import for_year
from gongkai.reporting.report.charts.chart import Chart
from gongkai.reporting.report.footnotes import Note, marked, marks, of_section
from gongkai.reporting.report.grid import TEXT_WIDTH, Grid, GridCell, build_grids, figure_text
from gongkai.reporting.report.words.sections import Subsection, text_of
from gongkai.reporting.style import NOT_APPLICABLE, Page, day, page_of
from gongkai.submission.form import State
from gongkai.submission.verdict import UnitState
from gongkai.warehouse.records import YearState
from gongkai.warehouse.report_standing import Approval, ReportStanding, ReportState
from gongkai.warehouse.totals import Totals

DRAFT = ReportState.DRAFT.word
INCOMPLETE = f"{DRAFT}（数据未齐）"
NOT_INCLUDED = "附：填报单位情况"


@dataclass(frozen=True)
class ReportSection:
    """One of the six sections: text in parts, or one official table with what the office says beside it.

    Attributes:
        mark: of the notes that concern the section as a whole (注1–3), printed behind the heading.
        notes: the released footnotes below it, those of its cells included.
    """

    key: str
    heading: str
    parts: tuple[Subsection, ...] = ()
    grid: Grid | None = None
    mark: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class NotIncluded:
    """附：未纳入的单位, printed in a draft only: an approved report says how many units it counts."""

    heading: str
    summary: str
    grid: Grid


@dataclass(frozen=True)
class ReportView:
    """The whole report.

    Attributes:
        title: its lines: the government's name, and year with subject.
        page: whose, which year; as-of and basis stand in the document's properties.
        notices: what must stand at the head of every page (送审稿, 演示数据), in this order.
        signature: who publishes it and the day: of the approval, in a draft of the figures.
        not_included: units that the draft still waits for.
        content_sha256: of the text and the tables, whatever state they are in.
        approval: the approval that holds for this content.
        state: draft, approved, published or corrected.
        sentences: ids of the computed sentences that are printed.
        charts: what the HTML report draws behind its text.
    """

    title: tuple[str, str]
    page: Page
    notices: tuple[str, ...]
    preface: tuple[Subsection, ...]
    sections: tuple[ReportSection, ...]
    signature: tuple[str, str]
    not_included: NotIncluded | None
    content_sha256: str
    approval: Approval | None
    state: ReportState
    sentences: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()

    def grid(self, key: str) -> Grid:
        """The table of that key; StopIteration when the format has none."""
        return next(s.grid for s in self.sections if s.grid is not None and s.grid.key == key)

    @cached_property
    def followed(self) -> frozenset[str]:
        """The paths of the figures in its text."""
        parts = [*self.preface, *(part for section in self.sections for part in section.parts)]
        return frozenset(piece.path for part in parts for one in part.paragraphs for piece in one.pieces if piece.path)

    def text(self) -> str:
        """All paragraphs, one a line."""
        return text_of([*self.preface, *(part for section in self.sections for part in section.parts)])


def build_report(
    state: YearState,
    totals: Totals,
    basis: str,
    texts: Mapping[str, tuple[Subsection, ...]],
    sentences: tuple[str, ...],
    notes: Sequence[Note],
    standing: ReportStanding,
    charts: Sequence[Chart] = (),
) -> ReportView:
    """The report of a year.

    Args:
        state: the year as known at its moment.
        totals: of the same state.
        basis: `basis_sha256` of the state.
        texts: by `preface` and the keys of the format's sections.
        sentences: ids of the computed sentences among them.
        notes: the footnotes that somebody released.
        standing: what was decided about the report.
        charts: what the HTML report draws.
    """
    sections = _sections(state, totals, notes, texts)
    government = state.profile.district.government_name
    title = for_year(state.year).title_pattern.format(unit_name=government, year=state.year)
    page = page_of(state, basis, "政府信息公开工作年度报告")
    content = _content([title], texts, sections, charts)
    approval = standing.holds_for(content)
    if approval is not None:
        page = replace(page, as_of=state.profile.local(approval.at), basis=approval.basis_sha256)
    draft = approval is None
    notice = (INCOMPLETE if state.provisional else DRAFT) if draft else None
    return ReportView(
        title=(government, title.removeprefix(government)),
        page=page,
        notices=tuple(one for one in (notice, page.banner) if one),
        preface=texts["preface"],
        sections=sections,
        signature=(government, day(page.as_of)),
        not_included=_not_included(state) if draft and state.incomplete else None,
        content_sha256=content,
        approval=approval,
        state=standing.state(approval),
        sentences=sentences,
        charts=tuple(charts),
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


def _sections(
    state: YearState, totals: Totals, notes: Sequence[Note], texts: Mapping[str, tuple[Subsection, ...]]
) -> tuple[ReportSection, ...]:
    national_format = for_year(state.year)
    grids = build_grids(national_format, printed_figures(state, totals))
    placed = marks(notes)
    return tuple(
        ReportSection(
            key=s.key,
            heading=s.heading,
            parts=texts[s.key],
            grid=marked(grids[s.table], s.key, placed) if s.table else None,
            mark=placed.get((s.key, None), ""),
            notes=of_section(notes, s.key),
        )
        for s in national_format.sections
    )


def _content(
    title: Sequence[str],
    texts: Mapping[str, tuple[Subsection, ...]],
    sections: Sequence[ReportSection],
    charts: Sequence[Chart],
) -> str:
    """The hash of everything that a reader of the public report reads, but for its state and its day."""
    said = {
        "title": list(title),
        "texts": {key: [part.to_json() for part in parts] for key, parts in texts.items()},
        "tables": [section.grid.figures() for section in sections if section.grid],
        "notes": [note.text for section in sections for note in section.notes],
        "charts": [[chart.title, chart.says, chart.said] for chart in charts],
    }
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _not_included(state: YearState) -> NotIncluded:
    groups = [(one.word, units) for one in UnitState if (units := [u for u in state.units if u.state is one])]
    counts = "，".join(f"{label}{len(units)}家" for label, units in groups)
    rows = [tuple(GridCell(text, "head", "center") for text in ("报送状态", "家数", "单位"))]
    rows += [
        (
            GridCell(label, "label", "left"),
            GridCell(str(len(units)), "figure", "right"),
            GridCell("、".join(f"{u.unit.code} {u.unit.name}" for u in units), "label", "left"),
        )
        for label, units in groups
    ]
    summary = f"应报送{len(state.units)}家，其中{counts}。报告数据只计已受理的报送。"
    return NotIncluded(NOT_INCLUDED, summary, Grid("units", "", (24, 16, TEXT_WIDTH - 40), 1, tuple(rows)))
