"""The scorecards of a district in all forms, and of many: `python -m tests.bench.cards [WAREHOUSE]`; `make bench` too.

Many are the district's cards over and over, each as a paper of its own: what is measured is the writing, as a run does
it, on as many threads as there are cores (a PDF is set without Python's lock), and that nothing of it stays in memory.
A tenth of the promised 3,600 says it; `GONGKAI_CARDS=3600` writes them all.
"""

import contextlib
import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from gongkai.assessment.assess import assess_year
from gongkai.assessment.scorecard import Scorecard
from gongkai.reporting.scorecard.writer import write_scorecard
from gongkai.reporting.shared.own_basis import OwnBases, OwnBasis
from gongkai.warehouse.engine import opened
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.records import YearState
from tests.bench import straight
from tests.bench.year import AS_OF, write_inbox

ALL, CORES = 3600, 2
MANY = int(os.environ.get("GONGKAI_CARDS", str(ALL // 10)))
LIMIT, LIMIT_ALL = 4, 150


class Writing:
    """The cards of one year, written as often as asked."""

    def __init__(self, state: YearState, folder: Path) -> None:
        self._state, self._folder = state, folder
        self._cards, self._bases = assess_year(state).scorecards, OwnBases(state)

    def district(self) -> int:
        """All cards once."""
        for card in self._cards:
            self._write(card, self._folder / "once")
        return len(self._cards)

    def many(self, first: int, last: int) -> None:
        """As many, no two alike; the pages on disk are taken up again."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(self._one, range(first, last)))

    def _one(self, number: int) -> None:
        card = replace(self._cards[number % len(self._cards)], changes=(f"第 {number} 份",))
        self._write(card, self._folder / "many" / str(number // len(self._cards) % 4))

    def _write(self, card: Scorecard, folder: Path) -> None:
        write_scorecard(card, self._state, folder, OwnBasis(self._bases.card(card), self._state.as_of))


def lines(warehouse: Path | None = None) -> Iterator[str]:
    """Processor time of one district's cards; seconds and memory of many.

    Args:
        warehouse: of the bench's year; without it one is made.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with opened(f"sqlite:///{warehouse or _run(folder)}") as engine:
            writing = Writing(load_year(engine, 2021, AS_OF), folder)
        writing.many(0, os.cpu_count() or 1)  # fonts and templates are read once
        at = time.process_time()
        count = writing.district()
        yield f"{count} scorecards in all forms {time.process_time() - at:.2f} s of processor time (≤ {LIMIT})"
        wall, spent = time.perf_counter(), time.process_time()
        writing.many(0, MANY // 4)
        quarter = _peak()
        writing.many(MANY // 4, MANY)
        wall, spent, whole = time.perf_counter() - wall, time.process_time() - spent, _peak()
        of_all = spent / MANY * ALL / CORES
        yield (
            f"{MANY:,} scorecards {spent:.1f} s of processor time, {wall:.1f} s on {os.cpu_count()} cores: {ALL:,} in"
            f" {of_all:.0f} s of {CORES} cores (≤ {LIMIT_ALL}); memory {quarter:.0f} MB after {MANY // 4:,},"
            f" {whole:.0f} MB after {MANY:,}: {whole / quarter:.2f} (≤ 1.10)"
        )


def _run(folder: Path) -> Path:
    write_inbox(folder / "inbox")
    (folder / "out").mkdir()
    with contextlib.redirect_stdout(io.StringIO()):
        straight.main(folder / "inbox", folder / "out")
    return folder / "out" / "warehouse.sqlite"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(*map(Path, sys.argv[1:]))) + "\n")
