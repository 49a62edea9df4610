"""A district rehearses with its own units and scheme; every page says that the data are invented."""

import pytest

from gongkai.demonstration import Demonstration, generate
from gongkai.demonstration.characteristics import characteristics, likenesses
from gongkai.demonstration.rehearsal import Rehearsal
from gongkai.profile import load_profile
from gongkai.profile.starting import begin


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    folder = tmp_path_factory.mktemp("rehearsal")
    begin(folder / "profile", "towns", "临江区")
    units = folder / "profile" / "units.yaml"
    text = units.read_text(encoding="utf-8").replace(
        "code: T10, name: 梅花镇", "code: T20, name: 新城镇, from_year: 2026"
    )
    units.write_text(text, encoding="utf-8")
    return generate(folder / "made", rehearsal=Rehearsal(folder / "profile", 2026, 2025))


def test_its_units_hand_in_under_their_names(made: Demonstration) -> None:
    folders = {path.name for path in made.second_round.iterdir()}
    assert folders == {*(f"T{n:02d}" for n in range(1, 10)), "T20", "OFFICE", "_office"}
    assert any("新城镇" in path.name for path in (made.second_round / "T20").iterdir())


def test_its_profile_says_that_all_is_invented_and_keeps_its_name(made: Demonstration) -> None:
    profile = load_profile(made.profile)
    assert (profile.district.name, profile.district.demonstration) == ("临江区", True)
    assert profile.scheme.rank_within == ("town",)
    assert all(unit.active(2025) for unit in profile.units)


def test_something_goes_wrong_in_the_first_round_and_is_corrected_in_the_second(made: Demonstration) -> None:
    first, second = (
        {path for path in inbox.rglob("*") if path.is_file()} for inbox in (made.first_round, made.second_round)
    )
    assert len(second) > len(first)


def test_the_invented_district_is_as_it_was() -> None:
    assert likenesses(load_profile()) == characteristics()
