"""An order: filled and checked before the year is claimed, and settled once it is; only then is anything upgraded."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.order import Order, complete_order
from gongkai.errors import UnknownUnit
from gongkai.warehouse.engine import HEAD, connect
from gongkai.warehouse.schema import migrate, version_of

BEFORE = f"{int(HEAD) - 1:04}"


def order(folder: Path, units: list[str]) -> Order:
    (folder / "inbox").mkdir(exist_ok=True)
    return complete_order(
        year=2021,
        units=units,
        stages=[],
        inbox=folder / "inbox",
        out=folder / "out",
        profile=None,
        as_of=datetime(2022, 2, 1, tzinfo=UTC),
    )


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a warehouse whose schema is one version behind."""
    url = f"sqlite:///{tmp_path / 'warehouse.sqlite'}"
    monkeypatch.setenv("GONGKAI_WAREHOUSE", url)
    engine = connect(url, create=True)
    with engine.begin() as connection:
        migrate(connection, BEFORE)
    engine.dispose()
    return url


def version(url: str) -> str | None:
    engine = connect(url)
    with engine.connect() as connection:
        found = version_of(connection)
    engine.dispose()
    return found


def test_a_warehouse_is_upgraded_by_who_holds_the_year_and_not_by_who_waits_for_it(older: str, tmp_path: Path) -> None:
    waiting = order(tmp_path, ["T02", "T01"])
    assert (version(older), waiting.units) == (BEFORE, ())
    assert (waiting.begun().units, version(older)) == (("T01", "T02"), HEAD)


def test_a_unit_that_the_registry_does_not_know_is_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_WAREHOUSE", f"sqlite:///{tmp_path / 'warehouse.sqlite'}")
    with pytest.raises(UnknownUnit, match="X99"):
        order(tmp_path, ["X99"])
    assert [path.name for path in tmp_path.iterdir()] == ["inbox"]


def test_a_unit_that_only_an_older_warehouse_might_know_is_told_once_the_year_is_claimed(
    older: str, tmp_path: Path
) -> None:
    waiting = order(tmp_path, ["X99"])
    with pytest.raises(UnknownUnit, match="X99"):
        waiting.begun()
