"""The folder of a city's districts: which there are, and where each keeps its things."""

from dataclasses import replace
from pathlib import Path

import pytest

from flows.district import run_district
from gongkai.city.districts import CITY, find_districts, warehouses
from gongkai.city.outcome import Ended
from gongkai.city.own_places import led_astray
from gongkai.errors import CallError


def found(folder: Path, *codes: str, template: str | None = None):
    for code in codes:
        (folder / code / "profile").mkdir(parents=True)
    return find_districts(folder, folder / "out", 2021, template, folder / "key.pem", None)


def test_every_folder_of_a_code_is_a_district_in_the_order_of_codes(tmp_path: Path) -> None:
    districts = found(tmp_path, "D02", "D01", CITY, "旧资料", ".git")
    assert [order.code for order in districts.orders] == ["D01", "D02"]
    assert districts.strange == ("旧资料",)
    assert districts.city.profile == tmp_path / CITY / "profile"
    assert districts.orders[0].report == tmp_path / "out" / "D01" / "2021" / "report" / "report.json"


@pytest.mark.parametrize(("codes", "said"), [((CITY,), "没有区县"), (("D01",), "_city/profile")])
def test_what_is_no_city_is_refused(tmp_path: Path, codes: tuple[str, ...], said: str) -> None:
    with pytest.raises(CallError, match=said):
        found(tmp_path, *codes)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="nowhere"):
        find_districts(tmp_path / "nowhere", tmp_path, 2021, None, tmp_path, None)


def test_every_district_has_a_warehouse_of_its_own(tmp_path: Path) -> None:
    url = warehouses("postgresql://h/city?options=-csearch_path%3Dgk_{code}", tmp_path)
    assert [url("D-01"), url(CITY)] == [
        "postgresql://h/city?options=-csearch_path%3Dgk_d_01",
        "postgresql://h/city?options=-csearch_path%3Dgk_city",
    ]
    assert warehouses(None, tmp_path)("D01").endswith("/D01/warehouse.sqlite")


def test_one_warehouse_for_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"\{code\}"):
        warehouses("postgresql://h/city", tmp_path)


def test_no_password_of_a_warehouse_is_shown(tmp_path: Path) -> None:
    districts = found(tmp_path, "D01", CITY, template="postgresql://u:geheim@h/c?options=-csearch_path%3D{code}")
    assert "geheim" not in repr(districts)


@pytest.mark.parametrize("codes", [("D-1", "D_1"), ("CITY", "D01")])
def test_two_districts_never_share_a_warehouse(tmp_path: Path, codes: tuple[str, ...]) -> None:
    template = "postgresql://h/c?options=-csearch_path%3Dgk_{code}"
    with pytest.raises(CallError, match="共用一个数据仓库"):
        found(tmp_path, *codes, CITY, template=template)
    assert len(found(tmp_path / "files", *codes, CITY).orders) == 2  # files have folders of their own


@pytest.mark.parametrize("linked", ["inbox", "profile", "profile/units.yaml"])
def test_nothing_of_a_district_leads_into_anothers(tmp_path: Path, linked: str) -> None:
    """Who may write in its own folder would read, with its own receipts, what its neighbour was sent."""
    districts = found(tmp_path / "city", "D01", "D02", CITY)
    (tmp_path / "city" / "D01" / "inbox").mkdir()
    (tmp_path / "city" / "D01" / "profile" / "units.yaml").write_text("units: []")
    place = tmp_path / "city" / "D02" / linked
    if place.is_dir():
        place.rmdir()
    place.symlink_to(tmp_path / "city" / "D01" / linked)
    refused = led_astray([*districts.orders, districts.city])
    assert {code: why.partition(" ")[0] for code, why in refused.items()} == {"D02": f"D02/{linked}"}


def test_two_codes_are_never_one_folder_and_another_disk_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    found(tmp_path / "city", "D01", CITY)
    for code, target in (("D02", "D01"), ("D03", "D03"), ("D04", tmp_path / "disk")):
        (tmp_path / "city" / code).symlink_to(target)
    districts = find_districts(tmp_path / "city", tmp_path / "out", 2021, None, tmp_path / "key.pem", None)
    refused = led_astray([*districts.orders, districts.city])
    assert {code: "指向 D01 的目录" in why for code, why in refused.items()} == {"D02": True}
    assert [order.code for order in districts.orders] == ["D01", "D02", "D04"]  # a link to itself is no folder


def test_a_machine_with_another_version_writes_nothing(tmp_path: Path) -> None:
    """It would write other outputs than its neighbours."""
    order = found(tmp_path, "D01", CITY).orders[0]
    outcome = run_district(replace(order, program="0.0"))
    assert (outcome.ended, "请装同一版本" in outcome.reason) == (Ended.FAILED, True)
    assert not order.out.exists()
