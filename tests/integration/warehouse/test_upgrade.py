"""Upgrading a warehouse: only by who writes, after a copy beside a file, and with everything in it as it was."""

import logging
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from gongkai.cli import main
from gongkai.errors import CallError, WarehouseError
from gongkai.warehouse.engine import HEAD, connect, looked_at, open_warehouse, write
from gongkai.warehouse.schema import migrate, version_of

OLD = "0012"


@pytest.fixture
def old(empty_url: str, tmp_path: Path) -> str:
    """The URL of a warehouse of an earlier program."""
    (tmp_path / "new").mkdir(exist_ok=True)
    (tmp_path / "new/warehouse.db").touch()
    engine = connect(empty_url)
    write(engine, lambda connection: migrate(connection, OLD))
    engine.dispose()
    return empty_url


def version(url: str) -> str | None:
    engine = connect(url)
    with engine.connect() as connection:
        found = version_of(connection)
    engine.dispose()
    return found


def test_who_only_looks_refuses_and_leaves_it_alone(old: str) -> None:
    with pytest.raises(CallError, match=rf"{OLD} 比本程序（{HEAD}）旧.*gongkai upgrade"), looked_at(old):
        pass
    assert version(old) == OLD


def test_a_newer_one_is_not_looked_at(url: str) -> None:
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(CallError, match="9999 比本程序新"), looked_at(url):
        pass


def test_an_empty_database_is_not_looked_at(empty_url: str, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir(exist_ok=True)
    (tmp_path / "new/warehouse.db").touch()
    with pytest.raises(CallError, match="没有 gongkai 的数据"), looked_at(empty_url):
        pass


def test_who_writes_upgrades_and_says_so(old: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        open_warehouse(old).dispose()
    assert version(old) == HEAD
    assert f"由 {OLD} 升级到 {HEAD}" in caplog.text


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A SQLite file of an earlier program, with a row in it that is not yet in the file itself."""
    path = tmp_path / "warehouse.sqlite"
    path.touch()
    engine = connect(f"sqlite:///{path}")
    write(engine, lambda connection: migrate(connection, OLD))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO rules_snapshot VALUES ('a', '{}', '2022-01-01')"))
    engine.dispose()
    return path


def rows(path: Path) -> list[Any]:
    with sqlite3.connect(path) as copy:
        return copy.execute("SELECT (SELECT version_num FROM alembic_version), sha256 FROM rules_snapshot").fetchall()


def test_a_file_is_copied_beside_itself_before(file: Path) -> None:
    open_warehouse(f"sqlite:///{file}").dispose()
    kept = file.with_name("warehouse.sqlite.bak")
    assert (rows(kept), kept.stat().st_mode & 0o077) == ([(OLD, "a")], 0)
    assert rows(file) == [(HEAD, "a")]
    open_warehouse(f"sqlite:///{file}").dispose()
    assert rows(kept) == [(OLD, "a")]


def test_going_back_is_putting_the_copy_back_and_an_earlier_copy_is_kept(file: Path) -> None:
    open_warehouse(f"sqlite:///{file}").dispose()
    kept = file.with_name("warehouse.sqlite.bak")
    shutil.copy(kept, file)
    assert version(f"sqlite:///{file}") == OLD
    open_warehouse(f"sqlite:///{file}").dispose()
    assert rows(file) == [(HEAD, "a")]
    assert {path.name for path in file.parent.glob("*.bak")} == {kept.name, f"warehouse.sqlite.{OLD}.bak"}


def test_without_a_copy_nothing_is_upgraded(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("gongkai.warehouse.schema._copy", full)
    with pytest.raises(WarehouseError, match=r"备份 .*没有写成.*没有升级"):
        open_warehouse(f"sqlite:///{file}")
    assert rows(file) == [(OLD, "a")]
    assert not [path for path in file.parent.iterdir() if "bak" in path.name]


@pytest.mark.parametrize(
    "line",
    [
        "status --year 2021 --warehouse {url}",
        "diff T01 --year 2021 --warehouse {url}",
        "preview T01 --year 2021 --warehouse {url}",
        "remind --year 2021 --warehouse {url} --out {folder}/o",
        "template --year 2022 --warehouse {url} --out {folder}/t",
        "check {folder}/T01.json --warehouse {url}",
        "audit --warehouse {url}",
        "audit verify --warehouse {url}",
        "key show --warehouse {url}",
    ],
)
def test_no_command_that_looks_upgrades(line: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file.parent / "T01.json").write_text("{}")
    with pytest.raises(SystemExit) as leaving:
        main(line.format(url=f"sqlite:///{file}", folder=file.parent).split())
    assert (leaving.value.code, "gongkai upgrade" in capsys.readouterr().err) == (2, True)
    assert rows(file) == [(OLD, "a")]


def test_the_command_upgrades_and_is_on_the_log(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def call(line: str) -> tuple[object, str]:
        with pytest.raises(SystemExit) as leaving:
            main(line.split())
        return leaving.value.code, capsys.readouterr().out

    assert call(f"upgrade --by 李主任 --warehouse sqlite:///{file}") == (
        0,
        f"数据仓库的结构已由 {OLD} 升级到 {HEAD}。如何退回见经办手册“升级和退回”。\n",
    )
    assert "无须升级" in call(f"upgrade --warehouse sqlite:///{file}")[1]
    code, said = call(f"audit --warehouse sqlite:///{file}")
    assert (code, "升级" in said, "李主任（命令，账户" in said) == (0, True, True)
