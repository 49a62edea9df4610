"""The rules alone, over the bench's year and over a million register rows: `python -m tests.bench.rules`.

The million is the same year with every case and every figure of table three a hundred and twenty-five times, judged
unit by unit in two processes; in every fiftieth row the reply lies before the request, and all of them must be named.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from gongkai.profile import load_profile
from gongkai.submission.form import Cell, Reading
from gongkai.submission.inbox import received_files
from tests.bench.year import AS_OF, write_inbox

TIMES = int(os.environ.get("BENCH_TIMES", "125"))
EVERY = 50
YEAR = 2021


class Judged(NamedTuple):
    """What one process measured of one unit.

    Attributes:
        seconds: for the rules alone; the rows were made before.
        planted, named: impossible rows that were put in, and those of them that a finding names.
    """

    rows: int
    seconds: float
    planted: int
    named: int
    process: int
    peak_mb: float


class Year(NamedTuple):
    """The bench's year judged: seconds of the first and of a later validation, and of each of its expectations."""

    rules: int
    rows: int
    first: float
    later: float
    expectations: list[float]


def small() -> Year:
    """Judges the bench's year three times."""
    from expectations import suites
    from expectations.catalogue import load_catalogue
    from expectations.validation import Context, validate

    alone: list[float] = []
    evaluated = suites._outcome

    def timed(batch: suites._Batch) -> suites.BatchOutcome:
        at = time.perf_counter()
        outcome = evaluated(batch)
        alone.append(time.perf_counter() - at)
        return outcome

    suites._outcome = timed
    context = Context(YEAR, load_profile(), AS_OF)
    seconds = []
    for _ in range(3):
        alone.clear()
        at = time.perf_counter()
        validate(_READINGS, context)
        seconds.append(time.perf_counter() - at)
    suites._outcome = evaluated
    rows = sum(len(r.submission.records("register")) for r in _READINGS if r.submission)
    return Year(len(load_catalogue().in_force(YEAR)), rows, seconds[0], min(seconds[1:]), alone)


def million(number: int) -> Judged:
    """Multiplies one unit of the year and judges it."""
    from expectations.validation import Context, validate

    reading, planted = _multiplied(_READINGS[number])
    context = Context(YEAR, load_profile(), AS_OF)
    at = time.perf_counter()
    (verdict,) = validate([reading], context)
    seconds = time.perf_counter() - at
    named = {finding.where for finding in verdict.findings if finding.rule == "CASE-DATES"}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert reading.submission is not None
    rows = len(reading.submission.records("register"))
    return Judged(rows, seconds, len(planted), len(planted & named), os.getpid(), peak)


def _multiplied(reading: Reading) -> tuple[Reading, set[str]]:
    submission = reading.submission
    assert submission is not None
    tables = [
        cell._replace(value=cell.value * TIMES) if cell.table == "requests" and isinstance(cell.value, int) else cell
        for cell in submission.cells
        if cell.table != "register"
    ]
    cases: list[Cell] = []
    planted: set[str] = set()
    for copy in range(TIMES):
        for record in submission.records("register"):
            position = copy * len(submission.records("register")) + record.position
            impossible = position % EVERY == 0 and record["replied_on"] is not None
            for cell in record.cells.values():
                value = cell.value
                if cell.column in ("case_no", "applicant_ref"):
                    value = f"{value}/{copy}"
                if cell.column == "replied_on" and impossible:
                    value = record["received_on"] - timedelta(days=1)
                    planted.add(f"register[{record['case_no']}/{copy}].replied_on")
                cases.append(cell._replace(row=str(position), value=value))
    return replace(reading, submission=replace(submission, cells=(*tables, *cases))), planted


def _read(folder: Path) -> list[Reading]:
    found = received_files.scan(folder, load_profile(), AS_OF)
    return [received_files.read(file) for files in found.units.values() for file in files]


_READINGS: list[Reading] = []


def _start(readings: list[Reading]) -> None:
    _READINGS.extend(readings)
    import expectations.suites  # noqa: F401  # the one-off import is measured by itself elsewhere


def lines() -> Iterator[str]:
    """The bench's lines about the rules."""
    with tempfile.TemporaryDirectory() as name:
        write_inbox(Path(name))
        readings = _read(Path(name))
    with ProcessPoolExecutor(1, get_context("spawn"), _start, (readings,)) as alone:
        year = alone.submit(small).result()
    yield (
        f"all {year.rules} rules over {year.rows} register rows: {year.first:.2f} s (≤ 3), again {year.later:.2f} s; of"
        f" it {len(year.expectations)} expectations, the longest {max(year.expectations) * 1000:.0f} ms (≤ 20), on"
        f" average {mean(year.expectations) * 1000:.0f} ms"
    )
    with ProcessPoolExecutor(2, get_context("spawn"), _start, (readings,)) as pool:
        list(pool.map(abs, range(2)))  # both are up
        at = time.perf_counter()
        judged = list(pool.map(million, range(len(readings))))
        wall = time.perf_counter() - at
    peaks = {one.process: one.peak_mb for one in sorted(judged, key=lambda one: one.peak_mb)}
    busiest = max(sum(one.seconds for one in judged if one.process == process) for process in peaks)
    yield (
        f"{sum(one.rows for one in judged):,} register rows in {len(peaks)} processes: rules {busiest:.1f} s (≤ 15),"
        f" with the making of the rows {wall:.1f} s; {sum(peaks.values()):.0f} MB together (≤ 2,000);"
        f" {sum(one.named for one in judged):,} of {sum(one.planted for one in judged):,} failing keys named"
    )


if __name__ == "__main__":
    for line in lines():
        sys.stdout.write(line + "\n")
