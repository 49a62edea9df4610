"""Mail: nothing without a server that somebody set, plain text in UTF-8, and no way to smuggle in a header."""

import smtplib
import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from gongkai.delivery import mail as mailing
from gongkai.delivery.mail import mail_settings, message, outgoing
from gongkai.errors import ConfigurationError, GongkaiError
from gongkai.settings import MailSettings


class Server:
    """Stands in for the office's server."""

    made: list["Server"]

    def __init__(self, host: str, port: int, **_: Any) -> None:
        self.address = (host, port)
        self.said: list[Any] = []
        Server.made.append(self)

    def starttls(self, **_: Any) -> None:
        self.said.append("starttls")

    def login(self, user: str, password: str) -> None:
        self.said.append((user, password))

    def send_message(self, mail: EmailMessage) -> None:
        self.said.append((mail["To"], mail.get_content()))

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.said.append("quit")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    Server.made = []
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(smtplib, "SMTP_SSL", Server)
    return Server


def test_a_text_is_sent_encrypted_and_logged_in(server: type[Server], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("HOST", "mail.example"), ("SENDER", "a@example"), ("USER", "a"), ("PASSWORD", "geheim")):
        monkeypatch.setenv(f"GONGKAI_SMTP_{name}", value)
    settings = MailSettings()
    assert "geheim" not in repr(settings)
    with outgoing(settings) as send:
        send("t01@example", "催报", "请尽快报送。\n")
    (made,) = server.made
    assert made.address == ("mail.example", 587)
    assert made.said == ["starttls", ("a", "geheim"), ("t01@example", "请尽快报送。\n"), "quit"]


class PostOffice(socketserver.StreamRequestHandler):
    """A mail server on this machine that takes everything and keeps it."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().strip().upper():
            if line == b"DATA":
                self._say("354 go on")
                self._keep()
                self._say("250 taken")
            elif line == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _keep(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        kept.append(message_from_bytes(b"".join(lines), policy=policy.default))


kept: list[Any] = []


def test_a_real_server_gets_a_chinese_text_unharmed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept.clear()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), PostOffice) as post:
        threading.Thread(target=post.serve_forever, daemon=True).start()
        given = {"HOST": "127.0.0.1", "PORT": str(post.server_address[1]), "SECURITY": "none", "SENDER": "a@example.cn"}
        for name, value in given.items():
            monkeypatch.setenv(f"GONGKAI_SMTP_{name}", value)
        with outgoing(MailSettings()) as send:
            send("t01@example.cn", "催报：尚未报送", "东风街道：\n\n请尽快报送。\n")
        post.shutdown()
    (mail,) = kept
    assert (mail["To"], mail["From"], mail["Subject"]) == ("t01@example.cn", "a@example.cn", "催报：尚未报送")
    assert mail.get_content().splitlines() == ["东风街道：", "", "请尽快报送。"]


def test_without_a_server_nothing_is_sent(server: type[Server]) -> None:
    with pytest.raises(ConfigurationError, match="GONGKAI_SMTP_HOST"):
        mail_settings()
    assert server.made == []


def test_a_setting_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_SMTP_SECURITY", "ssl")
    with pytest.raises(ConfigurationError, match="GONGKAI_SMTP_SECURITY"):
        mail_settings()


def test_a_server_that_refuses_is_a_message_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(settings: MailSettings) -> smtplib.SMTP:
        raise smtplib.SMTPAuthenticationError(535, b"geheim")

    monkeypatch.setattr(mailing, "_connect", refuse)
    with pytest.raises(GongkaiError) as error, outgoing(MailSettings(host="mail.example", sender="a@example")):
        pass
    assert "geheim" not in str(error.value)


def test_an_address_with_a_line_break_is_refused() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        message("a@example", "b@example\nBcc: c@example", "催报", "…")
