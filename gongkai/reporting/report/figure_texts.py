"""Every computed figure of the report by its path, as it is printed: what a tag in Word must be worth today.

Cells, activities and rates as the office's words refer to them, and whatever else the sentences count.
"""

from collections.abc import Mapping

from gongkai.reporting.report.grid import figure_text
from gongkai.reporting.report.references import reference_values
from gongkai.reporting.report.words.figure_paths import figure_path
from gongkai.reporting.report.words.sheet import FactSheet
from gongkai.reporting.report.words.traced_text import pieces_of
from gongkai.warehouse.totals import Totals


def figure_texts(totals: Totals, sheet: FactSheet) -> Mapping[str, str]:
    """Path → text; a figure that nobody reported is not there."""
    found: dict[str, str] = {}
    for name, value in sheet.values.items():
        if isinstance(value, str):
            found |= {path: text for text, path in pieces_of(value) if path is not None}
        elif value is not None and sheet.submitted(name):
            found[figure_path(name)] = figure_text(value)
    return {**found, **reference_values(totals)}
