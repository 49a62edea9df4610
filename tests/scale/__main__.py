"""Many districts in one process, in two, with a worker killed, and once more with nothing new: a table of ratios.

`GONGKAI_SCALE` says how many districts (6 by default; 120 is a province). A single `gongkai run` of one district, with
its start-up, stands beside them. Ends with an error where a manifest depends on how it was made.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from flows.district import run_district
from gongkai.city.cluster import HERE, distributed
from gongkai.city.districts import DistrictOrder, Districts, find_districts
from gongkai.city.outcome import Ended
from gongkai.demonstration.districts import generate_districts
from gongkai.demonstration.inboxes import AS_OF_SECOND_ROUND
from gongkai.demonstration.year import YEAR
from tasks.step import Step

MANY = int(os.environ.get("GONGKAI_SCALE", "6"))
WORKERS = 2
PHASES = {
    "read": ("collect",),
    "rules": ("validate",),
    "merge": ("workspace", "merge", "fetch", "letters"),
    "scores": ("score",),
    "documents": ("report", "papers", "draft"),
}


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def orders(folder: Path, out: Path) -> Districts:
    return find_districts(folder, out, YEAR, None, out.parent / "key.pem", AS_OF_SECOND_ROUND)


def processor_seconds() -> float:
    """Of this process and of its children that have ended; another program on the machine does not count."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class Took(NamedTuple):
    """What a run of all districts took: seconds of the clock and of processors, MB after each district."""

    wall: float
    processor: float
    memory: list[float]


def timed(found: Districts, workers: int, after_the_first: Callable[[], None] = lambda: None) -> Took:
    """Runs every district."""
    begun, used, memory = time.monotonic(), processor_seconds(), []
    for order, outcome in distributed(run_district, found.orders, workers, None):
        if isinstance(outcome, str) or outcome.ended is Ended.FAILED:
            raise SystemExit(f"{order.code}: {outcome}")
        memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        if len(memory) == 1:
            after_the_first()
    return Took(time.monotonic() - begun, processor_seconds() - used, memory)


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


def manifests(found: Districts) -> dict[str, bytes]:
    return {one.code: (one.out / str(YEAR) / "manifest.json").read_bytes() for one in found.orders}


def kill_a_worker() -> None:
    """Kills the first worker of this program, which is at work on its next district."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    for pid in listed.stdout.split():
        said = Path(f"/proc/{pid}/cmdline")
        if said.exists() and b"spawn_main" in said.read_bytes():
            os.kill(int(pid), signal.SIGKILL)
            say(f"  killed worker {pid}")
            return


def alone(order: DistrictOrder, out: Path) -> Took:
    """One district by `gongkai run`, start-up included."""
    begun, used = time.monotonic(), processor_seconds()
    command = [sys.executable, "-m", "gongkai.cli", "run", "--year", str(YEAR), "--inbox", str(order.inbox)]
    command += ["--out", str(out), "--profile", str(order.profile), "--as-of", AS_OF_SECOND_ROUND.isoformat()]
    subprocess.run(command, env={**os.environ, "GONGKAI_KEY": str(order.key)}, check=False, capture_output=True)
    return Took(time.monotonic() - begun, processor_seconds() - used, [])


def told(single: Took, runs: dict[str, Took], again: Took) -> None:
    """The table."""
    first = runs["one process"]
    say(f"{MANY} districts, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    say("| what | seconds | of processors | a district | ratio to one process |\n| --- | --: | --: | --: | --: |")
    alone = f"{single.wall:.1f} | {single.processor:.1f} | {single.wall:.1f}"
    say(f"| `gongkai run` of one, start-up included | {alone} | |")
    for what, took in (*runs.items(), ("one process, nothing new", again)):
        each, ratio = took.wall / MANY, first.wall / took.wall
        say(f"| {what} | {took.wall:.1f} | {took.processor:.1f} | {each:.2f} | {ratio:.2f} |")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.monotonic()
        generate_districts(folder / "in", MANY)
        say(f"{MANY} districts written in {time.monotonic() - begun:.0f} s")
        one, two, hurt = (orders(folder / "in", folder / out) for out in ("one", "two", "hurt"))
        single = alone(one.orders[0], folder / "alone")
        with by_phase() as spent:
            first = timed(one, HERE)
        again = timed(one, HERE)
        both = timed(two, WORKERS)
        killed = timed(hurt, WORKERS, kill_a_worker)
        told(single, {"one process": first, "two workers": both, "two workers, one killed": killed}, again)
        say("of the one process: " + ", ".join(f"{phase} {seconds:.1f} s" for phase, seconds in spent.items()))
        workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        early, late = first.memory[min(1, MANY - 1)], first.memory[-1]
        say(f"memory: {early:.0f} MB after two districts, {late:.0f} MB after all; a worker {workers:.0f} MB at most")
        same = manifests(one) == manifests(two) == manifests(hurt)
        lone = (folder / "alone" / str(YEAR) / "manifest.json").read_bytes() == manifests(one)[one.orders[0].code]
        say(f"every manifest alike: {same and lone}")
        if not (same and lone):
            raise SystemExit(1)


if __name__ == "__main__":
    main()
