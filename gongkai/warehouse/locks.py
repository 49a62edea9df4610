"""Locked years: who closed a year, and the words of the rules that a verdict was given by.

What a lock means is kept by `merge`: a revision or file that was known then is never judged again. Nothing is
unlocked; an extension lets a unit in once more.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Engine, insert, select

from gongkai.errors import CallError
from gongkai.profile.loader import profile_from_json
from gongkai.warehouse import models
from gongkai.warehouse.audit import Decision, Kind, record
from gongkai.warehouse.engine import reading, write
from gongkai.warehouse.records import YearLock
from gongkai.warehouse.years.history import HISTORY, only_history


def lock_year(
    engine: Engine, year: int, at: datetime, by: str, reason: str, despite: Mapping[str, str] | None = None
) -> YearLock:
    """Closes a year with the rules and the profile of its last run.

    Args:
        engine: the warehouse.
        year: the report year.
        at: the moment of the lock.
        by: who locks.
        reason: why.
        despite: what it lacks → why it is locked all the same, for the record.

    Raises:
        CallError: it is locked already, no run is known, its last run is later than `at` or kept no rules.
        WarehouseError: the database refuses.
    """

    def work(connection: Connection) -> YearLock:
        if (lock := year_lock(connection, year)) is not None:
            raise CallError(f"{year} 年度已于 {lock.at:%Y-%m-%d} 由{lock.by}锁定，不能重复锁定。")
        run, kept = models.Run, models.RulesSnapshot
        last = connection.execute(
            select(run.id, run.as_of, run.parameters, kept.content)
            .join(kept, kept.sha256 == run.rules_version, isouter=True)
            .where(run.year == year)
            .order_by(run.id.desc())
            .limit(1)
        ).one_or_none()
        latest = connection.execute(select(run.as_of).where(run.year == year).order_by(run.as_of.desc())).scalar()
        if last is None or latest is None:
            raise CallError(f"数据库中没有 {year} 年度的运行记录，没有可锁定的内容。请核对年度和数据库。")
        if last.parameters.get(HISTORY):
            raise CallError(only_history(year))
        if latest > at:
            raise CallError(f"{year} 年度有一次运行的截至时刻 {latest.isoformat()} 晚于锁定的时刻。请核对 --as-of。")
        if last.content is None:
            raise CallError(f"{year} 年度最近一次运行没有留存规则（由旧版程序运行）。请先重新运行一次，再锁定。")
        row = {"year": year, "locked_at": at, "locked_by": by, "reason": reason, "run_id": last.id}
        connection.execute(insert(models.YearLockRow), row)
        made = year_lock(connection, year)
        assert made is not None  # noqa: S101  written a line above
        after = {"run": last.id, "rules_version": made.rules_version}
        said = partial(Decision, at=at, by=by, typed_in="command", year=year, after=after)
        released = (said(kind=Kind.RELEASED, subject=lack, reason=why) for lack, why in (despite or {}).items())
        record(connection, *released, said(kind=Kind.LOCKED, reason=reason))
        return made

    return write(engine, work)


def load_lock(engine: Engine, year: int) -> YearLock | None:
    """The lock of a year, whatever moment is asked about: nobody works in a locked year as if it were open."""
    with reading(engine) as connection:
        return year_lock(connection, year)


def last_settled_run(connection: Connection, year: int) -> int:
    """The last run whose verdicts the year's lock has settled; 0 while the year is open."""
    table = models.YearLockRow
    return connection.execute(select(table.run_id).where(table.year == year)).scalar() or 0


def kept_rules(engine: Engine, version: str) -> str | None:
    """The catalogue of that version as a run kept it; None when no run did."""
    table = models.RulesSnapshot
    with reading(engine) as connection:
        return connection.execute(select(table.content).where(table.sha256 == version)).scalar()


def year_lock(connection: Connection, year: int) -> YearLock | None:
    """As `load_lock`, inside a transaction."""
    lock, run, kept, profile = models.YearLockRow, models.Run, models.RulesSnapshot, models.ProfileSnapshot
    row = connection.execute(
        select(lock, run.rules_version, kept.content.label("rules"), profile.content.label("profile"))
        .join(run, run.id == lock.run_id)
        .join(kept, kept.sha256 == run.rules_version)
        .join(profile, profile.sha256 == run.profile_sha256)
        .where(lock.year == year)
    ).one_or_none()
    if row is None:
        return None
    then = profile_from_json(row.profile)
    return YearLock(
        year=row.year,
        at=then.local(row.locked_at),
        by=row.locked_by,
        reason=row.reason,
        run_id=row.run_id,
        rules_version=row.rules_version,
        rules=row.rules,
        profile=then,
    )
