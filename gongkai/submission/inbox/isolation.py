"""Reads untrusted files in a process of their own, with limits of memory and time: no file takes the run with it.

A child is started for the whole run and serves file after file; a second one where two threads read at once. A file on
which one aborts, runs out of memory or of processor time is tried once more in a new child; then its reading says so. A
machine that is busy is told to the operator. The child's side, and what it is allowed, stands in `isolation_child`.
"""

import atexit
import json
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from typing import IO, Any

from gongkai.errors import GongkaiError, MachineBusy
from gongkai.findings import ReadingIssue
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.inbox.isolation_wire import answered, reading_of, receive, send

SECONDS = 10  # of processor time: what else the machine has to do is no fault of a file
PATIENCE = 15  # times as long by the wall clock until the machine is called busy
_OUT_OF_TIME = 27  # SIGPROF, which ends a child whose processor time is used up
OUT_OF_MEMORY = 77  # exit code of a child that needed more than it may have
_START_SECONDS, _TRIES = 180, 2  # the second in a fresh child, already warm: the first may have had an old fault
_CHILD = "gongkai.submission.inbox.isolation_child"
_SAVED_AGAIN = "用 Excel 或 WPS 打开并另存为 .xlsx 的填报模板"
_REPORT_ALONE = "只含年度报告本身、不含附件清单的文件，或填好的 .xlsx 填报模板"
_PAGES = (".pdf", ".docx", ".doc", ".wps", ".html", ".htm", ".mht", ".mhtml")  # in which a report is published


class _Died(Exception):
    """The child ended before it answered; args[0] says why in Chinese."""


class _Late(_Died):
    """It was ended, because it had used little of its processor time in all the time that it was given."""


class _Child:
    """One reading process, started at once and ready a moment later."""

    def __init__(self, seconds: float, module: str, patience: float) -> None:
        path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)  # noqa: PTH100  # '' is where we stand
        self._seconds, self._patience = seconds, patience
        self._complaint = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the child
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-P", "-m", module, str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaint,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._ready = self._late = False

    def ask(self, head: bytes, data: bytes) -> Any:
        """What the child makes of a file's bytes; `head` is what it may know of the file beside them.

        Raises:
            _Died: it aborted, hung or needed too much memory; it must be replaced.
            GongkaiError: it could not even be started.
        """
        if not self._ready:
            if self._answer(_START_SECONDS) is None:
                self._complaint.seek(0)
                said = self._complaint.read().decode(errors="replace").strip().splitlines()
                raise GongkaiError(f"读取进程无法启动：{said[-1] if said else '没有应答'}。请检查安装。")
            self._ready = True
        try:
            send(self._input, head)
            send(self._input, data)
            answer = self._answer(self._seconds * self._patience)
        except BrokenPipeError:
            answer = None
        if answer is None:
            raise self._cause()
        return answered(answer)

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def end(self) -> None:
        """Ends the process; at work or idle, it has nothing to lose."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._complaint):
            try:
                stream.close()  # type: ignore[union-attr]  # both are pipes
            except BrokenPipeError:
                continue

    @property
    def _input(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101  # it is a pipe
        return self._process.stdin

    def _answer(self, seconds: float) -> bytes | None:
        """The next message of the child; None when it ended or took too long."""
        assert self._process.stdout is not None  # noqa: S101  # it is a pipe
        self._late = False
        timer = threading.Timer(seconds, self._too_late)
        timer.daemon = True
        timer.start()
        try:
            return receive(self._process.stdout)
        finally:
            timer.cancel()

    def _too_late(self) -> None:
        self._late = True
        self._process.kill()

    def _cause(self) -> _Died:
        code = self._process.wait()
        if self._late:
            return _Late()
        if code == -_OUT_OF_TIME:
            return _Died(f"内容过多或结构过于复杂，处理器用了 {self._seconds:g} 秒仍没有读完")
        return _Died("内容过多，读取所需内存超过限制" if code == OUT_OF_MEMORY else "读取程序在读这个文件时被迫中止")


class Isolation:
    """The children at work, replaced when they die; each has one file at a time."""

    def __init__(
        self, seconds: float = SECONDS, module: str = _CHILD, patience: float = PATIENCE, children: int = 1
    ) -> None:
        self._started_with = (seconds, module, patience)
        self._children = children
        self.forget()

    def forget(self) -> None:
        """Leaves the children to the process that started them."""
        self._lock, self._seats = threading.Lock(), threading.Semaphore(self._children)
        self._idle: list[_Child] = []

    @property
    def pids(self) -> list[int]:
        """The processes that wait for a file, the one that takes the next last."""
        return [child.pid for child in self._idle]

    def prepare(self, files: int = 1) -> None:
        """Starts as many children as will be at work on so many files, so that they are ready when the first comes."""
        with self._lock:
            self._idle += [_Child(*self._started_with) for _ in range(min(files, self._children) - len(self._idle))]

    def read(self, file: ReceivedFile, data: bytes, year: int | None = None) -> Reading:
        """Reads a file's bytes in a child; children that die of them give a reading that says so.

        A file that names no unit is its folder's, one that names no year that of its name, else of `year`.

        Raises:
            MachineBusy: the machine had no time for it; nothing is known of the file.
            GongkaiError: no child can be started.
        """
        head = json.dumps([file.folder, file.name, year]).encode()
        died = _Died()
        with self._seats:
            for attempt in range(_TRIES):
                child = self._taken(fresh=attempt > 0)
                try:
                    answer = child.ask(head, data)
                except _Died as cause:
                    died = cause
                except (pickle.UnpicklingError, EOFError, TypeError):
                    died = _Died("读取程序在读这个文件时出错，应答无效")
                except BaseException:
                    child.end()  # its answer may still come, and would be taken for the next file's
                    raise
                else:
                    self._back(child)
                    return reading_of(file, *answer)
                child.end()
        if isinstance(died, _Late):
            raise MachineBusy(f"机器繁忙，“{file.name}”没有读完，没有作出结论。请稍后重新运行。")
        return Reading(file, None, (_refused(file, str(died)),))

    def close(self) -> None:
        """Ends the children; the next file starts another."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def _taken(self, fresh: bool = False) -> _Child:
        """A child that has nothing to do, or a new one; the caller has a seat for it."""
        with self._lock:
            return self._idle.pop() if self._idle and not fresh else _Child(*self._started_with)

    def _back(self, child: _Child) -> None:
        with self._lock:
            self._idle.append(child)


def _refused(file: ReceivedFile, observed: str) -> ReadingIssue:
    expected = _REPORT_ALONE if file.name.lower().endswith(_PAGES) else _SAVED_AGAIN
    return ReadingIssue(rule="SHAPE", observed=observed, expected=expected)


_run = Isolation(children=2)
prepare, read_isolated = _run.prepare, _run.read
atexit.register(_run.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_run.forget)  # a copy of this process must not talk to its child
