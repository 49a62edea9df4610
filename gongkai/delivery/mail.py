"""Sends mail through the office's own server (`GONGKAI_SMTP_…`), with the standard library."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from pydantic import ValidationError

from gongkai.errors import ConfigurationError, GongkaiError
from gongkai.settings import MailSettings

Send = Callable[[str, str, str], None]
_SECONDS = 30


def message(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """A plain text message; a line break in an address or subject is refused by the library."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail.set_content(text)
    return mail


def mail_settings() -> MailSettings:
    """The settings of the office's server.

    Raises:
        ConfigurationError: server or sender are not set, or a setting is none of those it may be.
    """
    try:
        settings = MailSettings()
    except ValidationError as error:
        wrong = "、".join(sorted({f"GONGKAI_SMTP_{str(one['loc'][0]).upper()}" for one in error.errors()}))
        raise ConfigurationError(f"发信设置有误：{wrong}。各项的写法见经办手册“催报”。") from None
    if not settings.host or not settings.sender:
        raise ConfigurationError("没有设置发信服务器。请设置 GONGKAI_SMTP_HOST 和 GONGKAI_SMTP_SENDER 后再发送。")
    return settings


@contextmanager
def outgoing(settings: MailSettings) -> Iterator[Send]:
    """A connection to the server; gives `send(to, subject, text)`.

    Raises:
        GongkaiError: the server refuses the connection or the login.
    """
    try:
        server = _connect(settings)
    except (OSError, smtplib.SMTPException) as error:
        raise GongkaiError(f"发信服务器 {settings.host}:{settings.port} 不可用：{type(error).__name__}。") from None
    with server:
        yield lambda to, subject, text: _send(server, message(settings.sender or "", to, subject, text))


def _send(server: smtplib.SMTP, mail: EmailMessage) -> None:
    server.send_message(mail)


def _connect(settings: MailSettings) -> smtplib.SMTP:
    context = ssl.create_default_context()
    host, port = settings.host or "", settings.port
    server: smtplib.SMTP
    if settings.security == "tls":
        server = smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=_SECONDS)
        if settings.security == "starttls":
            server.starttls(context=context)
    if settings.user and settings.password:
        server.login(settings.user, settings.password.get_secret_value())
    return server
