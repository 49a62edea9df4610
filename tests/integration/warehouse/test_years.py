"""The small form of `make years`: five units from 2020 to 2024, on SQLite and PostgreSQL at once.

One life and two warehouses: whatever happens is judged once and told by both, then and ever after. A new format, a
waiver that runs out, an appeal, another scheme, a rename, a merger, a split and a correction of a locked year fall in.
"""

from collections.abc import Callable
from pathlib import Path

from gongkai.warehouse.engine import open_warehouse
from tests.years.books import Books
from tests.years.history import History
from tests.years.life import Life
from tests.years.registry import Registry


def test_what_was_decided_stands_whatever_the_years_bring(
    tmp_path: Path, create_database: Callable[..., str], postgres_template: str
) -> None:
    addresses = (f"sqlite:///{tmp_path}/warehouse.sqlite", create_database("years", postgres_template))
    engines = [open_warehouse(address) for address in addresses]
    life = Life(engines, Registry(("OFFICE", "T05", "T06", "T07", "T08")))
    history = History(life, Books(seed=7), small=True, sent={})
    events = list(history.live(2020, 2024))
    for engine in engines:
        engine.dispose()
    assert sorted(life.closed) == [2020, 2021, 2022, 2023, 2024]
    assert life.rebuilt > len(life.moments) * len(life.moments)
    assert len(events) > len(life.moments)
