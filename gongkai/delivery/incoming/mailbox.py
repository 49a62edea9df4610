"""The face of imap-tools: a mailbox that is only looked at. Nothing is marked, moved, deleted or answered.

Mails are known by UIDVALIDITY and UID. Heads come a hundred at a time, bodies one by one and large ones in parts, so
that a mailbox of ten thousand mails and one of 50 MB need no more memory than a small one.
"""

import imaplib
import re
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from gongkai.delivery.incoming.shares import speaking_to
from gongkai.delivery.incoming.source import Source

_HEADS, _PART = 100, 8 * 2**20  # heads, and bytes of a body, in one request
_SECONDS = 60
_IMAPS = 993
_ABOUT = "(UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER])"
_UID, _SIZE = re.compile(rb"UID (\d+)"), re.compile(rb"RFC822\.SIZE (\d+)")
_STORAGE = re.compile(rb"\bSTORAGE (\d+) (\d+)", re.IGNORECASE)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MailHead(NamedTuple):
    """What is known of a mail before it is fetched.

    Attributes:
        received_at: when the office's server received it.
        size: bytes of the whole mail.
        header: its header as it stands.
    """

    uid: int
    received_at: datetime
    size: int
    header: bytes


class NotGiven(Exception):
    """The server answers, and refuses this one mail."""


class Mailbox:
    """One folder of a mailbox, open for reading.

    Attributes:
        validity: as long as it stays the same, a UID is the same mail.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        user, password = source.user or "", source.password or ""
        with speaking_to(source):
            self._box = _connected(source.host, source.port or _IMAPS)
            plain = (user + password).isascii()  # which every server takes; the other way only some
            (self._box.login if plain else self._box.login_utf8)(user, password, initial_folder=None)
            _, said = self._box.client.capability()  # many servers say only after the login what they can do
            self._can = frozenset(b" ".join(said).decode("ascii", "replace").upper().split())
            self._introduce()
            self._box.folder.set(source.path, readonly=True)
            self.validity = int(self._box.folder.status(source.path, ["UIDVALIDITY"])["UIDVALIDITY"])

    def new_since(self, last: int, since: date | None = None) -> list[int]:
        """The UIDs after one, in order; with a date, only of mails that the server received from that day on."""
        day = f" SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}" if since else ""
        with speaking_to(self._source):
            found = self._box.uids(f"UID {last + 1}:*{day}", charset=None)
        return sorted(uid for uid in map(int, found) if uid > last)  # `n:*` always names the last mail

    def heads(self, uids: Sequence[int]) -> Iterator[MailHead]:
        """The heads of mails, as they come."""
        for at in range(0, len(uids), _HEADS):
            some = ",".join(map(str, uids[at : at + _HEADS]))
            with speaking_to(self._source):
                _, said = self._box.client.uid("FETCH", some, _ABOUT)
                found = sorted(_heads(said))
            yield from found

    def bring(self, uid: int, size: int, to: Path, most: int | None = None) -> None:
        """Writes a mail into a file, part by part; with `most`, only so many bytes of it.

        Raises:
            NotGiven: the server does not hand out this mail.
            SourceDown: the connection broke off.
        """
        wanted = min(size, most or size)
        with to.open("wb") as stream:
            while (at := stream.tell()) < wanted:
                with speaking_to(self._source):
                    length = min(_PART, wanted - at)
                    status, said = self._box.client.uid("FETCH", str(uid), f"(BODY.PEEK[]<{at}.{length}>)")
                part = next((one[1] for one in said if isinstance(one, tuple)), b"")
                if status != "OK":
                    raise NotGiven(status)
                if not part:  # shorter than the server said
                    return
                stream.write(part)

    def fullness(self) -> int | None:
        """How full the mailbox is, in per cent; None where the server does not tell, or refuses to."""
        if "QUOTA" not in self._can:
            return None
        with speaking_to(self._source):
            try:
                _, said = self._box.client.getquotaroot(self._source.path)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error:
                return None
        return used_percent(b" ".join(part for some in said for part in some if isinstance(part, bytes)))

    def close(self) -> None:
        try:
            self._box.logout()
        except Exception:  # noqa: BLE001  # a server that is gone needs no goodbye
            return

    def _introduce(self) -> None:
        """Says who asks: NetEase's mailboxes (163, 126, yeah) let nobody in who does not."""
        if "ID" in self._can:
            self._box.client.xatom("ID", '("name" "gongkai" "vendor" "gongkai")')


@contextmanager
def opened(source: Source) -> Iterator[Mailbox]:
    """A mailbox, closed at the end.

    Raises:
        SourceDown: it cannot be reached or opened.
    """
    mailbox = Mailbox(source)
    try:
        yield mailbox
    finally:
        mailbox.close()


def _connected(host: str, port: int) -> Any:
    """A connection under TLS: from the first byte, or, where a server begins in the clear, before anything is said."""
    from imap_tools import MailBox, MailBoxStartTls

    trusted = ssl.create_default_context()
    try:
        return MailBox(host, port, _SECONDS, ssl_context=trusted)
    except ssl.SSLCertVerificationError:
        raise
    except ssl.SSLError:
        return MailBoxStartTls(host, port, timeout=_SECONDS, ssl_context=trusted)


def used_percent(said: bytes) -> int | None:
    """How full a mailbox is by a server's QUOTA answer; None where it limits no storage."""
    found = _STORAGE.search(said)
    return 100 * int(found[1]) // int(found[2]) if found and int(found[2]) else None


def _heads(said: Sequence[Any]) -> Iterator[MailHead]:
    """Heads out of a FETCH answer; what stands after the literal belongs to it as well."""
    for one, after in zip(said, [*said[1:], b""], strict=True):
        if not isinstance(one, tuple):
            continue
        around = one[0] + b" " + (after if isinstance(after, bytes) else b"")
        uid, size, received = _UID.search(around), _SIZE.search(around), imaplib.Internaldate2tuple(around)
        if uid and size:
            moment = datetime.fromtimestamp(time.mktime(received) if received else 0, UTC)
            yield MailHead(int(uid[1]), moment, int(size[1]), one[1])
