"""`gongkai lock`: a person closes a year, and is on record with a reason."""

from datetime import datetime
from functools import partial
from pathlib import Path

import click

from gongkai.errors import CallError
from gongkai.profile import load_profile
from gongkai.settings import Settings, asked_warehouse
from gongkai.warehouse.claim import claimed
from gongkai.warehouse.engine import opened
from gongkai.warehouse.locks import lock_year


def close_year(year: int, out: Path | None, by: str, reason: str, warehouse: str | None, as_of: datetime | None) -> int:
    """Locks a year in the warehouse: verdicts stand from now on, whatever later rules say.

    Raises:
        CallError: no name or reason, no warehouse, or nothing that could be locked.
    """
    if not by.strip() or not reason.strip():
        raise CallError("请写明锁定人（--by）和说明（--reason）。")
    profile = load_profile(Settings().profile)
    at = profile.local(as_of) if as_of else datetime.now(profile.district.zone)
    url = asked_warehouse(out, warehouse)
    say = partial(click.echo, err=True)
    with claimed(url, out, year, f"锁定 {by.strip()}", Settings().wait, say), opened(url) as engine:
        lock = lock_year(engine, year, at, by.strip(), reason.strip())
    click.echo(f"{year} 年度已锁定（规则 {lock.rules_version[:12]}）：已有的结论不再改变，新的报送须先录入延期。")
    return 0
