"""`gongkai upgrade`: brings a warehouse to this program's schema, when somebody says so."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.errors import CallError
from gongkai.profile import load_profile
from gongkai.settings import Settings, asked_warehouse
from gongkai.warehouse.audit import Decision, Kind, account, record
from gongkai.warehouse.engine import HEAD, connect, opened, reading, write
from gongkai.warehouse.schema import version_of


def upgrade_warehouse(warehouse: str | None, out: Path | None, by: str | None) -> int:
    """Upgrades, after a backup beside a SQLite file; one that is up to date is left as it is.

    Raises:
        CallError: no warehouse is named, it does not exist, or there is nothing in it.
        WarehouseError: it is newer than this program, or the backup cannot be written; nothing is changed.
    """
    url = asked_warehouse(out, warehouse)
    before = _version(url)
    if before is None:
        raise CallError("数据库中没有 gongkai 的数据，没有可升级的内容。请核对 --warehouse 或 --out。")
    if before == HEAD:
        click.echo(f"数据仓库的结构版本已是 {HEAD}，无须升级。")
        return 0
    at = datetime.now(load_profile(Settings().profile).district.zone)
    with opened(url) as engine:
        said = Decision(
            kind=Kind.UPGRADED,
            at=at,
            by=(by or "").strip() or account(),
            typed_in="command",
            before={"schema": before},
            after={"schema": HEAD},
        )
        write(engine, lambda connection: record(connection, said))
    click.echo(f"数据仓库的结构已由 {before} 升级到 {HEAD}。如何退回见经办手册“升级和退回”。")
    return 0


def _version(url: str) -> str | None:
    engine = connect(url)
    try:
        with reading(engine) as connection:
            return version_of(connection)
    finally:
        engine.dispose()
