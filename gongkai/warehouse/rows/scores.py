"""Scores as rows and back, so that next year's scorecards can show this year's.

A unit's lines are written only when they differ from those in force; how points come about is
`gongkai.assessment`'s.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Engine, delete, insert, select

from gongkai.warehouse import models
from gongkai.warehouse.engine import write
from gongkai.warehouse.rows.verdicts import up_to

TOTAL = "total"
"""The code of the line that holds a unit's total."""


class LastScore(NamedTuple):
    """Points of last year and what they were of; no points where the line was not applicable, no maximum of a total."""

    score: Decimal | None
    max: Decimal | None


class ScoreLine(Protocol):
    """A line of a scorecard, as `gongkai.assessment.scorecard.IndicatorScore` gives it."""

    @property
    def code(self) -> str: ...
    @property
    def score(self) -> Decimal | None: ...
    @property
    def max(self) -> Decimal: ...


class Card(Protocol):
    """A unit's scorecard, as `gongkai.assessment.scorecard.Scorecard` gives it."""

    @property
    def unit(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def scheme(self) -> str: ...
    @property
    def total(self) -> Decimal | None: ...
    @property
    def indicators(self) -> Iterable[ScoreLine]: ...


class Cards(Protocol):
    """An assessment, as `gongkai.assessment.scorecard.Assessment` gives it."""

    @property
    def year(self) -> int: ...
    @property
    def scorecards(self) -> Iterable[Card]: ...


def store_scores(engine: Engine, assessment: Cards, run_id: int, as_of: datetime) -> int:
    """Stores the lines and totals of an assessment; a unit whose lines are in force already writes nothing.

    Storing again in the same run replaces that run's lines.

    Returns:
        How many units were written.

    Raises:
        WarehouseError: the database refuses; nothing is stored.
    """

    def work(connection: Connection) -> int:
        in_force = _in_force(connection, assessment.year, as_of)
        changed = [card for card in assessment.scorecards if _lines(card) != in_force.get(card.unit)]
        rows = [row for card in changed for row in _rows(card, run_id, as_of)]
        if rows:
            table, units = models.Score, [card.unit for card in changed]
            connection.execute(delete(table).where(table.run_id == run_id, table.unit.in_(units)))
            connection.execute(insert(table), rows)
        return len(changed)

    return write(engine, work)


def last_scores(
    connection: Connection, year: int, as_of: datetime, last_run: int | None = None
) -> Mapping[str, Mapping[str, LastScore]]:
    """Last year's points for the assessment of `year`: those of report year `year` − 1 in force at a moment.

    Args:
        connection: to the warehouse.
        year: the year that is assessed.
        as_of: the moment.
        last_run: where given, nothing that a later run scored is seen.

    Returns:
        Unit → code → points and their maximum, the total under `total`.
    """
    in_force = _in_force(connection, year - 1, as_of, last_run)
    return {
        unit: {code: LastScore(score, maximum) for code, _, score, maximum, _ in lines}
        for unit, lines in in_force.items()
    }


Line = tuple[str, int, Decimal | None, Decimal | None, str]
"""Code, version, points, maximum, scheme."""


def _lines(card: Card) -> list[Line]:
    lines: list[Line] = [(i.code, card.version, i.score, i.max, card.scheme) for i in card.indicators]
    return sorted([*lines, (TOTAL, card.version, card.total, None, card.scheme)], key=lambda line: line[0])


def _in_force(connection: Connection, year: int, as_of: datetime, last_run: int | None = None) -> dict[str, list[Line]]:
    """Unit → its lines in the order of their codes, from the latest run that wrote that unit."""
    table = models.Score
    statement = (
        select(table.unit, table.recorded_at, table.run_id, table.code, table.version)
        .add_columns(table.score, table.max, table.scheme)
        .where(table.year == year, table.recorded_at <= as_of, *up_to(table.run_id, last_run))
        .order_by(table.unit, table.recorded_at.desc(), table.run_id.desc(), table.code)
    )
    written_by: dict[str, int] = {}
    lines: dict[str, list[Line]] = {}
    for unit, _, run_id, *line in connection.execute(statement):
        if written_by.setdefault(unit, run_id) == run_id:
            lines.setdefault(unit, []).append((line[0], line[1], line[2], line[3], line[4]))
    return lines


def _rows(card: Card, run_id: int, as_of: datetime) -> list[dict[str, Any]]:
    return [
        {
            "run_id": run_id,
            "unit": card.unit,
            "code": code,
            "year": card.year,
            "scheme": scheme,
            "version": version,
            "recorded_at": as_of,
            "score": score,
            "max": maximum,
        }
        for code, version, score, maximum, scheme in _lines(card)
    ]
