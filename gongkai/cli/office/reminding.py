"""`gongkai remind`: writes the reminders into the outbox, and sends them by mail when asked to.

The texts are `reporting`'s, the mail is `delivery`'s; here they meet, for the command line.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from gongkai.cli.known_year import known_unit, known_year
from gongkai.delivery.mail import mail_settings
from gongkai.reporting.letters.outcome_words import outcome_lines
from gongkai.reporting.letters.post_office import Call, remind
from gongkai.reporting.outbox.reminder import Reminder, reminders, write_reminder
from gongkai.reporting.shared.year_folder import YearFolder
from gongkai.settings import Settings, warehouse_url
from gongkai.warehouse.records import YearState


def remind_units(
    year: int, out: Path, warehouse: str | None, codes: Sequence[str], as_of: datetime | None, send: bool
) -> int:
    """Writes every reminder that is due; with `send`, mails those whose unit has an address.

    Returns:
        0; 3 when something could not be sent.

    Raises:
        UnknownUnit: a code that is not expected in the year.
        ConfigurationError: mail is asked for and not set up; nothing is written.
    """
    state = known_year(year, warehouse, out, as_of)
    chosen = {known_unit(state, code).unit.code for code in codes}
    due = [one for one in reminders(state) if not chosen or one.unit.code in chosen]
    if send and due:
        mail_settings()
    folder = YearFolder(out, year)
    outbox = folder.open_outbox() if due else folder.outbox
    for one in due:
        write_reminder(one, state, outbox)
        click.echo(f"{one.brief}（{one.unit.contact_email or '名录中没有电子邮箱'}）")
    click.echo(f"催报 {len(due)} 个单位，已写入 {outbox}" if due else "没有需要催报的单位。")
    if send and due:
        return _mail(due, state, out, warehouse)
    if due:
        click.echo("没有发送邮件；要发送请加 --send。")
    return 0


def _mail(due: Sequence[Reminder], state: YearState, out: Path, warehouse: str | None) -> int:
    """Queues and sends them, and says what became of them."""
    from expectations.rule_bulletin import bulletins_of

    zone = state.profile.district.zone
    call = Call(
        year=state.year,
        out=out,
        warehouse=warehouse_url(out, warehouse),
        profile=Settings().profile,
        now=lambda: datetime.now(zone),
        say=partial(click.echo, err=True),
        bulletins=lambda connection: bulletins_of(connection, state.year),
    )
    outcome = remind(call, due, state)
    for line in outcome_lines(outcome, "notify"):
        click.echo(line, err=line.startswith("  "))
    return 0 if outcome.complete else 3
