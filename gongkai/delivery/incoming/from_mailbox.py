"""Mails of a mailbox into the inbox: each once, in the order of arrival, whatever breaks off in between."""

from collections.abc import Iterator
from datetime import date

from gongkai.delivery.incoming.arrivals import Arrival
from gongkai.delivery.incoming.journal import Journal
from gongkai.delivery.incoming.mailbox import Mailbox, opened
from gongkai.delivery.incoming.one_mail import MailReader
from gongkai.delivery.incoming.shares import SourceDown
from gongkai.delivery.incoming.source import Source

_FULL = 90  # per cent from which somebody has to make room
_TRIES = 3  # connections of one call; each goes on where the last one broke off


def take_from_mailbox(source: Source, reader: MailReader, journal: Journal) -> Iterator[Arrival | str]:
    """Brings what is new; a string is what must be told beside it.

    Raises:
        SourceDown: it cannot be opened, or broke off again and again.
    """
    for left in reversed(range(_TRIES)):
        with opened(source) as mailbox:
            try:
                yield from _new(source, mailbox, reader, journal)
                full = mailbox.fullness()
            except SourceDown:
                if left:
                    continue
                raise
        if full is not None and full >= _FULL:
            yield f"收件邮箱 {source.label} 已用 {full} %，满了以后单位的邮件会被退回：请清理旧邮件或扩容。"
        return


def _new(source: Source, mailbox: Mailbox, reader: MailReader, journal: Journal) -> Iterator[Arrival]:
    prefix = f"{mailbox.validity}/"
    done = (key.removeprefix(prefix) for key in journal.keys(source.label) if key.startswith(prefix))
    last = max(map(int, done), default=0)
    since = date.fromisoformat(source.options["since"]) if "since" in source.options else None
    for head in mailbox.heads(mailbox.new_since(last, since)):
        arrival = reader.deal_with(f"{prefix}{head.uid}", head, mailbox)
        journal.dealt_with(arrival)
        yield arrival
