"""On which page of `report/provenance/` a figure stands, and how the report links to it.

A page a national table, one of everything else that the report counts, one of the cases. A figure's anchor is its path.
"""

from gongkai.national_format import for_year
from gongkai.reporting.report.provenance.traced import TracedCase

FOLDER = "provenance"
INDEX, TEXT, CASES = "index.html", "text.html", "cases.html"


def page_of(path: str, year: int) -> str:
    """The name of the page: `requests.html` of a cell of table three."""
    table = path.partition(".")[0]
    return f"{table}.html" if table in for_year(year).tables and path.count(".") == 2 else TEXT


def link_to(path: str, year: int) -> str:
    """From one page of provenance to a figure."""
    return f"{page_of(path, year)}#{path}"


def link_to_case(case: TracedCase) -> str:
    """From one page of provenance to a case."""
    return f"{CASES}#{case.anchor}"
