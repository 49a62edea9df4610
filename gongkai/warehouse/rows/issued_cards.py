"""Scorecards as they were issued (征求意见 or final), as rows and back: the last one of every unit at a moment.

What a card's content is, and when it is another, is `gongkai.assessment.hearing.issuing`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select

from gongkai.law.due_day import UnknownDay
from gongkai.profile import Profile
from gongkai.warehouse import models
from gongkai.worded import Worded


class CardState(Worded):
    """The states of a card, by the words of the office."""

    DRAFT = "draft", "草稿"
    PRELIMINARY = "preliminary", "征求意见稿"
    FINAL = "final", "正式"


class Window(NamedTuple):
    """When a unit may appeal: from the day of an issue up to and with its last day (None: nobody can tell yet)."""

    opened: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class IssuedCard:
    """The card of a unit that was issued last; never changed, only superseded.

    Attributes:
        version: which of the distinct contents that were issued to the unit, from 1.
        issued_at: when this content was issued in this state.
        appeal_until: the last day to appeal against it.
        content: as JSON (contract.md: all but what the issue itself says).
        grounds: what it followed from, to tell why the next one differs.
        changes: what differs from the content that was issued before, in words.
        windows: every time to appeal that an issue to the unit has opened, oldest first.
    """

    unit: str
    version: int
    state: CardState
    issued_at: datetime
    appeal_until: date | None
    content: Mapping[str, Any]
    grounds: Mapping[str, Any]
    changes: Sequence[str] = ()
    windows: Sequence[Window] = ()

    def window_on(self, day: date) -> Window | None:
        """The time to appeal that an issue had opened last by a day."""
        return next((one for one in reversed(self.windows) if one.opened <= day), None)


def issued_cards(connection: Connection, year: int, before: datetime, profile: Profile) -> Mapping[str, IssuedCard]:
    """Unit → the card that was issued to it last before a moment."""
    table = models.IssuedCardRow
    statement = (
        select(table.__table__).where(table.year == year, table.issued_at < before).order_by(table.issued_at, table.id)
    )
    found: dict[str, IssuedCard] = {}
    for row in connection.execute(statement):
        at, state = profile.local(row.issued_at), CardState.of(row.state)
        windows = found[row.unit].windows if row.unit in found else ()
        if state is CardState.PRELIMINARY:
            windows = (*windows, Window(at.date(), row.appeal_until or _known_now(at.date(), profile)))
        found[row.unit] = IssuedCard(
            unit=row.unit,
            version=row.version,
            state=state,
            issued_at=at,
            appeal_until=windows[-1].until if windows else None,
            content=row.content,
            grounds=row.grounds,
            changes=tuple(row.changes),
            windows=windows,
        )
    return found


def _known_now(opened: date, profile: Profile) -> date | None:
    """The last day to appeal, where the issue could not name it and the working days are known since."""
    due = profile.working_days().due(opened, profile.cycle.appeal_working_days)
    return None if isinstance(due, UnknownDay) else due


def store_issued_cards(connection: Connection, year: int, cards: Iterable[IssuedCard]) -> None:
    """Stores cards that are issued in a new content or a new state."""
    rows = [
        {
            "year": year,
            "unit": card.unit,
            "version": card.version,
            "state": card.state.value,
            "issued_at": card.issued_at,
            "appeal_until": card.appeal_until,
            "content": dict(card.content),
            "grounds": dict(card.grounds),
            "changes": list(card.changes),
        }
        for card in cards
    ]
    if rows:
        connection.execute(insert(models.IssuedCardRow), rows)
