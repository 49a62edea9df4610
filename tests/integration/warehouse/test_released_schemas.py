"""A warehouse of every released schema, with a finished year in it: the upgrade changes none of what it says."""

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Connection, delete, insert, select

from gongkai.assessment.assess import assess_year
from gongkai.profile import Profile
from gongkai.reporting.shared.manifest import decided, grounds
from gongkai.submission.form import ReceivedFile
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.backup import dumped_tables
from gongkai.warehouse.engine import HEAD, connect, open_warehouse, write
from gongkai.warehouse.locks import lock_year
from gongkai.warehouse.merge import merge_inspection, merge_submission
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.runs import start_run
from gongkai.warehouse.schema import migrate
from gongkai.warehouse.totals import compute_totals
from tests.integration.warehouse.conftest import NOON

Make = Callable[..., Any]
RELEASED = [f"{number:04}" for number in range(4, int(HEAD))]
"""From 0004 on there are programs that kept a whole year; the first three only ever made an empty schema."""


class Said(NamedTuple):
    """What a year says: everything that its documents follow from."""

    grounds: Any
    decided: Any
    totals: Any
    assessment: Any
    lock: Any


def said(path: str) -> Said:
    engine = open_warehouse(path, create=False)
    try:
        state = load_year(engine, 2021, NOON)
    finally:
        engine.dispose()
    totals = compute_totals(state)
    return Said(grounds(state), decided(state), totals, assess_year(state, state.previous_scores), state.lock)


@pytest.fixture(scope="module")
def lived(
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Path,
    profile: Profile,
    reading: Make,
    in_sheet: Make,
    verdict: Make,
) -> dict[bool, Path]:
    """Two warehouses of this program: a finished year that is open (False), and the same one locked (True)."""
    folder = tmp_path_factory.mktemp("lived")
    shutil.copy(sqlite_template, folder / "open.sqlite")
    engine = open_warehouse(f"sqlite:///{folder / 'open.sqlite'}")
    for year in (2020, 2021):
        run = start_run(engine, year, NOON, profile, "rules-1", {}, None, '{"rules":[],"reasons":[]}')
        for unit, status in (("T01", "accepted"), ("T02", "returned"), ("T02", "accepted"), ("A01", "accepted")):
            file = in_sheet(reading(unit, year=year, reason=status, prepared_by="张三"))
            merge_submission(engine, file, verdict(status, "说明"), unit, year, run)
        entries = (
            InspectionEntry(id="k1", unit="T01", kind="penalty", points=Decimal("1.50"), by="张三", reason="迟报"),
            InspectionEntry(id="e1", unit="T03", kind="extension", until=date(2022, 2, 9), by="张三", reason="换人"),
        )
        office = ReceivedFile(Path("x"), "_office/x.json", "_office", f"{year:064}", 1, NOON)
        merge_inspection(engine, office, entries, verdict("accepted"), year, run)
    engine.dispose()
    shutil.copy(folder / "open.sqlite", folder / "locked.sqlite")
    engine = open_warehouse(f"sqlite:///{folder / 'locked.sqlite'}")
    lock_year(engine, 2021, NOON, "李主任", "已报市办")
    engine.dispose()
    return {False: folder / "open.sqlite", True: folder / "locked.sqlite"}


@pytest.fixture(scope="module")
def expected(lived: dict[bool, Path]) -> dict[bool, Said]:
    return {locked: said(f"sqlite:///{path}") for locked, path in lived.items()}


def fill(connection: Connection, old: Connection) -> None:
    """Puts into the tables of an earlier schema what it has room for."""
    known = {table.name: table for table in dumped_tables._tables(connection)}
    mine = dumped_tables._tables(old)
    for table in reversed(mine):
        old.execute(delete(table))
    for table in mine:
        columns = [column for column in table.columns if column.name in known[table.name].columns]
        rows = connection.execute(select(*(known[table.name].columns[column.name] for column in columns)))
        readers = {column.name: dumped_tables._reader(column.type, old.dialect.name) for column in columns}
        said = [
            {name: read(dumped_tables._plain(row[name])) for name, read in readers.items()} for row in rows.mappings()
        ]
        if said:
            old.execute(insert(table), said)
    if old.dialect.name == "postgresql":
        dumped_tables._continue_numbering(old, mine)


@pytest.mark.parametrize("revision", RELEASED)
def test_an_upgrade_changes_nothing_that_a_year_says(
    revision: str, empty_url: str, lived: dict[bool, Path], expected: dict[bool, Said], tmp_path: Path
) -> None:
    locked = revision > "0004"  # before, no year could be
    (tmp_path / "new").mkdir(exist_ok=True)
    (tmp_path / "new/warehouse.db").touch()
    engine, now = connect(empty_url), connect(f"sqlite:///{lived[locked]}")

    def make(old: Connection) -> None:
        migrate(old, revision)
        with now.connect() as connection:
            fill(connection, old)

    write(engine, make)
    for one in (engine, now):
        one.dispose()
    assert said(empty_url) == expected[locked]
