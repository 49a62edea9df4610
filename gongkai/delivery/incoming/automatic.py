"""Mails that no person wrote: bounces, auto-replies, and our own that came back. None has files for us.

A machine that answers a machine never ends (RFC 3834); a bounce carries our own workbook, which is nobody's report.
"""

import re
from pathlib import Path
from typing import NamedTuple

from gongkai.delivery.incoming.arrivals import ArrivalOutcome
from gongkai.delivery.incoming.letter import Letter, from_file
from gongkai.delivery.mail import OURS

_REPLY = re.compile(
    r"^\s*(?:自动回复|自动答复|假期回复|auto(?:matic)?[ -]?(?:reply|response)|out of office|已读|read:)", re.I
)
_BOUNCED = re.compile(
    r"^\s*(?:系统退信|退信|undeliver|delivery (?:status|failure)|mail delivery|returned mail|投递失败)", re.I
)
_MACHINES = ("mailer-daemon", "postmaster", "mail-daemon")
_MOST_STATIONS = 50
_RECIPIENT = re.compile(
    r"^(?:Final|Original)-Recipient:\s*(?:rfc822;)?\s*<?([^\s<>]{1,200}@[^\s<>]{1,200}?)>?\s*$", re.I | re.M
)
_STATUS = re.compile(r"^Status:\s*(\d\.\d{1,3}\.\d{1,3})", re.I | re.M)
_WHY = {
    "5.1": "地址不存在",
    "5.2.2": "对方邮箱已满",
    "5.2.3": "邮件超过对方允许的大小",
    "4.2.2": "对方邮箱已满",
    "5.7": "被对方服务器拒收",
}


class Bounce(NamedTuple):
    """What a bounce tells: whom our mail did not reach, and why; None where it does not say."""

    recipient: str | None
    status: str | None

    @property
    def why(self) -> str:
        known = (self.status or "").split(".")
        for length in (3, 2):
            if (word := _WHY.get(".".join(known[:length]))) and self.status:
                return f"{word}（{self.status}）"
        return self.status or "没有写明原因"


def machine_made(letter: Letter, own: str | None) -> ArrivalOutcome | None:
    """What a mail is when no person wrote it; None for one that somebody wrote.

    Args:
        letter: the mail, or its header alone.
        own: the address that our own mails come from.
    """
    sender = letter.sender or ""
    if (own and sender == own.lower()) or letter.get(OURS) or len(letter.all("Received")) > _MOST_STATIONS:
        return ArrivalOutcome.LOOP
    local = sender.partition("@")[0]
    empty_path = letter.get("Return-Path") == "<>"
    if letter.kind == "multipart/report" or local in _MACHINES or (empty_path and _BOUNCED.match(letter.subject)):
        return (
            ArrivalOutcome.AUTOMATIC if "disposition" in letter.get("Content-Type").lower() else ArrivalOutcome.BOUNCE
        )
    submitted = letter.get("Auto-Submitted").lower()
    replies = submitted.startswith("auto-replied") or letter.get("X-Autoreply") or letter.get("X-Autorespond")
    if replies or letter.get("Precedence").lower() == "auto_reply" or _REPLY.match(letter.subject):
        return ArrivalOutcome.AUTOMATIC
    return None


def bounce_of(file: Path) -> Bounce:
    """What a bounce says, out of its machine-readable part."""
    letter = from_file(file)
    told = "\n".join(str(block) for part in letter.parts("message/delivery-status") for block in part.walk())
    recipient, status = _RECIPIENT.search(told), _STATUS.search(told)
    return Bounce(recipient[1].lower() if recipient else None, status[1] if status else None)
