"""`gongkai remind`: writes the reminders into the outbox, and sends them by mail when asked to."""

import smtplib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from gongkai.cli.known import known_unit, known_year
from gongkai.cli.mailing import outgoing
from gongkai.errors import GongkaiError
from gongkai.reporting.reminder import Reminder, reminders, write_reminder
from gongkai.settings import MailSettings


def remind_units(
    year: int, out: Path, warehouse: str | None, codes: Sequence[str], as_of: datetime | None, send: bool
) -> int:
    """Writes every reminder that is due; with `send`, mails those whose unit has an address.

    Raises:
        UnknownUnit: a code that is not expected in the year.
        ConfigurationError: mail is asked for and not set up; the texts are written by then.
        GongkaiError: the server refused some of the mails.
    """
    state = known_year(year, warehouse, out, as_of)
    chosen = {known_unit(state, code).unit.code for code in codes}
    due = [one for one in reminders(state) if not chosen or one.unit.code in chosen]
    for one in due:
        write_reminder(one, state, out / str(year))
        click.echo(f"{one.brief}（{one.unit.contact_email or '名录中没有电子邮箱'}）")
    click.echo(f"催报 {len(due)} 个单位，已写入 {out / str(year) / 'outbox'}" if due else "没有需要催报的单位。")
    if send and due:
        _mail(due)
    elif due:
        click.echo("没有发送邮件；要发送请加 --send。")
    return 0


def _mail(due: Sequence[Reminder]) -> None:
    refused = []
    sent = 0
    with outgoing(MailSettings()) as post:
        for one in due:
            if not one.unit.contact_email:
                continue
            try:
                post(one.unit.contact_email, one.subject, one.text)
                sent += 1
            except (smtplib.SMTPException, ValueError, OSError) as error:
                refused.append(f"{one.unit.code}（{type(error).__name__}）")
    click.echo(f"已发送 {sent} 封邮件。")
    if refused:
        raise GongkaiError(f"{len(refused)} 封邮件没有发出：{'、'.join(refused)}。")
