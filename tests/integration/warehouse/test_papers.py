"""What the papers said, and since when: as it was known at a moment."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from gongkai.warehouse.rows.papers import Paper, keep_papers, papers_in_force

Make = Callable[..., Any]
NAME = "receipts/T01"


def test_the_latest_paper_at_a_moment_counts(engine: Engine, begin: Make, moment: Make) -> None:
    first = Paper("a" * 64, moment(1), {"receipts/T01.json": "1" * 64})
    second = Paper("b" * 64, moment(3), {"receipts/T01.json": "2" * 64})
    keep_papers(engine, {NAME: first}, 2021, begin(engine, 1))
    keep_papers(engine, {NAME: second}, 2021, begin(engine, 3))
    assert papers_in_force(engine, 2021, moment(0)) == {}
    assert papers_in_force(engine, 2021, moment(2)) == {NAME: first}
    assert papers_in_force(engine, 2021, moment(3)) == {NAME: second}
    assert papers_in_force(engine, 2020, moment(3)) == {}


def test_nothing_changed_writes_nothing(engine: Engine, begin: Make, moment: Make) -> None:
    keep_papers(engine, {}, 2021, begin(engine, 1))
    assert papers_in_force(engine, 2021, moment(9)) == {}
