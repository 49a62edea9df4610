"""`make bench`: one table, every figure measured in this run, ratios against the straight script of the same run.

The median of a few runs each, in turn, so that a machine whose speed drifts does not decide. Limits of the
project's own promises stand beside the figures; nothing here fails.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.bench import audit, click, intake, mailbox, post, rerun, rules, years
from tests.bench.year import AS_OF, write_inbox

RUNS = int(os.environ.get("BENCH_RUNS", "3"))
PYTHON = sys.executable
GONGKAI = str(Path(sys.executable).parent / "gongkai")


class Process(NamedTuple):
    """What one process took, seen from outside, and what it printed."""

    wall: float
    peak_mb: float
    said: str


def process(*command: str, accept: tuple[int, ...] = (0,), environment: Mapping[str, str] | None = None) -> Process:
    at = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as complaints:
        child = subprocess.Popen(command, env={**os.environ, **(environment or {})}, stdout=out, stderr=complaints)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - at
        for stream in (out, complaints):
            stream.seek(0)
        assert child.returncode in accept, complaints.read().decode()
        return Process(seconds, usage.ru_maxrss / 1024, out.read().decode())


def apart(module: str, inbox: Path, out: Path, **environment: str) -> dict[str, float]:
    """Runs one of the two scripts as a process of its own: its marks, the wall clock and the memory from outside."""
    out.mkdir(parents=True)
    done = process(PYTHON, "-m", module, str(inbox), str(out), environment=environment)
    marks: dict[str, float] = json.loads(done.said.splitlines()[-1])
    return {**marks, "wall": done.wall, "peak_mb": done.peak_mb}


def run(inbox: Path, out: Path, **environment: str) -> dict[str, float]:
    """The command as the operator gives it, and beside it the script that takes the same apart."""
    asked = ("--year", "2021", "--inbox", str(inbox), "--out", str(out / "out"), "--as-of", AS_OF.isoformat())
    whole = process(GONGKAI, "run", *asked, environment=environment)
    parts = apart("tests.bench.flow", inbox, out / "apart", **environment)
    return {**parts, "wall": whole.wall, "peak_mb": whole.peak_mb}


def median(rows: list[dict[str, float]], key: str) -> float:
    return statistics.median(row[key] for row in rows)


@contextmanager
def standing_server(folder: Path) -> Iterator[str]:
    """A Prefect server of its own on loopback; gives the address of its API."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api"
    environment = {**os.environ, "PREFECT_HOME": str(folder), "PREFECT_API_URL": url}
    command = [str(Path(PYTHON).parent / "prefect"), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{url}/health", timeout=2).close()  # noqa: S310  # loopback
                break
            except OSError:
                time.sleep(0.5)
        yield url
    finally:
        server.terminate()
        server.wait(20)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inbox = folder / "inbox"
        rows = write_inbox(inbox)
        file = str(inbox / "A01" / "A01.xlsx")
        home = {"PREFECT_HOME": str(folder / "home")}
        run(inbox, folder / "warm-up", **home)
        straight, temporary, standing, checks, imports, helps = [], [], [], [], [], []
        (folder / "server").mkdir()
        with standing_server(folder / "server") as url:
            for n in range(RUNS):
                straight.append(apart("tests.bench.straight", inbox, folder / f"straight-{n}"))
                temporary.append(run(inbox, folder / f"temporary-{n}", **home))
                with_server = {"PREFECT_API_URL": url, "PREFECT_HOME": str(folder / "client")}
                standing.append(run(inbox, folder / f"standing-{n}", **with_server))
                imports.append(process(PYTHON, "-c", "import great_expectations").wall)
                checks.append(process(GONGKAI, "check", file, accept=(0, 3)).wall)
                helps.append(process(GONGKAI, "--help").wall)
        reruns = [apart("tests.bench.rerun", inbox, folder / f"rerun-{n}", **home) for n in range(RUNS)]
        report(rows, straight, temporary, standing, (imports, checks, helps))
        sys.stdout.write("\n".join(["", *rerun.lines(reruns), "", *click.lines()]) + "\n")
        cards = process(PYTHON, "-m", "tests.bench.cards", str(folder / "straight-0" / "warehouse.sqlite")).said
        sys.stdout.write(f"\n{cards}")


def report(
    rows: int,
    straight: list[dict[str, float]],
    temporary: list[dict[str, float]],
    standing: list[dict[str, float]],
    small: tuple[list[float], list[float], list[float]],
) -> None:
    steps = ("parse", "validate", "load", "total", "report", "scores", "drafts")
    base_work = sum(median(straight, step) for step in steps)
    base_wall = median(straight, "wall")
    lines = [
        f"36 units and the office, {rows} register rows; median of {RUNS} runs each, in turn; {os.cpu_count()} cores",
        "",
        "| | imports s | server s | work s | wall s | wall − straight s | work ÷ straight | peak MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        f"| straight script | {median(straight, 'imports'):.2f} | – | {base_work:.2f} | {base_wall:.2f} | – | 1.00 |"
        f" {median(straight, 'peak_mb'):.0f} |",
    ]
    for label, runs, limit in (
        ("gongkai run, standing server", standing, "4"),
        ("gongkai run, temporary server", temporary, "14"),
    ):
        work, total = median(runs, "work"), median(runs, "wall")
        lines.append(
            f"| {label} | {median(runs, 'imports'):.2f} | {median(runs, 'server'):.2f} | {work:.2f} | {total:.2f} |"
            f" {total - base_wall:+.2f} (≤ {limit}) | {work / base_work:.2f} (≤ 1.3) |"
            f" {median(runs, 'peak_mb'):.0f} (< 600) |"
        )
    inside = " · ".join(f"{step} {median(straight, step):.2f}" for step in steps)
    imports, checks, helps = (statistics.median(values) for values in small)
    lines += [
        "",
        f"the straight script's work: {inside}",
        f"`gongkai check` {checks:.2f} s, `import great_expectations` {imports:.2f} s: {checks / imports:.2f} (≤ 1.3)",
        f"`gongkai --help` {helps:.2f} s (≤ 0.5)",
    ]
    sys.stdout.write(
        "\n".join(
            [
                *lines,
                "",
                *rules.lines(),
                "",
                *intake.lines(),
                "",
                *years.lines(),
                "",
                *audit.lines(),
                "",
                *mailbox.lines(),
                "",
                *post.lines(),
            ]
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
