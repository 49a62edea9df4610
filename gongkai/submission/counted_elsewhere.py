"""Table three of a unit whose requests another authority counts (`units.yaml: requests_counted_by`): 另行统计.

Such a unit leaves the table empty or all zero; both say the same, and neither is a count of its own. Whether it may say
anything else is a rule's business.
"""

from dataclasses import replace

from gongkai.national_format import for_year
from gongkai.national_format.figures import REQUESTS
from gongkai.profile import Unit
from gongkai.submission.form import Cell, Origin, State, Submission

COUNTED_ELSEWHERE = "另行统计"


def as_counted(submission: Submission, unit: Unit) -> Submission:
    """The submission as it is kept: of such a unit a cell of table three that is empty or 0 is counted elsewhere."""
    if unit.requests_counted_by is None or not submission.has_tables:
        return submission
    given = {where: cell for where, cell in submission.by_where.items() if cell.table == REQUESTS and _says(cell)}
    cells = [
        given.get(spec.where)
        or Cell(spec.table, spec.row, spec.column, None, State.NOT_APPLICABLE, _origin(submission, spec.where))
        for spec in for_year(submission.year).cells
        if spec.table == REQUESTS
    ]
    others = [cell for cell in submission.cells if cell.table != REQUESTS]
    at = next((n for n, cell in enumerate(others) if not _before_requests(cell, submission.year)), len(others))
    return replace(submission, cells=(*others[:at], *cells, *others[at:]))


def given_requests(submission: Submission) -> list[str]:
    """The places of table three that say something else than nothing or 0."""
    return [where for where, cell in submission.by_where.items() if cell.table == REQUESTS and _says(cell)]


def _says(cell: Cell) -> bool:
    return cell.state is State.UNREADABLE or (cell.state is State.VALUE and cell.value != 0)


def _origin(submission: Submission, where: str) -> Origin:
    cell = submission.by_where.get(where)
    return cell.origin if cell else Origin()


def _before_requests(cell: Cell, year: int) -> bool:
    """Whether a cell stands before table three in the order of the form."""
    tables = list(for_year(year).tables)
    return cell.table in tables and tables.index(cell.table) < tables.index(REQUESTS)
