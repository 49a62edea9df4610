"""Stopping the tests leaves nothing running that they started, even what has cut itself loose (as PostgreSQL does)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONG = """
import subprocess, sys, time
from pathlib import Path

def test_long():
    server = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"], start_new_session=True)
    Path(__file__).with_name("pid").write_text(str(server.pid))
    time.sleep(300)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(seconds: float, done: Callable[[], object]) -> bool:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if done():
            return True
        time.sleep(0.2)
    return False


@pytest.mark.parametrize(
    ("workers", "stop"),
    [("0", signal.SIGINT), ("0", signal.SIGTERM), ("0", signal.SIGKILL), ("1", signal.SIGKILL)],
    ids=["interrupted", "terminated", "killed", "killed with its worker at work"],
)
def test_what_a_stopped_run_had_started_ends(tmp_path: Path, workers: str, stop: signal.Signals) -> None:
    (tmp_path / "test_long.py").write_text(LONG)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.watchdog", "-n", workers, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (tmp_path / "said").open("w") as said:
        tests = subprocess.Popen(
            command,
            cwd=tmp_path,
            env=environment,
            stdout=said,
            stderr=said,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(
                signal.SIGINT, signal.default_int_handler
            ),  # deaf where we are in the back
        )
    written = tmp_path / "pid"
    assert until(60, lambda: written.exists() and written.read_text()), (tmp_path / "said").read_text()
    server = int(written.read_text())
    assert alive(server)
    tests.send_signal(stop)
    tests.wait(30)
    assert until(20, lambda: not alive(server))
