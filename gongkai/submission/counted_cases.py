"""Where a case of the registers is counted: the rows of table three, the cells of table four.

The one owner of what links a register with the tables: the rules compare by it, provenance lists by it. Who counts and
what is missing is not decided here.
"""

from collections.abc import Iterable
from datetime import date

from gongkai.national_format.figures import CARRIED_IN, CARRIED_OUT, DISPUTES, NEW_REQUESTS, OUTCOME_TOTAL, REQUESTS
from gongkai.submission.form import Record

RECEIVED, BROUGHT, LEFT, CLOSED = (
    where.split(".")[1] for where in (NEW_REQUESTS, CARRIED_IN, CARRIED_OUT, OUTCOME_TOTAL)
)
"""Rows: received in the year, open at its start, open at its end, closed in the year whatever the outcome."""


def rows_of(case: Record, year: int) -> list[str | None]:
    """The rows of table three that a case of the request register counts in; None for a closed one without outcome."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    received: date | None = case["received_on"]
    replied: date | None = case["replied_on"]
    rows: list[str | None] = []
    if received is not None and received.year == year:
        rows.append(RECEIVED)
    elif received is not None and received < start and (replied is None or replied >= start):
        rows.append(BROUGHT)
    if replied is not None and replied.year == year:
        rows.append(case["outcome"])
    if received is not None and received <= end and (replied is None or replied > end):
        rows.append(LEFT)
    return rows


def cells_of(case: Record, year: int) -> list[str]:
    """The cells of table three or four that count a case of either register, the totals among them."""
    if case.list == "register":
        rows = rows_of(case, year)
        closed = [CLOSED] if any(row not in (RECEIVED, BROUGHT, LEFT) for row in rows) else []
        return _cells(REQUESTS, [*rows, *closed], case["applicant_type"])
    return _cells(DISPUTES, [case["kind"]], case["result"])


def _cells(table: str, rows: Iterable[str | None], column: str | None) -> list[str]:
    """A case whose column is not known counts in no cell, as its rule says (`CASE-NEW` …)."""
    known = [row for row in rows if row is not None and column is not None]
    return [f"{table}.{row}.{one}" for row in known for one in (column, "total")]
