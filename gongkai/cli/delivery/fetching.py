"""`gongkai fetch`: says what was done with every mail and file, and what somebody has to look at."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from gongkai.delivery.incoming.arrival_rows import HEADS, MOST, rows
from gongkai.delivery.incoming.arrivals import Arrival
from gongkai.delivery.incoming.collecting import fetch
from gongkai.delivery.incoming.journal import arrivals
from gongkai.delivery.incoming.source import read_sources, urls_of
from gongkai.errors import CallError
from gongkai.file_access import refuse_unusable
from gongkai.profile import load_profile
from gongkai.reporting.arrivals_page import write_arrivals
from gongkai.reporting.style import Page
from gongkai.settings import Settings


def fetch_sources(
    inbox: Path, urls: Sequence[str], profile: Path | None, as_json: bool, html: Path | None = None
) -> int:
    """Fetches what is new from the given sources, else from those of the settings.

    Returns:
        0 whatever came; 3 when a source could not be read, so that a file may be missing.

    Raises:
        CallError: no source is named.
        ConfigurationError: a source that is none, or whose library is not installed.
    """
    settings = Settings()
    given = list(urls) or urls_of(settings.sources.get_secret_value() if settings.sources else "")
    if not given:
        raise CallError("没有收件来源：请用 --source 指定，或设置 GONGKAI_SOURCES，写法见经办手册“自动收件”。")
    sources = read_sources(given)
    district = load_profile(profile or settings.profile)
    refuse_unusable(inbox)
    now = datetime.now(district.district.zone)
    outcome = fetch(
        sources,
        inbox,
        district,
        now,
        settings.wait,
        settings.authserv_id,
        settings.smtp_sender,
        None if as_json else _say,
    )
    if html is not None:
        page = Page("自动收件", district.district, now.year - 1, now, "")
        write_arrivals(HEADS, rows(arrivals(inbox))[:MOST], page, html)
    if as_json:
        said = {"arrivals": [one.as_json() for one in outcome.arrivals], "alerts": outcome.alerts, "down": outcome.down}
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return 3 if outcome.down else 0
    for alert in (*outcome.down.values(), *outcome.alerts):
        click.echo(alert, err=True)
    new = len(outcome.arrivals)
    click.echo(f"新到 {new} 件，放入收件目录 {outcome.taken} 份文件。" if new else "没有新到的文件。")
    return 3 if outcome.down else 0


def _say(arrival: Arrival) -> None:
    who = f" {arrival.sender}" if arrival.sender else ""
    click.echo(f"{arrival.sent_at:%m-%d %H:%M}{who}《{arrival.title}》：{arrival.done.word}。{arrival.note}")
    for piece in arrival.pieces:
        click.echo(f"    {piece.name}：{piece.done.word}{f' → {piece.place}' if piece.place else ''}。{piece.note}")
