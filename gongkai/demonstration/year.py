"""The contents of two invented years: what every unit would hand in if nobody made a mistake.

A content is a submission document in contract.md's keys (`gongkai/submission/1`), ready to be written as JSON
or to be read into a `Submission`. Files, moments and mistakes are made elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.demonstration.activity_figures import activities, evidence
from gongkai.demonstration.calibration import calibrate
from gongkai.demonstration.catalogue_entries import catalogue, responses
from gongkai.demonstration.characteristics import Characteristics, characteristics, likenesses, stream
from gongkai.demonstration.document_list import documents, interpretations
from gongkai.demonstration.explained_queries import explanations
from gongkai.demonstration.inspection_files import confirmations, inspection
from gongkai.demonstration.moments import Moments
from gongkai.demonstration.narratives import narrative
from gongkai.demonstration.national_tables import disputes_table, proactive_table, requests_table, tables_of_last_year
from gongkai.demonstration.office_words import office_words
from gongkai.demonstration.registers import disputes_rows, register_rows
from gongkai.demonstration.request_cases import CasePlan, plan_cases
from gongkai.profile import Profile, Unit
from gongkai.submission.form import SCHEMA

YEAR = 2021
"""The demonstration's own; a district that rehearses has its season's."""

Content = dict[str, Any]
# The interpretation whose case was rated (docs/reference_2021.md, fact 12), and a unit's to show the bonus.
_RATED = {"OFFICE": "good", "A14": "good", "A03": "excellent"}


@dataclass(frozen=True)
class DemonstrationYear:
    """Contents of a report year by unit code, in registry order, and the inspection file."""

    year: int
    contents: dict[str, Content]
    inspection: Content


def last_year(seed: int, profile: Profile, this_year: DemonstrationYear) -> dict[str, Content]:
    """The tables of the year before, in its own form: their carry-over is what this year carries in."""
    contents, like, year = {}, likenesses(profile), this_year.year
    prepared_on = Moments(profile, year).last_year_prepared
    for unit in profile.expected(year - 1):
        register = this_year.contents[unit.code]["register"]
        carried = [row["applicant_type"] for row in register if row["received_on"] < f"{year}-01-01"]
        tables = tables_of_last_year(seed, unit.code, year - 1, like[unit.code], carried)
        contents[unit.code] = {
            **_head(unit, year - 1, prepared_on),
            "tables": tables if unit.carries_tables else None,
        }
    return contents


def demonstration_year(
    seed: int, profile: Profile, like: Mapping[str, Characteristics] | None = None, year: int = YEAR
) -> DemonstrationYear:
    """Everything of a report year: every unit's content without a mistake, and the inspectors' file.

    Args:
        seed: decides every invented figure and date.
        profile: whose units there are.
        like: unit code → what it is like; None as the demonstration knows them.
        year: the report year.
    """
    days = profile.working_days()
    units = profile.expected(year)
    like = likenesses(profile) if like is None else like
    plans = {unit.code: plan_cases(seed, unit.code, year, like[unit.code], days) for unit in units}
    if like == characteristics() and year == YEAR:  # the invented district reproduces the published average
        plans = calibrate(plans, stream(seed, "calibration"))
    contents = {
        unit.code: _content(seed, Moments(profile, year), unit, place, like[unit.code], plans[unit.code])
        for place, unit in enumerate(units)
    }
    closed = {code: content["tables"]["requests"]["outcome_total"]["total"] for code, content in contents.items()}
    inspected = inspection(seed, profile, year, closed, days)
    inspected["entries"] += confirmations(contents, year, Moments(profile, year).inspected.date())
    return DemonstrationYear(year, contents, inspected)


def _content(
    seed: int, moments: Moments, unit: Unit, place: int, likeness: Characteristics, plans: list[CasePlan]
) -> Content:
    code, year, profile, days = unit.code, moments.year, moments.profile, moments.profile.working_days()
    # Most reports are finished in the last week before the deadline.
    late = stream(seed, code, year, "prepared").triangular(1, 11, 11)
    prepared_on = moments.prepared_in_time(days.add(moments.collecting, round(late)))
    register = register_rows(plans, likeness, days)
    disputed = disputes_rows(register, year, days) if code == "OFFICE" else []
    listed = documents(seed, code, year, likeness, days)
    explained = interpretations(seed, code, year, likeness, days, listed)
    if code in _RATED:
        explained[0]["rating"] = _RATED[code]
    figures = activities(seed, code, year, likeness, days, days.add(prepared_on, 1))
    tables = {
        "proactive_disclosure": proactive_table(likeness),
        "requests": requests_table(register, year),
        "disputes": disputes_table(disputed, year),
    }
    return {
        **_head(unit, year, prepared_on),
        "tables": tables if unit.carries_tables else None,
        "activities": figures,
        "register": register,
        "disputes_register": disputed,
        "documents": listed,
        "interpretations": explained,
        "responses": responses(seed, code, year, likeness, days),
        "catalogue": catalogue(seed, unit, year, likeness, days, profile.areas),
        "explanations": explanations(register, listed, year, days),
        "evidence": evidence(code),
        "narrative": _words_of_office(profile, year, tables, figures)
        if code == "OFFICE"
        else narrative(place, year, _called(unit), likeness, tables, figures),
    }


def _words_of_office(profile: Profile, year: int, tables: Content, figures: Content) -> dict[str, str]:
    requests = tables["requests"]
    new, closed = (requests[row]["total"] for row in ("new_requests", "outcome_total"))
    return office_words(profile, year, figures["portal_items"], new, closed)


def _head(unit: Unit, year: int, prepared_on: date) -> Content:
    return {
        "schema": SCHEMA,
        "year": year,
        "unit": unit.code,
        "authority": unit.authority,
        "prepared_by": "经办人（演示）",
        "prepared_on": prepared_on.isoformat(),
    }


def _called(unit: Unit) -> str:
    """How the unit calls itself: a department with its area, a town or the office by its authority alone."""
    return f"{unit.authority}（{unit.name}领域）" if unit.kind == "area" else unit.authority
