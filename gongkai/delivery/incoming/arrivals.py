"""What came, and what was done with it: one `Arrival` a mail or remote file, one `ArrivedFile` a file of it.

Words that an operator reads stand here; how a page shows them is `reporting`'s.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongkai.worded import Worded


class ArrivalOutcome(Worded):
    """What was done with a mail or a file."""

    TAKEN = "taken", "已收取"
    KNOWN = "known", "此前已经收过"
    APART = "apart", "单独存放，未收取"
    EMPTY = "empty", "没有可收的文件"
    LEFT = "left", "没有取下"
    AUTOMATIC = "automatic", "自动回复，未处理"
    BOUNCE = "bounce", "退信，未处理"
    LOOP = "loop", "本系统自己发出的邮件，未处理"

    @property
    def wants_somebody(self) -> bool:
        """Whether a person of the office has to look at it."""
        return self in (
            ArrivalOutcome.APART,
            ArrivalOutcome.EMPTY,
            ArrivalOutcome.LEFT,
            ArrivalOutcome.BOUNCE,
            ArrivalOutcome.LOOP,
        )


_DONE = {one.value: one for one in ArrivalOutcome}


@dataclass(frozen=True)
class ArrivedFile:
    """One file of an arrival.

    Attributes:
        name: as its sender called it, harmless.
        place: where it lies, below the inbox; None when it was put nowhere.
        note: what a person must know of it, with the way out; empty when there is nothing.
    """

    name: str
    done: ArrivalOutcome
    place: str | None = None
    sha256: str | None = None
    size: int = 0
    note: str = ""


@dataclass(frozen=True)
class Arrival:
    """One mail or one remote file that was dealt with.

    Attributes:
        source: the label of where it came from.
        key: what names it there for good: UIDVALIDITY and UID, or path and version.
        at: when it was fetched.
        sent_at: when the office's server received it, or it was last changed there.
        title: a mail's subject, a file's path.
        sender: the address of a mail's sender.
        units: whose it is.
        proven: whether where it came from is certain; a mail's sender is only with a proof of the office's own server.
    """

    source: str
    key: str
    at: datetime
    sent_at: datetime
    title: str
    done: ArrivalOutcome
    sender: str | None = None
    units: tuple[str, ...] = ()
    pieces: tuple[ArrivedFile, ...] = ()
    proven: bool = True
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """As the journal keeps it and `fetch --json` prints it."""
        said = {key: value for key, value in vars(self).items() if value not in (None, (), "")}
        pieces = [{key: value for key, value in vars(one).items() if value not in (None, "")} for one in self.pieces]
        times = {key: said[key].isoformat() for key in ("at", "sent_at")}
        return {**said, **times, "units": list(self.units), "pieces": pieces}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Arrival":
        """What `as_json` wrote."""
        pieces = tuple(ArrivedFile(**{**one, "done": _DONE[one["done"]]}) for one in said.get("pieces", ()))
        times = {key: datetime.fromisoformat(said[key]) for key in ("at", "sent_at")}
        given = {**said, **times, "done": _DONE[said["done"]], "units": tuple(said.get("units", ())), "pieces": pieces}
        return cls(**given)


@dataclass
class Fetched:
    """The outcome of one call.

    Attributes:
        arrivals: what is new.
        alerts: what a person must be told: mail of strangers, a bounce, a mailbox that is nearly full.
        down: label → what is told of a source that could not be read to its end.
    """

    arrivals: list[Arrival] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    down: dict[str, str] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        """How many files were put into the inbox."""
        return sum(piece.done is ArrivalOutcome.TAKEN for one in self.arrivals for piece in one.pieces)
