"""Mail: nothing without a server that somebody set, both parts in UTF-8, and no way to smuggle in a header."""

import smtplib
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongkai.delivery import connection as connecting
from gongkai.delivery.connection import Connection, NotSent
from gongkai.delivery.mail import Attachment, Mail, mail_settings, message, message_id
from gongkai.errors import ConfigurationError
from gongkai.settings import MailSettings

NOW = datetime(2022, 2, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
SENDER = "政务公开科 <zwgk@example.gov.cn>"


def make_mail(**values: Any) -> Mail:
    given: dict[str, Any] = {
        "to": "t01@example.cn",
        "subject": "【退回修改】T01 东风街道 2021 年度政务公开报送：3 处需要处理，2022年3月31日前重报",
        "text": "东风街道（T01）：\n\n.请在附件中修改。\n",
        "html": "<p>请在附件中修改。</p>\n",
        "attachments": [
            Attachment("签发单.txt", "签发人 王主任\n".encode()),
            Attachment("T01-returned.xlsx", b"PK\x03"),
        ],
        "message_id": message_id("gongkai.2021.T01.1", SENDER),
        "at": NOW,
        **values,
    }
    return Mail(**given)


def arrived(mail: Mail) -> EmailMessage:
    """The mail as whoever gets it reads it."""
    return message_from_bytes(message(SENDER, mail), policy=policy.default)


def test_a_mail_is_dated_named_and_marked_as_a_machines() -> None:
    mail = arrived(make_mail())
    assert mail["Date"] == "Thu, 03 Feb 2022 09:00:00 +0800"
    assert mail["Message-ID"] == "<gongkai.2021.T01.1@example.gov.cn>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"] == make_mail().subject
    assert mail["From"].addresses[0].display_name == "政务公开科"


def test_a_mail_says_the_same_as_text_and_as_html_and_brings_its_files_under_their_names() -> None:
    mail = arrived(make_mail())
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == make_mail().text
    assert "请在附件中修改" in html.get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == ["签发单.txt", "T01-returned.xlsx"]
    assert [part.get_content() for part in mail.iter_attachments()] == ["签发人 王主任\n".encode(), b"PK\x03"]


@pytest.mark.parametrize("field", ["to", "subject"])
def test_a_line_break_in_a_header_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match=r"linefeed|CR or LF"):
        message(SENDER, make_mail(**{field: "b@example.cn\r\nBcc: c@example.cn"}))


class Server:
    """Stands in for the office's server: what is said to it before the first mail."""

    made: list["Server"]

    def __init__(self, host: str, port: int, **_: Any) -> None:
        self.address = (host, port)
        self.said: list[Any] = []
        Server.made.append(self)

    def starttls(self, **_: Any) -> None:
        self.said.append("starttls")

    def login(self, user: str, password: str) -> None:
        self.said.append((user, password))

    def ehlo_or_helo_if_needed(self) -> None:
        self.said.append("ehlo")

    def quit(self) -> None:
        self.said.append("quit")

    def close(self) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    Server.made = []
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(smtplib, "SMTP_SSL", Server)
    return Server


def test_a_connection_is_encrypted_and_logged_in_before_anything_is_said(
    server: type[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("HOST", "mail.example"), ("SENDER", "a@example"), ("USER", "a"), ("PASSWORD", "geheim")):
        monkeypatch.setenv(f"GONGKAI_SMTP_{name}", value)
    settings = mail_settings()
    assert "geheim" not in repr(settings)
    connection = Connection(settings)
    connection.open()
    connection.close()
    (made,) = server.made
    assert made.address == ("mail.example", 587)
    assert made.said == ["starttls", ("a", "geheim"), "ehlo", "quit"]


def test_without_a_server_nothing_is_sent() -> None:
    with pytest.raises(ConfigurationError, match="GONGKAI_SMTP_HOST"):
        mail_settings()


def test_a_setting_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_SMTP_SECURITY", "ssl")
    with pytest.raises(ConfigurationError, match="GONGKAI_SMTP_SECURITY"):
        mail_settings()


def test_a_login_that_is_refused_is_told_without_the_servers_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(settings: MailSettings) -> smtplib.SMTP:
        raise smtplib.SMTPAuthenticationError(535, b"geheim")

    monkeypatch.setattr(connecting, "_connected", refuse)
    with pytest.raises(NotSent, match="不接受登录（535）") as refusal:
        Connection(MailSettings(host="mail.example", sender="a@example")).open()
    assert "geheim" not in str(refusal.value)
    assert not refusal.value.later
