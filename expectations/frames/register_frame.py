"""The `register` frame: the request register (台账) against table three, as comparisons of exact counts.

Rows: the register's count by applicant type and outcome against the cell of table three (CASE-NEW, CASE-OUTCOME,
CASE-OPEN, CASE-CARRIED), each case number of it and of the disputes register against once (CASE-DUPLICATE), requests
without a register (REGISTER-ABSENT).
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

import numpy as np

from expectations.frames.columns.compared import Columns, Compared, Ints
from expectations.frames.columns.counted import CountedCases
from expectations.frames.columns.listed import ListColumns
from expectations.frames.columns.one_list import OneList
from expectations.frames.shapes import Comparison, Facts, Frame, NotEvaluated, Number, SubmissionUnderCheck, apart
from gongkai.national_format import CellSpec
from gongkai.national_format.figures import CARRIED_IN, NEW_REQUESTS, REQUESTS
from gongkai.submission.counted_cases import BROUGHT, LEFT, RECEIVED
from gongkai.submission.fields import lists
from gongkai.submission.form import Origin
from gongkai.submission.places import label, listed, spot
from gongkai.submission.values.choices import squeezed_all

TABLE_RULES = ("CASE-NEW", "CASE-CARRIED", "CASE-OUTCOME", "CASE-OPEN")
_RECEIPTS = (RECEIVED, BROUGHT)  # a case is in one row of these and in one of the others
_REGISTERS = ("register", "disputes_register")
_RECEIVED = (NEW_REQUESTS, CARRIED_IN)
_RULE_OF: Mapping[str, str] = {RECEIVED: "CASE-NEW", BROUGHT: "CASE-CARRIED", LEFT: "CASE-OPEN"}


def build(entries: Sequence[SubmissionUnderCheck]) -> Frame:
    """The rows of all entries; a unit without tables has only its case numbers."""
    rows = [row for entry in entries for row in _rows(entry)]
    numbers = _Numbers(entries)
    planned = sum(_planned(entry) for entry in entries) + numbers.planned
    by_key = {entry.key: entry for entry in entries}
    described = partial(_describe, entries=by_key, surplus=_surplus(rows))
    columns = [numbers.columns()]
    return Frame("register", rows, planned, described, tuple(_not_evaluated(rows, by_key)), columns)


def _rows(entry: SubmissionUnderCheck) -> Iterator[Comparison]:
    if not entry.checks(NEW_REQUESTS):
        return
    if "register" not in entry.submission.reported:
        if entry.submission.below is not None:
            return  # a whole district's report has no register: its cases stand in those of its units
        received = [entry.numbers.get(where) for where in _RECEIVED]
        known = [number for number in received if number is not None]
        yield Comparison(entry.key, "REGISTER-ABSENT", _RECEIVED[0], sum(known), 0, len(known) == len(received))
        return
    cases = ListColumns([entry], _REGISTERS[0])
    counted = CountedCases(cases)
    incomplete = _incomplete(cases, counted)
    for rule, row in _table_rows(entry):
        numbers = counted.counts(row)
        for column in (*entry.format.applicant_types, "total"):
            where = f"{REQUESTS}.{row}.{column}"
            filled = entry.numbers.get(where)
            decided = filled is not None and rule not in incomplete
            named = partial(counted.named, row, column)
            yield Comparison(entry.key, rule, where, numbers.get(column, 0), filled, decided, named)


def _registers(entry: SubmissionUnderCheck) -> Sequence[str]:
    """The registers that are the unit's own."""
    return _REGISTERS if entry.counts_requests else _REGISTERS[1:]


def _surplus(rows: Sequence[Comparison]) -> Mapping[tuple[int, str], Number]:
    """Submission and cell → how many cases more the register counts than table three; only where they differ."""
    return {
        (row.key, row.where): row.left - row.right
        for row in rows
        if row.rule in TABLE_RULES and row.decided and row.left is not None and row.right is not None
        if row.left != row.right
    }


class _Numbers:
    """Each case number of the registers once: a case is one row, by its number however it is written."""

    def __init__(self, entries: Sequence[SubmissionUnderCheck]) -> None:
        self._registers = [
            (entry.key, _numbered(rows))
            for entry in entries
            for name in _registers(entry)
            if (rows := entry.list_columns(name)) is not None
        ]
        self.planned = sum(len(set(register.numbers)) for _, register in self._registers)
        self._counts = [Counter(register.numbers) for _, register in self._registers]

    def columns(self) -> Columns:
        """How often each stands there, against once."""
        times = np.array([times for counts in self._counts for times in counts.values()], np.int64)
        every = np.arange(len(times))
        return Columns(len(times), {"CASE-DUPLICATE": Compared(every, times, np.ones_like(times))}, self._row)

    def _row(self, at: int) -> Comparison:
        for (key, register), counts in zip(self._registers, self._counts, strict=True):
            if at < len(counts):
                number, times = next(islice(counts.items(), at, None))
                cases = [register.rows.record(int(row)) for row in register.of(number)]
                return Comparison(key, "CASE-DUPLICATE", cases[0].where("case_no"), times, 1, True, cases)
            at -= len(counts)
        raise IndexError(at)


class _Numbered(NamedTuple):
    """The rows of a register that have a number, and what makes two of them one case."""

    rows: OneList
    at: Ints
    numbers: Sequence[Hashable]

    def of(self, number: Hashable) -> Iterator[int]:
        """The rows that are one case."""
        return (int(at) for at, other in zip(self.at, self.numbers, strict=True) if other == number)


def _numbered(rows: OneList) -> _Numbered:
    at = np.flatnonzero(~rows.missing("case_no"))
    numbers: Sequence[Hashable] = squeezed_all(rows.words("case_no")[at].tolist())
    if len(set(numbers)) < len(numbers):  # a dispute is one with its kind, and with the request that it is about
        numbers = list(zip(numbers, *(rows.words(key)[at] for key in ("kind", "request_case_no")), strict=True))
    return _Numbered(rows, at, numbers)


def _table_rows(entry: SubmissionUnderCheck) -> Iterator[tuple[str, str]]:
    yield "CASE-NEW", RECEIVED
    yield "CASE-CARRIED", BROUGHT
    yield from (("CASE-OUTCOME", outcome) for outcome in entry.format.outcomes)
    yield "CASE-OPEN", LEFT


def _incomplete(cases: ListColumns, counted: CountedCases) -> frozenset[str]:
    """The rules that the register cannot decide because a field of a case is missing."""
    received = cases.days("received_on")
    rules = {rule for row, rule in _RULE_OF.items() if bool((counted.rows[row] & counted.nameless).any())}
    if bool((counted.closed & (counted.nameless | cases.missing("outcome"))).any()):
        rules.add("CASE-OUTCOME")
    if bool((received == 0).any()):
        rules |= {"CASE-NEW", "CASE-OPEN", "CASE-CARRIED"}
    unsure = cases.unread("replied_on")  # whether such a case was open at the start or the end is not stated
    if bool(unsure.any()):
        rules |= {"CASE-OUTCOME", "CASE-OPEN"}
        if bool((unsure & (received > 0) & (received < cases.year_start)).any()):
            rules.add("CASE-CARRIED")
    return frozenset(rules)


def _planned(entry: SubmissionUnderCheck) -> int:
    if not entry.checks(NEW_REQUESTS):
        return 0
    if "register" not in entry.submission.reported:
        return int(entry.submission.below is None)
    return (len(entry.format.outcomes) + 3) * len(entry.format.requests.columns)


def _not_evaluated(rows: Sequence[Comparison], entries: Mapping[int, SubmissionUnderCheck]) -> Iterator[NotEvaluated]:
    counts = Counter((row.key, row.rule) for row in rows if not row.decided)
    for (key, rule), count in counts.items():
        yield NotEvaluated(key, rule, f"有 {count} 处因表三或台账填写不全而不能核对，补齐后再核对。")
    for key, entry in entries.items():
        if entry.checks(NEW_REQUESTS) and "register" not in entry.submission.reported:
            yield from (NotEvaluated(key, rule, "没有报送依申请公开台账。") for rule in TABLE_RULES)


def _describe(
    row: Comparison, rule: str, entries: Mapping[int, SubmissionUnderCheck], surplus: Mapping[tuple[int, str], Number]
) -> Facts:
    entry = entries[row.key]
    left: Number = row.left or 0
    right: Number = row.right or 0
    shared, offsetting = {"left": left, "right": right}, None
    if rule == "CASE-DUPLICATE":
        cases = row.subject
        positions = "、".join(str(case.position) for case in cases)
        said = lists()[cases[0].list]
        names = {"list": said.label, "number": said.fields["case_no"].label}
        values = {**shared, **names, "case_no": cases[0].id, "positions": positions}
        origin = cases[-1].origin("case_no")
    else:
        cell, spec = entry.cell(row.where), entry.format.spec(row.where)
        offsetting = _offsetting(entry, spec, surplus)
        origin = cell.origin if cell else Origin()
        values = {
            **shared,
            "row": label(spec.row_label),
            "column": label(spec.column_label),
            "applicants": "各类申请共" if spec.column == "total" else f"“{label(spec.column_label)}”申请",
            "spot": spot(origin),
            "cases": listed(tuple(row.subject()) if row.subject else ()),
            "offsetting": _said(entry, offsetting, int(left - right)),
        }
    from_table = rule in TABLE_RULES
    return Facts(
        where=row.where,
        observed=right if from_table else left,
        expected=left if from_table else right,
        difference=apart(left, right),
        cells=_RECEIVED if rule == "REGISTER-ABSENT" else (row.where, *([offsetting] if offsetting else [])),
        origin=origin,
        values=values,
    )


def _offsetting(entry: SubmissionUnderCheck, spec: CellSpec, surplus: Mapping[tuple[int, str], Number]) -> str | None:
    """The one cell that is out by as much the other way: same row, or same applicants; None where there is no one."""
    if spec.table != REQUESTS:
        return None
    missing = -surplus.get((entry.key, spec.where), 0)
    siblings = [column for column in entry.format.applicant_types if spec.column != "total"]
    receipt = spec.row in _RECEIPTS
    rows = [row for _, row in _table_rows(entry) if (row in _RECEIPTS) == receipt]
    near = [f"{REQUESTS}.{spec.row}.{column}" for column in siblings] + [
        f"{REQUESTS}.{row}.{spec.column}" for row in rows
    ]
    found = [where for where in near if missing and surplus.get((entry.key, where)) == missing]
    return found[0] if len(found) == 1 else None


def _said(entry: SubmissionUnderCheck, offsetting: str | None, surplus: int) -> str:
    """What may have happened, for a message; empty where nothing can be said."""
    if offsetting is None:
        return ""
    spec, cell = entry.format.spec(offsetting), entry.cell(offsetting)
    there = f"“{label(spec.row_label)}”行“{label(spec.column_label)}”列"
    if cell and cell.origin.cell:
        there += spot(cell.origin)
    slip = f"少填的 {surplus} 件可能填在了" if surplus > 0 else f"多填的 {-surplus} 件可能应填在"
    return f"（{slip}{there}）"
