"""What a run of districts takes: seconds of the clock and of processors, memory, and where the time goes."""

import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from flows.district import run_district
from gongkai.city.cluster import HERE, distributed
from gongkai.city.districts import Districts
from gongkai.city.outcome import Ended
from tasks.step import Step

PHASES = {
    "read": ("collect",),
    "rules": ("validate",),
    "merge": ("workspace", "merge", "fetch", "letters"),
    "scores": ("score",),
    "documents": ("report", "papers", "draft"),
}
_PEAK = "VmHWM:"


class Took(NamedTuple):
    """Seconds of the clock and of processors; MB of the largest process after each district."""

    wall: float
    processor: float
    memory: list[float]


class Clock:
    """Seconds since it was made, of the clock and of this process with its children that have ended."""

    def __init__(self) -> None:
        self._begun, self._used = time.monotonic(), _processor_seconds()

    def took(self, memory: list[float]) -> Took:
        return Took(time.monotonic() - self._begun, _processor_seconds() - self._used, memory)


def timed(found: Districts, workers: int, after_the_first: Callable[[], None] = lambda: None) -> Took:
    """Runs every district."""
    clock, memory = Clock(), []
    for order, outcome in distributed(run_district, found.orders, workers, None):
        if isinstance(outcome, str) or outcome.ended is Ended.FAILED:
            raise SystemExit(f"{order.code}: {outcome}")
        memory.append(own_megabytes() if workers == HERE else max(map(_peak_megabytes, workers_here()), default=0.0))
        if len(memory) == 1:
            after_the_first()
    return clock.took(memory)


@contextmanager
def by_phase() -> Iterator[dict[str, float]]:
    """Seconds of the clock by phase, of steps done plainly in this process."""
    spent = dict.fromkeys(PHASES, 0.0)

    def clocked(phase: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def told(*args: Any, **kwargs: Any) -> Any:
            begun = time.perf_counter()
            try:
                return work(*args, **kwargs)
            finally:
                spent[phase] += time.perf_counter() - begun

        return told

    steps = {
        id(one): (phase, one)
        for phase, modules in PHASES.items()
        for module in modules
        for one in vars(import_module(f"tasks.{module}")).values()
        if isinstance(one, Step)
    }
    plain = [(one, one.fn) for _, one in steps.values()]
    for phase, one in steps.values():
        one.fn = clocked(phase, one.fn)
    try:
        yield spent
    finally:
        for one, work in plain:
            one.fn = work


def workers_here() -> list[int]:
    """The processes of the local cluster that this program has now."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "spawn_main" in line]


def largest_child_megabytes() -> float:
    """Of all children that have ended, and of theirs."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def own_megabytes() -> float:
    """The most that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _peak_megabytes(process: int) -> float:
    """The most that a process has had; nothing of one that has just ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(_PEAK)), 0.0)


def _processor_seconds() -> float:
    """Of this process and of its children that have ended; another program on the machine does not count."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
