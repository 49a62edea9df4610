"""Messages as rows and back: what is to be told to a unit, queued once, and what is told already.

Each is queued in the transaction of whoever decides it. A unit is never told the same twice: what was queued and has
become untrue before it left is superseded, what has left is never touched.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from gongkai.warehouse import models

WAITING = ("queued", "failed")
"""States of a message that is still to be sent."""
LEFT = ("sending", "sent", "uncertain")
"""States of a message that has left the house, or may have."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message to one unit.

    Attributes:
        kind: verdict, cleared, reminder, issued or no_file.
        run_id: the run that it comes from; None for what no run's alarm can hold back.
        rules_run_id: the run up to which it tells what has changed about the rules.
        tells: hash of what it says to the unit, whatever the words.
        revision, status: of the verdict that it tells of.
        body: its blocks as JSON (`gongkai.reporting.letters.blocks`).
        attachments: `name`, `path` (below the output folder) and `sha256` of each.
        number: its place among the unit's messages of the year; 0 before it is queued.
        address: where it went, or was last tried; `answer` what the server said of it, or what went wrong.
    """

    year: int
    unit: str
    kind: str
    run_id: int | None
    queued_at: datetime
    tells: str
    subject: str
    body: Sequence[Mapping[str, Any]]
    attachments: Sequence[Mapping[str, str]]
    rules_run_id: int | None = None
    revision: int | None = None
    status: str | None = None
    id: int = 0
    number: int = 0
    state: str = "queued"
    address: str | None = None
    message_id: str | None = None
    tries: int = 0
    tried_at: datetime | None = None
    sent_at: datetime | None = None
    answer: str | None = None

    @property
    def content_sha256(self) -> str:
        """The hash of all that it brings to the unit."""
        said = [self.subject, list(self.body), [dict(one) for one in self.attachments]]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


_COLUMNS = models.MessageRow.__table__.columns


def messages(
    connection: Connection,
    year: int | None,
    *,
    kinds: Iterable[str] | None = None,
    states: Iterable[str] | None = None,
    unit: str | None = None,
) -> list[Message]:
    """Messages of a year (None: of all) in the order of queueing, of some kinds, in some states, to one unit."""
    table = models.MessageRow
    asked = [] if year is None else [table.year == year]
    asked += [] if kinds is None else [table.kind.in_(tuple(kinds))]
    asked += [] if states is None else [table.state.in_(tuple(states))]
    asked += [] if unit is None else [table.unit == unit]
    found = connection.execute(select(models.MessageRow.__table__).where(*asked).order_by(table.id)).mappings()
    return [Message(**{key: value for key, value in row.items() if key != "content_sha256"}) for row in found]


def told_in_any_year(connection: Connection, kind: str) -> set[str]:
    """What messages of a kind that have left, or may have, tell: what belongs to no year is told in one only."""
    table = models.MessageRow
    return set(connection.execute(select(table.tells).where(table.kind == kind, table.state.in_(LEFT))).scalars())


def queue(connection: Connection, message: Message) -> Message:
    """Queues a message behind the unit's others; whoever asks has seen that it is news."""
    table = models.MessageRow
    last = connection.execute(
        select(func.coalesce(func.max(table.number), 0)).where(table.year == message.year, table.unit == message.unit)
    ).scalar_one()
    numbered = replace(message, number=last + 1)
    key = connection.execute(insert(table).returning(table.id), _row(numbered)).scalar_one()
    return replace(numbered, id=key)


def rewrite(connection: Connection, message: Message, anew: Message) -> None:
    """Gives a message that waits the words, papers and run of one that tells the same."""
    words = _row(anew)
    kept = ("kind", "run_id", "rules_run_id", "subject", "body", "attachments", "content_sha256", "queued_at")
    _set(connection, message.id, **{key: words[key] for key in kept})


def supersede(connection: Connection, message: Message, why: str) -> None:
    """Takes back a message that has not left: it is true no more."""
    _set(connection, message.id, state="superseded", answer=why)


def sending(connection: Connection, message: Message, address: str, message_id: str, at: datetime) -> None:
    """Notes that the last byte is about to be given to the server: from now on nobody can say that it did not leave."""
    _set(
        connection,
        message.id,
        state="sending",
        address=address,
        message_id=message_id,
        tries=models.MessageRow.tries + 1,
        tried_at=at,
    )


def sent(connection: Connection, message: Message, answer: str, at: datetime) -> None:
    """Notes that the server has taken it."""
    _set(connection, message.id, state="sent", answer=answer, sent_at=at)


def failed(connection: Connection, message: Message, address: str, answer: str, at: datetime) -> None:
    """Notes that it did not leave, and why: the next call tries again."""
    _set(connection, message.id, state="failed", address=address, answer=answer, tried_at=at)


def uncertain(connection: Connection, message: Message, answer: str) -> None:
    """Notes that nobody knows whether it left: it is not sent again unless somebody says so."""
    _set(connection, message.id, state="uncertain", answer=answer)


def again(connection: Connection, message: Message) -> None:
    """Queues once more what somebody has found not to have arrived."""
    _set(connection, message.id, state="queued")


def units_with_new_verdicts(connection: Connection, year: int) -> set[str]:
    """Units on whose revisions something was decided by a run after the last one that told its units."""
    run, verdict, revision = models.Run, models.VerdictRow, models.RevisionRow
    told = select(func.coalesce(func.max(run.id), 0)).where(run.year == year, run.letters_at.is_not(None))
    found = connection.execute(
        select(revision.unit)
        .distinct()
        .join(verdict, verdict.revision_id == revision.id)
        .where(revision.year == year, verdict.run_id > told.scalar_subquery())
    )
    return set(found.scalars())


def last_told_run(connection: Connection, year: int) -> int | None:
    """The last run of a year that queued what it had to tell."""
    run = models.Run
    asked = select(func.max(run.id)).where(run.year == year, run.letters_at.is_not(None))
    return connection.execute(asked).scalar()


def have_told(connection: Connection, run_id: int, at: datetime) -> None:
    """Notes that everything a run has to tell is queued."""
    connection.execute(update(models.Run).where(models.Run.id == run_id).values(letters_at=at))


def _row(message: Message) -> dict[str, Any]:
    row = {name: getattr(message, name) for name in _COLUMNS.keys() if name != "id"}  # noqa: SIM118  a collection
    return {**row, "body": [dict(one) for one in message.body], "attachments": [dict(a) for a in message.attachments]}


def _set(connection: Connection, key: int, **values: Any) -> None:
    connection.execute(update(models.MessageRow).where(models.MessageRow.id == key).values(**values))
