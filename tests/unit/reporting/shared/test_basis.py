"""The basis covers everything that the outputs of a run follow from: changing one ground alone changes it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from gongkai.reporting.shared import manifest
from gongkai.reporting.shared.manifest import basis_sha256, grounds
from gongkai.submission.form import Submission
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.records import YearLock, YearState
from gongkai.warehouse.report_standing import Adoption, Approval, Publication, ReportStanding
from gongkai.warehouse.rows.decided_scores import DecidedScore
from gongkai.warehouse.rows.issued_cards import CardState, IssuedCard, Window
from gongkai.warehouse.years.last_year import Previous

Change = Callable[[YearState, SimpleNamespace], YearState]
WAIVER = InspectionEntry(id="W1", unit="A01", kind="waiver", reason="已核实")
LAST = Submission("A01", 2020, ())
CARD = IssuedCard(
    unit="A01",
    version=1,
    state=CardState.FINAL,
    issued_at=datetime(2021, 4, 1, tzinfo=UTC),
    appeal_until=None,
    content={},
    grounds={},
)


APPROVAL = Approval(
    number=1,
    at=CARD.issued_at,
    by="王主任",
    reason="会议审定",
    content_sha256="c" * 64,
    manifest_sha256="d" * 64,
    basis_sha256="e" * 64,
    as_of=CARD.issued_at,
)
PUBLICATION = Publication(
    number=1, on=date(2022, 3, 15), url="https://www.example.invalid/", by="李四", recorded_at=CARD.issued_at
)
ADOPTION = Adoption(number=1, at=CARD.issued_at, by="李四", file="修改稿.docx", sha256="f" * 64, text={})


def lock(state: YearState, at: datetime) -> YearLock:
    return YearLock(state.year, at, "王主任", "年度结束", 1, "1" * 64, "", state.profile)


def verdict(state: YearState, make: SimpleNamespace) -> YearState:
    arisen = make.finding(settled_by="kept:error")
    unit = replace(state.units[0], revisions=(make.revision("A01", make.verdict(arisen)),))
    return replace(state, units=(unit, *state.units[1:]))


ALONE: dict[str, Change] = {
    "the moment": lambda state, _: replace(state, as_of=state.as_of + timedelta(days=1)),
    "a verdict": verdict,
    "a withdrawn waiver": lambda state, _: replace(state, inspections=()),
    "another entry": lambda state, _: replace(state, inspections=(WAIVER, replace(WAIVER, id="W2"))),
    "a corrected last year": lambda state, _: replace(state, previous={"A01": Previous(LAST, 2, True)}),
    "a last year that is accepted no more": lambda state, _: replace(state, previous={"A01": Previous(LAST, 1, False)}),
    "last year's scores": lambda state, _: replace(state, previous_scores={"A01": {"total": Decimal(81)}}),
    "whose last score is comparable": lambda state, _: replace(state, not_comparable={"A01": "方案不同，不可比"}),
    "last year's card": lambda state, _: replace(state, issued_before={"A01": (replace(CARD, version=2),)}),
    "a card that was issued": lambda state, _: replace(state, issued={"A01": CARD}),
    "a time to appeal": lambda state, _: replace(
        state, issued={"A01": replace(CARD, windows=(Window(date(2022, 3, 1), None),))}
    ),
    "an approved report": lambda state, _: replace(state, report=ReportStanding(approvals=(APPROVAL,))),
    "a published report": lambda state, _: replace(state, report=ReportStanding(publications=(PUBLICATION,))),
    "an adopted text": lambda state, _: replace(state, report=ReportStanding(adoptions=(ADOPTION,))),
    "how many units were told their cards": lambda state, _: replace(state, report=ReportStanding(units_told=3)),
    "since when a receipt says what it says": lambda state, _: replace(
        state, papers={"receipts/A01": ("a" * 64, CARD.issued_at)}
    ),
    "a lock": lambda state, _: replace(state, lock=lock(state, state.as_of - timedelta(days=1))),
    "what a score was when it was decided on": lambda state, _: replace(
        state, decided={"D1": DecidedScore(None, None)}
    ),
    "the figures of earlier years": lambda state, _: replace(state, earlier_years={2019: {"requests": 3}}),
    "the profile": lambda state, _: replace(state, profile_sha256="0" * 64),
    "the rules": lambda state, _: replace(state, rules_version="1" * 64),
}


def standing(make: SimpleNamespace) -> YearState:
    scores = {"A01": {"total": Decimal(80)}}
    return replace(
        make.state(),
        inspections=(WAIVER,),
        previous={"A01": Previous(LAST, 1, True)},
        previous_scores=scores,
        issued_before={"A01": (CARD,)},
    )


def test_equal_grounds_have_an_equal_basis(make: SimpleNamespace) -> None:
    assert basis_sha256(standing(make)) == basis_sha256(standing(make))


@pytest.mark.parametrize("ground", ALONE)
def test_one_ground_changed_alone_changes_the_basis(make: SimpleNamespace, ground: str) -> None:
    state = standing(make)
    assert basis_sha256(ALONE[ground](state, make)) != basis_sha256(state)


def test_what_is_done_from_the_moment_of_the_outputs_on_is_no_ground_of_theirs(make: SimpleNamespace) -> None:
    state = standing(make)
    assert basis_sha256(replace(state, lock=lock(state, state.as_of))) == basis_sha256(state)


def test_another_program_version_is_another_basis_and_the_manifest_names_it(
    make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = standing(make)
    before = basis_sha256(state)
    monkeypatch.setattr(manifest, "__version__", "9.9.9")
    assert basis_sha256(state) != before
    assert grounds(state)["program"] == "9.9.9"
