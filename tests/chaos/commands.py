"""Commands as processes: started, killed and waited for, through the zygote."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 600.0


@dataclass
class Command:
    """One `gongkai` command. `code` is its exit code, negative for the signal that ended it."""

    log: Path
    started: float
    pid: int = 0
    code: int | None = None
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def said(self) -> str:
        """Everything that it printed."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def wait(self, seconds: float = PATIENCE) -> int:
        """Its exit code; what runs longer than that hangs, and the test says what it printed."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.code is not None, seconds), f"hangs:\n{self.said}"
        assert self.code is not None
        return self.code

    def kill_after(self, seconds: float) -> bool:
        """SIGKILL at a moment after its start; whether it was still at work."""
        with self.changed:
            self.changed.wait_for(lambda: self.pid, PATIENCE)
            self.changed.wait_for(lambda: self.code is not None, max(0.0, self.started + seconds - time.monotonic()))
            if self.code is not None:
                return False
            os.kill(self.pid, signal.SIGKILL)
        return self.wait() == -signal.SIGKILL


class Commands:
    """Starts commands, several at once if need be."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._started: dict[int, Command] = {}
        self._numbers = count(1)
        said = {**os.environ, **environment, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        self._zygote = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.zygote"],
            cwd=ROOT, env=said, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=(folder / "zygote.log").open("w"),
            text=True,
        )  # fmt: skip
        first = self._zygote.stdout.readline() if self._zygote.stdout else ""
        assert first, (folder / "zygote.log").read_text()
        threading.Thread(target=self._listen, daemon=True).start()

    def start(self, *arguments: object, environment: dict[str, str] | None = None, **mishaps: Any) -> Command:
        """Starts `gongkai …` with the mishaps that are wanted (`tests.chaos.mishaps`)."""
        number = next(self._numbers)
        command = self._started[number] = Command(self._folder / f"{number}.log", time.monotonic())
        order = {
            "number": number,
            "arguments": [str(one) for one in arguments],
            "environment": environment or {},
            "mishaps": mishaps,
            "log": str(command.log),
        }
        assert self._zygote.stdin is not None
        self._zygote.stdin.write(json.dumps(order) + "\n")
        self._zygote.stdin.flush()
        return command

    def close(self) -> None:
        """Ends the zygote; its commands have been waited for."""
        if self._zygote.stdin is not None:
            self._zygote.stdin.close()
        self._zygote.wait(30)

    def _listen(self) -> None:
        for line in self._zygote.stdout or ():
            said = json.loads(line)
            command = self._started[said["number"]]
            with command.changed:
                if "pid" in said:
                    command.pid, command.started = said["pid"], time.monotonic()
                else:
                    command.code = said["code"]
                command.changed.notify_all()
