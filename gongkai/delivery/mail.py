"""The office's own mail server (`GONGKAI_SMTP_…`): its settings, and a mail as the standard library builds it.

How mails are handed to the server, and what may go wrong there, is in `posting`.
"""

import mimetypes
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr
from typing import NamedTuple

from pydantic import ValidationError

from gongkai.errors import ConfigurationError
from gongkai.settings import MailSettings


class Attachment(NamedTuple):
    """A file that goes along; its name may be Chinese."""

    name: str
    data: bytes


OURS = "X-Gongkai"
"""A header that every mail of ours carries; one that comes back to our own mailbox is known by it."""


class Mail(NamedTuple):
    """One mail as it is to be sent.

    Attributes:
        text, html: the same said twice; a reader's program shows one of them.
        message_id: the same whenever this mail is tried again, so that a server that has it already can tell.
        at: when it is sent.
    """

    to: str
    subject: str
    text: str
    html: str
    attachments: Sequence[Attachment]
    message_id: str
    at: datetime


def message(sender: str, mail: Mail) -> bytes:
    """The mail as it travels; a line break in an address or subject is refused by the library."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, mail.to, mail.subject
    made["Date"], made["Message-ID"] = format_datetime(mail.at), mail.message_id
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice answers it
    made["X-Auto-Response-Suppress"] = "All"
    made[OURS] = "1"
    made.set_content(mail.text)
    made.add_alternative(mail.html, subtype="html")
    for one in mail.attachments:
        kind = mimetypes.guess_type(one.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        if main == "text":  # bytes as they are: a signature covers them
            main, sub = "application", "octet-stream" if sub == "plain" else sub
        made.add_attachment(one.data, maintype=main, subtype=sub, filename=one.name)
    return made.as_bytes()


def message_id(what: str, sender: str) -> str:
    """The identity of a mail: of what it says, under the sender's domain."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{what}@{domain}>" if what else make_msgid(domain=domain)


def mail_settings() -> MailSettings:
    """The settings of the office's server.

    Raises:
        ConfigurationError: server or sender are not set, or a setting is none of those it may be.
    """
    try:
        settings = MailSettings()
    except ValidationError as error:
        wrong = "、".join(sorted({f"GONGKAI_SMTP_{str(one['loc'][0]).upper()}" for one in error.errors()}))
        raise ConfigurationError(f"发信设置有误：{wrong}。各项的写法见经办手册“邮件”。") from None
    if not settings.host or not settings.sender:
        raise ConfigurationError("没有设置发信服务器。请设置 GONGKAI_SMTP_HOST 和 GONGKAI_SMTP_SENDER 后再发送。")
    return settings
