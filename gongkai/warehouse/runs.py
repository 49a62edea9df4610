"""Runs: which profile, rules and parameters a year was worked with, when, and which files came out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from gongkai.profile import Profile
from gongkai.profile.loader import profile_json, profile_sha256
from gongkai.warehouse import models
from gongkai.warehouse.engine import reading, write


def start_run(
    engine: Engine,
    year: int,
    as_of: datetime,
    profile: Profile,
    rules_version: str,
    parameters: Mapping[str, Any],
    started_at: datetime | None = None,
    rules: str | None = None,
) -> int:
    """Records that a run of a year begins, with a snapshot of its profile and of its rules.

    Args:
        engine: the warehouse.
        year: the report year.
        as_of: the moment the run takes for now; everything it stores is recorded at this moment.
        profile: stored once under its hash.
        rules_version: hash of the rule catalogue.
        parameters: what the run was called with, as JSON; the caller leaves out secrets.
        started_at: what the clock said, if the caller wants it on record.
        rules: the catalogue as JSON, stored once under `rules_version`.

    Returns:
        The run's number, which every merge asks for.
    """
    sha256 = profile_sha256(profile)
    dialect: Any = sqlite if engine.dialect.name == "sqlite" else postgresql
    snapshot = dialect.insert(models.ProfileSnapshot).on_conflict_do_nothing()
    kept = dialect.insert(models.RulesSnapshot).on_conflict_do_nothing()
    run = {
        "year": year,
        "as_of": as_of,
        "started_at": started_at,
        "state": "running",
        "profile_sha256": sha256,
        "rules_version": rules_version,
        "parameters": dict(parameters),
    }

    def work(connection: Any) -> int:
        connection.execute(snapshot, {"sha256": sha256, "content": profile_json(profile), "recorded_at": as_of})
        if rules is not None:
            connection.execute(kept, {"sha256": rules_version, "content": rules, "recorded_at": as_of})
        return int(connection.execute(insert(models.Run).returning(models.Run.id), run).scalar_one())

    return write(engine, work)


def finish_run(engine: Engine, run_id: int, state: str, finished_at: datetime | None = None) -> None:
    """Records how a run ended: complete (every expected unit accepted), incomplete, or failed.

    Raises:
        ValueError: no such state.
    """
    if state not in models.RUN_STATES:
        raise ValueError(f"unknown state of a run: {state!r}")
    statement = update(models.Run).where(models.Run.id == run_id).values(state=state, finished_at=finished_at)
    write(engine, lambda connection: connection.execute(statement))


def mark_dead_runs(engine: Engine, year: int) -> int:
    """Marks runs of a year that never came to their end as failed; returns how many there were.

    Only who holds the year may ask: while it is held, whatever still reads as running is dead.
    """
    table = models.Run
    dead = update(table).where(table.year == year, table.state == "running").values(state="failed")
    return int(write(engine, lambda connection: connection.execute(dead).rowcount))


def last_run_state(engine: Engine, year: int) -> str | None:
    """How the last run of a year ended (`running`: it has not, or died); None when there is none."""
    table = models.Run
    with reading(engine) as connection:
        statement = select(table.state).where(table.year == year).order_by(table.id.desc()).limit(1)
        return connection.execute(statement).scalar()


def program_of(engine: Engine, year: int, as_of: datetime) -> str | None:
    """The version of the program that ran a year last, as known at a moment.

    "" for a run of before versions were kept, None without a run.
    """
    table = models.Run
    with reading(engine) as connection:
        found = connection.execute(
            select(table.parameters)
            .where(table.year == year, table.as_of <= as_of)
            .order_by(table.as_of.desc(), table.id.desc())
            .limit(1)
        ).scalar()
    return None if found is None else str(found.get("program", ""))


def run_moments(engine: Engine, year: int) -> list[datetime]:
    """The moments that the runs of a year took for now, the first run first."""
    table = models.Run
    with reading(engine) as connection:
        return list(connection.execute(select(table.as_of).where(table.year == year).order_by(table.id)).scalars())


def last_started_at(engine: Engine) -> datetime | None:
    """What the clock said when the latest run of any year began; None before the first."""
    table = models.Run
    with reading(engine) as connection:
        statement = select(table.started_at).where(table.started_at.is_not(None)).order_by(table.started_at.desc())
        return connection.execute(statement.limit(1)).scalar()


def record_outputs(engine: Engine, run_id: int, outputs: Iterable[tuple[str, str]]) -> None:
    """Records the files a run wrote, as (path, sha256); a path written again replaces its hash."""
    rows = [{"run_id": run_id, "path": path, "sha256": sha256} for path, sha256 in outputs]
    dialect: Any = sqlite if engine.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(models.Output)
    statement = statement.on_conflict_do_update(
        index_elements=["run_id", "path"], set_={"sha256": statement.excluded.sha256}
    )
    if rows:
        write(engine, lambda connection: connection.execute(statement, rows))


def moment_of(connection: Connection, run_id: int) -> datetime:
    """The run's `as_of`: the moment that all its rows are recorded at."""
    moment: datetime = connection.execute(select(models.Run.as_of).where(models.Run.id == run_id)).scalar_one()
    return moment
