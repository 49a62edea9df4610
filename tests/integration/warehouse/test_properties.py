"""Properties of merging: doing it again changes nothing, and the order of units does not matter for the totals."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.merge import merge_submission
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.totals import compute_totals

Make = Callable[..., Any]
UNITS = ("A01", "T01", "T02", "OFFICE")


@dataclass(frozen=True)
class Arrival:
    unit: str
    cell: int
    status: str


ARRIVALS = st.lists(
    st.builds(
        Arrival, st.sampled_from(UNITS), st.integers(0, 9), st.sampled_from(["accepted", "returned", "quarantined"])
    ),
    max_size=8,
    unique_by=lambda a: (a.unit, a.cell),
)
ONE_WAREHOUSE_EACH = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def interleaved(draw: Any, arrivals: list[Arrival]) -> list[Arrival]:
    """Another order of units that keeps each unit's own files in their order."""
    queues = {unit: [a for a in arrivals if a.unit == unit] for unit in UNITS}
    order = draw(st.permutations([a.unit for a in arrivals]))
    return [queues[unit].pop(0) for unit in order]


@ONE_WAREHOUSE_EACH
@given(st.data())
def test_merging_again_changes_nothing_and_the_order_of_units_does_not_matter(
    sqlite_template: Path, tmp_path: Path, begin: Make, reading: Make, verdict: Make, moment: Make, data: Any
) -> None:
    arrivals = data.draw(ARRIVALS)
    again = data.draw(st.lists(st.sampled_from(arrivals), max_size=6)) if arrivals else []
    states = []
    for name, order in (("once", arrivals), ("again", arrivals + again), ("mixed", interleaved(data.draw, arrivals))):
        path = shutil.copy(sqlite_template, tmp_path / f"{name}.db")
        for leftover in tmp_path.glob(f"{name}.db-*"):
            leftover.unlink()
        engine = open_warehouse(f"sqlite:///{path}")
        run = begin(engine)
        for a in order:
            merge_submission(engine, reading(a.unit, cell=a.cell), verdict(a.status, "有误"), a.unit, 2021, run)
        states.append(load_year(engine, 2021, moment(0)))
        engine.dispose()
    once, repeated, mixed = states
    assert repeated == once
    assert mixed == once
    assert compute_totals(mixed) == compute_totals(once)
