"""Nothing that a test process started outlives it: no PostgreSQL, no Prefect server, however the tests were stopped.

A pytest plugin. Every test process (workers too) marks the environment of what it starts and has a small process of
its own beside it, which waits for its end and then ends what carries the mark. A killed process tears nothing down.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

MARK = "STARTED_BY_THE_TESTS"
_LOOK_SECONDS = 0.5
_GRACE_SECONDS = 3


def pytest_configure() -> None:
    """Marks what this process will start, and sets the watch."""
    if not Path("/proc/self/environ").exists():
        return  # elsewhere than on Linux nobody can look
    unmarked = {name: value for name, value in os.environ.items() if name != MARK}
    mark = os.environ[MARK] = uuid4().hex
    subprocess.Popen(
        [sys.executable, __file__, str(os.getpid()), mark],
        env=unmarked,
        start_new_session=True,  # a Ctrl-C is for the tests
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def marked(mark: str) -> Iterator[int]:
    """The processes that were started with a mark."""
    wanted = f"{MARK}={mark}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                yield int(process.name)
        except OSError:
            continue  # it has ended meanwhile, or is somebody else's


def watch(parent: int, mark: str) -> None:
    """Waits for the end of the parent; then asks what is left to end, and a little later makes it."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    for name, patience in ((signal.SIGTERM, _GRACE_SECONDS), (signal.SIGKILL, 0)):
        for process in marked(mark):
            try:
                os.kill(process, name)
            except ProcessLookupError:
                continue
        give_up = time.monotonic() + patience
        while time.monotonic() < give_up and any(True for _ in marked(mark)):
            time.sleep(_LOOK_SECONDS)


if __name__ == "__main__":
    watch(int(sys.argv[1]), sys.argv[2])
