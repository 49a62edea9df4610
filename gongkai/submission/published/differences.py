"""Where a unit's submission and its published report say different figures: a pure comparison, cell by cell.

A figure that one of the two lacks is no difference: completeness is another rule's business.
"""

from collections.abc import Iterator
from typing import NamedTuple

from gongkai.findings import ReadingIssue
from gongkai.national_format import for_year
from gongkai.submission.form import Cell, Submission

RULE = "PUBLISHED-DIFFERS"


class Difference(NamedTuple):
    """One national cell with two values: the submission's and the published one, each with its place."""

    where: str
    submitted: Cell
    published: Cell

    def issue(self) -> ReadingIssue:
        """What rule PUBLISHED-DIFFERS says of it; the place is the submission's, the report's is named beside it."""
        there = self.published.origin
        return ReadingIssue(
            rule=RULE,
            where=self.where,
            sheet=self.submitted.origin.sheet,
            cell=self.submitted.origin.cell,
            observed=self.submitted.value,
            expected=self.published.value,
            values={"there": "".join(part for part in (there.sheet, there.cell and f" {there.cell}") if part) or None},
        )


def differences(submission: Submission, published: Submission) -> list[Difference]:
    """The figures that differ, in the order of the form.

    Args:
        submission: what the unit filed.
        published: what its report of the same year says.

    Raises:
        ValueError: the two are of different units or years.
    """
    if (submission.unit, submission.year) != (published.unit, published.year):
        raise ValueError("a submission is compared with the report of the same unit and year")
    return list(_differing(submission, published))


def _differing(submission: Submission, published: Submission) -> Iterator[Difference]:
    for spec in for_year(submission.year).cells:
        ours, theirs = submission.by_where.get(spec.where), published.by_where.get(spec.where)
        if ours and theirs and None not in (ours.value, theirs.value) and ours.value != theirs.value:
            yield Difference(spec.where, ours, theirs)
