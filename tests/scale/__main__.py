"""How a city grows with its districts: every row as it is measured, what is asked of it, and a table at the end.

`GONGKAI_SCALE` says how many districts, several sizes with commas (6 by default; `30,60,120` is a city, a large one and
a province); `GONGKAI_SCALE_DISTRICTS` names a folder that keeps them (`tests.scale.inputs`). One process stands beside
two at the smallest size alone, a worker is killed among six. Every manifest is held against the first one known of its
district; ends with an error where one depends on how it was made.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from flows.district import run_district
from gongkai.city.cluster import HERE
from gongkai.city.districts import DistrictOrder, Districts, find_districts
from gongkai.city.outcome import Ended
from gongkai.city.reports import gather_reports
from gongkai.demonstration.inboxes import AS_OF_SECOND_ROUND
from gongkai.demonstration.year import YEAR
from tests.scale.inputs import first_of, written
from tests.scale.measured import Clock, Took, by_phase, largest_child_megabytes, own_megabytes, timed, workers_here

SIZES = sorted(int(size) for size in os.environ.get("GONGKAI_SCALE", "6").split(","))
WORKERS = 2
ALONE = 3  # so many districts each by `gongkai run`: one in three has mistakes
KILLED_OF = 6
_PROVINCE = 120  # districts, within twenty minutes


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Bench:
    """The rows so far, and the manifests that all others must equal."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._kept = written(SIZES[-1], scratch)
        self._rows: list[str] = []
        self._manifests: dict[str, bytes] = {}

    def districts(self, number: int, out: str) -> Districts:
        """So many districts; folders of the same number are the same files."""
        folder = self._scratch / f"in-{number}"
        if not folder.exists():
            first_of(self._kept, number, folder)
        return find_districts(folder, self._scratch / out, YEAR, None, self._scratch / "key.pem", AS_OF_SECOND_ROUND)

    def row(self, what: str, districts: int, took: Took, remark: str = "") -> None:
        each = f"{took.wall / districts:.2f} | {took.processor / districts:.2f}"
        self._rows.append(f"| {what} | {districts} | {took.wall:.1f} | {took.processor:.1f} | {each} | {remark} |")
        say(f"{self._rows[-1]}    load {os.getloadavg()[0]:.1f}")

    def table(self) -> None:
        say(
            f"\n{os.cpu_count()} cores\n\n| what | districts | seconds | of processors | a district | of processors | |"
        )
        say("| --- | --: | --: | --: | --: | --: | --- |\n" + "\n".join(self._rows))

    def hold(self, found: Districts, what: str) -> None:
        """Every district's manifest against the first one known of it."""
        read = {one.code: (one.out / str(YEAR) / "manifest.json").read_bytes() for one in found.orders}
        unlike = [code for code, data in read.items() if self._manifests.setdefault(code, data) != data]
        if unlike:
            raise SystemExit(f"{what}: other manifests than before: {' '.join(unlike)}")
        say(f"  {what}: {len(read)} manifests as they should be")

    def forget(self, found: Districts) -> None:
        """Room on the disk."""
        shutil.rmtree(found.city.out.parent)


def asked(what: str, value: float, limit: float, *, at_least: bool = False) -> None:
    """A figure beside what the issue asks."""
    holds = value >= limit if at_least else value <= limit
    say(
        f"  {what}: {value:.2f} (asked: {'at least' if at_least else 'at most'} {limit:.2f}) {'yes' if holds else 'NO'}"
    )


def command(*arguments: str, key: Path) -> Took:
    """A real `gongkai …`, start-up included."""
    clock = Clock()
    environment = {**os.environ, "GONGKAI_KEY": str(key)}
    done = subprocess.run([sys.executable, "-m", "gongkai.cli", *arguments], env=environment, capture_output=True)
    if done.returncode not in (0, 3):  # three: somebody's mistakes are not corrected
        raise SystemExit(f"gongkai {arguments[0]}: {done.stderr.decode()}")
    return clock.took([])


def alone(order: DistrictOrder) -> Took:
    """One district by `gongkai run`."""
    places = ("--inbox", str(order.inbox), "--out", str(order.out), "--profile", str(order.profile))
    return command("run", "--year", str(YEAR), *places, "--as-of", AS_OF_SECOND_ROUND.isoformat(), key=order.key)


def rolled_up(found: Districts) -> Took:
    """The city's own run, over its districts' reports."""
    clock = Clock()
    outcome = run_district(gather_reports(found.city, found.orders))
    if outcome.ended is Ended.FAILED:
        raise SystemExit(f"the city: {outcome.reason}")
    return clock.took([])


def once_more(found: Districts) -> Took:
    """`gongkai city run` over what has just been done: nothing is new."""
    folder, out = found.city.profile.parents[1], found.city.out.parent
    places = ("--districts", str(folder), "--out", str(out), "--workers", str(WORKERS))
    return command(
        "city", "run", "--year", str(YEAR), *places, "--as-of", AS_OF_SECOND_ROUND.isoformat(), key=found.city.key
    )


def kill_a_worker() -> None:
    """One that is at work on its next district."""
    process = workers_here()[0]
    os.kill(process, signal.SIGKILL)
    say(f"  killed worker {process}")


def one_process(bench: Bench, number: int) -> Took:
    """All of them in this process, and a few each by a run of its own; gives what all took."""
    found = bench.districts(number, "one")
    with by_phase() as spent:
        one = timed(found, HERE)
    bench.row("one process", number, one)
    say("  where its time goes: " + ", ".join(f"{phase} {seconds / one.wall:.0%}" for phase, seconds in spent.items()))
    _told_memory("the one process", one, number)
    bench.hold(found, "one process")
    few = [replace(order, out=found.city.out.parent / "alone" / order.code) for order in found.orders[:ALONE]]
    singles = [alone(order) for order in few]
    runs = Took(sum(single.wall for single in singles), sum(single.processor for single in singles), [])
    bench.row("`gongkai run` of each, start-up included", len(few), runs)
    clock, work = ((one[n] / number) / (runs[n] / len(few)) for n in (0, 1))
    asked("a district in one process, of a run of its own, by the clock", clock, 1 / 3)
    asked("a district in one process, of a run of its own, by processors", work, 1 / 3)
    bench.hold(replace(found, orders=tuple(few)), "runs of their own")
    bench.forget(found)
    return one


def two_workers(bench: Bench, number: int) -> Took:
    """The districts, the city and nothing new, of one size; gives what the districts took."""
    found = bench.districts(number, f"two-{number}")
    both = timed(found, WORKERS)
    bench.row("two workers", number, both)
    city = rolled_up(found)
    bench.row("roll-up of the city", number, city)
    again = once_more(found)
    bench.row("`gongkai city run` with nothing new, start-up included", number, again)
    asked("nothing new, of the first run", again.wall / (both.wall + city.wall), 0.1)
    asked(f"minutes of {number} districts and their city", (both.wall + city.wall) / 60, 20 * number / _PROVINCE)
    _told_memory("a worker", both, number)
    bench.hold(found, f"two workers, {number} districts")
    bench.forget(found)
    return both


def killed(bench: Bench, number: int) -> None:
    """Two workers, one of which is killed when the first district is done."""
    found = bench.districts(number, "killed")
    bench.row("two workers, one killed", number, timed(found, WORKERS, kill_a_worker))
    bench.hold(found, "a worker killed")
    bench.forget(found)


def _told_memory(whose: str, took: Took, number: int) -> None:
    early, late = took.memory[number // 4], took.memory[-1]
    say(f"  memory of {whose} at most: {early:.0f} MB after a quarter of the districts, {late:.0f} MB after all")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        smallest, *larger = SIZES
        one = one_process(bench, smallest)
        first = two_workers(bench, smallest)
        asked("two workers, times as fast as one process", one.wall / first.wall, 1.7, at_least=True)
        killed(bench, min(smallest, KILLED_OF))
        for number in larger:
            more = two_workers(bench, number)
            grown = more.wall / number / (first.wall / smallest)
            asked(f"a district among {number}, of one among {smallest}", grown, 1.05)
        asked("MB of the largest worker or command", largest_child_megabytes(), 1200)
        asked("MB of this process, which rolled the cities up", own_megabytes(), 1200)
        bench.table()


if __name__ == "__main__":
    main()
