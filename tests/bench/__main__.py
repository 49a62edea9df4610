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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import intake, rules
from tests.bench.year import write_inbox

RUNS = int(os.environ.get("BENCH_RUNS", "3"))
PYTHON = sys.executable
GONGKAI = str(Path(sys.executable).parent / "gongkai")


def measured(module: str, inbox: Path, out: Path, **environment: str) -> dict[str, float]:
    """Runs one of the two scripts as a process of its own; its own marks, and the wall clock from outside."""
    out.mkdir(parents=True)
    at = time.perf_counter()
    done = subprocess.run(
        [PYTHON, "-m", module, str(inbox), str(out)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    marks: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**marks, "wall": time.perf_counter() - at}


def wall(*command: str, accept: tuple[int, ...] = (0,)) -> float:
    at = time.perf_counter()
    done = subprocess.run(command, capture_output=True)
    assert done.returncode in accept, done.stderr.decode()
    return time.perf_counter() - at


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
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{url}/health", timeout=2).close()  # noqa: S310  # loopback
                break
            except OSError:
                time.sleep(0.5)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inbox = folder / "inbox"
        rows = write_inbox(inbox)
        file = str(inbox / "A01" / "A01.xlsx")
        home = {"PREFECT_HOME": str(folder / "home")}
        measured("tests.bench.flow", inbox, folder / "warm-up", **home)
        straight, temporary, standing, checks, imports, helps = [], [], [], [], [], []
        (folder / "server").mkdir()
        with standing_server(folder / "server") as url:
            for n in range(RUNS):
                straight.append(measured("tests.bench.straight", inbox, folder / f"straight-{n}"))
                temporary.append(measured("tests.bench.flow", inbox, folder / f"temporary-{n}", **home))
                with_server = {"PREFECT_API_URL": url, "PREFECT_HOME": str(folder / "client")}
                standing.append(measured("tests.bench.flow", inbox, folder / f"standing-{n}", **with_server))
                imports.append(wall(PYTHON, "-c", "import great_expectations"))
                checks.append(wall(GONGKAI, "check", file, accept=(0, 3)))
                helps.append(wall(GONGKAI, "--help"))
        report(rows, straight, temporary, standing, (imports, checks, helps))


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
    sys.stdout.write("\n".join([*lines, "", *rules.lines(), "", *intake.lines()]) + "\n")


if __name__ == "__main__":
    main()
