"""The district's report of a year with everything that its papers are made of, each part worked out once.

The public documents, `report.json` and the internal annex are three views of this one value, so that they cannot
disagree. Nothing is written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gongkai.reporting.report.adoption.adopted_text import AdoptedText, Moved, adopted_text
from gongkai.reporting.report.adoption.scopes import Scopes, two_scopes
from gongkai.reporting.report.adoption.text_lacks import broken_identities, moved_figures, wrong_statements
from gongkai.reporting.report.charts.all_charts import draw_charts
from gongkai.reporting.report.charts.chart import Chart
from gongkai.reporting.report.footnotes import Note, collect_notes, released_notes
from gongkai.reporting.report.lacks import Lack, find_lacks
from gongkai.reporting.report.provenance.cases import CountedCase, all_cases
from gongkai.reporting.report.provenance.printed_figures import printed_figures
from gongkai.reporting.report.reference_page import reference_values
from gongkai.reporting.report.to_do import ToDo, find_to_do
from gongkai.reporting.report.view import ReportView, build_report
from gongkai.reporting.report.words.facts import collect_facts
from gongkai.reporting.report.words.office_words import OfficeWords, office_words
from gongkai.reporting.report.words.sections import Subsection, printed_sentences, write_text_sections
from gongkai.reporting.report.words.sheet import FactSheet
from gongkai.reporting.shared.wording import Wording
from gongkai.warehouse.records import YearState
from gongkai.warehouse.report_standing import ReportStanding
from gongkai.warehouse.totals import Totals


@dataclass(frozen=True)
class DistrictReport:
    """The report of a year.

    Attributes:
        state: the year as known at its moment.
        totals: of the same state.
        basis: `basis_sha256` of the state.
        wording: rule → the wording of its accepted reasons.
        standing: what was decided about the report.
    """

    state: YearState
    totals: Totals
    basis: str
    wording: Mapping[str, Wording] = field(default_factory=dict)
    standing: ReportStanding = field(default_factory=ReportStanding)

    @cached_property
    def facts(self) -> FactSheet:
        """What its sentences may rest on."""
        return collect_facts(self.state, self.totals, self.standing.units_told)

    @cached_property
    def words(self) -> OfficeWords:
        """The office's own words, references filled in."""
        return office_words(self.state, reference_values(self.totals))

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """Every settled explanation; the public report prints the released ones only."""
        return collect_notes(self.state, self.wording)

    @cached_property
    def cases(self) -> tuple[CountedCase, ...]:
        """The cases of the registers, each with its clock."""
        return all_cases(self.state)

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """What the HTML report draws."""
        return draw_charts(self.state, self.totals, self.cases)

    @cached_property
    def view(self) -> ReportView:
        """The public report."""
        shown = released_notes(self.notes, self.state.inspections)
        sentences = printed_sentences(self.state, self.facts, self.words) if self.adopted is None else ()
        return build_report(
            self.state, self.totals, self.basis, self.texts, sentences, shown, self.standing, self.charts
        )

    @cached_property
    def computed_texts(self) -> Mapping[str, tuple[Subsection, ...]]:
        """The text as it is computed, with the office's own blocks."""
        return write_text_sections(self.state, self.facts, self.words)

    @cached_property
    def texts(self) -> Mapping[str, tuple[Subsection, ...]]:
        """The text that is printed: the adopted one with today's figures, else the computed one."""
        return self.adopted.today(self.figures).places if self.adopted else self.computed_texts

    @cached_property
    def adopted(self) -> AdoptedText | None:
        """The text that was adopted last."""
        adoption = self.standing.adoption
        return adopted_text(adoption.text) if adoption else None

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """The figures of the adopted text that are others today."""
        return self.adopted.moved(self.figures) if self.adopted else ()

    @cached_property
    def figures(self) -> Mapping[str, str]:
        """Path → figure as it is printed today."""
        return printed_figures(self.totals, self.facts, self.state.year)

    @cached_property
    def scopes(self) -> Scopes:
        """What the figures of its text are judged by."""
        return two_scopes(self.state, self.totals, self.facts)

    @cached_property
    def lacks(self) -> tuple[Lack, ...]:
        """What it lacks, and would have to be approved despite."""
        return (
            *find_lacks(self.state, self.totals, self.words),
            *moved_figures(self.moved),
            *broken_identities(self.state, self.totals),
            *wrong_statements(self.view.text(), self.scopes),
        )

    @cached_property
    def to_do(self) -> tuple[ToDo, ...]:
        """What its text could still say."""
        return find_to_do(self.state, self.facts, self.words)
