"""A year that was taken in for comparison only (往年资料): its figures carry over, nothing of it is ever judged.

Whether a year is one stands in the parameters of its runs. Such a year and one that is worked on never mix.
"""

from typing import Any

from sqlalchemy import Engine, select

from gongkai.errors import CallError
from gongkai.warehouse import models
from gongkai.warehouse.engine import reading

HISTORY = "history"
"""The parameter of a run that took a year in for comparison only."""


def only_history(year: int) -> str:
    """What is said to whoever wants to judge, score or issue such a year."""
    return (
        f"{year} 年度在这个数据仓库中只是往年资料（由 gongkai run --as-history 收入），供结转和比较之用，"
        "不核验、不评分、不签发。要正式办理该年度，请另用一个数据仓库（--warehouse）。"
    )


def refuse_history(engine: Engine, year: int) -> None:
    """Refuses to work on a year that was taken in for comparison only.

    Raises:
        CallError: it is one.
    """
    if any(parameters.get(HISTORY) for parameters in _runs(engine, year)):
        raise CallError(only_history(year))


def refuse_worked_on(engine: Engine, year: int) -> None:
    """Refuses to take a year in as history that this warehouse works on.

    Raises:
        CallError: it has a run of the year that judged.
    """
    if any(not parameters.get(HISTORY) for parameters in _runs(engine, year)):
        raise CallError(
            f"{year} 年度在这个数据仓库中是正式收取、核验的年度，不能再作为往年资料收入。请核对 --year 和 --warehouse。"
        )


def _runs(engine: Engine, year: int) -> list[dict[str, Any]]:
    with reading(engine) as connection:
        return list(connection.execute(select(models.Run.parameters).where(models.Run.year == year)).scalars())
