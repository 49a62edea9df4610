"""Opens the warehouse: URL → engine, migrated to the head of the schema under a lock, and its transactions.

SQLite by default, PostgreSQL by URL. Everything that the database refuses leaves here as a `WarehouseError`
in Chinese, without the password (`refusals`). No table and no query belongs here.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool
from sqlalchemy.schema import CreateSchema

from gongkai.errors import CallError, WarehouseError
from gongkai.file_access import why
from gongkai.warehouse.address import parse
from gongkai.warehouse.refusals import refused
from gongkai.warehouse.schema import refuse_other_version, upgrade, version_of

_STEPS = Path(__file__).parent / "migrations" / "versions"
HEAD = max(step.name[:4] for step in _STEPS.glob("[0-9][0-9][0-9][0-9]_*.py"))
"""The newest step of `migrations/versions` (a test asks Alembic): a warehouse that has it needs no Alembic."""

BUSY_SECONDS = 60
_ATTEMPTS = 8
_QUIET = {"hide_parameters": True}  # what a submission says must not reach a log through a traceback

T = TypeVar("T")


def open_warehouse(url: str, *, create: bool = True) -> Engine:
    """Opens the warehouse and brings its schema to the head.

    Args:
        url: an SQLAlchemy URL; `sqlite:///…` or `postgresql://…`.
        create: make a SQLite file that does not exist yet (with its folder).

    Raises:
        CallError: no URL of a supported database, or no such file and `create` is false.
        WarehouseError: the database cannot be reached, or its schema is newer than this program.
    """
    engine = connect(url, create=create)
    try:
        _migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def connect(url: str, *, create: bool = False) -> Engine:
    """Connects to the warehouse and leaves its schema alone, whatever version it has.

    Raises:
        CallError: as `open_warehouse`.
    """
    address = parse(url)
    if address.url.get_backend_name() == "sqlite":
        return _sqlite(address.url, create)
    connect_args = {"connect_timeout": 10, **address.secrets}
    return create_engine(address.url, pool_pre_ping=True, connect_args=connect_args, **_QUIET)


def make_schema(url: str) -> bool:
    """Makes the schema that a PostgreSQL URL names (`?options=-csearch_path=…`), if it is not there yet.

    Returns:
        Whether the URL is a server's at all; a SQLite file is made by whoever first has something to keep.

    Raises:
        CallError: as `open_warehouse`.
        WarehouseError: the database cannot be reached or refuses.
    """
    if parse(url).url.get_backend_name() == "sqlite":
        return False
    engine = connect(url)
    named = re.search(r"search_path=\"?(\w+)", str(engine.url.query.get("options", "")))
    there = text("SELECT 1 FROM pg_namespace WHERE nspname = :name")

    def make(connection: Connection) -> None:
        # A role that owns its schema and may make no other is refused even one that is there.
        if named is not None and connection.execute(there, {"name": named[1]}).first() is None:
            connection.execute(CreateSchema(named[1], if_not_exists=True))

    try:
        write(engine, make)
    finally:
        engine.dispose()
    return True


@contextmanager
def looked_at(url: str) -> Iterator[Engine]:
    """A warehouse for a command that only looks: it is not upgraded, and no connection stays open.

    Raises:
        CallError: as `open_warehouse`; its schema is not this program's.
        WarehouseError: the database cannot be reached.
    """
    engine = connect(url)
    try:
        with reading(engine) as connection:
            refuse_other_version(version_of(connection), HEAD, engine.url.render_as_string(hide_password=True))
        yield engine
    finally:
        engine.dispose()


@contextmanager
def opened(url: str, *, create: bool = False) -> Iterator[Engine]:
    """A warehouse for as long as a command writes to it: whatever happens, no connection stays open.

    Raises:
        CallError, WarehouseError: as `open_warehouse`.
    """
    engine = open_warehouse(url, create=create)
    try:
        yield engine
    finally:
        engine.dispose()


def is_there(url: str) -> bool:
    """Whether there is something to open: a server is, an SQLite file may still have to be made."""
    parsed = parse(url).url
    return parsed.get_backend_name() != "sqlite" or (bool(parsed.database) and Path(str(parsed.database)).is_file())


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads one consistent state, whatever is written meanwhile.

    Raises:
        WarehouseError: the database refuses.
    """
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    try:
        with engine.connect() as connection, connection.execution_options(**level).begin():
            yield connection
    except SQLAlchemyError as error:
        raise refused(engine.url, error) from None


def write(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Does `work` in one transaction: committed as a whole, or not at all.

    When another process was faster (a unique constraint says so), everything is undone and done again on what
    that process left; so `work` must look before it writes.

    Raises:
        WarehouseError: the database refuses.
    """
    attempt = 0
    while True:
        attempt += 1
        try:
            with engine.connect() as connection, connection.execution_options(gongkai_writes=True).begin():
                return work(connection)
        except IntegrityError as error:
            if attempt == _ATTEMPTS:
                raise refused(engine.url, error) from None
        except SQLAlchemyError as error:
            raise refused(engine.url, error) from None


def _sqlite(url: URL, create: bool) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    if not in_memory:
        path = Path(str(url.database))
        if not create and not path.is_file():
            raise CallError(f"数据库文件不存在：{path}。请核对 --warehouse 或 --out。")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if create:
                path.touch(mode=0o600)  # ours alone; what SQLite lays beside it takes the same mode
        except OSError as error:
            raise WarehouseError(f"无法创建数据库 {path}：{why(error)}。请核对路径、权限和磁盘空间。") from None
    connect_args = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=connect_args, poolclass=StaticPool if in_memory else None, **_QUIET)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """The driver must not open transactions on its own: `_begin_sqlite` decides which kind."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    _write_ahead(cursor)
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """WAL lets readers go on beside a writer. Switching to it needs the file alone and does not wait by itself."""
    for attempt in range(100):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == 99:
                raise
            sleep(0.05)


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the write lock at once, so that what it reads before it writes is still true."""
    writes = connection.get_execution_options().get("gongkai_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    with reading(engine) as connection:
        if version_of(connection) == HEAD:
            return
    write(engine, lambda connection: upgrade(connection, HEAD))
