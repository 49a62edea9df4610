"""Prefect's folder of this account (`PREFECT_HOME`): ours alone, and its database made by one command at a time.

Two commands that start in a new home would both make Prefect's database and stop each other; so the first one holds a
lock until its server answers. Afterwards a mark says that the database is there, and nobody waits for anybody.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from gongkai.errors import GongkaiError
from gongkai.file_access import why

_PATIENCE_SECONDS = 180
_LOCK = ".gongkai-making-database"


def prepare(home: Path) -> None:
    """Makes the folder if need be, and closes it to everybody else.

    Raises:
        GongkaiError: it cannot be made.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o700)
    except OSError as error:
        raise GongkaiError(
            f"Prefect 的目录 {home} 不能使用：{why(error)}。请用 PREFECT_HOME 指定另一个目录。"
        ) from None


class FirstStart:
    """The first start of a server of this Prefect version in a home."""

    def __init__(self, home: Path) -> None:
        self._mark = home / f".gongkai-database-{version('prefect')}"
        self._lock = home / _LOCK

    def done(self) -> None:
        """The server answers: its database is made."""
        self._mark.touch()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While the database is not made: one command at a time; the others wait until it is, or its maker is gone."""
        if self._mark.exists():
            yield
            return
        with self._lock.open("a") as file:
            give_up = time.monotonic() + _PATIENCE_SECONDS
            while not self._mark.exists() and not _locked(file.fileno()) and time.monotonic() < give_up:
                time.sleep(0.2)
            yield


def _locked(descriptor: int) -> bool:
    """Takes the lock if it is free; it is let go of when the file is closed, also by the end of the process."""
    try:
        import fcntl
    except ImportError:  # no such locks on this system: two first starts may still meet there
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
