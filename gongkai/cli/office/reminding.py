"""`gongkai remind`: writes the reminders into the outbox, and sends them by mail when asked to.

The texts are `reporting`'s, the mail is `delivery`'s; here they meet, for the command line.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from gongkai.cli.known_year import known_unit, known_year
from gongkai.delivery.letters import Letter, post_letters
from gongkai.delivery.mail import mail_settings
from gongkai.errors import GongkaiError
from gongkai.reporting.outbox.reminder import reminders, write_reminder
from gongkai.reporting.shared.year_folder import YearFolder
from gongkai.settings import MailSettings


def remind_units(
    year: int, out: Path, warehouse: str | None, codes: Sequence[str], as_of: datetime | None, send: bool
) -> int:
    """Writes every reminder that is due; with `send`, mails those whose unit has an address.

    Raises:
        UnknownUnit: a code that is not expected in the year.
        ConfigurationError: mail is asked for and not set up; nothing is written.
        GongkaiError: the server refused the connection or some of the mails; the texts are written by then.
    """
    state = known_year(year, warehouse, out, as_of)
    chosen = {known_unit(state, code).unit.code for code in codes}
    due = [one for one in reminders(state) if not chosen or one.unit.code in chosen]
    server = mail_settings() if send and due else None
    outbox = YearFolder(out, year).outbox
    letters = [
        Letter(one.unit.code, one.unit.contact_email, one.subject, one.text, write_reminder(one, state, outbox))
        for one in due
    ]
    for one in due:
        click.echo(f"{one.brief}（{one.unit.contact_email or '名录中没有电子邮箱'}）")
    click.echo(f"催报 {len(due)} 个单位，已写入 {outbox}" if due else "没有需要催报的单位。")
    if server:
        _mail(letters, server)
    elif due:
        click.echo("没有发送邮件；要发送请加 --send。")
    return 0


def _mail(letters: Sequence[Letter], server: MailSettings) -> None:
    """Sends them and says what became of them.

    Raises:
        GongkaiError: some were refused.
    """
    posted = post_letters(letters, server, datetime.now(UTC))
    click.echo(str(posted))
    if posted.trouble:
        raise GongkaiError(posted.trouble)
