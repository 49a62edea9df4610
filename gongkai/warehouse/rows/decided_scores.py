"""What scores were when the office decided on them: stored once, by the first run that counts the decision."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, Engine, insert, select

from gongkai.warehouse import models
from gongkai.warehouse.engine import write


class DecidedScore(NamedTuple):
    """What a line's score was when somebody decided on it.

    Attributes:
        measured: as measured then.
        before: as it stood then, with earlier decisions.
    """

    measured: Decimal | None
    before: Decimal | None


def decided_scores(connection: Connection, year: int, before: datetime) -> Mapping[str, DecidedScore]:
    """Decision → what the score was when it was decided, as stored before a moment."""
    table = models.DecidedScoreRow
    rows = connection.execute(
        select(table.decision, table.measured, table.before).where(table.year == year, table.recorded_at < before)
    )
    return {decision: DecidedScore(measured, before) for decision, measured, before in rows}


def store_decided_scores(
    engine: Engine, year: int, scores: Mapping[tuple[str, str], DecidedScore], run_id: int, as_of: datetime
) -> None:
    """Stores what is not known yet: (unit, decision) → what the score is now.

    Raises:
        WarehouseError: the database refuses; nothing is stored.
    """

    def work(connection: Connection) -> None:
        table = models.DecidedScoreRow
        known = set(connection.execute(select(table.decision).where(table.year == year)).scalars())
        rows = [
            {
                "year": year,
                "decision": decision,
                "unit": unit,
                "measured": score.measured,
                "before": score.before,
                "recorded_at": as_of,
                "run_id": run_id,
            }
            for (unit, decision), score in scores.items()
            if decision not in known
        ]
        if rows:
            connection.execute(insert(table), rows)

    if scores:
        write(engine, work)
