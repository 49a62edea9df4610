"""Alarms about rules as rows: raised by a run, over when somebody releases the rule or it hits so many no more.

While one of a run's alarms is not over, the messages that the run queued wait.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from gongkai.errors import CallError
from gongkai.warehouse import models
from gongkai.warehouse.audit import BY_RULE, Decision, Kind, record

NO_MORE = "不再超过报警线"


@dataclass(frozen=True, slots=True)
class RaisedAlarm:
    """One alarm of a run.

    Attributes:
        basis: the rule in the form in which it hit: the same form is released once.
        hit, of: how many of how many units.
    """

    rule: str
    basis: str
    hit: int
    of: int


def raise_alarms(
    connection: Connection, year: int, run_id: int, alarms: Sequence[RaisedAlarm], at: datetime
) -> list[RaisedAlarm]:
    """Stores the alarms of a run; returns those that hold its messages back.

    A rule that was released in this very form stays released. What earlier runs raised and this one does not is over.
    """
    table = models.RuleAlarmRow
    known = {
        (row.rule, row.basis): row
        for row in connection.execute(
            select(table.__table__).where(table.year == year, table.over_at.is_not(None), table.over_by != BY_RULE)
        )
    }
    connection.execute(
        update(table)
        .where(table.year == year, table.over_at.is_(None), table.rule.not_in([one.rule for one in alarms]))
        .values(over_at=at, over_by=BY_RULE, reason=NO_MORE)
    )
    holding = []
    for alarm in alarms:
        before = known.get((alarm.rule, alarm.basis))
        over = (before.over_at, before.over_by, before.reason) if before else (None, None, None)
        connection.execute(
            insert(table).values(
                year=year,
                run_id=run_id,
                rule=alarm.rule,
                basis=alarm.basis,
                hit=alarm.hit,
                of=alarm.of,
                raised_at=at,
                over_at=over[0],
                over_by=over[1],
                reason=over[2],
            )
        )
        if not before:
            holding.append(alarm)
    return holding


def holding(connection: Connection, year: int) -> Mapping[int, tuple[str, ...]]:
    """Run → the rules that hold its messages back."""
    table = models.RuleAlarmRow
    found: dict[int, tuple[str, ...]] = {}
    rows = connection.execute(
        select(table.run_id, table.rule).where(table.year == year, table.over_at.is_(None)).order_by(table.id)
    )
    for run_id, rule in rows:
        found[run_id] = (*found.get(run_id, ()), rule)
    return found


def release(connection: Connection, year: int, rules: Iterable[str], by: str, reason: str, at: datetime) -> None:
    """Releases rules by name: the messages that waited for them may leave.

    Raises:
        CallError: nobody is named, or a rule holds nothing back.
    """
    by, held = " ".join(by.split()), {rule for run in holding(connection, year).values() for rule in run}
    if not by:
        raise CallError("放行须写明经办人（--by）。")
    decisions = []
    for rule in rules:
        if rule not in held:
            said = f"现在暂缓的规则是：{'、'.join(sorted(held))}。" if held else "现在没有因规则报警而暂缓的邮件。"
            raise CallError(f"规则 {rule} 没有需要放行的报警。{said}")
        table = models.RuleAlarmRow
        open_ones = (table.year == year, table.rule == rule, table.over_at.is_(None))
        last = connection.execute(select(table.__table__).where(*open_ones).order_by(table.id.desc()).limit(1)).one()
        connection.execute(update(table).where(*open_ones).values(over_at=at, over_by=by, reason=reason or None))
        decisions.append(
            Decision(
                kind=Kind.RELEASED,
                at=at,
                by=by,
                typed_in="command",
                year=year,
                subject=rule,
                reason=reason,
                after={"hit": last.hit, "of": last.of, "run": last.run_id},
            )
        )
    record(connection, *decisions)
