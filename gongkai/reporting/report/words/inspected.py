"""Facts of the office's inspections: patrols, visits, what was found, put right, and how many units were looked at.

None where there is no entry of the kind: nobody looked, and no sentence may say that somebody did.
"""

import re
from collections import Counter

from gongkai.reporting.report.words.counts import ratings
from gongkai.reporting.report.words.sheet import Facts
from gongkai.warehouse.records import YearState

_LOOKED = ("checked", "score", "problem", "penalty", "rectification")


def inspection_facts(state: YearState) -> Facts:
    """Counts over the inspectors' entries."""
    kinds = Counter(entry.kind for entry in state.inspections)
    orders = [entry for entry in state.inspections if entry.kind == "rectification"]
    in_time = [e for e in orders if e.closed_on and (e.due_on is None or e.closed_on <= e.due_on)]
    assessed = {unit.code for unit in state.profile.assessed(state.year)}
    looked_at = {entry.unit for entry in state.inspections if entry.kind in _LOOKED} & assessed
    looked = bool(looked_at)
    counts: Facts = {
        "units_inspected": len(looked_at) or None,
        "problems_found": kinds["problem"] or None,
        "criticisms": kinds["penalty"] + kinds["veto"] if looked else None,
        "rectifications": len(orders) or None,
        "rectifications_closed": sum(e.closed_on is not None for e in orders) if orders else None,
        "rectifications_open": sum(e.closed_on is None for e in orders) if orders else None,
        "rectifications_in_time": len(in_time) if orders else None,
        "rectifications_recurred": sum(bool(e.recurred) for e in orders) if orders else None,
        "looked_back": sum(e.recurred is not None for e in orders) or None,
    }
    awards = [entry.reason or "" for entry in state.inspections if entry.kind == "bonus"]
    cases = (found.group(1) for reason in awards if (found := re.search(r"解读案例.*?获评[“”]?([优良]\w)", reason)))
    return counts | _checks(state) | {"awarded_interpretations": ratings(cases, "facts.awarded_interpretations")}


def _checks(state: YearState) -> Facts:
    """Checked and passed: by patrols of the portal, and by all other inspections together."""
    sources = {indicator.code: indicator.source for indicator in state.profile.scheme.indicators}
    entries = [e for e in state.inspections if e.kind == "checked" and e.checked and e.passed is not None]
    patrols = [e for e in entries if sources.get(e.indicator or "") == "patrol"]
    others = [e for e in entries if sources.get(e.indicator or "", "patrol") != "patrol"]
    return {
        "patrol_checked": sum(e.checked or 0 for e in patrols) or None,
        "patrol_passed": sum(e.passed or 0 for e in patrols) if patrols else None,
        "visits_checked": sum(e.checked or 0 for e in others) or None,
    }
