"""Facts that are counted: rows of the units' lists, entries of the inspectors.

The tables' figures and last year's stand in `facts`. A list that nobody reported gives None, never zero.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from gongkai.submission.fields import lists
from gongkai.submission.form import Record, Submission
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import Number

Fact = Number | str | None
Facts = dict[str, Fact]


def list_facts(submissions: Sequence[Submission], year: int) -> Facts:
    """Counts over the lists of a set of submissions."""
    count = _Counter(submissions, year)
    fees = [s.value("activities.processing_fees_yuan") for s in submissions]
    kinds = lists()["documents"].fields["kind"].choices or ()
    found: Facts = {f"published_{kind}": count.published(kind) for kind in kinds}
    found |= {f"interpretations_{form}": count.in_form(form) for form in _forms()}
    found |= {f"catalogue_{change}": count.catalogue(change) for change in ("added", "changed", "removed")}
    return found | {
        "normative_in_gazette": count.published("normative", channel="公报"),
        "interpretations": count.of("interpretations"),
        "responses": count.of("responses"),
        "responses_answered": count.of("responses", lambda r: r["answered_on"]),
        "catalogue_items": count.of("catalogue", lambda r: r["change"] != "removed"),
        "catalogue_units": sum("catalogue" in s.reported for s in submissions) or None,
        "interpretation_ratings": _ratings(r["rating"] for s in submissions for r in s.records("interpretations")),
        "cases_archived": count.of("register", lambda r: _in(r["replied_on"], year) and r["archived_on"]),
        "guides_updated": sum(_in(s.value("activities.guide_updated_on"), year) for s in submissions),
        "fees_in_register_yuan": _paid(submissions),
        "fees_reported_by": sum(fee is not None for fee in fees),
        "fees_not_reported_by": sum(fee is None for fee in fees),
    }


class _Counter:
    """Counts records over submissions; None where no submission reports the list."""

    def __init__(self, submissions: Sequence[Submission], year: int) -> None:
        self._submissions = submissions
        self._year = year

    def of(self, name: str, keep: Callable[[Record], object] = lambda _record: True) -> int | None:
        reporting = [s for s in self._submissions if name in s.reported]
        return sum(bool(keep(r)) for s in reporting for r in s.records(name)) if reporting else None

    def published(self, kind: str, channel: str = "") -> int | None:
        """Documents of a kind made public in the year; an older one, listed because it was repealed, is not."""
        return self.of(
            "documents",
            lambda r: r["kind"] == kind and _in(r["published_on"], self._year) and channel in (r["channel"] or ""),
        )

    def in_form(self, form: str) -> int | None:
        return self.of("interpretations", lambda r: form in (r["forms"] or ()))

    def catalogue(self, change: str) -> int | None:
        return self.of("catalogue", lambda r: r["change"] == change)


def _forms() -> Iterable[str]:
    choices = lists()["interpretations"].fields["forms"].choices
    return choices if isinstance(choices, dict) else ()


def _in(moment: date | None, year: int) -> bool:
    return moment is not None and moment.year == year


def _paid(submissions: Iterable[Submission]) -> Number | None:
    """Fees that a register says were paid; None when nobody reported a register."""
    reporting = [s for s in submissions if "register" in s.reported]
    paid = [r["fee_yuan"] for s in reporting for r in s.records("register") if r["fee_paid_on"] and r["fee_yuan"]]
    return sum(paid, Decimal(0)) if reporting else None


def _ratings(ratings: Iterable[str | None]) -> str | None:
    rated = lists()["interpretations"].fields["rating"]
    given = Counter(rated.shown(rating) for rating in ratings if rating)
    return "、".join(f"{number}件获评“{rating}”" for rating, number in sorted(given.items())) or None


def inspection_facts(state: YearState) -> Facts:
    """Counts over the inspectors' entries; None where there is no entry of the kind."""
    kinds = Counter(entry.kind for entry in state.inspections)
    orders = [entry for entry in state.inspections if entry.kind == "rectification"]
    in_time = [e for e in orders if e.closed_on and (e.due_on is None or e.closed_on <= e.due_on)]
    counts: Facts = {
        "problems_found": kinds["problem"] or None,
        "criticisms": kinds["penalty"] if state.inspections else None,
        "vetoes": kinds["veto"] if state.inspections else None,
        "rectifications": len(orders) or None,
        "rectifications_closed": sum(e.closed_on is not None for e in orders) if orders else None,
        "rectifications_open": sum(e.closed_on is None for e in orders) if orders else None,
        "rectifications_in_time": len(in_time) if orders else None,
        "rectifications_recurred": sum(bool(e.recurred) for e in orders) if orders else None,
    }
    awards = [entry.reason or "" for entry in state.inspections if entry.kind == "bonus"]
    cases = (found.group(1) for reason in awards if (found := re.search(r"解读案例.*?获评[“”]?([优良]\w)", reason)))
    return counts | _checks(state) | {"awarded_interpretations": _ratings(cases)}


def _checks(state: YearState) -> Facts:
    """Passed of checked: the patrols' sum, and every other indicator with both counts, in the scheme's order."""
    checked: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for entry in state.inspections:
        if entry.kind == "checked" and entry.indicator and entry.checked is not None and entry.passed is not None:
            checked[entry.indicator] += entry.checked
            passed[entry.indicator] += entry.passed
    listed = [indicator for indicator in state.profile.scheme.indicators if checked[indicator.code]]
    patrols = [indicator.code for indicator in listed if indicator.source == "patrol"]
    others = [f"{i.label}{passed[i.code]}/{checked[i.code]}" for i in listed if i.source != "patrol"]
    return {
        "patrol_checked": sum(checked[code] for code in patrols) or None,
        "patrol_passed": sum(passed[code] for code in patrols) if patrols else None,
        "checks": "、".join(others) or None,
    }
