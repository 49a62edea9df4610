"""When a district is left alone: the same before it, the outputs that stand, a warehouse that learnt nothing."""

from pathlib import Path

import pytest

from gongkai.city.nothing_new import before_it, holds, keep
from gongkai.warehouse.engine import open_warehouse

YEAR = 2021


@pytest.fixture
def district(tmp_path: Path) -> tuple[Path, Path, str]:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    (inbox / "T01").mkdir(parents=True)
    (inbox / "T01" / "a.json").write_text("{}")
    (out / str(YEAR)).mkdir(parents=True)
    for name in ("manifest.json", "report.json"):
        (out / str(YEAR) / name).write_text("{}")
    url = f"sqlite:///{tmp_path / 'w.sqlite'}"
    open_warehouse(url).dispose()
    return inbox, out, url


def test_a_mark_holds_while_nothing_changes(district: tuple[Path, Path, str]) -> None:
    inbox, out, url = district
    before = before_it(inbox, {"day": "2022-02-25"})
    assert not holds(out, YEAR, url, before)
    keep(out, YEAR, url, before)
    assert holds(out, YEAR, url, before_it(inbox, {"day": "2022-02-25"}))


@pytest.mark.parametrize("change", ["file", "day", "outputs", "report"])
def test_whatever_changes_ends_it(district: tuple[Path, Path, str], change: str) -> None:
    inbox, out, url = district
    keep(out, YEAR, url, before_it(inbox, {"day": "2022-02-25"}))
    if change == "file":
        (inbox / "T01" / "b.json").write_text("{}")
    if change == "outputs":
        (out / str(YEAR) / "manifest.json").write_text("{ }")
    if change == "report":  # somebody has edited what the manifest lists; the manifest itself stands
        (out / str(YEAR) / "report.json").write_text('{"year": 2022}')
    day = "2022-02-26" if change == "day" else "2022-02-25"
    assert not holds(out, YEAR, url, before_it(inbox, {"day": day}))
