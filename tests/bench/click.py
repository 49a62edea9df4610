"""What an operator waits for: from the click on a unit's rerun to its finished page, on a standing server.

The whole of `make serve` with the bench's inbox; `python -m tests.bench.click` alone, or the end of `make bench`. Wall
clock, which only a quiet machine tells, and processor time of all the server's processes, which any does.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.rerun import UNITS, hand_in_again
from tests.bench.year import write_inbox
from tests.live import Server, processes_of, serving

RUNS = int(os.environ.get("BENCH_RUNS", "3"))
_TICK = os.sysconf("SC_CLK_TCK")
_OWN_AND_CHILDREN = slice(11, 15)  # of /proc/<pid>/stat behind the name: utime, stime and those of ended children


def lines() -> list[str]:
    """The table's lines."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inbox = folder / "inbox"
        write_inbox(inbox)
        with serving(folder, inbox, {}) as server:
            waited, used = _click(server, "annual-assessment")
            told = [f"from click to finished run, all units: {waited:.1f} s, {used:.1f} s of processor time"]
            alone: dict[str, list[tuple[float, float]]] = {unit: [] for unit in UNITS}
            for number in range(RUNS):
                for unit in UNITS:
                    hand_in_again(inbox, unit, 2 * number + 1)
                    alone[unit].append(_click(server, "unit-rerun", unit))
            both = []
            for number in range(RUNS):
                for unit in UNITS:
                    hand_in_again(inbox, unit, 2 * number + 2)
                both.append(_click(server, "unit-rerun", *UNITS))
    seconds = {unit: [statistics.median(one) for one in zip(*found, strict=True)] for unit, found in alone.items()}
    in_turn = sum(one[0] for one in seconds.values())
    at_once = statistics.median(one[0] for one in both)
    waited, used = seconds[UNITS[0]]
    return [
        *told,
        f"from click to finished page, one unit: {waited:.1f} s (≤ 15 on a quiet machine),"
        f" {used:.1f} s of processor time",
        f"two reruns clicked at once: {at_once:.1f} s, one after the other {in_turn:.1f} s:"
        f" {at_once / in_turn:.2f} (≤ 1)",
    ]


def _click(server: Server, deployment: str, *units: str) -> tuple[float, float]:
    """Seconds from the click until all have ended and their pages are there, and processor seconds of all processes."""
    began, used = time.monotonic(), _processor_seconds(server)
    asked = [server.start(deployment, year=2021, **({"unit": unit} if unit else {})) for unit in units or ("",)]
    for number in asked:
        ended = server.ended(number, 900)
        assert ended["state_type"] == "COMPLETED", ended["state"]["message"]
    for number, unit in zip(asked, units, strict=False):
        wanted = {"artifacts": {"key": {"any_": [f"unit-2021-{unit.lower()}"]}}}
        assert server.ask("artifacts/latest/filter", wanted)[0]["flow_run_id"] in asked, number
    return time.monotonic() - began, _processor_seconds(server) - used


def _processor_seconds(server: Server) -> float:
    """What all processes of the server have used, with their children that have ended."""
    found = 0
    for number in processes_of(server.port):
        said = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        found += sum(int(ticks) for ticks in said[_OWN_AND_CHILDREN])
    return found / _TICK


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
