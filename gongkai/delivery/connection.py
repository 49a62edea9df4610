"""A conversation with the office's mail server, step by step: at every moment it is known whether a mail has left.

A mail has left once the server has its last line. Before that, whatever breaks, it has not; after that the server's
answer decides, and where none comes, how the connection ended. `docs/decisions` says why each case is what it is.
"""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.utils import parseaddr

from gongkai.settings import MailSettings

_SECONDS = 30
_SECONDS_TO_ANSWER = 300  # a server may look at attachments for minutes before it answers (RFC 5321, 4.5.3.2)
_OK, _GO_ON = 250, 354


class NotSent(Exception):
    """The mail has not left.

    Attributes:
        later: whether trying again may help: a 4xx answer, a broken connection.
        broken: the connection is of no use any more.
    """

    def __init__(self, said: str, *, later: bool, broken: bool = False) -> None:
        super().__init__(said)
        self.later, self.broken = later, broken


class Unanswered(Exception):
    """The server has the whole mail and never answered: nobody knows whether it will deliver it."""


class Connection:
    """A connection that is made when it is needed, and again after it broke."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def open(self) -> smtplib.SMTP:
        """Connects and logs in, unless that stands; returns the server.

        Raises:
            NotSent: the server is not to be reached, or refuses the login.
        """
        if self._server is not None:
            return self._server
        try:
            self._server = _connected(self._settings)
        except smtplib.SMTPAuthenticationError as error:
            raise NotSent(f"发信服务器不接受登录（{error.smtp_code}）", later=False) from None
        except (OSError, smtplib.SMTPException) as error:
            where = f"{self._settings.host}:{self._settings.port}"
            raise NotSent(f"发信服务器 {where} 不可用：{type(error).__name__}", later=True, broken=True) from None
        return self._server

    def close(self) -> None:
        """Takes leave of the server, or of what is left of the connection."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def send(self, to: str, mail: bytes, before_it_leaves: Callable[[], None]) -> str:
        """Hands one mail to the server; returns its answer.

        Args:
            to: the one address.
            mail: the mail as it travels, its lines ended by CR LF.
            before_it_leaves: called when all but the last line is with the server.

        Raises:
            NotSent: it has not left.
            Unanswered: it may have.
        """
        server = self.open()
        try:
            self._hand_over(server, to, mail)
        except NotSent as refusal:
            self._forget_the_mail(refusal.broken)
            raise
        except UnicodeEncodeError:
            self._forget_the_mail(broken=False)
            raise NotSent("收件地址含有服务器不支持的字符", later=False) from None
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise NotSent(f"发送途中连接断开：{type(error).__name__}", later=True, broken=True) from None
        before_it_leaves()
        return self._last_line(server)

    def _hand_over(self, server: smtplib.SMTP, to: str, mail: bytes) -> None:
        """Everything up to the last line."""
        data = (b"\r\n" + mail).replace(b"\r\n.", b"\r\n..")[2:]  # RFC 5321, 4.5.2
        size = [f"SIZE={len(data)}"] if server.has_extn("size") else []
        sender = parseaddr(self._settings.sender or "")[1]
        _want(_OK, server.mail(sender, size))
        _want(_OK, server.rcpt(to))
        _want(_GO_ON, server.docmd("DATA"))
        server.send(data if data.endswith(b"\r\n") else data + b"\r\n")

    def _last_line(self, server: smtplib.SMTP) -> str:
        try:
            if server.sock is not None:
                server.sock.settimeout(_SECONDS_TO_ANSWER)
            server.send(b".\r\n")
            code, said = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
                raise Unanswered(f"服务器收下全部内容后 {_SECONDS_TO_ANSWER} 秒没有应答") from None
            raise NotSent("服务器收下内容后没有应答就断开了连接", later=True, broken=True) from None
        if server.sock is not None:
            server.sock.settimeout(_SECONDS)
        if code != _OK:
            if code == 421:
                self._drop()
            raise NotSent(_said(code, said), later=code < 500)
        return _said(code, said)

    def _forget_the_mail(self, broken: bool) -> None:
        if broken:
            self._drop()
        elif self._server is not None:
            try:
                self._server.rset()
            except (OSError, smtplib.SMTPException):
                self._drop()

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


def _connected(settings: MailSettings) -> smtplib.SMTP:
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
    server.ehlo_or_helo_if_needed()
    return server


def _want(code: int, answer: tuple[int, bytes]) -> None:
    found, said = answer
    accepted = found == code or (code == _OK and found == 251)
    if not accepted:
        raise NotSent(_said(found, said), later=found < 500, broken=found == 421)


def _said(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", errors="replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {words}".split())[:300]
