"""A real mail server on this machine (aiosmtpd) that takes mails, or does to them what a test says."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

DROP = "drop"
"""The server closes the connection instead of answering."""
STORED = "stored"
"""The server takes the mail and closes the connection before it has said so."""
SILENCE = "silence"
"""The server has the whole mail and says nothing for a while."""


class PostOffice:
    """The server.

    Attributes:
        taken: recipient and mail of everything that it has answered 250 for.
        at_recipient, at_data: address → what it does instead of taking, one after the other; then it takes.
        asked: how many mails it was given the whole of.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []
        self.at_recipient: dict[str, list[str]] = {}
        self.at_data: dict[str, list[str]] = {}
        self.asked = 0
        self.port = _free_port()

    def to(self, address: str) -> list[EmailMessage]:
        """The mails that it took for an address."""
        return [mail for recipient, mail in self.taken if recipient == address]

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if (said := self._next(self.at_recipient, address)) is not None:
            return await self._instead(said, server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        self.asked += 1
        (to,) = envelope.rcpt_tos
        said = self._next(self.at_data, to)
        if said in (None, STORED):
            self.taken.append((to, message_from_bytes(envelope.content, policy=policy.default)))
        if said is not None:
            return await self._instead(said, server)
        return f"250 taken as {len(self.taken)}"

    @staticmethod
    def _next(steps: dict[str, list[str]], address: str) -> str | None:
        left = steps.get(address)
        return left.pop(0) if left else None

    @staticmethod
    async def _instead(said: str, server: Any) -> str:
        if said == SILENCE:
            await asyncio.sleep(2)
        if said in (DROP, SILENCE, STORED):
            server.transport.abort()
            return "421 gone"
        return said


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """The server, for a while."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def settings_of(office: PostOffice) -> dict[str, str]:
    """The settings of gongkai that name the server."""
    return {
        "GONGKAI_SMTP_HOST": "127.0.0.1",
        "GONGKAI_SMTP_PORT": str(office.port),
        "GONGKAI_SMTP_SECURITY": "none",
        "GONGKAI_SMTP_SENDER": "政务公开科 <zwgk@example.gov.cn>",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
