"""Every figure the report's sentences may use, by name: sums of the tables, activities, rates, changes on last year.

A fact is a number, a piece of Chinese text, or None when nobody reported it; which sentence uses it stands in
`templates/report_text.yaml`. A name that begins with `office_` is of the office alone, every other of the whole
district. Nothing here words a sentence, and no fact is a constant typed in.
"""

from collections.abc import Mapping, Sequence

from gongkai.national_format import NationalFormat, for_year
from gongkai.national_format.figures import (
    CARRIED_IN,
    CARRIED_OUT,
    CLOSED_OTHER,
    COMPULSIONS,
    FEES_WAN_YUAN,
    GRANTED,
    LICENCES,
    LITIGATION,
    LITIGATIONS,
    NEW_REQUESTS,
    NORMATIVE_IN_FORCE,
    NORMATIVE_ISSUED,
    NORMATIVE_REPEALED,
    OUTCOME_TOTAL,
    PARTLY_GRANTED,
    PENALTIES,
    RECONSIDERATION,
    RECONSIDERATIONS,
    of_disputes,
)
from gongkai.reporting.report.counts import Fact, Facts, inspection_facts, list_facts
from gongkai.submission.fields import groups
from gongkai.submission.form import Submission
from gongkai.warehouse.closed_year import limits_of
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import Figures, Indicators, Number, Totals

# What the sentences call a cell of the tables. A sum is missing as soon as one of its cells is.
CELLS: Mapping[str, tuple[str, ...]] = {
    "requests_new": (NEW_REQUESTS,),
    "requests_carried_in": (CARRIED_IN,),
    "requests_handled": (OUTCOME_TOTAL,),
    "requests_carried_out": (CARRIED_OUT,),
    "requests_granted": (GRANTED,),
    "requests_partly_granted": (PARTLY_GRANTED,),
    "reconsiderations": (RECONSIDERATIONS,),
    "reconsiderations_corrected": of_disputes("corrected", (RECONSIDERATION,)),
    "litigations": LITIGATIONS,
    "litigations_corrected": of_disputes("corrected", LITIGATION),
    "disputes_corrected": of_disputes("corrected"),
    "disputes_pending": of_disputes("pending"),
    "normative_issued": (NORMATIVE_ISSUED,),
    "normative_repealed": (NORMATIVE_REPEALED,),
    "normative_in_force": (NORMATIVE_IN_FORCE,),
    "licences": (LICENCES,),
    "penalties": (PENALTIES,),
    "compulsions": (COMPULSIONS,),
    "fees_wan_yuan": (FEES_WAN_YUAN,),
}
_UNITS = {"fees_wan_yuan": "万元"}


def collect_facts(state: YearState, totals: Totals) -> Facts:
    """All facts of a year, by name."""
    national_format = for_year(state.year)
    submissions = [r.submission for r in state.accepted if r.submission is not None]
    offices = {u.unit.code for u in state.units if u.unit.kind == "office"}
    found = _registry(state)
    for prefix, figures, indicators, counted in (
        ("", totals.district, totals.indicators, submissions),
        ("office_", totals.office, totals.office_indicators, [s for s in submissions if s.unit in offices]),
    ):
        facts = {
            **_tables(figures, national_format),
            **_activities(figures),
            **_indicators(indicators),
            **list_facts(counted, state.year),
        }
        found |= {prefix + name: value for name, value in facts.items()}
    found |= _changes(found, totals.previous, state)
    found |= inspection_facts(state)
    return found | _told([s for s in submissions if s.unit in offices])


def _told(offices: Sequence[Submission]) -> Facts:
    """Whether the office's own words, which the report prints, say something that no figure could."""
    problems = "".join(s.value("narrative.problems") or "" for s in offices)
    others = "".join(s.value("narrative.other_matters") or "" for s in offices)
    return {"problems_told": int(bool(problems.strip())), "social_review_told": int("社会评议" in problems + others)}


def _registry(state: YearState) -> Facts:
    """Who and when: names, period, and how many units there are and how many are counted."""
    district, units = state.profile.district, [u.unit for u in state.units]
    offices = [unit for unit in units if unit.kind == "office"]
    city = district.level == "city"
    return {
        "year": state.year,
        "office_name": district.office_name,
        "office": offices[0].name if offices else district.office_name,
        "whole": "全市" if city else "全区",
        "own_government": "市政府" if city else "区政府",
        "contact_department": district.contact.department,
        "contact_phone": district.contact.phone,
        "contact_email": district.contact.email,
        "format_title": for_year(state.year).title,
        "format_number": for_year(state.year).document_no,
        "reply_limit": limits_of(state.lock).reply,
        "units_expected": len(units),
        "units_accepted": len(state.accepted),
        "units_waiting": len(units) - len(state.accepted),
        "units_assessed": len(state.profile.assessed(state.year)),
        "areas": len(state.profile.areas),
        "towns": sum(unit.level == "town" for unit in units),
    }


def _tables(figures: Figures | None, national_format: NationalFormat) -> Facts:
    """The named cells, and the groups of outcomes that the format derives."""
    values: Mapping[str, Number | None] = figures.tables if figures else {}
    table = national_format.requests
    members = {f"requests_{one.key}": tuple(table.totals(one)) for one in table.subtotals}
    if "requests_closed_otherwise" not in members:  # 2019: one row
        members["requests_closed_otherwise"] = (CLOSED_OTHER,)
    return {name: _sum([values.get(where) for where in cells]) for name, cells in {**CELLS, **members}.items()}


def _sum(values: Sequence[Number | None]) -> Number | None:
    present = [value for value in values if value is not None]
    return sum(present[1:], present[0]) if present and len(present) == len(values) else None


def _activities(figures: Figures | None) -> Facts:
    reported: Mapping[str, Number] = figures.activities if figures else {}
    numeric = [key for key, field in groups()["activities"].fields.items() if field.type in {"integer", "decimal"}]
    return {key: reported.get(key) for key in numeric}


def _indicators(indicators: Indicators) -> Facts:
    closed, on_time = indicators.requests_closed, indicators.requests_closed_on_time
    return {
        "average_days": indicators.average_reply_working_days,
        "shortening_percent": indicators.reply_shortening_percent,
        "cases_closed": closed or None,
        "cases_on_time": on_time if closed else None,
        "cases_overdue": closed - on_time if closed and on_time is not None else None,
        "on_time_percent": indicators.requests_closed_on_time_percent,
    }


def _changes(facts: Facts, previous: Figures | None, state: YearState) -> Facts:
    """`<name>_change`: in brackets, what a figure of the tables was last year; empty where nobody knows."""
    values: Mapping[str, Number | None] = previous.tables if previous else {}
    before = {name: _sum([values.get(where) for where in cells]) for name, cells in CELLS.items()}
    changes = {
        f"{name}_change": _change(facts[name], before[name], _UNITS.get(name, "件"), state.provisional)
        for name in CELLS
    }
    return {"previous_units": sum(last.accepted for last in state.last_reports) if previous else None, **changes}


def _change(now: Fact, before: Number | None, unit: str, provisional: bool) -> str:
    """Last year's figure and the change; in a draft the figure alone, since units are still missing this year."""
    if before is None or now is None or isinstance(now, str):
        return ""
    if provisional:
        return f"（上年{before}{unit}）"
    if now == before:
        return "（与上年持平）"
    return f"（上年{before}{unit}，{'增加' if now > before else '减少'}{abs(now - before)}{unit}）"
