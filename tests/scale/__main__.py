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
import threading
import time
from collections.abc import Callable
from pathlib import Path

from flows.district import run_district
from gongkai.city.cluster import HERE, distributed
from gongkai.city.districts import DistrictOrder, Districts, find_districts
from gongkai.city.outcome import Ended
from gongkai.demonstration.districts import generate_districts
from gongkai.demonstration.inboxes import AS_OF_SECOND_ROUND
from gongkai.demonstration.year import YEAR

MANY = int(os.environ.get("GONGKAI_SCALE", "6"))
WORKERS = 2


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def orders(folder: Path, out: Path) -> Districts:
    return find_districts(folder, out, YEAR, None, out.parent / "key.pem", AS_OF_SECOND_ROUND)


def timed(found: Districts, workers: int, meanwhile: Callable[[], None] = lambda: None) -> float:
    """Runs every district; seconds."""
    begun = time.monotonic()
    threading.Thread(target=meanwhile, daemon=True).start()
    for order, outcome in distributed(run_district, found.orders, workers, None):
        if isinstance(outcome, str) or outcome.ended is Ended.FAILED:
            raise SystemExit(f"{order.code}: {outcome}")
    return time.monotonic() - begun


def manifests(found: Districts) -> dict[str, bytes]:
    return {one.code: (one.out / str(YEAR) / "manifest.json").read_bytes() for one in found.orders}


def kill_a_worker() -> None:
    """Kills the first worker of this program that is well at work."""
    time.sleep(25)
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    for pid in listed.stdout.split():
        said = Path(f"/proc/{pid}/cmdline")
        if said.exists() and b"spawn_main" in said.read_bytes():
            os.kill(int(pid), signal.SIGKILL)
            say(f"  killed worker {pid}")
            return


def alone(order: DistrictOrder, out: Path) -> float:
    """One district by `gongkai run`, start-up included."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "gongkai.cli", "run", "--year", str(YEAR), "--inbox", str(order.inbox)]
    command += ["--out", str(out), "--profile", str(order.profile), "--as-of", AS_OF_SECOND_ROUND.isoformat()]
    subprocess.run(command, env={**os.environ, "GONGKAI_KEY": str(order.key)}, check=False, capture_output=True)
    return time.monotonic() - begun


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.monotonic()
        generate_districts(folder / "in", MANY)
        say(f"{MANY} districts written in {time.monotonic() - begun:.0f} s")
        one, two, hurt = (orders(folder / "in", folder / out) for out in ("one", "two", "hurt"))
        single = alone(one.orders[0], folder / "alone")
        first = timed(one, HERE)
        again = timed(one, HERE)
        both = timed(two, WORKERS)
        killed = timed(hurt, WORKERS, kill_a_worker)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        say("| what | seconds | a district | ratio to one process |\n| --- | --- | --- | --- |")
        say(f"| `gongkai run` of one district, start-up included | {single:.1f} | {single:.1f} | |")
        for what, seconds in (("one process", first), ("two workers", both), ("two workers, one killed", killed)):
            say(f"| {what} | {seconds:.1f} | {seconds / MANY:.1f} | {first / seconds:.2f} |")
        say(f"| one process, nothing new | {again:.1f} | {again / MANY:.2f} | {first / again:.1f} |")
        say(f"peak memory of the one process: {peak:.0f} MB")
        same = manifests(one) == manifests(two) == manifests(hurt)
        lone = (folder / "alone" / str(YEAR) / "manifest.json").read_bytes() == manifests(one)[one.orders[0].code]
        say(f"every manifest alike: {same and lone}")
        if not (same and lone):
            raise SystemExit(1)


if __name__ == "__main__":
    main()
