"""`gongkai approve` and `publish`: a person approves the district's report and records where it was published."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

from expectations.wording import rule_wording
from gongkai.reporting.outbox import approval
from gongkai.reporting.outbox.report_act import Act


def approve_report(
    year: int,
    out: Path,
    by: str,
    reason: str,
    warehouse: str | None,
    as_of: datetime | None,
    despite: Mapping[str, str],
) -> int:
    """Approves the draft in `OUT/<year>`; what it lacks must be released by id (`despite`)."""
    click.echo(approval.approve(_act(year, out, by, warehouse, as_of), reason, despite))
    return 0


def publish_report(
    year: int, out: Path, on: date, url: str, by: str, warehouse: str | None, as_of: datetime | None
) -> int:
    """Records where and when the approved report was published."""
    click.echo(approval.publish(_act(year, out, by, warehouse, as_of), on, url))
    return 0


def _act(year: int, out: Path, by: str, warehouse: str | None, as_of: datetime | None) -> Act:
    say = partial(click.echo, err=True)
    return Act(year=year, out=out, by=by, wordings=rule_wording, say=say, warehouse=warehouse, at=as_of)
