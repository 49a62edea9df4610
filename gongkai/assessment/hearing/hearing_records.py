"""What a card tells of its hearing: appeals, decisions, what is to be mended, and what last year's card left."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.worded import Worded


@dataclass(frozen=True, slots=True)
class Rectification:
    """Something to mend: what, until when, and when it was done; `kinds` as of the deduction that it is."""

    entry: str
    indicator: str | None
    what: str
    due_on: date | None
    closed_on: date | None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookBack:
    """An item of last year's card as this year finds it (回头看).

    Attributes:
        recurred: it was closed, and the same kind of thing costs points again.
        persists: it was never closed, and still costs points.
    """

    item: str
    indicator: str | None
    what: str
    due_on: date | None
    closed_on: date | None
    recurred: bool
    persists: bool


class AppealState(Worded):
    """What has become of an appeal; a late one counts once the office records an exception."""

    OPEN = "open", "待决定"
    LATE = "late", "逾期，未受理"
    DECIDED = "decided", "已决定"


@dataclass(frozen=True, slots=True)
class Appeal:
    """An objection of the unit, to one line or to the card.

    Attributes:
        entry: the unit's own by number (`申诉1`), one that the office took down by its entry.
        on: the day on which it was received.
        by: who raised it.
        evidence: what the unit gives for it.
    """

    entry: str
    indicator: str | None
    on: date | None
    by: str | None
    reason: str
    state: AppealState
    evidence: str | None = None

    @property
    def answered(self) -> bool:
        """Whether somebody has decided on it."""
        return self.state is AppealState.DECIDED


@dataclass(frozen=True, slots=True)
class HearingDecision:
    """What somebody decided on an appeal or query, and the line's score before and after; alike where it stands.

    `before` is what the score was when it was decided, whatever has been measured since.
    """

    entry: str
    indicator: str | None
    on: date | None
    by: str | None
    reason: str
    before: Decimal | None
    after: Decimal | None
