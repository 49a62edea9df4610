"""The `identities` frame: one row an instance of an identity (勾稽关系) and submission, both sums exact.

The identities themselves come from the format file. A missing, not-applicable or unreadable term leaves the row
not_evaluated (format file, `cell_values`): it is neither passed nor failed, and `rules_not_applied` says so.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from expectations.frames.shapes import (
    NO_LAST_YEAR,
    Comparison,
    Facts,
    Frame,
    NotEvaluated,
    Number,
    SubmissionUnderCheck,
    apart,
)
from gongkai.national_format import Identity, Term
from gongkai.submission.form import Origin
from gongkai.submission.places import label, spot, spots

_THIS_YEAR = "有 {count} 处因单元格未填写或不是数字而不能核对，补齐后再核对。"
_LAST_YEAR = "有 {count} 处因上年度报告没有相应数字而不能核对。"


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
        if identity.rule in rules
    ]
    planned = sum(_planned(entry, rules) for entry in entries)
    by_key = {entry.key: entry for entry in entries}
    return Frame("identities", rows, planned, partial(_describe, entries=by_key), tuple(_not_evaluated(rows, by_key)))


def _row(entry: SubmissionUnderCheck, identity: Identity) -> Comparison:
    left, right = _total(entry, identity.left), _total(entry, identity.right)
    decided = left is not None and right is not None
    return Comparison(entry.key, identity.rule, identity.where, left, right, decided, identity)


def _total(entry: SubmissionUnderCheck, terms: tuple[Term, ...]) -> Number | None:
    """The exact sum of a side; None when a term has no number."""
    total: Number = 0
    for term in terms:
        value = _value(entry, term)
        if value is None:
            return None
        total += term.sign * value
    return total


def _value(entry: SubmissionUnderCheck, term: Term) -> Number | None:
    return (entry.last_numbers if term.previous else entry.numbers).get(term.where)


def _planned(entry: SubmissionUnderCheck, rules: frozenset[str]) -> int:
    instances = Counter(identity.rule for identity in entry.format.identities)
    return sum(instances[rule] for rule in rules) * entry.carries_tables


def _not_evaluated(rows: Sequence[Comparison], entries: Mapping[int, SubmissionUnderCheck]) -> Iterator[NotEvaluated]:
    counts: Counter[tuple[int, str, str]] = Counter()
    for row in rows:
        if not row.decided:
            entry, identity = entries[row.key], row.subject
            if identity.cross_year and entry.previous is None:
                reason = NO_LAST_YEAR
            elif all(where in entry.numbers for where in identity.cells):
                reason = _LAST_YEAR
            else:
                reason = _THIS_YEAR
            counts[row.key, row.rule, reason] += 1
    for (key, rule, reason), count in counts.items():
        yield NotEvaluated(key, rule, reason.format(count=count))


def _describe(row: Comparison, _rule: str, entries: Mapping[int, SubmissionUnderCheck]) -> Facts:
    entry = entries[row.key]
    identity: Identity = row.subject
    provisional = identity.cross_year and entry.previous is not None and not entry.previous.accepted
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
            "last_report": entry.last_report,
            "open_last_report": entry.last_report if provisional else None,
        },
        provisional=provisional,
    )


def _terms(entry: SubmissionUnderCheck, identity: Identity) -> dict[str, Number | None]:
    """Each term's value by the key that tells the terms apart: the row, or the column of terms in one row.

    Last year's have `last_` before the key.
    """
    terms = identity.left + identity.right
    paths = [term.where.split(".") for term in terms]
    step = 1 if len({path[1] for path in paths}) > 1 else 2
    return {
        ("last_" if term.previous else "") + path[step]: _value(entry, term)
        for term, path in zip(terms, paths, strict=True)
    }


def _origin(entry: SubmissionUnderCheck, where: str) -> Origin:
    cell = entry.cell(where)
    return cell.origin if cell else Origin()
