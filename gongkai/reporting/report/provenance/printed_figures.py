"""The figures of a report by path, as they are printed, and the inverse: what number somebody means who copies one."""

import unicodedata
from decimal import Decimal, InvalidOperation
from re import fullmatch

from gongkai.reporting.report.grid import figure_text
from gongkai.reporting.report.reference_page import reference_values
from gongkai.reporting.report.words.figure_paths import figure_path
from gongkai.reporting.report.words.sheet import FactSheet
from gongkai.reporting.report.words.traced_text import pieces_of
from gongkai.submission.references import known_references
from gongkai.warehouse.totals import Totals

_NOT_FIGURES = frozenset({"year", "reply_limit", "register_covers_all", "office_register_covers_all"})


def printed_figures(totals: Totals, sheet: FactSheet, year: int) -> dict[str, str]:
    """Path → the figure as printed: cells, activities, rates, and what else the sentences count."""
    given = reference_values(totals)
    found = {path: given[path] for path in known_references(year) if path in given}
    for name, value in sheet.values.items():
        if isinstance(value, str):
            found |= {piece.path: piece.text for piece in pieces_of(value) if piece.path is not None}
        elif value is not None and name not in _NOT_FIGURES:
            found.setdefault(figure_path(name), figure_text(value))
    return found


def read_printed(text: str) -> Decimal | None:
    """The number that somebody copies from the report: 10,582件, ７.29, 63.55%; None where it is none."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    number = fullmatch(r"(-?\d+(?:\.\d+)?)[^\d.]*", plain)
    try:
        return Decimal(number[1]) if number else None
    except InvalidOperation:
        return None
