"""A run for one unit also judges anew whoever its file concerns."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import yaml

from gongkai.submission.verdict import UnitState
from gongkai.warehouse.engine import opened
from gongkai.warehouse.queries import load_year
from tests.few_units import profile_of
from tests.years.books import Books, data_of

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def few(made, tmp_path):
    """T01, from which N01 is taken in 2022, and T03."""
    folder = profile_of(("T01", "T03"), made.profile, tmp_path / "profile")
    registry = yaml.safe_load((folder / "units.yaml").read_text(encoding="utf-8"))
    (parent,) = (unit for unit in registry["units"] if unit["code"] == "T01")
    new = {**parent, "code": "N01", "name": "开发区街道", "authority": "开发区街道办事处", "from_year": 2022}
    registry["units"].append({**new, "aliases": [], "succeeds": ["T01"]})
    (folder / "units.yaml").write_text(yaml.safe_dump(registry, allow_unicode=True), encoding="utf-8")
    return folder


def put(inbox, report, by=0):
    """A unit's file, with so many more cases carried in and answered than the books have."""
    for row in ("carried_in", "granted", "outcome_total"):
        for column in ("natural_person", "total"):
            report["tables"]["requests"][row][column] += by
    folder = inbox / report["unit"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{report['year']}.json").write_bytes(data_of(report))
    return report


def day(year, at):
    return datetime(year + 1, 1, at, 9, tzinfo=ZONE)


def test_a_unit_that_was_not_asked_hears_what_another_ones_file_means_for_it(fresh, tmp_path):
    inbox, books = tmp_path / "inbox", Books(seed=3)
    for unit in ("T01", "T03"):
        put(inbox, books.report(unit, 2021))
    fresh.run(2021, inbox, day(2021, 10), stages=["merge"])
    books.split("T01", "N01")
    put(inbox, books.report("T01", 2022))
    put(inbox, books.report("T03", 2022))
    fresh.run(2022, inbox, day(2022, 10), stages=["merge"])
    put(inbox, books.report("N01", 2022), by=1)

    ended = fresh.run(2022, inbox, day(2022, 11), units=["N01"], stages=["merge"])

    assert ended.is_completed()
    with opened(fresh.warehouse) as engine:
        state = load_year(engine, 2022, day(2022, 11))
    assert state.unit("N01").state is UnitState.RETURNED
    assert {found.rule for found in state.unit("T01").accepted.arisen} == {"YOY-CARRY"}
    assert state.unit("T03").accepted.arisen == ()
