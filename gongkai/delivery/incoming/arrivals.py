"""What came, and what was done with it: one `Arrival` a mail or remote file, one `ArrivedFile` a file of it.

Words that an operator reads stand here; how a page shows them is `reporting`'s.
"""

from dataclasses import dataclass, field, fields
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


class MailLack(Worded):
    """Why nothing of a mail that meant to bring a file can be checked: the word is what is told of it first.

    In the order of what a unit must know first.
    """

    TOO_LARGE = "too_large", "附件过大"
    EMPTY = "empty_file", "附件是空的"
    ARCHIVE = "archive", "压缩包打不开"
    OUTLOOK = "outlook", "附件是打不开的 winmail.dat"
    CLOUD = "cloud", "只有网盘链接，没有附件"
    UNREAD = "unread", "附件中没有填报表"
    NO_FILE = "no_file", "邮件没有附件"
    LAST_YEAR = "last_year", "附件是往年的报送"  # which only a run can tell


@dataclass(frozen=True)
class ArrivedFile:
    """One file of an arrival.

    Attributes:
        name: as its sender called it, harmless.
        place: where it lies, below the inbox; None when it was put nowhere.
        note: what a person must know of it, with the way out; empty when there is nothing.
        lack: why it can be no submission; None for one that may be.
    """

    name: str
    done: ArrivalOutcome
    place: str | None = None
    sha256: str | None = None
    size: int = 0
    note: str = ""
    lack: MailLack | None = None


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
        letter: a mail's identity, the same wherever it lies; empty for a file.
        lack: why nothing of a known sender's mail can be checked, though it meant to bring something.
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
    letter: str = ""
    lack: MailLack | None = None

    @property
    def brought(self) -> frozenset[str]:
        """The inbox's folders into which it brought something that may be a submission."""
        taken = (ArrivalOutcome.TAKEN, ArrivalOutcome.KNOWN)
        places = (one.place or "" for one in self.pieces if one.lack is None and one.done in taken)
        return frozenset() if self.lack else frozenset(place.partition("/")[0] for place in places)

    def as_json(self) -> dict[str, Any]:
        """As the journal keeps it and `fetch --json` prints it."""
        said = {key: value for key, value in vars(self).items() if value not in (None, (), "")}
        pieces = [{key: value for key, value in vars(one).items() if value not in (None, "")} for one in self.pieces]
        times = {key: said[key].isoformat() for key in ("at", "sent_at")}
        return {**said, **times, "units": list(self.units), "pieces": pieces}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Arrival":
        """What `as_json` wrote."""
        pieces = tuple(ArrivedFile(**_worded(ArrivedFile, one)) for one in said.get("pieces", ()))
        times = {key: datetime.fromisoformat(said[key]) for key in ("at", "sent_at")}
        given = {**_worded(cls, said), **times, "units": tuple(said.get("units", ())), "pieces": pieces}
        return cls(**given)


def _worded(kind: type, said: dict[str, Any]) -> dict[str, Any]:
    """What the journal keeps as values, as members again; what a later program added is passed over."""
    lack = {"lack": MailLack.of(said["lack"])} if "lack" in said else {}
    known = {field.name for field in fields(kind)}
    return {**{key: said[key] for key in known & said.keys()}, "done": ArrivalOutcome.of(said["done"]), **lack}


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
