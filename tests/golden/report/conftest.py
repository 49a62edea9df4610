"""Years to report on, without a warehouse: a small plain one to change, and the demonstration's.

Submissions pass through the real reader, totals through the warehouse's own sums.
"""

import json
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from gongkai.demonstration import SEED
from gongkai.demonstration.year import demonstration_year, last_year
from gongkai.findings import Finding
from gongkai.national_format import for_year
from gongkai.profile import Profile, load_profile
from gongkai.profile.loader import profile_sha256
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.view import ReportView
from gongkai.reporting.shared.wording import Wording
from gongkai.submission.form import ReceivedFile, Submission
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.reader import read_inspection
from gongkai.submission.readers.json_reader import read_json
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.records import Revision, UnitYear, YearState
from gongkai.warehouse.report_standing import ReportStanding
from gongkai.warehouse.totals import Totals, compute_totals
from gongkai.warehouse.years.last_year import Previous

BASIS = "5f0c" * 16


class Year:
    """A year to report on: change what a test is about, then ask for state, totals or view, which are built once."""

    def __init__(self, year: int = 2021) -> None:
        default = load_profile()
        self.year = year
        self.profile: Profile = default.model_copy(
            update={"district": default.district.model_copy(update={"demonstration": True})}
        )
        self.submissions = {unit.code: _document(unit.code, n, year) for n, unit in enumerate(default.units)}
        self.status: dict[str, Status] = {}
        self.findings: dict[str, tuple[Finding, ...]] = {}
        self.missing: set[str] = set()
        self.inspections: tuple[InspectionEntry, ...] = _inspections(year)
        self.previous: dict[str, dict[str, Any]] = {}
        self.standing = ReportStanding()
        self.wording: dict[str, Wording] = {}

    def office(self) -> dict[str, Any]:
        return self.submissions["OFFICE"]

    @cached_property
    def state(self) -> YearState:
        moment = datetime(self.year + 1, 2, 15, 18, 0, tzinfo=self.profile.district.zone)
        units = tuple(
            UnitYear(unit, () if unit.code in self.missing else (self._revision(unit.code, moment),))
            for unit in self.profile.expected(self.year)
        )
        previous = {code: Previous(_read(document), 1, True) for code, document in self.previous.items()}
        return YearState(
            year=self.year,
            as_of=moment,
            profile=self.profile,
            profile_sha256=profile_sha256(self.profile),
            rules_version="0",
            units=units,
            inspections=self.inspections,
            office_files=(),
            unassigned=(),
            previous=previous,
        )

    @cached_property
    def totals(self) -> Totals:
        return compute_totals(self.state)

    @cached_property
    def report(self) -> DistrictReport:
        return DistrictReport(self.state, self.totals, BASIS, self.wording, self.standing)

    @property
    def view(self) -> ReportView:
        return self.report.view

    def _revision(self, code: str, moment: datetime) -> Revision:
        verdict = Verdict(self.status.get(code, Status.ACCEPTED), True, self.findings.get(code, ()), (), (), "0")
        submission = _read(self.submissions[code])
        return Revision(code, self.year, 1, "0" * 64, f"{code}/a.json", "json", moment, submission, verdict, verdict)


@pytest.fixture
def plain_year() -> Year:
    """2021, everything accepted; a test changes what it is about."""
    return Year()


@pytest.fixture
def make_year() -> type[Year]:
    return Year


@pytest.fixture
def draft_year() -> Year:
    """2021 with two units missing, one returned, and last year's figures."""
    year = Year()
    year.missing, year.status = {"T03", "A07"}, {"A05": Status.RETURNED}
    year.previous = {code: document(code, 2020, 1) for code in year.submissions}
    return year


@pytest.fixture(scope="session")
def demonstration() -> Year:
    """The demonstration's corrected submissions of 2021, its inspectors' file and its 2020."""
    year = Year()
    made = demonstration_year(SEED, year.profile)
    year.submissions = {code: dict(content) for code, content in made.contents.items()}
    year.previous = {code: dict(content) for code, content in last_year(SEED, year.profile, made).items()}
    inspection = json.dumps(made.inspection, default=str).encode()
    year.inspections = read_inspection(inspection, year.profile, 2021).entries
    return year


def document(unit: str, year: int, requests: int = 0) -> dict[str, Any]:
    """A submission whose tables hold, with that many requests of natural persons, all granted."""
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for spec in for_year(year).cells:
        zero: Any = "0" if spec.value_type == "decimal" else 0
        tables.setdefault(spec.table, {}).setdefault(spec.row, {})[spec.column] = zero
    for row in ("new_requests", "granted", "outcome_total"):
        tables["requests"][row] |= {"natural_person": requests, "total": requests}
    return {"schema": "gongkai/submission/1", "year": year, "unit": unit, "tables": tables}


def _document(unit: str, number: int, year: int) -> dict[str, Any]:
    made = document(unit, year, 70 if unit == "OFFICE" else number % 5)
    if year >= 2021:
        made["tables"]["proactive_disclosure"]["administrative_fees"]["amount_wan_yuan"] = f"{number * 7 % 11}.25"
        made["tables"]["proactive_disclosure"]["normative_documents"] = {"issued": 1, "repealed": 0, "in_force": 9}
    made["tables"]["proactive_disclosure"]["administrative_penalties"]["decisions"] = number * 113 % 900
    made["activities"] = {
        "portal_items": 12 + number, "training_sessions": 1, "training_expected": 30, "training_attendees": 29,
        "staff_assigned": 2, "processing_fees_yuan": "0", "new_media_items": 40, "attribute_reviews": 2,
        "attribute_reviews_opened": 1, "guidance_meetings": 1, "guide_updated_on": f"{year}-06-01",
    }  # fmt: skip
    made["register"] = [_case(year, n) for n in range(70 if unit == "OFFICE" else number % 5)]
    made["catalogue"] = [{"area": "01", "item": f"事项{n}", "change": "added" if n == 0 else None} for n in range(6)]
    made["responses"] = [{"topic": "事项", "raised_on": f"{year}-05-01", "answered_on": f"{year}-05-04"}]
    if unit == "OFFICE":
        _make_office(made, year)
    return made


def _make_office(made: dict[str, Any], year: int) -> None:
    """The figures of the reference district's office (seed facts 1-8, 11, 12)."""
    made["activities"] |= {"portal_items": 255, "gazette_issues": 4, "press_conferences": 4}
    made["tables"]["disputes"]["reconsideration"] |= {"upheld": 2, "total": 2}
    made["tables"]["disputes"]["litigation_direct"] |= {"upheld": 1, "total": 1}
    made["documents"] = [
        {
            "number": f"{kind}-{n}",
            "title": "文件",
            "kind": kind,
            "published_on": f"{year}-03-{n + 1:02}",
            "channel": "政府公报",
        }
        for kind, count in (("normative", 16), ("government", 14), ("office", 18))
        for n in range(count)
    ]
    made["interpretations"] = [
        {
            "document_number": "normative-0",
            "published_on": f"{year}-03-02",
            "forms": ["text", "graphic"],
            "rating": "良好",
        },
        {"document_number": "normative-1", "published_on": f"{year}-03-03", "forms": ["audio", "video"]},
    ]


def _case(year: int, number: int) -> dict[str, Any]:
    return {
        "case_no": f"{year}-{number + 1:03}", "received_on": f"{year}-03-01", "applicant_type": "natural_person",
        "replied_on": f"{year}-03-10", "outcome": "granted", "archived_on": f"{year}-03-20",
    }  # fmt: skip


def _inspections(year: int) -> tuple[InspectionEntry, ...]:
    due = date(year, 7, 31)
    return (
        InspectionEntry(id="1", unit="A01", kind="checked", indicator="A2", passed=110, checked=120),
        InspectionEntry(id="2", unit="A02", kind="checked", indicator="D2", passed=9, checked=10),
        InspectionEntry(id="3", unit="A02", kind="checked", indicator="G3", passed=26, checked=26),
        InspectionEntry(id="4", unit="A03", kind="problem", indicator="D1"),
        InspectionEntry(id="5", unit="A03", kind="rectification", indicator="D1", due_on=due, closed_on=due),
    )


def _read(content: dict[str, Any]) -> Submission:
    data = json.dumps(content, default=str).encode()
    received = ReceivedFile(
        Path("a.json"), "a.json", None, "0" * 64, len(data), datetime.fromisoformat("2022-01-20T09:00+08:00")
    )
    submission = read_json(received, data).submission
    assert submission is not None
    return submission
