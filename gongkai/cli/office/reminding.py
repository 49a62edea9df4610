"""`gongkai remind`: writes the reminders into the outbox, and sends them by mail when asked to.

A mail that went out is on record beside its text (`催报-<day>.已发送.json`): the same text is not sent twice.
"""

import hashlib
import json
import smtplib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import click

from gongkai.cli.known_year import known_unit, known_year
from gongkai.delivery.mail import mail_settings, outgoing
from gongkai.errors import GongkaiError
from gongkai.reporting.outbox.reminder import Reminder, reminders, write_reminder
from gongkai.reporting.shared.write import write_json
from gongkai.reporting.shared.year_folder import YearFolder
from gongkai.settings import MailSettings


class _Letter(NamedTuple):
    """A reminder and where its text lies."""

    reminder: Reminder
    place: Path

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.reminder.text.encode()).hexdigest()

    @property
    def record(self) -> Path:
        return self.place.with_suffix(".已发送.json")

    def was_sent(self) -> bool:
        return self.record.is_file() and json.loads(self.record.read_text(encoding="utf-8"))["sha256"] == self.sha256


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
    letters = [_Letter(one, write_reminder(one, state, outbox)) for one in due]
    for one in due:
        click.echo(f"{one.brief}（{one.unit.contact_email or '名录中没有电子邮箱'}）")
    click.echo(f"催报 {len(due)} 个单位，已写入 {outbox}" if due else "没有需要催报的单位。")
    if server:
        _mail(letters, server)
    elif due:
        click.echo("没有发送邮件；要发送请加 --send。")
    return 0


def _mail(letters: Sequence[_Letter], server: MailSettings) -> None:
    """Sends what has not been sent; one that the server refuses does not stop the others."""
    refused: list[str] = []
    sent = 0
    fresh = [letter for letter in letters if letter.reminder.unit.contact_email and not letter.was_sent()]
    with outgoing(server) as post:
        for letter in fresh:
            one, address = letter.reminder, letter.reminder.unit.contact_email or ""
            try:
                post(address, one.subject, one.text)
            except (smtplib.SMTPException, ValueError, OSError) as error:
                refused.append(f"{one.unit.code}（{type(error).__name__}）")
                continue
            sent += 1
            sent_at = datetime.now(UTC).isoformat(timespec="seconds")
            write_json(letter.record, {"to": address, "sent_at": sent_at, "sha256": letter.sha256})
    again = sum(letter.was_sent() for letter in letters) - sent
    click.echo(f"已发送 {sent} 封邮件" + (f"；{again} 封此前已经发过，没有重复发送。" if again else "。"))
    if refused:
        raise GongkaiError(f"{len(refused)} 封邮件没有发出：{'、'.join(refused)}。")
