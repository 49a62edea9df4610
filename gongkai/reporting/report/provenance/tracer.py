"""Follows a figure of the report to its sources: by path, or by what is printed.

Every figure has the path that the office's words, `report.json` and the tags in Word call it by. What one unit gives is
that same figure of the unit alone, so that whatever a sentence counts can be followed. Nothing is printed here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from gongkai.national_format import for_year
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.provenance.cases import CountedCase, by_figure, counts_cases
from gongkai.reporting.report.provenance.how import how_made
from gongkai.reporting.report.provenance.labels import counted_in, label_of
from gongkai.reporting.report.provenance.printed_figures import printed_figures, read_printed
from gongkai.reporting.report.provenance.traced import Traced, UnitSource
from gongkai.reporting.report.words.facts import collect_facts
from gongkai.reporting.report.words.figure_paths import DIFFERENCE, PERCENT
from gongkai.submission.references import OFFICE
from gongkai.warehouse.records import Revision, UnitYear
from gongkai.warehouse.totals import Number, compute_totals


class Tracer:
    """The figures of one year's report and where they come from."""

    def __init__(self, report: DistrictReport) -> None:
        self.report = report
        self._state = report.state
        self._year = report.state.year

    @cached_property
    def figures(self) -> Mapping[str, str]:
        """Path → the figure as the report prints it, for every figure that it can print today."""
        return printed_figures(self.report.totals, self.report.facts, self._year)

    def found(self, asked: str) -> list[str]:
        """The paths that somebody means: the path itself, a fact of the sentences, or all that print this figure."""
        asked = asked.strip()
        if asked in self.figures:
            return [asked]
        if (plain := f"facts.{asked}") in self.figures:
            return [plain]
        printed = read_printed(asked)
        return [path for path, text in self.figures.items() if printed is not None and read_printed(text) == printed]

    def nearest(self, asked: str) -> list[str]:
        """Known paths like one that is not known."""
        return get_close_matches(asked.strip(), list(self.figures), 3, 0.5)

    def trace(self, path: str) -> Traced:
        """A figure that is known (KeyError when it is not), with everything that it comes from."""
        base = path.removesuffix(DIFFERENCE).removesuffix(PERCENT)
        cases = self.cases(base)
        how, parts, entries = how_made(path, self.report, self.figures)
        return Traced(
            path=path,
            label=label_of(path, self._year),
            value=self.figures[path],
            counted_in=counted_in(path, self._year),
            how=how,
            sources=tuple(self._sources(base, cases)),
            parts=parts,
            entries=entries,
            cases=tuple(case.shown for case in cases),
        )

    def cases(self, path: str) -> Sequence[CountedCase]:
        """The cases that a figure counts."""
        found = self._cases.get(path.removeprefix(OFFICE), ())
        if not path.startswith(OFFICE):
            return found
        own = {unit.unit.code for unit in self._of_office}
        return [case for case in found if case.shown.unit in own]

    @cached_property
    def _cases(self) -> Mapping[str, Sequence[CountedCase]]:
        return by_figure(self.report.cases, self._year)

    @cached_property
    def _of_office(self) -> list[UnitYear]:
        return [unit for unit in self._state.units if unit.unit.kind == "office"]

    @cached_property
    def _alone(self) -> Mapping[str, Mapping[str, str]]:
        """Unit → the figures that it would print by itself."""
        found = {}
        for unit in self._state.units:
            if unit.accepted is not None:
                state = replace(self._state, units=(unit,), previous={}, unclaimed=(), inspections=())
                totals = compute_totals(state)
                found[unit.unit.code] = printed_figures(totals, collect_facts(state, totals), self._year)
        return found

    def _sources(self, path: str, cases: Sequence[CountedCase]) -> list[UnitSource]:
        bare = path.removeprefix(OFFICE)
        units = self._of_office if path.startswith(OFFICE) else self._state.units
        cell = for_year(self._year).has(bare) or bare.startswith("activities.")
        counted = Counter(case.shown.unit for case in cases) if not cell and counts_cases(bare) else None
        found = [self._cell(unit, bare) if cell else self._counted(unit, bare, counted) for unit in units]
        return [source for source in found if source is not None]

    def _cell(self, unit: UnitYear, where: str) -> UnitSource | None:
        """What stands in the file of a unit; None where nothing does."""
        revision = unit.accepted
        if revision is None or revision.submission is None:
            return None
        if (value := revision.submission.value(where)) is None:
            return None
        origin = revision.submission.by_where[where].origin
        return _given(unit, revision, value, where=where, sheet=origin.sheet, cell=origin.cell)

    def _counted(self, unit: UnitYear, path: str, counted: Counter[str] | None) -> UnitSource | None:
        revision = unit.accepted
        if revision is None or path not in (alone := self._alone.get(unit.unit.code, {})):
            return None
        value = alone[path]
        cases = counted[unit.unit.code] if counted is not None else None
        return _given(unit, revision, int(value) if value.isdecimal() else value, cases=cases)


def _given(unit: UnitYear, revision: Revision, value: Number | str, **place: Any) -> UnitSource:
    return UnitSource(unit.unit.code, unit.unit.name, revision.number, value, revision.file, **place)
