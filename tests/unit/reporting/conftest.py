"""Inline years, revisions and scorecards: small, invented, and enough to look at every page of the family."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongkai.assessment.scorecard import (
    Assessment,
    Award,
    Evidence,
    IndicatorScore,
    Measured,
    PointsLost,
    Scorecard,
)
from gongkai.findings import Coercion, Finding, Severity
from gongkai.profile import Profile, load_profile
from gongkai.profile.loader import profile_sha256
from gongkai.submission.form import Submission
from gongkai.submission.verdict import NotApplied, Status, Verdict, status_of
from gongkai.warehouse.records import Revision, StoredFile, UnitYear, YearState
from gongkai.warehouse.rows.issued_cards import CardState

SHANGHAI = ZoneInfo("Asia/Shanghai")
AS_OF = datetime(2022, 2, 20, 17, 5, tzinfo=SHANGHAI)
D = Decimal


def make_finding(rule: str = "REQ-ROWSUM", severity: Severity = Severity.ERROR, **values: Any) -> Finding:
    """An error in table three, unless told otherwise."""
    given = {
        "message": "表三“（一）予以公开”行：六类申请人合计 11，总计填写 12，相差 1。请核对 H9 单元格，或相应修改分项。",
        "where": "requests.granted.total",
        "table": "requests",
        "row": "granted",
        "column": "total",
        "sheet": "表三 依申请公开",
        "cell": "H9",
        "observed": 12,
        "expected": 11,
        "difference": 1,
        "hint": "请核对该行各列。",
        **values,
    }
    return Finding(rule=rule, severity=severity, **given)


def make_verdict(
    *findings: Finding,
    status: Status | None = None,
    on_time: bool = True,
    coercions: tuple[Coercion, ...] = (),
    not_applied: tuple[NotApplied, ...] = (),
) -> Verdict:
    return Verdict(
        status=status or status_of(findings),
        on_time=on_time,
        findings=findings,
        coercions=coercions,
        rules_not_applied=not_applied,
        rules_version="r" * 64,
    )


def make_revision(unit: str, verdict: Verdict, number: int = 1, **values: Any) -> Revision:
    readable = verdict.status is not Status.QUARANTINED
    given = {
        "year": 2021,
        "sha256": hashlib.sha256(f"{unit}-{number}".encode()).hexdigest(),
        "file": f"{unit}/{unit} 年度报告报送表.xlsx",
        "kind": "workbook" if readable else None,
        "received_at": AS_OF - timedelta(days=30 - number),
        "submission": Submission(unit, 2021, ()) if readable else None,
        "first_verdict": verdict,
        **values,
    }
    return Revision(unit=unit, number=number, verdict=verdict, **given)


def make_profile(*, demonstration: bool = True) -> Profile:
    profile = load_profile(None)
    return profile.model_copy(update={"district": profile.district.model_copy(update={"demonstration": demonstration})})


def make_state(
    revisions: dict[str, tuple[Revision, ...]] | None = None,
    *,
    profile: Profile | None = None,
    office_files: tuple[StoredFile, ...] = (),
    unassigned: tuple[StoredFile, ...] = (),
    as_of: datetime = AS_OF,
) -> YearState:
    """A year of the default profile; every unit not named has one accepted revision."""
    profile = profile or make_profile()
    given = revisions or {}
    units = tuple(
        UnitYear(unit, given.get(unit.code, (make_revision(unit.code, make_verdict()),)))
        for unit in profile.expected(2021)
    )
    return YearState(
        year=2021,
        as_of=as_of,
        profile=profile,
        profile_sha256=profile_sha256(profile),
        rules_version="r" * 64,
        units=units,
        inspections=(),
        office_files=office_files,
        unassigned=unassigned,
        previous={},
    )


def make_stored(name: str, verdict: Verdict) -> StoredFile:
    return StoredFile(name, hashlib.sha256(name.encode()).hexdigest(), AS_OF - timedelta(days=3), verdict)


def make_lines(profile: Profile, group: str = "area") -> tuple[IndicatorScore, ...]:
    """The default scheme's lines: most full, every fourth short, F4 not applicable, C2 with two deductions."""
    lines = []
    for number, indicator in enumerate(profile.scheme.indicators):
        weight = indicator.weight.get(group, D(0))
        if not weight:
            continue
        short = number % 4 == 1
        lost = (weight / 8).quantize(D("0.01")) if short else D("0.00")
        lines.append(
            IndicatorScore(
                code=indicator.code,
                level=indicator.level,
                label=indicator.label,
                basis=indicator.basis,
                max=weight,
                score=(weight - lost).quantize(D("0.01")),
                applicable=True,
                measured=Measured(D(7) if short else D(8), D(8), D("0.875") if short else D(1)),
                deductions=(
                    PointsLost(
                        lost,
                        f"{indicator.label}：8 件中 1 件不符合要求",
                        (Evidence("文件〔2021〕3 号", f"A01/报送表 {number}.xlsx", "文件清单", f"F{number + 5}"),),
                    ),
                )
                if short
                else (),
                peer_median=(weight * D("0.9")).quantize(D("0.01")),
                last_year=(weight * D("0.8")).quantize(D("0.01")),
                to_raise=indicator.to_raise,
            )
        )
    return tuple(
        replace(
            line,
            score=None,
            applicable=False,
            measured=Measured(),
            deductions=(),
            note="本年度未开展该项检查，不计入满分。",
        )
        if line.code == "F4"
        else line
        for line in lines
    )


def make_card(unit: str = "A01", **values: Any) -> Scorecard:
    profile = load_profile(None)
    found = profile.unit(unit)
    assert found is not None
    given = {
        "name": found.name,
        "group": found.kind,
        "year": 2021,
        "version": 1,
        "scheme": "default_2021",
        "total": D("93.37"),
        "grade": "优秀",
        "rank": 3,
        "group_size": 26,
        "vetoes": (),
        "bonus": D("0.50"),
        "penalty": D("0.00"),
        "bonuses": (Award(D("0.50"), "市级优秀案例：一图读懂惠企政策", (Evidence("佐证：案例通报.pdf"),)),),
        "penalties": (),
        "indicators": make_lines(profile, found.kind),
        "peer_median_total": D("88.20"),
        "last_year_total": D("85.10"),
        "state": CardState.PRELIMINARY,
        "issued_on": date(2022, 2, 18),
        "appeal_until": date(2022, 2, 25),
        **values,
    }
    return Scorecard(unit=unit, **given)


def make_assessment(**totals: str | None) -> Assessment:
    """Scorecards of the given units in registry order, ranked inside their groups."""
    cards = []
    for unit in load_profile(None).assessed(2021):
        if unit.code not in totals:
            continue
        rivals = [totals[code] for code in totals if code[0] == unit.code[0]]
        total = None if totals[unit.code] is None else D(str(totals[unit.code]))
        rank = None if total is None else 1 + sum(D(r) > total for r in rivals if r is not None)
        cards.append(make_card(unit.code, total=total, rank=rank, group_size=len(rivals)))
    return Assessment(2021, "default_2021", tuple(cards))


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """The factories by name: `make.state(...)`, `make.card(...)`."""
    factories: dict[str, Callable[..., Any]] = {
        "assessment": make_assessment,
        "card": make_card,
        "finding": make_finding,
        "lines": make_lines,
        "profile": make_profile,
        "revision": make_revision,
        "state": make_state,
        "stored": make_stored,
        "verdict": make_verdict,
    }
    return SimpleNamespace(**factories)
