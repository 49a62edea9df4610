"""The `identities` frame: one row an instance of an identity (勾稽关系) and submission, both sums exact.

The identities themselves come from the format file. A missing, not-applicable or unreadable term leaves the row
not_evaluated (format file, `cell_values`): it is neither passed nor failed, and `rules_not_applied` says so.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from expectations.frames.last_report import name_report
from expectations.frames.shapes import (
    NO_LAST_YEAR,
    Comparison,
    Facts,
    Frame,
    NotEvaluated,
    Number,
    SubmissionUnderCheck,
    apart,
    numbers_of,
)
from gongkai.national_format import Identity, Term
from gongkai.national_format.figures import CARRIED_OUT, REQUESTS
from gongkai.submission.form import Origin, Submission
from gongkai.submission.places import label, spot, spots
from gongkai.warehouse.years.last_year import Shared

_Reports = Mapping[str, Submission]
_THIS_YEAR = "有 {count} 处因单元格未填写或不是数字而不能核对，补齐后再核对。"
_LAST_YEAR = "有 {count} 处因上年度报告没有相应数字而不能核对。"
_OTHERS = "有 {{count}} 处须与共同承接上年度报告的 {others} 合并核对，{lacking} 尚未报齐{should}。"


def build(entries: Sequence[SubmissionUnderCheck], rules: frozenset[str]) -> Frame:
    """The rows of all entries that carry tables, for the rules in force.

    Args:
        entries: the submissions.
        rules: ids of the rules to build rows for; an identity of the format that is not among them is left out.
    """
    rows = [
        _row(entry, identity)
        for entry in entries
        if entry.carries_tables
        for identity in entry.format.identities
        if identity.rule in rules and entry.checks(identity.where)
    ]
    planned = sum(_planned(entry, rules) for entry in entries)
    by_key = {entry.key: entry for entry in entries}
    return Frame("identities", rows, planned, partial(_describe, entries=by_key), tuple(_not_evaluated(rows, by_key)))


def _row(entry: SubmissionUnderCheck, identity: Identity) -> Comparison:
    left, right = _sides(entry, identity, _beside(entry, identity))
    decided = left is not None and right is not None
    return Comparison(entry.key, identity.rule, identity.where, left, right, decided, identity)


def _sides(entry: SubmissionUnderCheck, identity: Identity, reports: _Reports) -> tuple[Number | None, Number | None]:
    return _total(entry, identity, identity.left, reports), _total(entry, identity, identity.right, reports)


def _beside(entry: SubmissionUnderCheck, identity: Identity) -> _Reports:
    """What the units report that share a last year: what counts, unless the sum holds only with what came in last."""
    if not identity.cross_year or _shared(entry) is None or not entry.heirs:
        return {}
    for reports in entry.heirs:
        left, right = _sides(entry, identity, reports)
        if left == right:
            return reports
    return entry.heirs[0]


def _total(
    entry: SubmissionUnderCheck, identity: Identity, terms: tuple[Term, ...], reports: _Reports
) -> Number | None:
    """The exact sum of a side; None when a term has no number."""
    total: Number = 0
    for term in terms:
        value = _value(entry, identity, term, reports)
        if value is None:
            return None
        total += term.sign * value
    return total


def _value(entry: SubmissionUnderCheck, identity: Identity, term: Term, reports: _Reports) -> Number | None:
    """A term of the unit; of an identity with a last year that several units share, the sum over them."""
    if identity.cross_year and (shared := _shared(entry)) is not None:
        if term.previous:
            return numbers_of(shared.last.submission).get(term.where)
        return _sum([numbers.get(term.where) for numbers in _of_heirs(entry, shared, reports).values()])
    return (entry.last_numbers if term.previous else entry.numbers).get(term.where)


def _shared(entry: SubmissionUnderCheck) -> Shared | None:
    return entry.previous.shared if entry.previous else None


def _of_heirs(entry: SubmissionUnderCheck, shared: Shared, reports: _Reports) -> Mapping[str, Mapping[str, Number]]:
    """The figures of every unit that carries tables and shares the last year; of one that is still missing, none."""
    reports = {**reports, entry.unit.code: entry.submission}
    found = {}
    for code in shared.heirs:
        report = reports.get(code)
        if report is None or report.has_tables:
            found[code] = numbers_of(report) if report else {}
    return found


def _sum(values: Sequence[Number | None]) -> Number | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _planned(entry: SubmissionUnderCheck, rules: frozenset[str]) -> int:
    own = (one for one in entry.format.identities if entry.counts_requests or one.where.split(".")[0] != REQUESTS)
    instances = Counter(identity.rule for identity in own)
    return sum(instances[rule] for rule in rules) * entry.carries_tables


def _not_evaluated(rows: Sequence[Comparison], entries: Mapping[int, SubmissionUnderCheck]) -> Iterator[NotEvaluated]:
    counts: Counter[tuple[int, str, str]] = Counter()
    for row in rows:
        if not row.decided:
            entry, identity = entries[row.key], row.subject
            if identity.cross_year and entry.previous is None:
                reason = NO_LAST_YEAR
            elif identity.cross_year and (shared := _shared(entry)):
                reason = _with_others(entry, identity, shared)
            elif all(where in entry.numbers for where in identity.cells):
                reason = _LAST_YEAR
            else:
                reason = _THIS_YEAR
            counts[row.key, row.rule, reason] += 1
    for (key, rule, reason), count in counts.items():
        yield NotEvaluated(key, rule, reason.format(count=count))


def _with_others(entry: SubmissionUnderCheck, identity: Identity, shared: Shared) -> str:
    """With whom the unit must be added up, who of them has not reported yet, and what they must carry in together."""
    found = _of_heirs(entry, shared, _beside(entry, identity))
    lacking = [code for code, numbers in found.items() if code != entry.unit.code and not numbers]
    others = [code for code in found if code != entry.unit.code]
    carried = shared.last.submission.value(CARRIED_OUT) if identity.where.startswith(f"{REQUESTS}.") else None
    should = "" if carried is None else f"（上年结转合计应为 {carried} 件）"
    return _OTHERS.format(others="、".join(others), lacking="、".join(lacking or others), should=should)


def _describe(row: Comparison, _rule: str, entries: Mapping[int, SubmissionUnderCheck]) -> Facts:
    entry = entries[row.key]
    identity: Identity = row.subject
    shared = _shared(entry) if identity.cross_year else None
    open_last = identity.cross_year and entry.previous is not None and not entry.previous.accepted
    left: Number = row.left or 0
    right: Number = row.right or 0
    at_left = any(term.where == identity.where and not term.previous for term in identity.left)
    spec = entry.format.spec(identity.where)
    origins = {where: _origin(entry, where) for where in identity.cells}
    return Facts(
        where=identity.where,
        observed=left if at_left else right,
        expected=right if at_left else left,
        difference=apart(left, right),
        cells=identity.cells,
        origin=origins[identity.where],
        values={
            **_terms(entry, identity),
            "row": label(spec.row_label),
            "column": label(spec.column_label),
            "left": left,
            "right": right,
            "spot": spot(origins[identity.where]),
            "all_cells": spots(list(origins.values())),
            "last_report": name_report(shared.last, entry.unit) if shared else entry.last_report,
            "open_last_report": _open_report(entry) if open_last else None,
            "together": _together(entry, identity, shared) if shared else None,
        },
        provisional=open_last or shared is not None,  # which of several units is wrong, nobody knows
    )


def _open_report(entry: SubmissionUnderCheck) -> str:
    """Whose last year it is that nobody has accepted."""
    own = entry.previous is not None and not entry.previous.parts and entry.previous.unit == entry.unit.code
    return f"{'本单位' if own else ''}{entry.last_report}"


def _together(entry: SubmissionUnderCheck, identity: Identity, shared: Shared) -> str:
    """What each of the units that share a last year has at the place: `T01 填写 2、N01 填写 3`."""
    found = _of_heirs(entry, shared, _beside(entry, identity))
    return "、".join(f"{code} 填写 {numbers.get(identity.where)}" for code, numbers in found.items())


def _terms(entry: SubmissionUnderCheck, identity: Identity) -> dict[str, Number | None]:
    """Each term's value by the key that tells the terms apart: the row, or the column of terms in one row.

    Last year's have `last_` before the key.
    """
    terms, reports = identity.left + identity.right, _beside(entry, identity)
    paths = [term.where.split(".") for term in terms]
    step = 1 if len({path[1] for path in paths}) > 1 else 2
    return {
        ("last_" if term.previous else "") + path[step]: _value(entry, identity, term, reports)
        for term, path in zip(terms, paths, strict=True)
    }


def _origin(entry: SubmissionUnderCheck, where: str) -> Origin:
    cell = entry.cell(where)
    return cell.origin if cell else Origin()
