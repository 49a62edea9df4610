"""A mutation: what a slip of a clerk's makes of a few cells of a clean submission, and what the rules say to it.

Which slips there are stands in `table_slips` and `list_slips`; counting and printing them is `page`'s business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from expectations.context import Context
from expectations.validation import validate
from gongkai.findings import Finding, Severity
from gongkai.submission.fields import lists
from gongkai.submission.form import Cell, CellValue, Reading, State, Submission
from tests.quality.clean import District

Place = tuple[str, str, str]  # table or list, row or position, column
Changes = Mapping[Place, CellValue]  # None: a national cell left blank, a field of a list no longer there
BATCH = 300


@dataclass(frozen=True)
class Slip:
    """One mutation drawn: its kind, the table or list it is in, and the changed cells."""

    kind: str
    table: str
    changes: Changes


class Outcome(NamedTuple):
    """What the rules say: the rules with a new error or query, and whether these name every changed cell."""

    rules: frozenset[str]
    named: bool


@dataclass(frozen=True)
class Batch:
    """Slips of one unit, judged together. Rules that compare units have nothing to compare in it."""

    reading: Reading
    context: Context
    slips: Sequence[Slip]


def batches(districts: Sequence[District], slips: Mapping[tuple[int, int], Sequence[Slip]]) -> list[Batch]:
    """The slips by (district, reading) as batches of at most `BATCH`, in that order."""
    found = []
    for (district, position), own in sorted(slips.items()):
        reading, context = districts[district].readings[position], districts[district].context
        unit = _submission(reading).unit
        alone = replace(context, previous={unit: context.previous[unit]})
        found += [Batch(reading, alone, own[at : at + BATCH]) for at in range(0, len(own), BATCH)]
    return found


def judge(batch: Batch) -> list[Outcome]:
    """The outcome of every slip of a batch, against the verdict on the same submission without it."""
    clean = _submission(batch.reading)
    readings = [replace(batch.reading, submission=changed(clean, slip.changes)) for slip in batch.slips]
    before, *after = validate([batch.reading, *readings], batch.context)
    known = {(finding.rule, finding.where) for finding in before.findings}
    return [
        _outcome(clean, slip, [f for f in verdict.findings if (f.rule, f.where) not in known])
        for slip, verdict in zip(batch.slips, after, strict=True)
    ]


def changed(submission: Submission, changes: Changes) -> Submission:
    """The submission with some cells changed, emptied or added."""
    cells, left = [], dict(changes)
    for cell in submission.cells:
        place = (cell.table, cell.row, cell.column)
        if place not in left:
            cells.append(cell)
        elif (value := left.pop(place)) is not None:
            cells.append(cell._replace(value=value))
        elif cell.table not in lists():
            cells.append(cell._replace(value=None, state=State.BLANK))
    cells += [Cell(*place, value) for place, value in left.items() if value is not None]
    return replace(submission, cells=tuple(cells))


def _outcome(clean: Submission, slip: Slip, new: Sequence[Finding]) -> Outcome:
    open_findings = [finding for finding in new if finding.severity is not Severity.NOTICE]
    named = {where for finding in open_findings for where in finding.cells}
    return Outcome(frozenset(f.rule for f in open_findings), {_where(clean, p) for p in slip.changes} <= named)


def _where(submission: Submission, place: Place) -> str:
    table, row, column = place
    if table not in lists():
        return ".".join(place)
    ids = {str(record.position): record.id for record in submission.records(table)}
    return f"{table}[{ids.get(row, row)}].{column}"


def _submission(reading: Reading) -> Submission:
    if reading.submission is None:
        raise ValueError(f"{reading.file.name} is no submission")
    return reading.submission
