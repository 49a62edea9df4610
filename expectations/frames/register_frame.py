"""The `register` frame: the request register (台账) against table three, as comparisons of exact counts.

Rows: the register's count by applicant type and outcome against the cell of table three (CASE-NEW, CASE-OUTCOME,
CASE-OPEN, CASE-CARRIED), each case number of it and of the disputes register against once (CASE-DUPLICATE), requests
without a register (REGISTER-ABSENT).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from expectations.frames.shapes import Comparison, Facts, Frame, NotEvaluated, Number, SubmissionUnderCheck, apart
from gongkai.national_format import CellSpec
from gongkai.national_format.figures import CARRIED_IN, NEW_REQUESTS, REQUESTS
from gongkai.submission.counted_cases import BROUGHT, LEFT, RECEIVED, rows_of
from gongkai.submission.fields import lists
from gongkai.submission.form import Origin, Record
from gongkai.submission.places import label, listed, spot
from gongkai.submission.values.choices import squeezed

TABLE_RULES = ("CASE-NEW", "CASE-CARRIED", "CASE-OUTCOME", "CASE-OPEN")
_RECEIPTS = (RECEIVED, BROUGHT)  # a case is in one row of these and in one of the others
_REGISTERS = ("register", "disputes_register")
_RECEIVED = (NEW_REQUESTS, CARRIED_IN)
_RULE_OF: Mapping[str | None, str] = {RECEIVED: "CASE-NEW", BROUGHT: "CASE-CARRIED", LEFT: "CASE-OPEN"}


@dataclass(frozen=True)
class _Counts:
    """A register's cases by table-three cell, and the rules they cannot decide because a field is missing."""

    by_cell: Mapping[tuple[str, str], Sequence[str]]
    incomplete: frozenset[str]


def build(entries: Sequence[SubmissionUnderCheck]) -> Frame:
    """The rows of all entries; a unit without tables has only its case numbers."""
    rows = [row for entry in entries for row in _rows(entry)]
    planned = sum(_planned(entry) for entry in entries)
    by_key = {entry.key: entry for entry in entries}
    described = partial(_describe, entries=by_key, surplus=_surplus(rows))
    return Frame("register", rows, planned, described, tuple(_not_evaluated(rows, by_key)))


def _rows(entry: SubmissionUnderCheck) -> Iterator[Comparison]:
    for cases in (same for name in _registers(entry) for same in _by_number(entry.submission.records(name)).values()):
        yield Comparison(entry.key, "CASE-DUPLICATE", cases[0].where("case_no"), len(cases), 1, True, cases)
    if not entry.checks(NEW_REQUESTS):
        return
    if "register" not in entry.submission.reported:
        if entry.submission.below is not None:
            return  # a whole district's report has no register: its cases stand in those of its units
        received = [entry.numbers.get(where) for where in _RECEIVED]
        known = [number for number in received if number is not None]
        yield Comparison(entry.key, "REGISTER-ABSENT", _RECEIVED[0], sum(known), 0, len(known) == len(received))
        return
    counts = _count(entry)
    for rule, row in _table_rows(entry):
        for column in (*entry.format.applicant_types, "total"):
            where = f"{REQUESTS}.{row}.{column}"
            filled = entry.numbers.get(where)
            decided = filled is not None and rule not in counts.incomplete
            counted = counts.by_cell.get((row, column), ())
            yield Comparison(entry.key, rule, where, len(counted), filled, decided, counted)


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


def _by_number(register: Sequence[Record]) -> Mapping[tuple[str | None, ...], list[Record]]:
    """Rows of one case, by its number however it is written; a dispute's also by its kind and its request."""
    found: dict[tuple[str | None, ...], list[Record]] = {}
    for record in register:
        if record["case_no"] is not None:
            found.setdefault(_number(record), []).append(record)
    return found


def _number(case: Record) -> tuple[str | None, ...]:
    """What makes two rows one case."""
    return squeezed(case["case_no"]), case["kind"], case["request_case_no"]


def _table_rows(entry: SubmissionUnderCheck) -> Iterator[tuple[str, str]]:
    yield "CASE-NEW", RECEIVED
    yield "CASE-CARRIED", BROUGHT
    yield from (("CASE-OUTCOME", outcome) for outcome in entry.format.outcomes)
    yield "CASE-OPEN", LEFT


def _count(entry: SubmissionUnderCheck) -> _Counts:
    counts: dict[tuple[str, str], list[str]] = {}
    incomplete: set[str] = set()
    year = entry.submission.year
    year_start = date(year, 1, 1)
    for record in entry.submission.records("register"):
        received, applicant = record["received_on"], record["applicant_type"]
        rows = [(_RULE_OF.get(row, "CASE-OUTCOME"), row) for row in rows_of(record, year)]
        if entry.unsure(record, "replied_on"):  # whether it was open at the start or the end of the year is not stated
            incomplete |= {"CASE-OUTCOME", "CASE-OPEN"}
            if received is not None and received < year_start:
                incomplete.add("CASE-CARRIED")
        if received is None:
            incomplete |= {"CASE-NEW", "CASE-OPEN", "CASE-CARRIED"}
        for rule, row in rows:
            if applicant is None or row is None:
                incomplete.add(rule)
            else:
                for column in (applicant, "total"):
                    counts.setdefault((row, column), []).append(record.id)
    return _Counts(counts, frozenset(incomplete))


def _planned(entry: SubmissionUnderCheck) -> int:
    cases = (case for name in _registers(entry) for case in entry.submission.records(name))
    named = (case for case in cases if case["case_no"] is not None)
    numbers = len({(case.list, *_number(case)) for case in named})
    if not entry.checks(NEW_REQUESTS):
        return numbers
    if "register" not in entry.submission.reported:
        return numbers + (entry.submission.below is None)
    return numbers + (len(entry.format.outcomes) + 3) * len(entry.format.requests.columns)


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
            "cases": listed(row.subject or ()),
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
