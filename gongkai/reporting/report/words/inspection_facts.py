"""Facts of the office's inspections: patrols, visits, what was found, put right, and how many units were looked at.

None where there is no entry of the kind: nobody looked, and no sentence may say that somebody did.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from gongkai.reporting.report.words.counts import ratings
from gongkai.reporting.report.words.sheet import Facts
from gongkai.submission.inspection.entry import KIND_NAMES, InspectionEntry
from gongkai.warehouse.records import YearState

_LOOKED = ("checked", "score", "problem", "penalty", "rectification")


def inspection_facts(state: YearState) -> Facts:
    """Counts over the inspectors' entries."""
    of = entries_by_fact(state)
    assessed = {unit.code for unit in state.profile.assessed(state.year)}
    looked_at = {entry.unit for entry in of["units_inspected"]} & assessed
    orders = of["rectifications"]
    counts: Facts = {
        "units_inspected": len(looked_at) or None,
        "problems_found": len(of["problems_found"]) or None,
        "criticisms": len(of["criticisms"]) if looked_at else None,
        "rectifications": len(orders) or None,
        **{key: len(of[key]) if orders else None for key in _OF_ORDERS if key != "looked_back"},
        "looked_back": len(of["looked_back"]) or None,
        "patrol_checked": sum(e.checked or 0 for e in of["patrol_checked"]) or None,
        "patrol_passed": sum(e.passed or 0 for e in of["patrol_passed"]) if of["patrol_passed"] else None,
        "visits_checked": sum(e.checked or 0 for e in of["visits_checked"]) or None,
    }
    awards = [entry.reason or "" for entry in state.inspections if entry.kind == "bonus"]
    cases = (found.group(1) for reason in awards if (found := re.search(r"解读案例.*?获评[“”]?([优良]\w)", reason)))
    return counts | {"awarded_interpretations": ratings(cases, "facts.awarded_interpretations")}


def entries_by_fact(state: YearState) -> Mapping[str, Sequence[InspectionEntry]]:
    """The entries that each fact counts; facts that count none are not there."""
    sources = {indicator.code: indicator.source for indicator in state.profile.scheme.indicators}
    kinds = {kind: [e for e in state.inspections if e.kind == kind] for kind in KIND_NAMES}
    checks = [e for e in kinds["checked"] if e.checked and e.passed is not None]
    patrols = [e for e in checks if sources.get(e.indicator or "") == "patrol"]
    return {
        "units_inspected": [e for e in state.inspections if e.kind in _LOOKED],
        "problems_found": kinds["problem"],
        "criticisms": [*kinds["penalty"], *kinds["veto"]],
        "rectifications": kinds["rectification"],
        **{key: [e for e in kinds["rectification"] if counts(e)] for key, counts in _OF_ORDERS.items()},
        "patrol_checked": patrols,
        "patrol_passed": patrols,
        "visits_checked": [e for e in checks if sources.get(e.indicator or "", "patrol") != "patrol"],
    }


_OF_ORDERS: Mapping[str, Callable[[InspectionEntry], object]] = {
    "rectifications_closed": lambda entry: entry.closed_on is not None,
    "rectifications_open": lambda entry: entry.closed_on is None,
    "rectifications_in_time": lambda e: e.closed_on and (e.due_on is None or e.closed_on <= e.due_on),
    "rectifications_recurred": lambda entry: entry.recurred,
    "looked_back": lambda entry: entry.recurred is not None,
}
