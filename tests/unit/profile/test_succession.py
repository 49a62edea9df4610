"""Whose last year is whose, as far as the registry says it."""

from collections.abc import Callable

import pytest

from gongkai.profile import Profile, load_profile
from gongkai.profile.succession import predecessors, taken_over
from gongkai.profile.unit import Unit

Registry = Callable[..., Profile]
ALL = {"T01", "T02", "N01"}


def town(code: str, **further: object) -> Unit:
    said = {"code": code, "name": f"{code}镇", "kind": "town", "level": "town", "authority": f"{code}镇人民政府"}
    return Unit.model_validate({**said, **further})


def of(code: str, *units: Unit, year: int = 2023, reported: set[str] = ALL) -> tuple[str, ...]:
    registry = load_profile().model_copy(update={"units": units})
    unit = registry.unit(code)
    assert unit is not None
    return predecessors(unit, year, registry, reported)


def test_a_unit_follows_itself() -> None:
    assert of("T01", town("T01")) == ("T01",)
    assert of("T01", town("T01", from_year=2022)) == ("T01",)


def test_a_code_has_no_last_year_before_it_began() -> None:
    assert of("T01", town("T01", from_year=2023)) == ()


def test_a_new_code_follows_the_old_one_from_year_or_not() -> None:
    gone = town("T01", to_year=2022)
    assert of("N01", town("N01", from_year=2023, succeeds=["T01"]), gone) == ("T01",)
    assert of("N01", town("N01", succeeds=["T01"]), gone, reported={"T01"}) == ("T01",)
    assert of("N01", town("N01", succeeds=["T01"]), reported={"T01"}) == ("T01",), "a deleted line is succeeded as well"


def test_a_merger_adds_up_whoever_is_named_its_own_code_among_them_or_not() -> None:
    gone = town("T02", to_year=2022)
    assert of("T01", town("T01", succeeds=["T01", "T02"]), gone) == ("T01", "T02")
    assert of("T01", town("T01", from_year=2015, succeeds=["T01", "T02"]), gone) == ("T01", "T02")
    assert of("N01", town("N01", from_year=2023, succeeds=["T01", "T02"])) == ("T01", "T02")


def test_a_year_of_its_own_ends_what_was_succeeded() -> None:
    merged = town("N01", from_year=2023, succeeds=["T01", "T02"])
    assert of("N01", merged, year=2024) == ("N01",)
    undated = town("N01", succeeds=["T01"])
    assert of("N01", undated, town("T01", to_year=2022), year=2024, reported={"N01"}) == ("N01",)
    assert of("N01", undated, town("T01"), year=2024, reported={"N01", "T01"}) == ("N01",), "a split, a year later"


def test_a_code_that_was_reused_for_a_successor_does_not_follow_the_authority_before_it() -> None:
    reused = town("N01", succeeds=["T01"])
    assert of("N01", reused, town("T01", to_year=2022), reported={"N01", "T01"}) == ("T01",)
    assert of("N01", town("N01", from_year=2023, succeeds=["T01"]), reported={"N01", "T01"}) == ("T01",)


def test_a_code_that_was_given_away_since_is_not_succeeded_again() -> None:
    """T02 merged into T01 in 2023, and its code went to another authority in 2025."""
    merged, other = town("T01", from_year=2023, succeeds=["T01", "T02"]), town("T02", from_year=2025)
    assert of("T01", merged, other, year=2026) == ("T01",)
    assert of("T02", merged, other, year=2025) == ()


@pytest.mark.parametrize("year", [2023, 2024])
def test_what_moves_between_two_units_that_go_on_is_followed_by_both(year: int) -> None:
    moved = town("T02", succeeds=["T02", "T01"])
    assert of("T02", town("T01"), moved, year=year) == ("T02", "T01")
    assert of("T01", town("T01"), moved, year=year) == ("T01",)


def test_unfinished_work_goes_with_the_units_that_ended_and_stays_with_those_that_go_on() -> None:
    gone, new, reused = (
        town("T02", to_year=2022),
        town("N01", from_year=2023, succeeds=["T01"]),
        town("T02", from_year=2023),
    )
    merged = town("T01", succeeds=["T01", "T02"])
    cases: list[tuple[Unit, tuple[Unit, ...], tuple[str, ...]]] = [
        (town("T01"), (), ("T01",)),
        (merged, (gone,), ("T01", "T02")),
        (merged, (reused,), ("T01", "T02")),
        (reused, (merged,), ()),
        (new, (town("T01", to_year=2022),), ("T01",)),
        (new, (town("T01"),), ()),
        (town("T01"), (new,), ("T01",)),
        (town("T02", succeeds=["T02", "T01"]), (town("T01"),), ("T02",)),
    ]
    for unit, others, expected in cases:
        registry = load_profile().model_copy(update={"units": (unit, *others)})
        assert taken_over(unit, 2023, registry, ALL) == expected, unit
