"""The servers, once a session, and mails to put into them."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.servers import MailServer, certificate, mail_server


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="session")
def one_mailbox(pem: Path) -> Iterator[MailServer]:
    with mail_server(pem) as server:
        yield server


@pytest.fixture
def trusted(pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine trusts the servers' certificate, as an operator would make it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))


@pytest.fixture
def mailbox(one_mailbox: MailServer, trusted: None) -> MailServer:
    """The mailbox, empty."""
    one_mailbox.empty()
    return one_mailbox


def mail(
    *files: tuple[str, bytes],
    sender: str = "t01@example.invalid",
    subject: str = "报表",
    text: str = "见附件。",
    **more: str,
) -> bytes:
    """A mail of a unit."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "gk@example.invalid", subject
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()
