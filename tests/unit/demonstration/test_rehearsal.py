"""A district rehearses with its own units and scheme; every page says that the data are invented."""

import json
from datetime import date
from pathlib import Path

import pytest

from gongkai.demonstration import AS_OF_2020, AS_OF_FIRST_ROUND, AS_OF_SECOND_ROUND, Demonstration, generate
from gongkai.demonstration.characteristics import characteristics, likenesses
from gongkai.demonstration.moments import Moments
from gongkai.demonstration.rehearsal import Rehearsal, write_profile
from gongkai.demonstration.year import YEAR
from gongkai.profile import load_profile
from gongkai.profile.arrangement import arrangement
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
    return generate(folder / "made", rehearsal=Rehearsal(folder / "profile", 2026))


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


def test_a_year_whose_arrangement_is_unknown_has_the_statutory_holidays_in_the_rehearsal_alone(
    tmp_path: Path, made: Demonstration
) -> None:
    begin(tmp_path / "profile", "towns", "临江区")
    rehearsal = Rehearsal(tmp_path / "profile", 2090)
    assert rehearsal.unknown == [2089, 2090, 2091]
    write_profile(tmp_path / "copy", rehearsal)
    copied = load_profile(tmp_path / "copy")
    days = copied.working_days()
    assert [arrangement(copied, year, date(year, 12, 1)).notice for year in (2089, 2090)] == [None] * 2
    assert all(days.knows(year) for year in rehearsal.unknown)
    assert not days.is_working(date(2090, 5, 1))
    assert not (tmp_path / "profile" / "calendar" / "2090.csv").exists()


@pytest.mark.parametrize("year", [2021, 2024, 2026])
def test_everything_of_a_year_happens_in_the_order_of_its_own_deadlines(year: int, made: Demonstration) -> None:
    moments = Moments(load_profile(made.profile), year)
    assert moments.last_year < moments.inspected < moments.first_round < moments.second_round
    assert moments.profile.cycle.soft_deadline(year) < moments.first_round.date()
    assert moments.second_round.date() <= moments.profile.cycle.hard_deadline(year)


def test_the_demonstrations_own_moments_are_those_of_its_year() -> None:
    moments = Moments(load_profile(), YEAR)
    said = (moments.last_year, moments.first_round, moments.second_round)
    assert said == (AS_OF_2020, AS_OF_FIRST_ROUND, AS_OF_SECOND_ROUND)


def test_it_is_the_year_that_is_rehearsed_that_is_invented(made: Demonstration) -> None:
    (file,) = (made.second_round / "OFFICE").glob("*.json")
    said = json.loads(file.read_text(encoding="utf-8"))
    assert (said["year"], said["prepared_on"][:4]) == (2026, "2027")
    assert said["narrative"]["opening"].startswith("2026年，临江区坚持")
    assert "统筹10个镇街的政务公开工作" in said["narrative"]["overview"]
    for before in made.inbox_before.rglob("*.json"):
        papers = json.loads(before.read_text(encoding="utf-8"))["tables"]["proactive_disclosure"]["normative_documents"]
        assert set(papers) == {"issued", "repealed", "in_force"}
        assert papers["issued"] <= papers["in_force"], before
