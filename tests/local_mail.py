"""A post office on this machine, to see the whole loop by hand: `make mail-server`, after `make demo`.

What gongkai sends (SMTP) is shown and kept as a file; what is sent to the office goes into a mailbox (IMAP over TLS)
that `gongkai fetch` and every run can read. Nothing leaves this machine, and nothing is kept when it ends.

    python -m tests.local_mail                          the server, until Ctrl-C; it prints what to set
    python -m tests.local_mail send T02 FILE [FILE …]   a mail of a unit to the office
"""

import signal
import smtplib
import sys
import tempfile
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tests.mails import mail
from tests.servers import MailServer, certificate, mail_server

PORT = 8025
OFFICE = "gk@example.invalid"


class PostOffice:
    """Takes every mail: the office's own into its mailbox, the units' into a folder."""

    def __init__(self, folder: Path, mailbox: MailServer) -> None:
        self._folder, self._mailbox = folder, mailbox
        self._number = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        for address in envelope.rcpt_tos:
            self._number += 1
            message = message_from_bytes(envelope.content, policy=policy.default)
            if address == OFFICE:
                self._mailbox.receive(envelope.content, at=datetime.now(UTC))
            else:
                (self._folder / f"{self._number}-{address}.eml").write_bytes(envelope.content)
            sys.stdout.write(_said(address, message))
        return "250 OK"


def _said(address: str, message: EmailMessage) -> str:
    files = "、".join(part.get_filename() or "（没有名称）" for part in message.iter_attachments())
    return f"{message['From']} → {address}\n  {message['Subject']}\n  附件：{files or '没有'}\n"


def serve() -> None:
    """Both servers, until Ctrl-C."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pem = certificate(folder)
        with mail_server(pem) as mailbox:
            mailbox.empty()
            controller = Controller(PostOffice(folder, mailbox), hostname="127.0.0.1", port=PORT)
            controller.start()
            sys.stdout.write(_guide(folder, pem, mailbox.url))
            try:
                signal.pause()
            except KeyboardInterrupt:
                controller.stop()


def _guide(folder: Path, pem: Path, url: str) -> str:
    lines = (
        f"本机的邮件服务器已启动（只在本机，不转发；发给单位的邮件存为 {folder} 中的 .eml，结束时删去）。",
        "在另一个窗口设置：",
        f"  export GONGKAI_SMTP_HOST=127.0.0.1 GONGKAI_SMTP_PORT={PORT} GONGKAI_SMTP_SECURITY=none",
        f"  export GONGKAI_SMTP_SENDER={OFFICE} GONGKAI_SOURCES={url} SSL_CERT_FILE={pem}",
        "以单位的名义寄一份填报表给办公室：",
        "  python -m tests.local_mail send T02 文件.xlsx",
        "按 Ctrl-C 停止。",
    )
    return "\n".join(lines) + "\n"


def send(unit: str, files: list[Path]) -> None:
    """A mail of a unit of the demonstration, with files."""
    sender = f"{unit.lower()}@example.invalid"
    whole = mail(*((one.name, one.read_bytes()) for one in files), sender=sender, subject=f"{unit} 年度报送")
    with smtplib.SMTP("127.0.0.1", PORT) as server:
        server.sendmail(sender, [OFFICE], whole.replace(b"\n", b"\r\n"))


if __name__ == "__main__":
    if sys.argv[1:2] == ["send"]:
        send(sys.argv[2], [Path(one) for one in sys.argv[3:]])
    else:
        serve()
