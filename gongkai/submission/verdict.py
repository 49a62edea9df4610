"""What the rules decided about one reading: the value that receipts, the warehouse and the scores share."""

from dataclasses import dataclass
from enum import StrEnum

from gongkai.findings import Coercion, Finding, Severity


class Status(StrEnum):
    """accepted · returned (an error, or a query without explanation) · quarantined (not readable as this unit's)."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    QUARANTINED = "quarantined"


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


@dataclass(frozen=True)
class Verdict:
    """The verdict on one reading.

    Attributes:
        on_time: received by the soft deadline (which is no finding); an extension counts.
        findings: what to fix first comes first: errors, queries, notices; inside, the order of the form.
        rules_version: hash of the rule catalogue that decided.
        profile_rules: what the district's profile changed about the rules that decided.
    """

    status: Status
    on_time: bool
    findings: tuple[Finding, ...]
    coercions: tuple[Coercion, ...]
    rules_not_applied: tuple[NotApplied, ...]
    rules_version: str
    profile_rules: tuple[ChangedRule, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are open (a settled query is not)."""
        return sum(f.severity is severity and f.settled_by is None for f in self.findings)


def status_of(findings: tuple[Finding, ...]) -> Status:
    """Accepted unless an error stands, or a query that no accepted reason settles (contract.md).

    An error is only ever settled by the office's waiver; an explanation settles queries alone.
    """
    bad = any(f.severity is not Severity.NOTICE and f.settled_by is None for f in findings)
    return Status.RETURNED if bad else Status.ACCEPTED
