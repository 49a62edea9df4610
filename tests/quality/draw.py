"""Draws the mutations: so many of each kind from the clean submissions, always the same for the same seed."""

import os
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from gongkai.demonstration.characteristics import stream
from gongkai.submission.form import Submission
from tests.quality.clean import District
from tests.quality.list_slips import LIST_SLIPS
from tests.quality.mutation import Changes, Slip
from tests.quality.table_slips import TABLE_SLIPS, YUAN, Table, yuan_for_wan_yuan

BOUND = {"requests": 4, "disputes": 1}  # of five slips in tables three and four, four are in the larger one
TABLES = ("proactive_disclosure", *BOUND)
_TRIES = 100_000


class Numbers(NamedTuple):
    """How many are drawn: a kind in tables three and four together, a kind in table two, a kind of a list."""

    bound: int
    table_two: int
    list: int


_BOUND = int(os.environ.get("GONGKAI_MUTATIONS", "2000"))
FULL = Numbers(_BOUND, _BOUND // 5, _BOUND // 20)
Origin = tuple[int, int]  # district, reading


def draw(districts: Sequence[District], seed: int, numbers: Numbers) -> Mapping[Origin, Sequence[Slip]]:
    """The slips by the clean submission they are made in.

    Raises:
        ValueError: a kind hardly ever changes anything in these submissions.
    """
    clean: dict[Origin, Submission] = {}
    tables: dict[tuple[Origin, str], Table] = {}
    for number, district in enumerate(districts):
        for position, reading in enumerate(district.readings):
            assert reading.submission is not None
            submission, origin = reading.submission, (number, position)
            clean[origin] = submission
            before = district.context.previous[submission.unit].submission
            tables |= {(origin, name): Table.of(name, submission, before) for name in TABLES}
    found: dict[Origin, list[Slip]] = {origin: [] for origin in clean}
    origins = list(clean)

    def collect(kind: str, table: str, count: int, change: Callable[[Random, Origin], Changes]) -> None:
        rng = stream(seed, kind, table)
        for _ in range(count):
            origin, changes = _drawn(rng, origins, change, kind)
            found[origin].append(Slip(kind, table, changes))

    for kind, slip in TABLE_SLIPS.items():
        for name in TABLES:
            count = numbers.bound * BOUND[name] // sum(BOUND.values()) if name in BOUND else numbers.table_two
            collect(kind, name, count, lambda rng, at, slip=slip, name=name: slip(rng, tables[at, name]))  # type: ignore[misc]
    money = TABLES[0]
    collect(YUAN, money, numbers.bound, lambda rng, at: yuan_for_wan_yuan(rng, tables[at, money]))
    for one in LIST_SLIPS:
        kind = f"{one.what}: {one.how}"
        collect(kind, one.list, numbers.list, lambda rng, at, one=one: one.draw(rng, clean[at]))  # type: ignore[misc]
    return found


def _drawn(
    rng: Random, origins: Sequence[Origin], change: Callable[[Random, Origin], Changes], kind: str
) -> tuple[Origin, Changes]:
    for _ in range(_TRIES):
        origin = rng.choice(origins)
        if changes := change(rng, origin):
            return origin, changes
    raise ValueError(f"{kind}: nothing to change in {len(origins)} submissions")
