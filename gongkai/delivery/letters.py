"""Letters that lie in the outbox as text, sent by mail once: what went out is on record beside the text.

The record (`….已发送.json`) holds the text's hash, so the same text is not sent twice, and a changed one is.
"""

import hashlib
import json
import smtplib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from gongkai.delivery.mail import outgoing
from gongkai.settings import MailSettings


class Letter(NamedTuple):
    """One letter.

    Attributes:
        unit: the code of whom it is about.
        address: None for a unit without an address, to which nothing is sent.
        place: where its text lies.
    """

    unit: str
    address: str | None
    subject: str
    text: str
    place: Path

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def record(self) -> Path:
        return self.place.with_suffix(".已发送.json")

    def was_sent(self) -> bool:
        """Whether this very text went out."""
        return self.record.is_file() and json.loads(self.record.read_text(encoding="utf-8"))["sha256"] == self.sha256


class Posted(NamedTuple):
    """What became of the letters: how many went out, how many had gone out before, whose the server refused."""

    sent: int
    before: int
    refused: tuple[str, ...]

    def __str__(self) -> str:
        again = f"；{self.before} 封此前已经发过，没有重复发送" if self.before else ""
        return f"已发送 {self.sent} 封邮件{again}。"

    @property
    def trouble(self) -> str | None:
        """What must be told of those that were refused."""
        return f"{len(self.refused)} 封邮件没有发出：{'、'.join(self.refused)}。" if self.refused else None


def post_letters(letters: Sequence[Letter], server: MailSettings, at: datetime) -> Posted:
    """Sends what has not been sent; one that the server refuses does not stop the others.

    Raises:
        GongkaiError: the server refuses the connection or the login.
    """
    refused: list[str] = []
    fresh = [letter for letter in letters if letter.address and not letter.was_sent()]
    before = sum(letter.was_sent() for letter in letters)
    if not fresh:
        return Posted(0, before, ())
    with outgoing(server) as post:
        for letter in fresh:
            try:
                post(letter.address or "", letter.subject, letter.text)
            except (smtplib.SMTPException, ValueError, OSError) as error:
                refused.append(f"{letter.unit}（{type(error).__name__}）")
                continue
            sent = {"to": letter.address, "sent_at": at.isoformat(timespec="seconds"), "sha256": letter.sha256}
            letter.record.write_text(json.dumps(sent, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return Posted(len(fresh) - len(refused), before, tuple(refused))
