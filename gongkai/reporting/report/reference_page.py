"""Today's values of what the office's words can refer to, and the page that lists them."""

from collections.abc import Mapping
from pathlib import Path

from gongkai.reporting.report.grid import figure_text
from gongkai.reporting.shared.write import write_text
from gongkai.reporting.style import MISSING, page_of, render
from gongkai.submission.references import INDICATORS, OFFICE, known_references
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import Figures, Indicators, Number, Totals

NAME = "references.html"


def reference_values(totals: Totals) -> dict[str, str]:
    """Name → its value as a text prints it; a name that nobody reported a value for is not there."""
    found = _values(totals.district, totals.indicators)
    return found | {OFFICE + name: text for name, text in _values(totals.office, totals.office_indicators).items()}


def write_references(state: YearState, totals: Totals, basis: str, folder: Path) -> Path:
    """Writes the page of names, what they are called, and what they are worth today."""
    values = reference_values(totals)
    district = state.profile.district
    known = known_references(state.year).items()
    rows = [(name, district.says(label), values.get(name, MISSING)) for name, label in known]
    page = page_of(state, basis, "可引用的数据")
    return write_text(folder / NAME, render("references.html", page, rows=rows))


def _values(figures: Figures | None, indicators: Indicators) -> dict[str, str]:
    if figures is None:
        return {}
    counted: Mapping[str, Number | None] = {
        **figures.tables,
        **{f"activities.{key}": value for key, value in figures.activities.items()},
        **{f"documents_by_kind.{key}": value for key, value in figures.documents_by_kind.items()},
        **{f"indicators.{key}": getattr(indicators, key) for key in INDICATORS},
    }
    known = {name: value for name, value in counted.items() if value is not None}
    if not indicators.requests_closed:
        known = {name: value for name, value in known.items() if not name.startswith("indicators.")}
    return {name: figure_text(value) for name, value in known.items()}
