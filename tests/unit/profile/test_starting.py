"""`gongkai init` writes a profile that is valid, commented, and the example's; it never writes over anything."""

from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.errors import CallError
from gongkai.profile import load_profile
from gongkai.profile.starting import begin, examples


@pytest.mark.parametrize("example", examples())
def test_every_example_is_a_profile_whose_groups_have_a_hundred_points(example: str, tmp_path: Path) -> None:
    begin(tmp_path, example)
    profile = load_profile(tmp_path)
    assert profile.scheme.rank_within == tuple(examples()[example].groups)
    for group in profile.scheme.rank_within:
        assert any(unit.kind == group for unit in profile.units)
        assert sum((i.weight.get(group, Decimal(0)) for i in profile.scheme.indicators), Decimal(0)) == 100


def test_the_first_example_is_the_default_profile(tmp_path: Path) -> None:
    begin(tmp_path, "area")
    assert load_profile(tmp_path) == load_profile()


def test_authorities_answer_for_several_areas_beside_units_outside_them_and_towns(tmp_path: Path) -> None:
    begin(tmp_path, "authority")
    profile = load_profile(tmp_path)
    kinds = [unit.kind for unit in profile.assessed(2026)]
    assert (kinds.count("department") + kinds.count("outside"), kinds.count("town")) == (21, 10)
    led = [area for unit in profile.units if unit.kind == "department" for area in unit.areas]
    assert sorted(led) == sorted(profile.areas)
    assert any(unit.requests_counted_by for unit in profile.units)
    assert profile.kind_name("outside") == "领域外机关"


def test_a_city_has_districts(tmp_path: Path) -> None:
    begin(tmp_path, "city", "临江市")
    profile = load_profile(tmp_path)
    assert (profile.district.name, profile.district.level) == ("临江市", "city")
    assert {unit.kind for unit in profile.assessed(2026)} == {"district"}


def test_the_name_stands_wherever_the_invented_one_stood(tmp_path: Path) -> None:
    written = begin(tmp_path, "authority", "临江区")
    profile = load_profile(tmp_path)
    assert not any("示例" in name for unit in profile.units for name in (unit.name, unit.authority))
    assert not any("示例区" in path.read_text(encoding="utf-8") for path in written)
    assert profile.district.office_name == "临江区人民政府办公室"


def test_what_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_text("# 我的\n", encoding="utf-8")
    with pytest.raises(CallError, match=r"scheme\.yaml"):
        begin(tmp_path, "area")
    assert [path.name for path in tmp_path.iterdir()] == ["scheme.yaml"]
    assert (tmp_path / "scheme.yaml").read_text(encoding="utf-8") == "# 我的\n"
