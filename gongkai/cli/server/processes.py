"""Processes that are looked after: started with a log of their own, started again when they die, ended in order.

They end with the process that started them, however that ended; nothing is left holding a port or a run.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_KEPT_BYTES = 10_000_000
_GRACE_SECONDS = 15
_SOON_SECONDS = 30


class Looked:
    """One process under care.

    Attributes:
        name: how people call it, in Chinese.
        restarts: how often it had to be started again.
    """

    def __init__(self, name: str, command: Sequence[str], environment: dict[str, str], log: Path) -> None:
        self.name = name
        self.restarts = 0
        self._command = [sys.executable, "-m", *command]
        self._environment = environment
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._not_before = 0.0

    def start(self) -> None:
        """Starts it; an old log that has grown is put aside."""
        if self.log.exists() and self.log.stat().st_size > _KEPT_BYTES:
            self.log.replace(self.log.with_suffix(".1.log"))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # our own modules
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # this process has one thread
            )

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def look(self, say: Callable[[str], object]) -> None:
        """Starts it again if it has died, and says so; one that dies at once is given half a minute."""
        if self.alive or self._process is None or time.monotonic() < self._not_before:
            return
        self.restarts += 1
        self._not_before = time.monotonic() + (_SOON_SECONDS if self.restarts % 3 == 0 else 0)
        say(f"{self.name}意外停止（{_ended(self._process.returncode)}），已重新启动；日志 {self.log}")
        self.start()

    def stop(self) -> None:
        """Asks it to end, waits, and ends it."""
        if self._process is None or not self.alive:
            return
        self._process.terminate()
        try:
            self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _end_with_parent() -> None:
    """In the new process: it ends with its parent (Linux), and hears SIGINT, which a shell's background ignores."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _ended(code: int) -> str:
    return f"被信号 {-code} 终止" if code < 0 else f"退出码 {code}"
