"""A paper's own basis: what it follows from changes it, and nothing else does, the run's moment least of all."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.profile import Profile
from gongkai.reporting.shared import own_basis
from gongkai.reporting.shared.own_basis import OwnBases, OwnBasis, seen_at
from gongkai.submission.form import Submission
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.records import FileBeside, Revision, UnitYear, YearState
from gongkai.warehouse.years.last_year import Previous

Change = Callable[[YearState, SimpleNamespace], YearState]
WAIVER = InspectionEntry(id="W1", unit="A01", kind="waiver", reason="已核实")
LAST = Previous(Submission("A01", 2020, ()), 1, True)


def with_unit(state: YearState, position: int, **values: Any) -> YearState:
    units = list(state.units)
    units[position] = replace(units[position], **values)
    return replace(state, units=tuple(units))


def with_profile(state: YearState, part: str, **values: Any) -> YearState:
    changed = getattr(state.profile, part).model_copy(update=values)
    return replace(state, profile=state.profile.model_copy(update={part: changed}), profile_sha256="0" * 64)


def attached(state: YearState) -> tuple[FileBeside, ...]:
    return (FileBeside("A01/现场.png", "p" * 64, state.as_of, "attachment", ()),)


OWN: dict[str, Change] = {
    "a revision": lambda s, make: with_unit(s, 0, revisions=(make.revision("A01", make.verdict(), 2),)),
    "a verdict": lambda s, make: with_unit(s, 0, revisions=(make.revision("A01", make.verdict(make.finding())),)),
    "an attachment": lambda s, _: with_unit(s, 0, beside=attached(s)),
    "an entry on the unit": lambda s, _: replace(s, inspections=(WAIVER,)),
    "a chosen last year": lambda s, _: replace(s, previous={"A01": LAST}),
    "the district's name": lambda s, _: with_profile(s, "district", name="新名区"),
    "a deadline": lambda s, _: with_profile(s, "cycle", appeal_working_days=20),
    "the unit's own name": lambda s, _: replace(s, profile=renamed(s, "A01"), profile_sha256="0" * 64),
}  # fmt: skip
FOREIGN: dict[str, Change] = {
    "the moment": lambda s, _: replace(s, as_of=s.as_of + timedelta(days=40)),
    "another unit's revision": lambda s, make: with_unit(s, 1, revisions=(make.revision("A02", make.verdict(), 2),)),
    "an entry on another unit": lambda s, _: replace(s, inspections=(replace(WAIVER, unit="A02"),)),
    "another unit's last year": lambda s, _: replace(s, previous={"A02": LAST}),
    "another unit's name": lambda s, _: replace(s, profile=renamed(s, "A02"), profile_sha256="0" * 64),
    "a file of nobody": lambda s, make: replace(s, unassigned=(make.stored("散件.doc", make.verdict()),)),
    "the rules of a run that found nothing new": lambda s, _: replace(s, rules_version="1" * 64),
}


def renamed(state: YearState, code: str) -> Profile:
    units = [unit.model_copy(update={"name": "改名"}) if unit.code == code else unit for unit in state.profile.units]
    return state.profile.model_copy(update={"units": tuple(units)})


def receipt(state: YearState) -> str:
    return OwnBases(state).receipt(state.units[0])


@pytest.mark.parametrize("ground", OWN)
def test_each_ground_of_a_receipt_changes_its_basis(make: SimpleNamespace, ground: str) -> None:
    assert receipt(OWN[ground](make.state(), make)) != receipt(make.state())


@pytest.mark.parametrize("ground", FOREIGN)
def test_what_a_receipt_does_not_follow_from_leaves_its_basis(make: SimpleNamespace, ground: str) -> None:
    assert receipt(FOREIGN[ground](make.state(), make)) == receipt(make.state())


def test_everything_that_is_known_of_a_unit_s_files_is_a_ground() -> None:
    """Whoever gives a unit or a revision another part decides here whether its papers follow from it."""
    unit = {"unit", "revisions", "repeated", "published", "beside", "appealing"}
    revision = {"number", "sha256", "file", "kind", "received_at", "verdict", "masked"}
    no_ground = {"unit", "year", "submission", "first_verdict", "settled", "accepted_at", "known_at"}
    assert {one.name for one in fields(UnitYear)} == unit
    assert {one.name for one in fields(Revision)} == revision | no_ground


def test_rank_and_peers_are_the_card_s_and_the_day_to_object_is_not(make: SimpleNamespace) -> None:
    state, card = make.state(), make.card()
    basis = OwnBases(state).card(card)
    moved = (replace(card, rank=9), replace(card, peer_median_total=Decimal(1)), replace(card, total=Decimal(1)))
    assert basis not in {OwnBases(state).card(one) for one in moved}
    issued = {"appeal_until": date(2022, 3, 31), "version": 7, "changes": ("等次由合格变为良好",)}
    assert {OwnBases(state).card(replace(card, **{key: value})) for key, value in issued.items()} == {basis}


def test_receipt_and_card_of_a_unit_are_two_papers(make: SimpleNamespace) -> None:
    assert OwnBases(make.state()).receipt(make.state().units[0]) != OwnBases(make.state()).card(make.card())


def test_another_program_version_is_another_basis(make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = receipt(make.state())
    monkeypatch.setattr(own_basis, "__version__", "9.9.9")
    assert receipt(make.state()) != before


def test_a_paper_sees_the_year_at_its_own_moment(make: SimpleNamespace) -> None:
    state = make.state()
    since = state.as_of - timedelta(days=9)
    assert seen_at(state, OwnBasis("b" * 64, since)).as_of == since
