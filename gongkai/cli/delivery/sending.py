"""`gongkai notify` and `gongkai deliver`: the post office of `gongkai.reporting.letters`, for the command line."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from expectations.rule_bulletin import bulletins_of
from gongkai.profile import load_profile
from gongkai.reporting.letters import post_office
from gongkai.reporting.letters.outcome_words import nothing_issued, outcome_lines
from gongkai.reporting.letters.sending import SendingOutcome
from gongkai.settings import Settings, warehouse_url
from gongkai.warehouse.post.messages import Message


def list_notices(year: int, out: Path, warehouse: str | None, profile: Path | None) -> int:
    """Lists what `notify` would send; nothing is changed."""
    _list(post_office.list_queued(_call(year, out, warehouse, profile)))
    return 0


def send_notices(
    year: int,
    out: Path,
    warehouse: str | None,
    profile: Path | None,
    rules: Sequence[str],
    by: str,
    reason: str,
    again: Sequence[str],
) -> int:
    """Releases the rules that are named, and sends what is queued.

    Returns:
        0 when everything was sent, 3 when something was not.
    """
    release = post_office.AlarmRelease(rules, by, reason)
    return _told(post_office.notify(_call(year, out, warehouse, profile), release, again), "notify")


def list_issued_papers(year: int, out: Path, warehouse: str | None, profile: Path | None, codes: Sequence[str]) -> int:
    """Lists what `deliver` would send; nothing is changed."""
    found, others = post_office.list_issued(_call(year, out, warehouse, profile), codes)
    _list(found)
    if others.nothing:
        click.echo(nothing_issued(others.nothing))
    if others.before:
        click.echo(f"{len(others.before)} 个单位此前已经收到相同的内容，不再发送。")
    return 0


def send_issued_papers(
    year: int, out: Path, warehouse: str | None, profile: Path | None, codes: Sequence[str], again: Sequence[str]
) -> int:
    """Sends what was issued.

    Returns:
        0 when everything was sent, 3 when something was not.
    """
    return _told(post_office.deliver(_call(year, out, warehouse, profile), codes, again), "deliver")


def _call(year: int, out: Path, warehouse: str | None, profile: Path | None) -> post_office.Call:
    named = profile or Settings().profile
    zone = load_profile(named).district.zone
    return post_office.Call(
        year=year,
        out=out,
        warehouse=warehouse_url(out, warehouse),
        profile=named,
        now=lambda: datetime.now(zone),
        say=partial(click.echo, err=True),
        bulletins=lambda connection: bulletins_of(connection, year),
    )


def _list(found: Sequence[tuple[Message, str]]) -> None:
    for message, where in found:
        click.echo(f"{message.unit}　{message.subject}　→ {where}　附件 {len(message.attachments)} 份")
    click.echo(f"共 {len(found)} 封，没有发送。" if found else "没有待发的邮件。")


def _told(outcome: SendingOutcome, command: str) -> int:
    for line in outcome_lines(outcome, command):
        click.echo(line, err=line.startswith("  "))
    return 0 if outcome.complete else 3
