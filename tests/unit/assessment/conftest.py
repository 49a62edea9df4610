"""A unit's year in a few words: a submission document, the revisions it came in, what inspectors entered.

Submissions go through the real JSON reader, so that the cells have the shape that everything downstream sees.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongkai.assessment.assess import assess_year
from gongkai.assessment.hearing.issuing import issue_card
from gongkai.assessment.scorecard import IndicatorScore, Scorecard
from gongkai.findings import Finding, Severity
from gongkai.national_format import for_year
from gongkai.profile import Profile, load_profile
from gongkai.submission.form import SCHEMA, ReceivedFile, Submission
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.readers.json_reader import read_json
from gongkai.submission.verdict import Status, Verdict, status_of
from gongkai.warehouse.records import Revision, UnitYear, YearState
from gongkai.warehouse.rows.decided_scores import DecidedScore
from gongkai.warehouse.rows.issued_cards import IssuedCard

ZONE = ZoneInfo("Asia/Shanghai")
IN_TIME = datetime(2022, 1, 20, 9, 0, tzinfo=ZONE)
LATE = datetime(2022, 2, 8, 9, 0, tzinfo=ZONE)
AS_OF = datetime(2022, 4, 6, 18, 0, tzinfo=ZONE)
BEFORE_THE_DEADLINE = datetime(2022, 3, 1, 18, 0, tzinfo=ZONE)


def tables(year: int = 2021, **cells: int) -> dict[str, Any]:
    """All cells of the year's format at 0, some set: `requests__granted__total=3`."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for spec in for_year(year).cells:
        key = f"{spec.table}__{spec.row}__{spec.column}"
        found.setdefault(spec.table, {}).setdefault(spec.row, {})[spec.column] = cells.pop(key, 0)
    assert not cells, f"no such cells: {cells}"
    return found


def read(document: Mapping[str, Any]) -> Submission:
    """A submission from the contract's JSON document."""
    file = ReceivedFile(Path("t.json"), "t.json", None, "0" * 64, 1, IN_TIME)
    submission = read_json(file, json.dumps(document, default=str).encode()).submission
    assert submission is not None
    return submission


def verdict(*findings: Finding, on_time: bool = True, status: Status | None = None) -> Verdict:
    return Verdict(status or status_of(findings), on_time, findings, (), (), "rules")


@dataclass
class Year:
    """A year under construction: `submit` and `inspect`, then `assess`."""

    profile: Profile
    year: int = 2021
    as_of: datetime = AS_OF
    revisions: dict[str, list[Revision]] = field(default_factory=dict)
    inspections: list[InspectionEntry] = field(default_factory=list)
    last_year: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    issued: dict[str, IssuedCard] = field(default_factory=dict)
    before: dict[str, IssuedCard] = field(default_factory=dict)
    mended: dict[str, list[InspectionEntry]] = field(default_factory=dict)
    decided: dict[str, DecidedScore] = field(default_factory=dict)

    def submit(
        self,
        unit: str = "T01",
        *,
        first: Verdict | None = None,
        latest: Verdict | None = None,
        at: datetime = IN_TIME,
        readable: bool = True,
        **content: Any,
    ) -> "Year":
        """One more revision of a unit; without content a report of zeros and no lists."""
        document = {"schema": SCHEMA, "year": self.year, "unit": unit, "tables": tables(self.year), **content}
        first = first or verdict()
        found = self.revisions.setdefault(unit, [])
        found.append(
            Revision(
                unit=unit,
                year=self.year,
                number=len(found) + 1,
                sha256=f"{len(found) + 1:064d}",
                file=f"{unit}/report-{len(found) + 1}.json",
                kind="json",
                received_at=at,
                submission=read(document) if readable else None,
                verdict=latest or first,
                first_verdict=first,
            )
        )
        return self

    def inspect(self, kind: str, unit: str = "T01", **values: Any) -> "Year":
        number = len(self.inspections) + 1
        self.inspections.append(InspectionEntry(**{"id": f"p-{number}", "unit": unit, "kind": kind, **values}))
        return self

    def award(self, kind: str, ground: str, unit: str = "T01", **values: Any) -> "Year":
        """A complete bonus or penalty."""
        said = {"ground": ground, "reason": "按通报", "evidence": "通报第 3 期", "by": "甲", "on": date(2021, 9, 1)}
        return self.inspect(kind, unit, **{**said, **values})

    def veto(self, ground: str = "数据造假", unit: str = "T01", **values: Any) -> "Year":
        """A veto that two people speak."""
        return self.award("veto", ground, unit, **{"confirmed_by": "乙", **values})

    def confirm(self, claim: str, unit: str = "T01", kind: str = "confirmation", **values: Any) -> "Year":
        """What the office says of a claim."""
        said = {"claim": claim, "evidence": "核〔2022〕1号", "by": "甲", "on": date(2022, 2, 1)}
        return self.inspect(kind, unit, **{**said, **values})

    @staticmethod
    def case(case_no: str, received: str, replied: str | None, **values: Any) -> dict[str, Any]:
        """A complete row of the register."""
        return {
            "case_no": case_no,
            "received_on": received,
            "clock_started_on": received,
            "channel": "internet",
            "applicant_type": "natural_person",
            "replied_on": replied,
            "outcome": "granted" if replied else None,
            "archived_on": replied,
            **values,
        }

    @staticmethod
    def document(number: str, made: str | None, published: str | None, **values: Any) -> dict[str, Any]:
        """A complete normative document that needs no interpretation."""
        return {
            "number": number,
            "title": f"示例文件{number}",
            "kind": "normative",
            "made_on": made,
            "published_on": published,
            "validity_marked": True,
            "elements_complete": True,
            "needs_interpretation": False,
            **values,
        }

    @staticmethod
    def full(line: IndicatorScore) -> IndicatorScore:
        """The line as if nothing had been lost."""
        return replace(line, score=line.max, deductions=())

    @staticmethod
    def tables(**cells: int) -> dict[str, Any]:
        """The three tables of 2021, all 0 but these."""
        return tables(2021, **cells)

    @staticmethod
    def finding(severity: str, message: str = "表三有误。", settled_by: str | None = None) -> Finding:
        return Finding(rule="REQ-BALANCE", severity=Severity(severity), message=message, settled_by=settled_by)

    @staticmethod
    def verdict(*findings: Finding, on_time: bool = True, status: str | None = None) -> Verdict:
        return verdict(*findings, on_time=on_time, status=Status(status) if status else None)

    def state(self, order: Sequence[str] | None = None) -> YearState:
        units = tuple(UnitYear(u, tuple(self.revisions.get(u.code, ()))) for u in self.profile.expected(self.year))
        if order is not None:
            units = tuple(sorted(units, key=lambda u: list(order).index(u.unit.code)))
        return YearState(
            year=self.year,
            as_of=self.as_of,
            profile=self.profile,
            profile_sha256="0" * 64,
            rules_version="rules",
            units=units,
            inspections=tuple(self.inspections),
            office_files=(),
            unassigned=(),
            previous={},
            issued=self.issued,
            issued_before={code: (card,) for code, card in self.before.items()},
            mended_before=self.mended,
            decided=self.decided,
        )

    def run(self) -> "Year":
        """A run: it keeps what scores were when the office decided on them."""
        for (_, decision), then in assess_year(self.state(), self.last_year).decided.items():
            self.decided.setdefault(decision, then)
        return self

    def issue(self, at: datetime = AS_OF, *, final: bool = False) -> list[str]:
        """An issue of all cards; the codes of the units whose card is new."""
        state = self.state()
        made = [issue_card(card, state, at, final=final) for card in assess_year(state, self.last_year).scorecards]
        new = {card.unit: card for card in made if card is not None}
        self.issued |= new
        return list(new)

    def card(self, unit: str = "T01") -> Scorecard:
        cards = assess_year(self.state(), self.last_year).scorecards
        return next(card for card in cards if card.unit == unit)

    def line(self, code: str, unit: str = "T01") -> IndicatorScore:
        return next(line for line in self.card(unit).indicators if line.code == code)


def small_district(**scheme: Any) -> Profile:
    """The default profile with its first six towns and the office, some keys of its scheme replaced."""
    profile = load_profile()
    units = tuple(unit for unit in profile.units if unit.code in ("T01", "T02", "T03", "T04", "T05", "T06", "OFFICE"))
    changed = type(profile.scheme).model_validate({**profile.scheme.model_dump(), **scheme})
    return profile.model_copy(update={"units": units, "scheme": changed})


@pytest.fixture
def year() -> Year:
    """An empty year of the default profile: 26 areas, ten towns, the office."""
    return Year(load_profile())


@pytest.fixture
def year_with() -> Callable[..., Year]:
    """A year whose scheme has some keys replaced: `year_with(decimal_places=1)`."""

    def build(**changes: Any) -> Year:
        profile = load_profile()
        scheme = type(profile.scheme).model_validate({**profile.scheme.model_dump(), **changes})
        return Year(profile.model_copy(update={"scheme": scheme}))

    return build
