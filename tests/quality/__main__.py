"""`make quality`: draws, judges on two processes, and writes docs/quality.md.

The same seed and rules give the same bytes: no time, no machine and no date is in the page.
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from expectations.validation import rules_version
from tests.quality import page, personal
from tests.quality.clean import fuller_district, plain_district
from tests.quality.draw import FULL, draw
from tests.quality.mutation import batches, judge
from tests.quality.published import judged
from tests.quality.tally import judge_clean, tallied
from tests.quality.texts import read_all

SEED = 2021
MUTATED = (1, 2)  # seeds of the districts that the mutations are made in
CLEAN = [(make, seed) for make in (plain_district, fuller_district) for seed in range(1, 15)]
TEXTS = 20  # of each form of personal data and of harmless text
PAGE = Path(__file__).parents[2] / "docs" / "quality.md"


def measure() -> page.Measured:
    districts = [fuller_district(seed) for seed in MUTATED]
    work = batches(districts, draw(districts, SEED, FULL))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        said = list(pool.map(judge_clean, CLEAN))
        outcomes = list(pool.map(judge, work))
    slips = [
        (batch.reading.file.sha256, slip, outcome)
        for batch, found in zip(work, outcomes, strict=True)
        for slip, outcome in zip(batch.slips, found, strict=True)
    ]
    return page.Measured(
        seed=SEED,
        rules_version=rules_version(),
        bases=sum(len(district.readings) for district in districts),
        tallies=tallied(slips),
        clean=sum(count for count, _ in said),
        accusations=sum((found for _, found in said), Counter()),
        published=judged(),
        personal=list(personal.judged(SEED, TEXTS)),
        texts=[*read_all("wordings"), *read_all("once_held_out")],
        held_out=read_all("held_out"),
    )


def main() -> None:
    measured = measure()
    PAGE.write_text(page.written(measured), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(PAGE.parents[1])} written\n")


if __name__ == "__main__":
    main()
