"""The temporary server ends with its command, and two commands in a new home do not make its database at once."""

import os
import signal
import stat
import subprocess
import sys
import threading
import time

from gongkai.cli.year.prefect_home import FirstStart, prepare

CHILD = "import os; from gongkai.cli.year.server_process import end_with; end_with(os.getppid())"
PARENT = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {CHILD!r}])
print(child.pid, flush=True)
time.sleep(60)
"""


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
        return file.read().rsplit(")", 1)[1].split()[0] != "Z"


def test_a_killed_command_leaves_no_server_behind():
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    time.sleep(2)
    assert alive(child)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    give_up = time.monotonic() + 20
    while time.monotonic() < give_up and alive(child):
        time.sleep(0.1)
    assert not alive(child)


def test_the_home_is_ours_alone(tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    prepare(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_the_second_first_start_waits_until_the_database_is_made(tmp_path):
    inside = []
    made = threading.Event()

    def second():
        with FirstStart(tmp_path).alone():
            inside.append(made.is_set())

    first = FirstStart(tmp_path)
    with first.alone():
        waiting = threading.Thread(target=second)
        waiting.start()
        time.sleep(0.5)
        assert inside == []
        made.set()
        first.done()
    waiting.join(10)
    assert inside == [True]


def test_once_the_database_is_made_nobody_waits(tmp_path):
    FirstStart(tmp_path).done()
    with FirstStart(tmp_path).alone(), FirstStart(tmp_path).alone():
        assert not (tmp_path / ".gongkai-making-database").exists()


def test_a_first_start_that_died_holds_nobody_up(tmp_path):
    with FirstStart(tmp_path).alone():
        pass  # never done: its process ended
    started = time.monotonic()
    with FirstStart(tmp_path).alone():
        assert time.monotonic() - started < 2
