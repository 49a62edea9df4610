"""The charts of a year's report, in the order of the page; one that has nothing to show is left out."""

from collections.abc import Sequence

from gongkai.national_format import for_year
from gongkai.reporting.report.charts.chart import Chart
from gongkai.reporting.report.charts.coverage import coverage_chart
from gongkai.reporting.report.charts.outcomes import outcomes_chart
from gongkai.reporting.report.charts.reply_days import reply_days_chart
from gongkai.reporting.report.charts.years import years_chart
from gongkai.reporting.report.provenance.cases import CountedCase
from gongkai.warehouse.closed_year import limits_of
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import Totals


def draw_charts(state: YearState, totals: Totals, cases: Sequence[CountedCase]) -> tuple[Chart, ...]:
    """All charts; `cases` are those of the state."""
    used = [case.used for case in cases if case.used is not None]
    years = {**state.earlier_years, state.year: totals.district.tables}
    if totals.previous is not None:
        years[state.year - 1] = totals.previous.tables
    charts = (
        outcomes_chart(for_year(state.year), totals.district.tables),
        reply_days_chart(used, limits_of(state.lock).reply),
        years_chart(years),
        coverage_chart(state),
    )
    return tuple(chart for chart in charts if chart is not None)
