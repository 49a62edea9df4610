"""Measures over the standard catalogue (indicators E1, E2).

The registry shows the business: a unit that answers for pilot areas keeps a catalogue of them. Where it
left the list out, both indicators earn 0: not reporting must never pay.
"""

from fractions import Fraction

from gongkai.assessment.measurement import Asked, Measurement, Shortfall, absent, declared_none, not_applicable, rate
from gongkai.assessment.measures.of_the_year import Span, own_rows
from gongkai.assessment.spans import exceeds
from gongkai.assessment.subject import Subject
from gongkai.submission.form import Record

_CHANGED = ("change", "source_changed_on", "changed_on")


def areas_in_catalogue(subject: Subject, _asked: Asked) -> Measurement:
    """E1: of the areas the registry gives the unit, those that appear in its catalogue.

    The denominator is the registry's, so an empty catalogue covers 0 of them.
    """
    if (missing := _unreported(subject)) is not None:
        return missing
    present = {str(item["area"]) for item in subject.submission.records("catalogue")}
    owned = subject.unit.areas
    cases = []
    for area in owned:
        if area not in present:
            name = f"{area} {subject.profile.areas.get(area, '')}".strip()
            cases.append(Shortfall(name, subject.at_cell("catalogue", f"标准目录中没有“{name}”领域的事项")))
    nothing = "本单位没有负责的试点领域"
    looked_at = _first_of_each_area(subject)
    return rate(len(owned) - len(cases), len(owned), "未编入标准目录", cases, nothing, "个领域", looked_at)


def catalogue_adjusted_on_time(subject: Subject, asked: Asked) -> Measurement:
    """E2: items that say that something changed, adjusted within `working_days` of the change of the list behind them.

    No change at all: full when the catalogue was updated in the year, else nothing to measure.
    """
    if (missing := _unreported(subject)) is not None:
        return missing
    limit, cases = asked.limits["working_days"], []
    items = subject.submission.records("catalogue")
    if not items:
        return declared_none("目录事项")
    told = [item for item in items if any(item[key] is not None for key in _CHANGED)]
    own = own_rows(told, subject.year, _adjusted, _same_change)
    changes = own.rows
    if not changes and any(item["updated_on"] and item["updated_on"].year == subject.year for item in items):
        kept = Measurement(applicable=True, value=Fraction(1), note="本年没有需要调整的事项，目录有更新，记满分")
        return own.said(kept)
    for item in changes:
        source, changed = item["source_changed_on"], item["changed_on"]
        if source is None or changed is None:
            late: str | None = "缺少清单变化日期" if source is None else "缺少目录调整日期"
        else:
            late = exceeds(subject.days, source, changed, limit)
        if late is not None:
            key = "source_changed_on" if source is None else "changed_on"
            text = f"“{item['item']}”{late}"
            cases.append(Shortfall(text, subject.at_record(item, key, f"标准目录事项{text}")))
    nothing = "标准目录本年没有变化，也没有更新记录"
    return own.said(rate(len(changes) - len(cases), len(changes), "未按时调整", cases, nothing, "项", changes))


def _adjusted(item: Record) -> Span:
    return item["source_changed_on"], item["changed_on"]


def _same_change(item: Record) -> object:
    return item["area"], item["item"], *_adjusted(item)


def _first_of_each_area(subject: Subject) -> list[Record]:
    """One item for each area that the unit answers for: what shows that it is in the catalogue."""
    first: dict[str, Record] = {}
    for item in subject.submission.records("catalogue"):
        first.setdefault(str(item["area"]), item)
    return [first[area] for area in subject.unit.areas if area in first]


def _unreported(subject: Subject) -> Measurement | None:
    if subject.reported("catalogue"):
        return None
    if not subject.unit.areas:
        return not_applicable("本单位没有负责的试点领域")
    shown = f"本单位负责 {len(subject.unit.areas)} 个领域"
    return absent("标准目录", subject.at_cell("catalogue", shown), shown)
