"""The `reports` frame: a whole district's report against what it rests on itself.

Rows: every total against the sum of its own sources (REPORT-SOURCES), every printed rate against the integers it is
computed from (REPORT-RATES), every figure of last year against the report that the city accepted then
(REPORT-LAST-YEAR). A unit's own submission has none.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from expectations.frames.shapes import Comparison, Facts, Frame, Number, SubmissionUnderCheck, apart
from expectations.ruleset import RuleSet
from gongkai.submission.report_below import ReportBelow
from gongkai.warehouse.rates import rates_of

_RATES = {
    "average_reply_working_days": "平均办理用时（工作日）",
    "reply_shortening_percent": "办理用时缩短（%）",
    "requests_closed_on_time_percent": "按期办结率（%）",
}


def build(entries: Sequence[SubmissionUnderCheck], rules: RuleSet) -> Frame:
    """The rows of all entries that are whole districts' reports."""
    reports = [(entry, entry.submission.below) for entry in entries if entry.submission.below is not None]
    rows = [row for entry, below in reports for row in _rows(entry, below, rules)]
    planned = sum(_planned(entry, below) for entry, below in reports)
    described = partial(_describe, entries={entry.key: entry for entry, _ in reports})
    return Frame("reports", rows, planned, described)


def _rows(entry: SubmissionUnderCheck, below: ReportBelow, rules: RuleSet) -> Iterator[Comparison]:
    for spec in entry.format.cells:
        total, added = entry.numbers.get(spec.where), _sum(below, spec.where)
        decided = spec.where not in entry.unread and (total is not None or added is not None)
        yield Comparison(entry.key, "REPORT-SOURCES", spec.where, total, added, decided)
    computed = rates_of(below.counts, rules.clock.reply)._asdict() if below.counts else {}
    for name in _RATES:
        printed, due = below.printed.get(name), computed.get(name)
        decided = below.counts is not None and printed is not None
        yield Comparison(entry.key, "REPORT-RATES", f"indicators.{name}", printed, due, decided)
    received = _received(entry)
    for where, told in below.previous.items():
        yield Comparison(entry.key, "REPORT-LAST-YEAR", where, told, received.get(where), where in received)


def _planned(entry: SubmissionUnderCheck, below: ReportBelow) -> int:
    return len(entry.format.cells) + len(_RATES) + len(below.previous)


def _sum(below: ReportBelow, where: str) -> Number | None:
    given = [source.value for source in below.sources.get(where, ())]
    return sum(given[1:], given[0]) if given else None


def _received(entry: SubmissionUnderCheck) -> Mapping[str, Number]:
    """Last year's figures as the city itself accepted them; none where it has them from this very report."""
    last = entry.previous
    return entry.last_numbers if last is not None and last.accepted and not last.told else {}


def _describe(row: Comparison, _rule: str, entries: Mapping[int, SubmissionUnderCheck]) -> Facts:
    entry = entries[row.key]
    sources = entry.submission.below.sources.get(row.where, ()) if entry.submission.below else ()
    shown = {"left": "无数据" if row.left is None else row.left, "right": "无数据" if row.right is None else row.right}
    return Facts(
        where=row.where,
        observed=row.left,
        expected=row.right,
        difference=apart(row.left, row.right),
        values={
            **shown,
            "count": len(sources),
            "rate": _RATES.get(row.where.rpartition(".")[2]),
            "last_report": entry.last_report,
        },
    )
