"""What the rules decided about one reading, and the state a unit is in by it, with the words people read for both.

The value that receipts, the warehouse and the scores share. How a state stands to its deadline is
`gongkai.reporting.shared.standing`.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from gongkai.findings import Coercion, Finding, Severity
from gongkai.submission.form import Reading


class Status(StrEnum):
    """accepted · returned (an error, or a query without explanation) · quarantined (not readable as this unit's)."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    QUARANTINED = "quarantined"

    @property
    def word(self) -> str:
        """How people read it on what was received."""
        return UnitState(self).word

    @property
    def foretold(self) -> str:
        """What a check before sending says: nothing was received, so nothing is accepted or returned yet."""
        return _FORETOLD[self]


WAITING = "ADMISSION-WAITING"
"""The rule by which a file waits until the office confirms where it came from."""


class UnitState(StrEnum):
    """The state of an expected unit in a year: that of the submission that decides, or none came.

    accepted · returned · quarantined · waiting (a file of uncertain sender that the office must admit) · missing.
    """

    ACCEPTED = "accepted"
    RETURNED = "returned"
    QUARANTINED = "quarantined"
    WAITING = "waiting"
    MISSING = "missing"

    @property
    def word(self) -> str:
        """How people read it, in every document alike."""
        return _STATE_WORDS[self]

    @property
    def sign(self) -> str:
        """The mark that stands before the word."""
        return _STATE_SIGNS[self]


_STATE_WORDS = {
    UnitState.ACCEPTED: "已受理",
    UnitState.RETURNED: "退回修改",
    UnitState.QUARANTINED: "未能受理",
    UnitState.WAITING: "待确认",
    UnitState.MISSING: "未报",
}
_STATE_SIGNS = {
    UnitState.ACCEPTED: "✓",
    UnitState.RETURNED: "✕",
    UnitState.QUARANTINED: "✕",
    UnitState.WAITING: "○",
    UnitState.MISSING: "○",
}
_FORETOLD = {
    Status.ACCEPTED: "可以受理",
    Status.RETURNED: "会被退回",
    Status.QUARANTINED: "无法作为本单位的材料读取",
}


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A rule that could not be applied, and why in Chinese (没有上年数据 …)."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChangedRule:
    """A threshold that the district has changed: what, to which number, from which, and the written reason."""

    rule: str
    what: str
    value: int
    regular: int
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class FigureNotCompared:
    """A figure of the text that nothing was compared with: the sentence it stands in, and the figure."""

    sentence: str
    figure: str


@dataclass(frozen=True, slots=True)
class TextCompared:
    """How many figures the texts have, how many of them were compared with something, and the others."""

    figures: int = 0
    compared: int = 0
    not_compared: tuple[FigureNotCompared, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """The verdict on one reading.

    Attributes:
        on_time: received by the soft deadline (which is no finding); an extension counts.
        findings: what to fix first comes first: errors, queries, notices; inside, the order of the form.
        rules_version: hash of the rule catalogue that decided.
        profile_rules: what the district's profile changed about the rules that decided.
        text: which figures of the texts were compared, so that silence is not read as agreement.
    """

    status: Status
    on_time: bool
    findings: tuple[Finding, ...]
    coercions: tuple[Coercion, ...]
    rules_not_applied: tuple[NotApplied, ...]
    rules_version: str
    profile_rules: tuple[ChangedRule, ...] = ()
    text: TextCompared = TextCompared()

    @cached_property
    def sha256(self) -> str:
        """Hash of all it says."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, default=str).encode()).hexdigest()

    @property
    def waiting(self) -> bool:
        """Whether the file waits for the office to confirm its source."""
        return any(found.rule == WAITING for found in self.findings)

    @property
    def state(self) -> UnitState:
        """What the unit is told of this file: a file that waits is nobody's fault."""
        return UnitState.WAITING if self.waiting else UnitState(self.status)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are open (a settled query is not)."""
        return sum(f.severity is severity and f.settled_by is None for f in self.findings)


class JudgedReading(NamedTuple):
    """A reading with the verdict on it."""

    reading: Reading
    verdict: Verdict


def status_of(findings: tuple[Finding, ...]) -> Status:
    """Accepted unless an error stands, or a query that no accepted reason settles (contract.md).

    An error is only ever settled by the office's waiver; an explanation settles queries alone.
    """
    bad = any(f.severity is not Severity.NOTICE and f.settled_by is None for f in findings)
    return Status.RETURNED if bad else Status.ACCEPTED
