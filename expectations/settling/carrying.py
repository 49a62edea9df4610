"""Explanations that stay (沿用): what an earlier revision explained is settled in a later one while it says the same.

The same means: the same rule at the same place with the same two values, and every cell that the finding names
unchanged. Where a value changed the finding says that the explanation no longer holds. Nothing is looked up here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from gongkai.findings import CARRIED, Finding, Severity
from gongkai.submission.changes import compare
from gongkai.submission.explained import speaks_of
from gongkai.submission.form import Submission
from gongkai.submission.verdict import Verdict, status_of
from gongkai.warehouse.records import UnitYear


class Earlier(NamedTuple):
    """An earlier revision of the same unit and year; `submission` is None where it could not be read."""

    number: int
    submission: Submission | None
    verdict: Verdict


def earlier_of(unit: UnitYear) -> list[Earlier]:
    """What a new file of the unit would follow."""
    return [Earlier(one.number, one.submission, one.verdict) for one in unit.revisions]


def carry_over(submission: Submission, verdict: Verdict, earlier: Sequence[Earlier]) -> Verdict:
    """The verdict with those queries settled that an earlier explanation settles; oldest revision first in `earlier`.

    A finding that the file itself explains, rightly or wrongly, is left to that explanation.
    """
    own = submission.records("explanations")
    findings = tuple(
        found
        if found.severity is not Severity.QUERY
        or found.settled_by is not None
        or any(speaks_of(record, found, submission) for record in own)
        else _carried(found, submission, earlier)
        for found in verdict.findings
    )
    if findings == verdict.findings:
        return verdict
    return replace(verdict, findings=findings, status=status_of(findings))


def _carried(found: Finding, submission: Submission, earlier: Sequence[Earlier]) -> Finding:
    """The finding settled by the latest explanation that still fits it, else with a word on why none does."""
    explained = list(_explained(found, earlier))
    for revision, before in explained:
        if _values(before) == _values(found) and not _changed(found, submission, revision):
            return replace(found, settled_by=f"{CARRIED}{before.explained_in or revision.number}:{before.reason}")
    return replace(found, message=found.message + _lapsed(*explained[0])) if explained else found


def _explained(found: Finding, earlier: Sequence[Earlier]) -> Iterator[tuple[Earlier, Finding]]:
    """What was explained of the same rule at the same place, the latest revision first."""
    for revision in reversed(earlier):
        for before in revision.verdict.findings:
            if (before.rule, before.where) == (found.rule, found.where) and before.reason is not None:
                yield revision, before


def _values(found: Finding) -> tuple[Any, Any]:
    """Both values as the warehouse keeps them: a stored finding's decimals and dates are text."""
    said = found.to_json()
    return said["observed"], said["expected"]


def _changed(found: Finding, submission: Submission, revision: Earlier) -> bool:
    """Whether a cell that the finding names differs from the earlier revision; a named row counts as a whole."""
    if revision.submission is None:
        return True
    places = {found.where, *found.cells}
    changed = {change.where for change in compare(submission, revision.submission)}
    return any(where in places or where.rpartition(".")[0] in places for where in changed)


def _lapsed(revision: Earlier, before: Finding) -> str:
    observed, expected = _values(before)
    values = "" if observed is None or expected is None else f"（当时填报 {observed}，核对值 {expected}）"
    number = before.explained_in or revision.number
    return f"第 {number} 次报送时的说明{values}因数值已变，不再沿用；仍属实的，请重新选择理由并说明。"
