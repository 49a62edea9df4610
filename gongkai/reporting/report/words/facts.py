"""Every figure the report's sentences may use, by name: sums of the tables, activities, rates, changes on last year.

Which sentence uses a fact stands in `sentences.yaml`. A name that begins with `office_` is of the office alone, every
other of the whole district. Nothing here words a sentence, and no fact is a constant typed in.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache

from gongkai.national_format import NationalFormat, for_year
from gongkai.national_format.figures import CLOSED_OTHER
from gongkai.profile import load_profile
from gongkai.reporting.report.words import sheet
from gongkai.reporting.report.words.beside_last_year import changes
from gongkai.reporting.report.words.case_counts import case_facts
from gongkai.reporting.report.words.contact import contact_words
from gongkai.reporting.report.words.counts import in_year, list_facts
from gongkai.reporting.report.words.figure_paths import CELLS, figure_path
from gongkai.reporting.report.words.inspection_facts import inspection_facts
from gongkai.reporting.report.words.printed_facts import listed
from gongkai.reporting.report.words.sheet import Facts, FactSheet
from gongkai.submission.fields import groups
from gongkai.submission.form import Submission
from gongkai.warehouse.closed_year import limits_of
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import Figures, Number, Totals, compute_totals

_UNITS = {"fees_wan_yuan": "万元"}
_OUTCOMES = {
    "requests_granted": "予以公开",
    "requests_partly_granted": "部分公开",
    "requests_refused": "不予公开",
    "requests_unavailable": "无法提供",
    "requests_unprocessed": "不予处理",
    "requests_closed_otherwise": "其他处理",
}
_DECISIONS = {"licences": "行政许可决定", "penalties": "行政处罚决定", "compulsions": "行政强制决定"}


def collect_facts(state: YearState, totals: Totals, units_told: int | None = None) -> FactSheet:
    """All facts of a year, by name, each with its source; `units_told`: how many units had their card issued."""
    found = FactSheet()
    submissions = [r.submission for r in state.accepted if r.submission is not None]
    offices = {u.unit.code for u in state.units if u.unit.kind == "office"}
    days = state.profile.working_days()
    found.add(sheet.PROFILE, _registry(state))
    for prefix, figures, indicators, counted in (
        ("", totals.district, totals.indicators, submissions),
        ("office_", totals.office, totals.office_indicators, [s for s in submissions if s.unit in offices]),
    ):
        found.add(sheet.TABLES, _tables(figures, for_year(state.year)), prefix)
        found.add(sheet.ACTIVITIES, _activities(figures, counted, state.year), prefix)
        found.add(sheet.REGISTER, case_facts(counted, indicators, state.year), prefix)
        listing = [] if any(s.below for s in counted) else counted  # a district's report has no lists to count in
        for name, counts in list_facts(listing, state.year, days).items():
            found.add(name, counts, prefix)
    found.add(sheet.LAST_YEAR, changes(state, CELLS, _UNITS, "件"))
    found.add(sheet.TABLES, _in_lists(found.values))
    found.add(sheet.INSPECTIONS, inspection_facts(state) | {"units_told": units_told})
    found.add(sheet.TABLES, {"units_counted": len(submissions) or None})
    found.add(sheet.ACTIVITIES, _portal(found.values))
    found.add("documents", {"office_papers_words": _papers(found.values)})
    return found


@cache
def fact_names() -> tuple[str, ...]:
    """The names of all facts, as an empty year has them: what a profile's sentences may name."""
    profile = load_profile()
    year = YearState(2021, datetime.max.replace(tzinfo=UTC), profile, "", "", (), (), (), (), {})
    return tuple(collect_facts(year, compute_totals(year)).values)


def _registry(state: YearState) -> Facts:
    """Who and when: names, period, and how many units there are and how many are counted."""
    district, units = state.profile.district, [u.unit for u in state.units]
    offices = [unit for unit in units if unit.kind == "office"]
    city = district.level == "city"
    return {
        "year": state.year,
        "office_name": district.office_name,
        "office": offices[0].name if offices else district.office_name,
        "whole": district.whole,
        "own_government": "市政府" if city else "区政府",
        "contact": contact_words(district.contact),
        "format_title": for_year(state.year).title,
        "format_number": for_year(state.year).document_no,
        "reply_limit": limits_of(state.lock).reply,
        "units_expected": len(units),
        "units_waiting": len(units) - len(state.accepted),
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


def _in_lists(facts: Facts) -> Facts:
    """Outcomes and decisions as one phrase each, without what is zero."""
    said = {label: facts[f"{name}_change"] for name, label in _DECISIONS.items()}
    return {
        "outcomes": listed([_part(label, name, facts) for name, label in _OUTCOMES.items()], "件"),
        "decisions": listed([_part(label, name, facts) for name, label in _DECISIONS.items()], "件", said),
    }


def _part(label: str, name: str, facts: Facts) -> tuple[str, Number | None, str]:
    return label, _number(facts[name]), figure_path(name)


def _activities(figures: Figures | None, submissions: Sequence[Submission], year: int) -> Facts:
    reported: Mapping[str, Number] = figures.activities if figures else {}
    numeric = [key for key, field in groups()["activities"].fields.items() if field.type in {"integer", "decimal"}]
    fees = [s.value("activities.processing_fees_yuan") for s in submissions]
    guides = [s.value("activities.guide_updated_on") for s in submissions if not any(one.below for one in submissions)]
    found: Facts = {key: reported.get(key) for key in numeric}
    return found | {
        "guides_updated": sum(in_year(day, year) for day in guides) or None,
        "fees_reported_by": sum(fee is not None for fee in fees) or None,
    }


def _portal(facts: Facts) -> Facts:
    """The units' items beside the office's; None where the office's figure looks like the whole district's already."""
    whole, office = _number(facts["portal_items"]), _number(facts["office_portal_items"])
    if whole is None or office is None or whole - office < office or facts["portal_items_district"] is not None:
        return {"portal_items_of_all": None}
    return {"portal_items_of_all": whole}


def _papers(facts: Facts) -> sheet.Fact:
    """`区政府文件14份、区政府办公室文件18份` of the office."""
    own = facts["own_government"]
    kinds = [(f"{own}文件", "office_published_government"), (f"{own}办公室文件", "office_published_office")]
    return listed([_part(label, name, facts) for label, name in kinds], "份") or None


def _number(fact: sheet.Fact) -> Number | None:
    return None if isinstance(fact, str) else fact
