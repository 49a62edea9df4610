"""One at a time: whoever changes a year, or writes its outputs, claims both first.

The command line, every deployment, `issue`, `lock` and `rebuild` share the two claims, taken in this order: the year
in the warehouse (an advisory lock on PostgreSQL, a locked file beside SQLite's) and the year in the output folder (a
locked file). A claim belongs to a connection or an open file: it ends with its holder, however that one ends.
"""

import fcntl
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from gongkai.errors import BusyError
from gongkai.warehouse.address import Address, parse
from gongkai.warehouse.refusals import refused

RUNS = ".runs"
"""Below the output folder: the years' runs, and the files that are locked."""

_SECONDS = 0.25  # between two tries
_LOST_AFTER = "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"


@contextmanager
def claimed(
    warehouse: str, out: Path | None, year: int, who: str, wait: float, say: Callable[[str], None]
) -> Iterator[None]:
    """Holds a year of the warehouse, and of the output folder, for as long as the block runs.

    Args:
        warehouse: its URL; one in memory is nobody else's and needs no claim, one that is not there yet may be claimed.
        out: the output folder; None for work that writes no outputs.
        year: the report year.
        who: what the others are told while they wait, in Chinese (单位重收 T03).
        wait: seconds to wait for another holder.
        say: is told once for whom this waits.

    Raises:
        BusyError: the other one did not end in time; nothing was read or written.
    """
    until = time.monotonic() + wait
    since = f"{who}（进程 {os.getpid()}，{datetime.now():%m-%d %H:%M:%S} 起）"  # noqa: DTZ005  the machine's own clock
    with ExitStack() as held:
        claims = [_in_warehouse(parse(warehouse), year, since)]
        if out is not None:
            claims.append(_locked(out / RUNS / f"{year}.lock", since))
        for claim in claims:
            if claim is not None:
                _wait_for(held, claim, year, until, say)
        yield


Try = Callable[[], tuple[AbstractContextManager[None] | None, str]]
"""Tries once: what ends the claim, or None and who holds it."""


def _wait_for(held: ExitStack, attempt: Try, year: int, until: float, say: Callable[[str], None]) -> None:
    told = False
    while True:
        got, holder = attempt()
        if got is not None:
            held.enter_context(got)
            return
        if time.monotonic() >= until:
            raise BusyError(
                f"{year} 年度正由另一次运行处理：{holder}，等候超时，本次没有读写任何内容。请待其结束后重新运行。"
            )
        if not told:
            say(f"{year} 年度正由另一次运行处理：{holder}。等候其结束……")
            told = True
        time.sleep(_SECONDS)


def _in_warehouse(address: Address, year: int, who: str) -> Try | None:
    if address.url.get_backend_name() == "postgresql":
        return _advisory(address, year, who)
    if address.url.database in (None, "", ":memory:"):
        return None
    path = Path(str(address.url.database))
    return _locked(path.with_name(f"{path.name}.{year}.lock"), who)


def _locked(path: Path, who: str) -> Try:
    """A claim by locking a file; its text names the holder. The holder removes it, still holding it, at its end."""

    @contextmanager
    def ending(descriptor: int) -> Iterator[None]:
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
            os.close(descriptor)
            with suppress(OSError):  # left empty by a run that had nothing to keep
                path.parent.rmdir()

    def attempt() -> tuple[AbstractContextManager[None] | None, str]:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 400).decode(errors="replace")
            os.close(descriptor)
            return None, holder or "未署名的进程"
        if not path.exists() or path.stat().st_ino != os.fstat(descriptor).st_ino:
            os.close(descriptor)  # the holder before removed this very file: whoever comes next has another one
            return None, "刚刚结束的运行"
        os.ftruncate(descriptor, 0)
        os.write(descriptor, who.encode())
        return ending(descriptor), who

    return attempt


def _advisory(address: Address, year: int, who: str) -> Try:
    """A claim by a session's advisory lock; its query says whose. The server ends it with the connection."""
    said_options = address.url.query.get("options", "")  # a schema of its own is named there
    sessions = create_engine(
        address.url,
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"connect_timeout": 10, "options": f"{said_options} {_LOST_AFTER}", **address.secrets},
    )
    said = re.sub(r"[*/%\x00-\x1f]", " ", who)

    @contextmanager
    def ending(connection: Connection) -> Iterator[None]:
        try:
            yield
        finally:
            connection.close()

    def in_session() -> tuple[AbstractContextManager[None] | None, str]:
        connection = sessions.connect().execution_options(isolation_level="AUTOCOMMIT")
        key = _key(str(connection.execute(text("SELECT current_schema()")).scalar()), year)
        if connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({key}) /* {said} */").scalar():
            return ending(connection), who
        query = connection.execute(
            text(
                "SELECT a.query FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.granted AND"
                " l.locktype = 'advisory' AND (l.classid::bigint << 32) + l.objid::bigint = :key LIMIT 1"
            ),
            {"key": key},
        ).scalar()
        connection.close()
        holder = re.search(r"/\* (.+) \*/", str(query))
        return None, holder[1] if holder else "未署名的连接"

    def attempt() -> tuple[AbstractContextManager[None] | None, str]:
        try:
            return in_session()
        except SQLAlchemyError as error:
            raise refused(address.url, error) from None

    return attempt


def _key(schema: str, year: int) -> int:
    """A positive 63-bit number for a year of a schema."""
    return int.from_bytes(hashlib.sha256(f"gongkai {schema} {year}".encode()).digest()[:8]) >> 1
