"""The version of a warehouse's schema: who may change it, what is kept before, and who only looks.

Writing commands bring a warehouse to this program's version, after a backup beside it; commands that only look refuse
an older one and say the way out. The steps themselves are in `migrations`.
"""

import logging
import sqlite3
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, inspect, text

from gongkai.errors import OtherVersion, WarehouseError
from gongkai.file_access import why

_MIGRATION_LOCK = 0x676F6E676B6169  # "gongkai"; makes the name of a schema a number that nobody else uses
_MADE: dict[str, tuple[str, ...]] = {}  # version → the statements that make an empty SQLite file of it
_ALONE = Lock()  # Alembic keeps what it migrates in one place of the process: two threads would take each other's
_LOG = logging.getLogger("gongkai.warehouse")


def version_of(connection: Connection) -> str | None:
    """The revision that the schema has; None for a database without our tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def refuse_other_version(found: str | None, head: str, shown: str) -> None:
    """For who only looks: nothing is upgraded.

    Raises:
        OtherVersion: the schema is older, newer, or there is none.
    """
    if found == head:
        return
    if found is None:
        raise OtherVersion(f"数据库 {shown} 中没有 gongkai 的数据。请核对 --warehouse 或 --out。")
    if found > head:
        raise OtherVersion(f"{_newer(found, head)}没有读取任何内容。")
    raise OtherVersion(
        f"数据仓库 {shown} 的结构版本 {found} 比本程序（{head}）旧：查看类命令不升级数据仓库，没有改动任何内容。"
        "请先运行 gongkai upgrade（升级前自动备份，见经办手册“升级和退回”），或者由下一次 gongkai run 升级。"
    )


def upgrade(connection: Connection, head: str) -> str | None:
    """Brings the schema to `head` in the given writing transaction; a SQLite file is copied beside itself before.

    Returns:
        The version before; None for an empty database.

    Raises:
        WarehouseError: the schema is newer than this program, or the backup cannot be written; nothing is changed.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(current_schema(), :key))"), {"key": _MIGRATION_LOCK}
        )
    found = version_of(connection)
    if found == head:
        return found
    if found is not None and found > head:
        raise WarehouseError(f"{_newer(found, head)}数据未作任何改动。")
    if found is not None:
        kept = keep_sqlite(connection.engine, found)
        told = f"升级前的备份：{kept}" if kept else "升级在一个事务内完成"
        _LOG.warning("数据仓库的结构由 %s 升级到 %s；%s", found, head, told)
    migrate(connection, head, empty=found is None)
    return found


def migrate(connection: Connection, version: str, *, empty: bool = False) -> None:
    """Runs the steps up to a version; of an `empty` SQLite file once a process, then what came of them is written."""
    driver = connection.connection.driver_connection
    sqlite = isinstance(driver, sqlite3.Connection)
    if empty and sqlite and version in _MADE:
        for statement in _MADE[version]:
            connection.exec_driver_sql(statement)
        return
    _run_steps(connection, version)
    if empty and isinstance(driver, sqlite3.Connection):
        said = (statement for statement in driver.iterdump() if statement not in ("BEGIN TRANSACTION;", "COMMIT;"))
        _MADE[version] = tuple(said)


def _run_steps(connection: Connection, version: str) -> None:
    # Alembic takes 0.2 s to import and is needed once in the life of a warehouse.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "gongkai.warehouse:migrations")
    config.attributes["connection"] = connection
    with _ALONE:
        command.upgrade(config, version)


def keep_sqlite(engine: Engine, version: str) -> Path | None:
    """Copies a SQLite file beside itself as `….bak`; an earlier copy keeps its place under its own version's name.

    The caller holds the file's write lock, so that the copy is what is upgraded.

    Raises:
        WarehouseError: the copy cannot be written; none is left half-written.
    """
    if engine.dialect.name != "sqlite" or engine.url.database in (None, "", ":memory:"):
        return None
    place = Path(str(engine.url.database))
    kept, beside = place.with_name(f"{place.name}.bak"), place.with_name(f".{place.name}.bak.new")
    try:
        beside.unlink(missing_ok=True)
        beside.touch(mode=0o600)
        _copy(place, beside)
        if kept.exists():
            kept.replace(_older(kept))
        return beside.replace(kept)
    except (OSError, sqlite3.Error) as error:
        beside.unlink(missing_ok=True)
        said = why(error) if isinstance(error, OSError) else str(error)
        raise WarehouseError(
            f"升级前的备份 {kept} 没有写成：{said}。数据仓库（结构版本 {version}）没有升级，没有改动任何内容。"
            "请核对磁盘空间和权限后重新运行。"
        ) from None


def _copy(source: Path, target: Path) -> None:
    """SQLite's own online copy: whole, whoever reads meanwhile."""
    read, written = sqlite3.connect(source), sqlite3.connect(target)
    try:
        read.backup(written)
        written.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    finally:
        written.close()
        read.close()


def _older(kept: Path) -> Path:
    """A free name for an earlier copy: with the version that it has."""
    copy = sqlite3.connect(kept)
    try:
        version = str(copy.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except sqlite3.Error:
        version = "old"
    finally:
        copy.close()
    names = [kept.with_name(f"{kept.stem}.{version}{n or ''}.bak") for n in range(1000)]
    return next(name for name in names if not name.exists())


def _newer(found: str, head: str) -> str:
    return f"数据库的结构版本 {found} 比本程序新（本程序支持到 {head}）：请升级 gongkai 后再运行，"
