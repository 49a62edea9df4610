"""What a warehouse costs as it fills, alone: `python -m tests.bench.years [UNITS]`; `make bench` prints it too.

The eighth year of a district against its second (the steps of a run that meet the warehouse, in this process), and a
run for one unit of 400 against one for all (the command itself). Processor time, since the clock says little here.
"""

import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

import yaml
from sqlalchemy import Engine

from gongkai.profile import default_folder
from gongkai.warehouse.engine import open_warehouse
from tests.years.books import Books, data_of
from tests.years.history import day
from tests.years.life import Life
from tests.years.registry import Registry

UNITS, LAST, YEARS, REPEATS = 400, 2026, 8, 7


def lines(units: int = UNITS) -> Iterator[str]:
    """The bench's lines about years."""
    eighth, second = eighth_and_second()
    yield f"a run of the eighth year {eighth:.2f} s, of the second {second:.2f} s: {eighth / second:.2f} (≤ 1.10)"
    with tempfile.TemporaryDirectory() as name:
        whole, again, one = one_of_many(Path(name), units)
    yield (
        f"gongkai run for one of {units} units {one:.1f} s of processor, for all {whole:.1f} s:"
        f" {one / whole:.2f} (≤ 0.33); for all again {again:.1f} s"
    )


def eighth_and_second() -> tuple[float, float]:
    """Seconds of processor that a run of the same year takes, everything handed in: where it is the eighth, the second.

    In turn, so that whatever else the machine does slows down both; the median of a few.
    """
    took: dict[int, list[float]] = {YEARS: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        engines = {years: open_warehouse(f"sqlite:///{Path(folder) / f'{years}.sqlite'}") for years in took}
        lives = {years: _lived(years, engine) for years, engine in engines.items()}
        gc.freeze()  # what the lives remember is no burden of a run
        for n in range(REPEATS):
            for years, life in lives.items():
                took[years].append(_processor(partial(life.run, "", LAST, day(LAST, 1, 13 + n))))
        for engine in engines.values():
            engine.dispose()
    return median(took[YEARS]), median(took[2])


def _lived(years: int, engine: Engine) -> Life:
    """A district at the end of so many years, the last of them `LAST`."""
    life, books = Life([engine], Registry()), Books(seed=1)
    for year in range(LAST - years + 1, LAST + 1):
        for unit in life.registry.profile.expected(year):
            life.hand_in(books.report(unit.code, year), day(year, 1, 10))
        life.run("", year, day(year, 1, 12))
    return life


def one_of_many(folder: Path, units: int) -> tuple[float, float, float]:
    """Seconds of processor of `gongkai run` for all units, for all again, and for one that sent a correction."""
    codes = [f"T{number:03}" for number in range(1, units + 1)]
    profile, inbox, books = folder / "profile", folder / "inbox", Books(seed=2)
    write_profile(profile, codes)
    reports = {code: books.report(code, 2021) for code in codes}
    for code, report in reports.items():
        (inbox / code).mkdir(parents=True)
        (inbox / code / "report.json").write_bytes(data_of(report))

    def run(at: str, *further: str) -> float:
        asked = ("--year", "2021", "--inbox", str(inbox), "--out", str(folder / "out"), "--profile", str(profile))
        return _command("run", *asked, "--as-of", at, *further)

    whole = run("2022-01-20T09:00:00+08:00")
    again = run("2022-01-21T09:00:00+08:00")
    corrected = {**reports[codes[0]], "reason": "复核后更正", "narrative": {"overview": "本单位更正了概述。"}}
    (inbox / codes[0] / "corrected.json").write_bytes(data_of(corrected))
    return whole, again, run("2022-01-22T09:00:00+08:00", "--units", codes[0])


def write_profile(folder: Path, codes: list[str]) -> None:
    """A district of towns: the default one's name, cycle and scheme."""
    folder.mkdir(parents=True)
    (folder / "district.yaml").write_bytes((default_folder() / "district.yaml").read_bytes())
    names = {code: f"第{code[1:]}镇" for code in codes}
    towns = [
        {"code": code, "name": name, "kind": "town", "level": "town", "authority": f"{name}人民政府"}
        for code, name in names.items()
    ]
    (folder / "units.yaml").write_text(yaml.safe_dump({"units": towns}, allow_unicode=True), encoding="utf-8")


def _processor(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _command(*arguments: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "gongkai.cli", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode in (0, 3), done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    for line in lines(*map(int, sys.argv[1:])):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
