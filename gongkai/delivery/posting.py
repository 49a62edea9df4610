"""Sends many mails over one connection: in rounds, with back-off between them, and every step on record at once.

Who may get what is decided by whoever hands the mails over. A mail that fails stops no other; one that was sent, or
of which nobody can say that it was not, is not sent again here.
"""

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from gongkai.delivery.connection import Connection, NotSent, Unanswered
from gongkai.delivery.mail import Mail, message
from gongkai.settings import MailSettings

WAITS = (1.0, 3.0, 9.0)
"""Seconds before the second round and those after it: what a busy server refuses for now is tried so often."""


class Ledger(Protocol):
    """Keeps what became of one mail; each call is on the disk when it returns."""

    def leaving(self, mail: Mail) -> None:
        """The last line is about to be given to the server."""

    def sent(self, answer: str) -> None:
        """The server has taken it."""

    def failed(self, answer: str) -> None:
        """It has not left."""

    def uncertain(self, answer: str) -> None:
        """Nobody knows."""


class Item(NamedTuple):
    """One mail to send: made when its turn comes, so that the files of one are in memory at a time."""

    make: Callable[[], Mail]
    ledger: Ledger


def post(items: Iterable[Item], settings: MailSettings, waits: Iterable[float] | None = None) -> None:
    """Sends them in order; those that may go later are tried again in further rounds."""
    left = list(items)
    connection = Connection(settings)
    try:
        for wait in (0.0, *(WAITS if waits is None else waits)):
            if not left:
                return
            time.sleep(wait)
            left = _round(left, connection, settings)
    finally:
        connection.close()


def _round(items: list[Item], connection: Connection, settings: MailSettings) -> list[Item]:
    """One round; returns those that another one may help."""
    later: list[Item] = []
    for position, item in enumerate(items):
        try:
            connection.open()
        except NotSent as refusal:  # nobody's in particular: there is no server
            rest = items[position:]
            for one in rest:
                one.ledger.failed(str(refusal))
            return [*later, *rest] if refusal.later else later
        if _sent_or_settled(item, connection, settings):
            continue
        later.append(item)
    return later


def _sent_or_settled(item: Item, connection: Connection, settings: MailSettings) -> bool:
    """Whether another round has nothing to do with it."""
    mail = item.make()
    try:
        made = message(settings.sender or "", mail)
        answer = connection.send(mail.to, made, lambda: item.ledger.leaving(mail))
    except NotSent as refusal:
        item.ledger.failed(str(refusal))
        return not refusal.later
    except Unanswered as silence:
        item.ledger.uncertain(str(silence))
        return True
    except ValueError:  # an address or a subject that is none
        item.ledger.failed("收件地址或标题不能用在邮件中")
        return True
    item.ledger.sent(answer)
    return True
