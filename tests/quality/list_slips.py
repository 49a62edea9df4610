"""Slips in the registers and the document list: one field of one row, or a whole row.

A field is one that the clean row has: what is not filled in cannot be written wrongly.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from random import Random
from typing import NamedTuple

from gongkai.national_format import for_year
from gongkai.submission.fields import lists
from gongkai.submission.form import Cell, CellValue, Submission
from tests.quality.mutation import Changes

Change = Callable[[Random, Submission, Cell], CellValue]


class ListSlip(NamedTuple):
    """One kind: the list, what is changed in it (for people), the fields it may be in, how it is changed."""

    list: str
    what: str
    fields: tuple[str, ...]
    how: str

    def draw(self, rng: Random, submission: Submission) -> Changes:
        """The changes in a field or row drawn at random; empty where the submission has none to change."""
        apt = [cell for cell in submission.cells if cell.table == self.list and cell.column in self.fields]
        if not apt:
            return {}
        cell = rng.choice(apt)
        if self.how in (DROPPED, DOUBLED):
            return _row(submission, cell, self.how)
        value = CHANGES[self.how](rng, submission, cell)
        return {(cell.table, cell.row, cell.column): value} if value != cell.value else {}


def _row(submission: Submission, cell: Cell, how: str) -> Changes:
    """A row that is missing, or that stands once more at the end."""
    own = [one for one in submission.cells if (one.table, one.row) == (cell.table, cell.row)]
    if how == DROPPED:
        return {(one.table, one.row, one.column): None for one in own}
    end = str(max(record.position for record in submission.records(cell.table)) + 1)
    return {(one.table, end, one.column): one.value for one in own}


def _days(count: int) -> Change:
    return lambda rng, _, cell: cell.value + timedelta(days=rng.choice((-count, count)))


def _another(rng: Random, submission: Submission, cell: Cell) -> CellValue:
    """Another choice of the same field, another number, or the other of yes and no."""
    field = lists()[cell.table].fields[cell.column]
    if field.type == "boolean":
        return not cell.value
    if field.type == "text":
        return f"{cell.value[:-2]}{rng.randint(1, 9)}{cell.value[-1:]}"
    if field.type in ("integer", "decimal"):
        return cell.value + rng.randint(1, 40)
    return rng.choice(list(field.choices_in(for_year(submission.year))))


DAY, MONTH, YEAR, BLANK, ANOTHER, DROPPED, DOUBLED = (
    "a day off", "30 days off", "a year off", "blank", "another", "dropped", "doubled",
)  # fmt: skip
CHANGES: Mapping[str, Change] = {
    DAY: _days(1),
    MONTH: _days(30),
    YEAR: _days(365),
    BLANK: lambda *_: None,
    ANOTHER: _another,
}
_DATES = (DAY, MONTH, YEAR, BLANK)
_STEPS = (
    "correction_asked_on", "correction_received_on", "third_party_asked_on", "third_party_answered_on",
    "consulted_on", "consulted_answered_on", "extension_notified_on",
)  # fmt: skip
_KINDS: Mapping[str, Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "register": {
        "收到日期 received": (("received_on",), _DATES),
        "起算日期 clock started": (("clock_started_on",), _DATES),
        "办结日期 replied": (("replied_on",), _DATES),
        "补正、征求、延期日期 steps between": (_STEPS, _DATES),
        "审核、分办、归档日期 reviewed, assigned, archived": (("reviewed_on", "assigned_on", "archived_on"), _DATES),
        "申请人类型 applicant type": (("applicant_type",), (ANOTHER, BLANK)),
        "办理结果 outcome": (("outcome",), (ANOTHER, BLANK)),
        "延期工作日 extension days": (("extension_days",), (ANOTHER, BLANK)),
        "页数 pages charged": (("pages",), (ANOTHER, BLANK)),
        "收费金额 fee": (("fee_yuan",), (ANOTHER, BLANK)),
        "整行 whole row": (("case_no",), (DROPPED, DOUBLED)),
    },
    "disputes_register": {
        "类别 kind": (("kind",), (ANOTHER, BLANK)),
        "结果 result": (("result",), (ANOTHER, BLANK)),
        "受理日期 filed": (("filed_on",), _DATES),
        "审结日期 closed": (("closed_on",), _DATES),
        "整行 whole row": (("case_no",), (DROPPED, DOUBLED)),
    },
    "documents": {
        "文号 number": (("number",), (ANOTHER, BLANK)),
        "类别 kind": (("kind",), (ANOTHER, BLANK)),
        "成文日期 made": (("made_on",), _DATES),
        "公开日期 published": (("published_on",), _DATES),
        "废止日期 repealed": (("repealed_on",), _DATES),
        "需要解读 needs interpretation": (("needs_interpretation",), (ANOTHER, BLANK)),
        "整行 whole row": (("number",), (DROPPED, DOUBLED)),
    },
}
LIST_SLIPS = tuple(
    ListSlip(name, what, fields, how)
    for name, kinds in _KINDS.items()
    for what, (fields, hows) in kinds.items()
    for how in hows
)
