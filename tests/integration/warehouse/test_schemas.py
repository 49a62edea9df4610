"""A schema a district in one PostgreSQL: made and migrated side by side, and nothing of one is another's."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import text

from gongkai.city.districts import warehouses
from gongkai.warehouse.engine import HEAD, looked_at, make_schema, open_warehouse, write
from gongkai.warehouse.schema import version_of


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


def test_a_file_is_made_by_its_run(tmp_path: Path) -> None:
    assert not make_schema(f"sqlite:///{tmp_path / 'w.sqlite'}")
    assert list(tmp_path.iterdir()) == []
