"""An impossible date sends its own file back; it never reaches a clock, so it cannot stop the other units.

Validated, totalled and scored with the functions that a run calls.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from expectations.frames.dates import date_fields
from expectations.validation import Context, validate
from gongkai.assessment.assess import assess_year
from gongkai.findings import Severity
from gongkai.profile import Profile
from gongkai.submission.fields import lists
from gongkai.submission.form import Reading
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.records import Revision, UnitYear, YearState
from gongkai.warehouse.totals import compute_totals
from tests.unit.expectations.conftest import YEAR, ZONE, read, register, sound

DATED = [name for name in lists() if date_fields(name)]
ROWS: dict[str, dict[str, Any]] = {
    "disputes_register": {"case_no": "复1", "kind": "reconsideration", "result": "upheld"},
    "documents": {"number": "示〔2022〕1号", "title": "示例", "kind": "other"},
    "interpretations": {"document_number": "示〔2022〕1号"},
    "responses": {"topic": "示例"},
    "catalogue": {"area": "01", "item": "示例", "change": "changed"},
}


def with_date(name: str, key: str, day: str) -> dict[str, Any]:
    """A sound document in which one date of one list is `day`."""
    document = sound()
    rows = register() if name == "register" else [dict(ROWS[name])]
    rows[1 if name == "register" else 0][key] = day
    document[name] = rows
    return document


def state(readings: list[Reading], verdicts: list[Verdict], profile: Profile) -> YearState:
    """The year as the warehouse would give it back: one unit, its revisions in the order given."""
    revisions = tuple(
        Revision("T01", YEAR, n, r.file.sha256, r.file.name, r.kind, r.file.received_at, r.submission, v, v)
        for n, (r, v) in enumerate(zip(readings, verdicts, strict=True), 1)
    )
    unit = next(unit for unit in profile.units if unit.code == "T01")
    return YearState(
        year=YEAR,
        as_of=datetime(2023, 5, 1, tzinfo=ZONE),
        profile=profile,
        profile_sha256="",
        rules_version="",
        units=(UnitYear(unit, revisions),),
        inspections=(),
        office_files=(),
        unassigned=(),
        previous={},
    )


def test_an_absurd_year_anywhere_is_an_error_and_names_its_field(context: Context) -> None:
    places = [(name, key, day) for name in DATED for key in date_fields(name) for day in ("0202-03-01", "2201-03-01")]
    verdicts = validate([read(with_date(*place)) for place in places], context)
    for (name, key, day), verdict in zip(places, verdicts, strict=True):
        found = [f for f in verdict.findings if f.rule in ("CASE-DATES", "LIST-DATES")]
        assert [(f.table, f.column, f.severity) for f in found] == [(name, key, Severity.ERROR)], (name, key, day)
        assert day in found[0].message
        assert verdict.status is Status.RETURNED


@pytest.mark.parametrize("day", ["0202-03-01", "2007-03-01", "2022-12-31", "2201-03-01", "9999-12-31"])
def test_totals_and_scores_of_what_is_accepted_never_meet_an_impossible_date(
    day: str, context: Context, profile: Profile
) -> None:
    readings = [read(sound())]
    readings += [read(with_date(name, key, day)) for name in DATED for key in date_fields(name)]
    verdicts = validate(readings, context)
    for at in range(len(readings)):
        year = state(readings[at : at + 1], verdicts[at : at + 1], profile)
        compute_totals(year)
        assess_year(year)


def test_a_document_of_1998_stops_nobody(context: Context, profile: Profile) -> None:
    document = with_date("documents", "made_on", "1998-07-01")
    document["documents"][0] |= {"published_on": "1998-08-20", "needs_interpretation": True}
    document["interpretations"] = [{"document_number": "示〔2022〕1号", "published_on": "1998-10-01"}]
    document["tables"]["proactive_disclosure"]["normative_documents"] |= {"issued": 0, "repealed": 0}
    readings = [read(document)]
    verdicts = validate(readings, context)
    assert verdicts[0].status is Status.ACCEPTED
    year = state(readings, verdicts, profile)
    assert len(assess_year(year).scorecards) == 1
    assert compute_totals(year).district.documents_by_kind["other"] == 1


def test_a_year_that_the_cycle_itself_needs_is_named_and_nothing_is_guessed(profile: Profile) -> None:
    received = datetime(2032, 1, 20, tzinfo=ZONE)
    document = sound(year=2031)
    document["register"] = [
        {
            "case_no": "案01",
            "received_on": "2031-12-01",
            "applicant_type": "natural_person",
            "replied_on": "2031-12-20",
            "outcome": "granted",
        }
    ]
    reading = read(document, received_at=received)
    (verdict,) = validate([reading], Context(year=2031, profile=profile, as_of=received))
    waits = [one for one in verdict.rules_not_applied if "2031 年放假安排" in one.reason]
    assert [(one.rule, "案01" in one.reason) for one in waits] == [("CASE-OVERDUE", True)]
    found = compute_totals(
        replace(state([reading], [replace(verdict, status=Status.ACCEPTED)], profile), year=2031)
    ).indicators
    assert (found.unknown_year, found.average_reply_working_days) == (2031, None)


def test_no_waiver_lets_an_impossible_date_pass(context: Context) -> None:
    waivers = tuple(
        InspectionEntry(id=rule, unit="T01", kind="waiver", indicator=rule, by="李主任", reason="待改版")
        for rule in ("CASE-DATES", "LIST-DATES")
    )
    readings = [
        read(with_date("register", "replied_on", "2201-03-01")),
        read(with_date("responses", "raised_on", "0202-03-01")),
    ]
    verdicts = validate(readings, replace(context, waivers=waivers))
    assert [verdict.status for verdict in verdicts] == [Status.RETURNED] * 2
