"""The pages of provenance: what a person sees who follows a figure of the HTML report.

Cells of one row stand in one table, unit by unit; every other figure by itself. Pages are internal: they name units,
files and cases. What is traced stands in `tracer`, where a figure stands in `places`; here it is only arranged.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from gongkai.national_format import for_year
from gongkai.reporting.report.grid import figure_text
from gongkai.reporting.report.provenance.figure_links import CASES, FOLDER, INDEX, TEXT, link_to, link_to_case, page_of
from gongkai.reporting.report.provenance.traced import Traced, TracedCase, UnitSource
from gongkai.reporting.report.provenance.tracer import Tracer
from gongkai.reporting.report.view import ReportView
from gongkai.reporting.shared.write import write_text
from gongkai.reporting.style import page_of as head_of
from gongkai.reporting.style import render
from gongkai.submission.references import OFFICE

_LINK = Markup('<a href="%s">%s</a>')
"""To a case: a figure has hundreds of them and a case some ten figures, so that each is written once."""


@dataclass(frozen=True)
class UnitLine:
    """What one unit gives to the figures of a block: texts with the cell that each stands in."""

    unit: str
    name: str
    revision: int
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FigureGroup:
    """Figures that stand together: the cells of one row, or one other figure.

    Attributes:
        figures: of its columns.
        columns: their headings.
        lines: of the units that give something.
        nothing: how many units give zero to all of it.
        entries: of the office, by indicator: how many, passed, checked.
        cases: of the last column (the total), unit by unit: how many, and the links to them.
    """

    heading: str
    figures: tuple[Traced, ...]
    columns: tuple[str, ...]
    lines: tuple[UnitLine, ...]
    nothing: int
    entries: tuple[tuple[str, int, int, int], ...]
    cases: tuple[tuple[str, int, Markup], ...]


def write_provenance(tracer: Tracer, folder: Path) -> list[Path]:
    """Writes `provenance/*.html` below the report's folder."""
    every = [tracer.trace(path) for path in tracer.figures if _worth_a_place(path, tracer.report.view)]
    state, basis = tracer.report.state, tracer.report.basis
    tables = for_year(state.year).tables
    pages = {f"{key}.html": f"{table.label} {table.caption}" for key, table in tables.items()}
    pages |= {TEXT: "文字中的数据", CASES: "台账案件"}
    shown = {
        "pages": pages,
        "link": _linked(state.year),
        "known": {one.path for one in every},
    }

    def written(name: str, template: str, title: str, **view: object) -> Path:
        page = head_of(state, basis, f"数据来源：{title}")
        return write_text(folder / FOLDER / name, render(template, page, title=title, here=name, **shown, **view))

    links = {id(case.shown): _LINK % (link_to_case(case.shown), case.shown.case_no) for case in tracer.report.cases}
    units = [(unit, unit.accepted) for unit in state.units if unit.accepted is not None]
    return [
        written(INDEX, "provenance_index.html", "目录", units=units),
        *(
            written(name, "provenance.html", title, blocks=tuple(_blocks(name, every, state.year, links)))
            for name, title in pages.items()
            if name != CASES
        ),
        written(CASES, "provenance_cases.html", pages[CASES], registers=tuple(_registers(tracer))),
    ]


def _worth_a_place(path: str, view: ReportView) -> bool:
    """Whether the report prints a figure, or counts it for the whole district; the office's 200 cells are its own."""
    return not path.startswith(OFFICE) or path in view.followed


def _linked(year: int) -> Callable[[str], str]:
    return lambda path: link_to(path, year)


def _blocks(name: str, every: Sequence[Traced], year: int, links: Mapping[int, Markup]) -> Iterator[FigureGroup]:
    """The blocks of a page in the order of the report."""
    here = [figure for figure in every if page_of(figure.path, year) == name]
    if name == TEXT:
        yield from (_block(figure.label, [figure], [figure.label], links) for figure in here)
        return
    national_format = for_year(year)
    for _, cells in groupby(here, key=lambda figure: figure.path.rpartition(".")[0]):
        figures = list(cells)
        specs = [national_format.spec(figure.path) for figure in figures]
        yield _block(specs[0].row_label, figures, [spec.column_label for spec in specs], links)


def _block(heading: str, figures: list[Traced], columns: list[str], links: Mapping[int, Markup]) -> FigureGroup:
    given: Mapping[str, list[UnitSource]] = _by_unit(figures)
    lines = [
        UnitLine(unit, sources[0].name, sources[0].revision, tuple(_figure(unit, figure) for figure in figures))
        for unit, sources in given.items()
        if not all(source.nothing for source in sources)
    ]
    cases = groupby(figures[-1].cases, key=lambda case: f"{case.unit} {case.name}")
    return FigureGroup(
        heading,
        tuple(figures),
        tuple(columns),
        tuple(lines),
        len(given) - len(lines),
        tuple(_entered(figures[0])),
        tuple(_linked_cases(unit, [links[id(case)] for case in found]) for unit, found in cases),
    )


def _linked_cases(unit: str, links: Sequence[Markup]) -> tuple[str, int, Markup]:
    return unit, len(links), Markup("".join(links))  # noqa: S704  # each of them is one


def _entered(figure: Traced) -> Iterator[tuple[str, int, int, int]]:
    named = sorted(figure.entries, key=lambda entry: entry.indicator or "")
    for indicator, found in groupby(named, key=lambda entry: entry.indicator or "—"):
        entries = list(found)
        yield indicator, len(entries), sum(e.passed or 0 for e in entries), sum(e.checked or 0 for e in entries)


def _by_unit(figures: Sequence[Traced]) -> dict[str, list[UnitSource]]:
    found: dict[str, list[UnitSource]] = {}
    for figure in figures:
        for source in figure.sources:
            found.setdefault(source.unit, []).append(source)
    return found


def _figure(unit: str, figure: Traced) -> tuple[str, str]:
    """The text and the place of what a unit gives to a figure."""
    source = next((one for one in figure.sources if one.unit == unit), None)
    if source is None:
        return "—", ""
    value = source.value if isinstance(source.value, str) else figure_text(source.value)
    if source.cases is not None:
        return value, f"台账 {source.cases} 件"
    return value, f"{source.sheet or ''} {source.cell or ''}".strip()


def _registers(tracer: Tracer) -> Iterator[tuple[str, tuple[TracedCase, ...]]]:
    shown = [case.shown for case in tracer.report.cases]
    for unit, cases in groupby(shown, key=lambda case: f"{case.unit} {case.name}"):
        yield unit, tuple(cases)
