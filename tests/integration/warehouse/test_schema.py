"""The schema: migrations say what the models say, and a warehouse opens once, safely and with clear refusals."""

import multiprocessing
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from operator import methodcaller
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from gongkai.city.districts import warehouses
from gongkai.errors import CallError, WarehouseError
from gongkai.profile import Profile
from gongkai.submission.fields import groups, lists
from gongkai.warehouse import migrations, schema
from gongkai.warehouse.engine import HEAD, looked_at, make_schema, open_warehouse, write
from gongkai.warehouse.models import FIELD_TABLES, OWN_COLUMNS, Base
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.schema import version_of


def test_models_and_migrations_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_checks_of_models_and_migrations_agree(engine: Engine) -> None:
    """Alembic does not compare check constraints: their names are compared here, and their text by SQLite's DDL."""
    inspector = inspect(engine)
    for table in Base.metadata.sorted_tables:
        declared = {str(c.name) for c in table.constraints if str(c.name).startswith("ck_")}
        found = {c["name"] for c in inspector.get_check_constraints(table.name)}
        assert found == declared, table.name


def test_check_texts_of_models_and_migrations_agree(tmp_path: Path) -> None:
    declared = create_engine(f"sqlite:///{tmp_path}/declared.db")
    Base.metadata.create_all(declared)
    migrated = open_warehouse(f"sqlite:///{tmp_path}/migrated.db")
    for table in Base.metadata.sorted_tables:
        texts = [
            {c["name"]: c["sqltext"] for c in inspect(engine).get_check_constraints(table.name)}
            for engine in (declared, migrated)
        ]
        assert texts[0] == texts[1]


@pytest.mark.parametrize("key", sorted([*lists(), *groups()]))
def test_columns_of_a_list_are_its_fields(engine: Engine, key: str) -> None:
    fields = {**lists(), **groups()}[key].fields
    found = [column["name"] for column in inspect(engine).get_columns(FIELD_TABLES[key].name)]
    assert sorted(found) == sorted(["revision_id", "position", *fields, "sheet", "first_cell", "layout"])
    assert not set(fields) & set(OWN_COLUMNS)


def test_every_table_names_its_constraints(engine: Engine) -> None:
    inspector = inspect(engine)
    for table in Base.metadata.sorted_tables:
        assert inspector.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        for key in inspector.get_foreign_keys(table.name):
            assert (key["name"] or "").startswith(f"fk_{table.name}_")


def test_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(Path(str(migrations.__file__)).parent)).get_current_head() == HEAD


def test_opening_twice_migrates_once(empty_url: str) -> None:
    open_warehouse(empty_url).dispose()
    again = open_warehouse(empty_url)
    with again.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [HEAD]
    again.dispose()


def open_it(url: str, barrier: Any) -> None:
    """What one process does; a function of the module, so that a fresh process can be given it."""
    barrier.wait()
    open_warehouse(url).dispose()


def test_two_runs_that_open_at_once_both_get_the_schema(empty_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(4)
    processes = [spawn.Process(target=open_it, args=(empty_url, barrier)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    with open_warehouse(empty_url).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_newer_schema_is_refused_and_left_alone(engine: Engine, url: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WarehouseError, match="9999 比本程序新"):
        open_warehouse(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_sqlite_gets_its_folder_write_ahead_log_and_foreign_keys(tmp_path: Path) -> None:
    engine = open_warehouse(f"sqlite:///{tmp_path}/a/b/warehouse.db")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 60_000


def test_a_warehouse_in_memory_serves_a_check(profile: Profile) -> None:
    engine = open_warehouse("sqlite://")
    assert load_year(engine, 2021, datetime.now(UTC), profile).provisional


def test_opening_waits_for_another_program_that_holds_the_file(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    release = Timer(0.3, lambda: other.execute("COMMIT"))
    release.start()
    open_warehouse(f"sqlite:///{path}").dispose()
    release.join()


def test_a_file_that_is_no_database_is_a_warehouse_error(tmp_path: Path) -> None:
    (tmp_path / "warehouse.db").write_text("这不是数据库" * 100, encoding="utf-8")
    with pytest.raises(WarehouseError, match="数据库操作失败"):
        open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")


def test_a_folder_that_cannot_be_made_is_a_warehouse_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WarehouseError, match="无法创建数据库"):
        open_warehouse(f"sqlite:///{tmp_path}/file/warehouse.db")


def test_a_file_that_must_exist_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="数据库文件不存在"):
        open_warehouse(f"sqlite:///{tmp_path}/a/warehouse.db", create=False)
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("given", ["nonsense", "mysql://localhost/x", "postgresql+psycopg2://localhost/x"])
def test_what_is_no_url_of_ours_is_a_wrong_call(given: str) -> None:
    with pytest.raises(CallError):
        open_warehouse(given)


def test_a_database_that_is_down_is_named_without_its_password() -> None:
    with pytest.raises(WarehouseError) as refused:
        open_warehouse("postgresql://office:open-sesame@127.0.0.1:1/gongkai")
    assert "127.0.0.1" in str(refused.value)
    assert "数据库操作失败" in str(refused.value)
    assert "open-sesame" not in str(refused.value)


def test_a_wrong_password_is_not_repeated(create_database: Callable[..., str]) -> None:
    url = create_database("guarded").replace("postgres:@", "nobody:open-sesame@")
    with pytest.raises(WarehouseError) as refused:
        open_warehouse(url)
    assert "open-sesame" not in str(refused.value)


def prepared(url: str) -> None:
    assert make_schema(url)
    open_warehouse(url).dispose()


def test_schemas_are_migrated_side_by_side_and_know_nothing_of_each_other(
    create_database: Callable[..., str], tmp_path: Path
) -> None:
    database = create_database("city")
    joined = "&" if "?" in database else "?"
    url = warehouses(f"{database}{joined}options=-csearch_path%3Dgk_{{code}}", tmp_path)
    with ThreadPoolExecutor(3) as several:
        list(several.map(prepared, [url("D01"), url("D02"), url("D01")]))  # safe when repeated, also at once
    for code in ("D01", "D02"):
        with looked_at(url(code)) as engine, engine.connect() as connection:
            assert version_of(connection) == HEAD
            assert connection.execute(text("SELECT current_schema()")).scalar() == f"gk_{code.lower()}"
    engine = open_warehouse(url("D01"))
    write(engine, lambda c: c.execute(text("INSERT INTO rules_snapshot VALUES ('a', 'b', now())")))
    engine.dispose()
    with looked_at(url("D02")) as other, other.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM rules_snapshot")).scalar() == 0


def test_a_role_a_district_owns_its_schema_and_nothing_else(
    create_database: Callable[..., str], tmp_path: Path
) -> None:
    database = create_database("roles")
    admin = create_engine(database.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for role in ("gk_d01", "gk_d02"):
            connection.execute(text(f"CREATE ROLE {role} LOGIN PASSWORD 'open-sesame'"))
            connection.execute(text(f"CREATE SCHEMA {role} AUTHORIZATION {role}"))
    admin.dispose()
    joined = "&" if "?" in database else "?"
    template = database.replace("postgres:@", "gk_{code}:open-sesame@") + f"{joined}options=-csearch_path%3Dgk_{{code}}"
    url = warehouses(template, tmp_path)
    for code in ("D01", "D02", "D01"):
        prepared(url(code))
    with looked_at(url("D01")) as engine, engine.connect() as connection:
        assert connection.execute(text("SELECT current_user, current_schema()")).one() == ("gk_d01", "gk_d01")
    engine = open_warehouse(url("D01"))
    write(engine, lambda c: c.execute(text("INSERT INTO rules_snapshot VALUES ('a', 'b', now())")))
    for refused in ("SELECT count(*) FROM gk_d02.rules_snapshot", "DELETE FROM gk_d02.rules_snapshot"):
        with pytest.raises(WarehouseError, match="没有权限"):
            write(engine, methodcaller("execute", text(refused)))
    engine.dispose()
    with pytest.raises(WarehouseError, match="没有权限"):  # nor does it make a schema of its own
        make_schema(url("D01").replace("search_path%3Dgk_d01", "search_path%3Dgk_other"))


def test_a_file_is_made_by_its_run(tmp_path: Path) -> None:
    assert not make_schema(f"sqlite:///{tmp_path / 'w.sqlite'}")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_the_same_whether_the_steps_made_it_or_what_came_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_MADE", {})
    said = []
    for name in ("steps", "statements"):
        engine = open_warehouse(f"sqlite:///{tmp_path}/{name}.db")
        engine.dispose()
        with closing(sqlite3.connect(tmp_path / f"{name}.db")) as file:
            said.append(list(file.iterdump()))
    assert said[0] == said[1]
    assert list(schema._MADE) == [HEAD]
