"""The city's inbox of a run: the districts' reports, whatever they hold, beside what lies in its own one."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.city.districts import CITY, DistrictOrder, find_districts
from gongkai.city.reports import gather_reports

YEAR = 2021


@pytest.fixture
def orders(tmp_path: Path) -> tuple[DistrictOrder, DistrictOrder]:
    """The city's and the district's."""
    for code in (CITY, "D01"):
        (tmp_path / "in" / code / "profile").mkdir(parents=True)
        (tmp_path / "in" / code / "inbox").mkdir()
    found = find_districts(tmp_path / "in", tmp_path / "out", YEAR, None, tmp_path / "key.pem", None)
    return found.city, found.orders[0]


def report(district: DistrictOrder, data: bytes) -> Path:
    district.report.parent.mkdir(parents=True, exist_ok=True)
    district.report.write_bytes(data)
    return district.report


def test_a_report_comes_in_at_the_moment_that_it_shows(orders: tuple[DistrictOrder, DistrictOrder]) -> None:
    city, district = orders
    report(district, b'{"as_of": "2022-02-25T09:00:00+08:00"}')
    (placed,) = (gather_reports(city, [district]).inbox / "D01").iterdir()
    assert datetime.fromtimestamp(placed.stat().st_mtime, UTC) == datetime(2022, 2, 25, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"\xff\xfe", b'{"as_of": 3}', b'{"as_of": "gestern"}', b"[" * 99999]
)
def test_a_report_that_nobody_can_read_is_the_intakes_to_tell(
    orders: tuple[DistrictOrder, DistrictOrder], data: bytes
) -> None:
    city, district = orders
    standing = report(district, data)
    (placed,) = (gather_reports(city, [district]).inbox / "D01").iterdir()
    assert (placed.read_bytes(), placed.stat().st_mtime_ns) == (data, standing.stat().st_mtime_ns)


def test_what_the_city_got_by_hand_stands_beside_and_what_is_gone_is_gone(
    orders: tuple[DistrictOrder, DistrictOrder], tmp_path: Path
) -> None:
    city, district = orders
    report(district, b"{}")
    (city.inbox / "D07").mkdir()
    (city.inbox / "D07" / "report.json").write_bytes(b"{}")
    (city.inbox / "D08").symlink_to(tmp_path)
    first = gather_reports(city, [district]).inbox
    assert sorted(path.name for path in first.iterdir()) == ["D01", "D07", "D08"]
    assert (first / "D08").is_symlink()  # the intake tells a link and does not follow it
    second = gather_reports(replace(city, inbox=tmp_path / "none"), []).inbox
    assert (second, list(second.iterdir())) == (first, [])
    assert [path.name for path in city.out.iterdir()] == ["inbox"]
