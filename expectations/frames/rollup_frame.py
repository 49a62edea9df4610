"""The `rollup` frame: every cell of the district's tables against an independent sum over the accepted revisions.

One row a cell of the year's format. The sum is taken from the submissions cell by cell, not from the figures
the report prints, so that a fault of the totals cannot hide.
"""

from collections.abc import Sequence

from expectations.frames.shapes import Comparison, Facts, Frame, Number, apart
from gongkai.national_format import for_year
from gongkai.national_format.figures import DISPUTES, REQUESTS
from gongkai.submission.form import State, Submission
from gongkai.warehouse.records import Revision
from gongkai.warehouse.totals import Totals

_RULES = {REQUESTS: "ROLLUP-REQ", DISPUTES: "ROLLUP-DIS"}
_ANY_OTHER = "ROLLUP-PRO"  # table two, and what a later format adds


def build(totals: Totals, accepted: Sequence[Revision]) -> Frame:
    """The rows of one district; a cell that no unit reports is not evaluated on both sides and is no row's failure."""
    national_format = for_year(totals.year)
    submissions = [revision.submission for revision in accepted if revision.submission is not None]
    rows = []
    for spec in national_format.cells:
        printed, added = totals.district.tables.get(spec.where), _sum(submissions, spec.where)
        decided = printed is not None or added is not None
        rows.append(Comparison(0, _RULES.get(spec.table, _ANY_OTHER), spec.where, printed, added, decided))
    return Frame("rollup", rows, len(national_format.cells), _describe)


def _sum(submissions: Sequence[Submission], where: str) -> Number | None:
    total: Number | None = None
    for submission in submissions:
        cell = submission.by_where.get(where)
        if cell is not None and cell.state is State.VALUE:
            total = cell.value if total is None else total + cell.value
    return total


def _describe(row: Comparison, _rule: str) -> Facts:
    shown = {"left": "无数据" if row.left is None else row.left, "right": "无数据" if row.right is None else row.right}
    return Facts(
        where=row.where,
        observed=row.left,
        expected=row.right,
        difference=apart(row.left, row.right),
        values=shown,
    )
