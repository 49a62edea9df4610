"""`gongkai lock`: a person closes a year, and is on record with a reason."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from gongkai.errors import CallError
from gongkai.profile import load_profile
from gongkai.profile.rules import SHORTEST_REASON
from gongkai.reporting.report.lacks import closing_lacks, released
from gongkai.settings import Settings, asked_warehouse
from gongkai.warehouse.claim import claimed
from gongkai.warehouse.engine import opened
from gongkai.warehouse.locks import load_lock, lock_year
from gongkai.warehouse.queries import load_year


def close_year(
    year: int,
    out: Path | None,
    by: str,
    reason: str,
    warehouse: str | None,
    as_of: datetime | None,
    despite: Mapping[str, str],
) -> int:
    """Locks a year in the warehouse: verdicts stand from now on, whatever later rules say, and nobody unlocks it.

    Raises:
        CallError: no name or reason, no warehouse, or nothing that could be locked.
        Refused: a unit is neither accepted nor excused, or a report may still change, and nobody released it by name.
    """
    if not by.strip() or not reason.strip():
        raise CallError("请写明锁定人（--by）和说明（--reason）。")
    if len(reason.strip()) < SHORTEST_REASON:
        raise CallError(
            f"锁定说明“{reason.strip()}”过短，不少于 {SHORTEST_REASON} 个字：锁定后不能撤销，说明记入决定记录。"
        )
    profile = load_profile(Settings().profile)
    at = profile.local(as_of) if as_of else datetime.now(profile.district.zone)
    url = asked_warehouse(out, warehouse)
    say = partial(click.echo, err=True)
    with claimed(url, out, year, f"锁定 {by.strip()}", Settings().wait, say), opened(url) as engine:
        given = {}
        if load_lock(engine, year) is None:  # else the lock is told
            given = released(closing_lacks(load_year(engine, year, at)), despite, "锁定")
        lock = lock_year(engine, year, at, by.strip(), reason.strip(), given)
    click.echo(f"{year} 年度已锁定（规则 {lock.rules_version[:12]}）：已有的结论不再改变，新的报送须先录入延期。")
    return 0
