"""Reminders: the texts into the outbox, and by mail where the office's server is set up."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from gongkai.delivery.letters import Letter, Posted, post_letters
from gongkai.delivery.mail import mail_settings
from gongkai.reporting.outbox.reminder import reminders, write_reminder
from gongkai.reporting.shared.year_folder import YearFolder
from gongkai.settings import MailSettings
from gongkai.warehouse.records import YearState
from tasks.values import Opaque


@task(name="写出催报通知", cache_policy=NO_CACHE)
def write_reminders(state: Opaque[YearState], out: Path) -> Opaque[list[Letter]]:
    """Writes every reminder that is due."""
    outbox = YearFolder(out, state.value.year).outbox
    return Opaque(
        [
            Letter(
                one.unit.code,
                one.unit.contact_email,
                one.subject,
                one.text,
                write_reminder(one, state.value, outbox),
            )
            for one in reminders(state.value)
        ]
    )


@task(name="发送催报邮件", cache_policy=NO_CACHE)
def mail_reminders(letters: Opaque[Sequence[Letter]], at: datetime) -> Posted | None:
    """Sends those that have an address; None where no mail server is set up.

    Raises:
        GongkaiError: the server refuses the connection or the login.
    """
    return post_letters(letters.value, mail_settings(), at) if MailSettings().host else None
