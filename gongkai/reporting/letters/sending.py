"""Sends what is queued: only to the address that the registry has today, only what may leave, each message once.

Whoever sends holds the year, so that two never send at once; a message found half sent is then one whose sender died.
The commands and the deployments come here alike; nothing of a demonstration goes to a real address or server.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine

from gongkai.delivery.mail import Attachment, Mail, message_id
from gongkai.delivery.posting import Item, post
from gongkai.profile import Profile
from gongkai.reporting.letters.blocks import as_html, as_text, from_json
from gongkai.reporting.letters.leaving import Obstacles
from gongkai.reporting.letters.signed import is_receipt, signature_of
from gongkai.settings import MailSettings
from gongkai.warehouse.audit import BY_RULE, Decision, Kind, TypedIn, record
from gongkai.warehouse.engine import reading, write
from gongkai.warehouse.post import messages as rows
from gongkai.warehouse.post.messages import WAITING, Message

INTERRUPTED = "发送途中程序中断，是否送达不能确定"


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sends, from where, when.

    Attributes:
        registry: the profile of today: whose address is which.
        out: the output folder.
        clock: the moment that a mail is dated with.
        today: the day whose reminders still go out.
        by: who is on record for a message, by its kind and unit; the rules where nobody is named.
    """

    year: int
    out: Path
    registry: Profile
    demonstration: bool
    server: MailSettings
    clock: Callable[[], datetime]
    today: date
    typed_in: TypedIn = "command"
    by: Mapping[str, str] = field(default_factory=dict)


@dataclass
class SendingOutcome:
    """What became of the messages, unit by unit.

    Attributes:
        sent: codes; `held`, `failed`: code → why; `uncertain`: code → why, with the identity of the mail.
        before: codes of units that have the very same already; `nothing` of those that were asked for and for which
            nothing was issued.
    """

    sent: list[str] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    uncertain: dict[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()
    nothing: Sequence[str] = ()

    @property
    def complete(self) -> bool:
        """Whether everything that was to be sent has been."""
        return not (self.held or self.failed or self.uncertain or self.nothing)


def settle_interrupted(engine: Engine, year: int, kinds: Collection[str]) -> dict[str, str]:
    """What a sender that died left half sent becomes uncertain; whoever calls holds the year.

    Returns:
        Unit → what is to be said of it.
    """

    def work(connection: Connection) -> dict[str, str]:
        found = {}
        for message in rows.messages(connection, year, kinds=kinds, states=["sending"]):
            rows.uncertain(connection, message, INTERRUPTED)
            found[message.unit] = _identified(INTERRUPTED, message)
        return found

    return write(engine, work)


def queued(engine: Engine, year: int, kinds: Collection[str]) -> list[Message]:
    """What waits to be sent, in the order in which it was queued."""
    with reading(engine) as connection:
        return rows.messages(connection, year, kinds=kinds, states=WAITING)


def send(engine: Engine, sender: Sender, messages: Sequence[Message]) -> SendingOutcome:
    """Sends messages; those with something in their way stay queued, and it is said why."""
    outcome = SendingOutcome()
    obstacles = Obstacles(engine, sender.year, sender.out, sender.registry, sender.demonstration, sender.server)
    items = []
    for message in messages:
        if (why := obstacles.out_of_date(message, sender.today)) is not None:
            write(engine, partial(rows.supersede, message=message, why=why))
        elif (why := obstacles.of(message)) is not None:
            outcome.held[message.unit] = why
        else:
            address = obstacles.address(message) or ""
            ledger = _Record(engine, sender, message, address, outcome)
            items.append(Item(partial(_mail, sender, message, address), ledger))
    post(items, sender.server)
    return outcome


class _Record:
    """Keeps in the warehouse what becomes of one message; the audit log has it once it is sent."""

    def __init__(self, engine: Engine, sender: Sender, message: Message, address: str, outcome: SendingOutcome) -> None:
        self._engine, self._sender, self._message, self._outcome = engine, sender, message, outcome
        self._address, self._identity = address, identity(message, sender.server)

    def leaving(self, mail: Mail) -> None:
        at = self._sender.clock()
        write(self._engine, lambda c: rows.sending(c, self._message, mail.to, mail.message_id, at))

    def sent(self, answer: str) -> None:
        at = self._sender.clock()

        def work(connection: Connection) -> None:
            rows.sent(connection, self._message, answer, at)
            record(connection, self._decision(answer, at))

        write(self._engine, work)
        self._outcome.failed.pop(self._message.unit, None)
        self._outcome.sent.append(self._message.unit)

    def failed(self, answer: str) -> None:
        at = self._sender.clock()
        write(self._engine, lambda c: rows.failed(c, self._message, self._address, answer, at))
        self._outcome.failed[self._message.unit] = answer

    def uncertain(self, answer: str) -> None:
        write(self._engine, lambda c: rows.uncertain(c, self._message, answer))
        self._outcome.failed.pop(self._message.unit, None)
        known = replace(self._message, address=self._address, message_id=self._identity)
        self._outcome.uncertain[self._message.unit] = _identified(answer, known)

    def _decision(self, answer: str, at: datetime) -> Decision:
        message = self._message
        return Decision(
            kind=Kind.DELIVERED if message.kind == "issued" else Kind.NOTIFIED,
            at=at,
            by=self._sender.by.get(message.unit, BY_RULE),
            typed_in=self._sender.typed_in,
            year=message.year,
            subject=message.unit,
            after={
                "kind": message.kind,
                "to": self._address,
                "content_sha256": message.content_sha256,
                "message_id": self._identity,
                "answer": answer,
            },
            identity=f"{message.kind} {message.number}",
        )


def _mail(sender: Sender, message: Message, address: str) -> Mail:
    """The mail of a message; a receipt brings its signature with it."""
    files = {one["name"]: sender.out / one["path"] for one in message.attachments}
    for name, path in list(files.items()):
        if is_receipt(name, message.unit):
            signature = signature_of(path, message.unit)
            files.setdefault(signature.name, signature)
    blocks = from_json(message.body)
    return Mail(
        to=address,
        subject=message.subject,
        text=as_text(blocks),
        html=as_html(blocks, message.subject),
        attachments=[Attachment(name, path.read_bytes()) for name, path in files.items()],
        message_id=identity(message, sender.server),
        at=sender.clock(),
    )


def identity(message: Message, server: MailSettings) -> str:
    """The Message-ID: of the message and its content, the same however often it is tried."""
    what = f"gongkai.{message.year}.{message.unit}.{message.number}.{message.content_sha256[:24]}"
    return message_id(what, server.sender or "")


def _identified(why: str, message: Message) -> str:
    known = f"（收件人 {message.address}，Message-ID {message.message_id}）" if message.message_id else ""
    return f"{why}{known}"
