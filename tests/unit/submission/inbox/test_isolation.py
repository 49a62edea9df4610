"""A file that defeats its parser costs that file and nothing else: one child for the run, replaced when it dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from gongkai.errors import GongkaiError, MachineBusy
from gongkai.submission.form import Reading
from gongkai.submission.inbox import received_files
from gongkai.submission.inbox.formats import read_bytes
from gongkai.submission.inbox.isolation import Isolation

HOSTILE_CHILD = """
import os, sys, time
from gongkai.submission.inbox import isolation_child
from gongkai.submission.inbox import formats
def read(file, data, year=None):
    if data == b"abort":
        os.abort()
    if data == b"hang":
        while True:
            pass
    if data == b"wait":
        time.sleep(600)
    if data == b"once" and not os.path.exists("tried"):
        open("tried", "x").close()
        os.abort()
    return "code" if data == b"code" else formats.read_bytes(file, data, year)
parts = isolation_child._parts
isolation_child._parts = lambda said: (os.system, (), (), (), None, None) if said == "code" else parts(said)
isolation_child.read_bytes = read
isolation_child.main(float(sys.argv[1]))
"""


@pytest.fixture
def isolated() -> Iterator[Isolation]:
    one = Isolation()
    yield one
    one.close()


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Isolation]:
    """Isolation whose parser aborts, hangs, waits, or answers with something to execute."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hostile_child.py").write_text(HOSTILE_CHILD)
    monkeypatch.syspath_prepend(tmp_path)
    one = Isolation(1, "hostile_child", patience=30)
    yield one
    one.close()


def said(reading: Reading) -> str:
    assert reading.submission is None
    (issue,) = reading.issues
    assert issue.rule == "SHAPE"
    return str(issue.observed)


def child_of(isolated: Isolation) -> int:
    return isolated.pids[-1]


def test_the_child_reads_what_this_process_would(isolated: Isolation, filled: Callable[..., bytes], desk: Any) -> None:
    data = filled(register=[{"case_no": "2021-001", "received_on": "2021-03-01", "fee_yuan": "0.50"}])
    assert isolated.read(desk.received, data) == read_bytes(desk.received, data)


def test_one_child_serves_all_files(isolated: Isolation, blank: bytes, desk: Any) -> None:
    isolated.prepare()
    started = child_of(isolated)
    for data in (blank, b"%PDF-1.7", blank):
        isolated.read(desk.received, data)
    assert child_of(isolated) == started


def test_as_many_children_stand_ready_as_files_are_read_at_once(blank: bytes, desk: Any) -> None:
    two = Isolation(children=2)
    two.prepare(37)
    ready = two.pids
    two.prepare()
    assert len(ready) == 2
    assert two.pids == ready, "those that wait are enough"
    two.read(desk.received, blank)
    assert sorted(two.pids) == sorted(ready)
    two.close()


@pytest.mark.parametrize(
    ("data", "why"), [(b"abort", "被迫中止"), (b"hang", "处理器用了 1 秒仍没有读完"), (b"code", "应答无效")]
)
def test_a_parser_that_dies_costs_one_file(hostile: Isolation, blank: bytes, desk: Any, data: bytes, why: str) -> None:
    assert why in said(hostile.read(desk.received, data))
    assert hostile.read(desk.received, blank).submission is not None
    assert why in said(hostile.read(desk.received, data)), "a child that served others before is no excuse"


def test_a_file_is_tried_once_more_in_a_fresh_child(hostile: Isolation, blank: bytes, desk: Any) -> None:
    reading = hostile.read(desk.received, b"once")
    assert "文本文件" in str(reading.issues[0].observed), "what the second child reads counts"


def test_a_machine_without_time_is_no_verdict_on_the_file(hostile: Isolation, blank: bytes, desk: Any) -> None:
    hostile._started_with = (1, "hostile_child", 3)
    with pytest.raises(MachineBusy, match="机器繁忙，“T01/T01"):
        hostile.read(desk.received, b"wait")
    hostile._started_with = (1, "hostile_child", 30)
    assert hostile.read(desk.received, blank).submission is not None


def test_memory_is_limited(isolated: Isolation, blank: bytes, desk: Any) -> None:
    assert "内存超过限制" in said(isolated.read(desk.received, b"[" + b"[[]]," * 3_900_000 + b"0]"))
    assert isolated.read(desk.received, blank).submission is not None


def test_a_child_that_was_killed_while_idle_is_replaced_in_silence(
    isolated: Isolation, blank: bytes, desk: Any
) -> None:
    isolated.read(desk.received, blank)
    os.kill(child_of(isolated), signal.SIGKILL)
    time.sleep(0.1)
    assert isolated.read(desk.received, blank).submission is not None


def test_threads_get_their_own_answers(isolated: Isolation, filled: Callable[..., bytes], desk: Any) -> None:
    files = [filled(activities={"portal_items": n}) for n in range(6)]
    with ThreadPoolExecutor(6) as threads:
        readings = list(threads.map(lambda data: isolated.read(desk.received, data), files * 3))
    assert [r.submission.value("activities.portal_items") for r in readings if r.submission] == [*range(6)] * 3


def test_a_child_that_cannot_start_fails_the_run_and_blames_no_file(desk: Any) -> None:
    broken = Isolation(1, "no_such_module")
    with pytest.raises(GongkaiError, match="no_such_module"):
        broken.read(desk.received, b"PK")
    broken.close()


def test_the_child_ends_with_the_run() -> None:
    script = "from gongkai.submission.inbox import isolation as i; i.prepare(); print(*i._run.pids)"
    child = int(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_the_child_imports_neither_prefect_nor_great_expectations_nor_the_profile() -> None:
    script = (
        "import gongkai.submission.inbox.isolation_child, gongkai.submission.workbook.reader, sys; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"prefect", "great_expectations", "pandas", "pydantic", "sqlalchemy"} & set(done.stdout.split())


def test_the_inbox_reads_through_it(receive: Any, blank: bytes) -> None:
    file = receive("T01.xlsx", blank)
    reading = received_files.read(file)
    assert reading.submission is not None
    assert reading.file is file
