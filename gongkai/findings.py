"""What is said about a submission: findings, coercions and the raw issues a reader notes.

`ReadingIssue` is what a reader saw (rule id and values, no sentence); `Finding` is what a person reads.
The sentences stand in `expectations/rules.yaml`, so nothing here or in a reader contains one.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

WAIVED = "waiver:"
CARRIED = "carried:"
KEPT = "kept:"
AFTER_ACCEPTANCE = "受理后出现，不影响受理"
"""How people read what is kept, in every document alike."""

Scalar = int | Decimal | str | bool | date | None


class Severity(StrEnum):
    """error: must be fixed · query: fixed or explained · notice: informs."""

    ERROR = "error"
    QUERY = "query"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 is what a clerk fixes first."""
        return list(Severity).index(self)

    @property
    def word(self) -> str:
        """How people read it."""
        return _SEVERITY_WORDS[self]

    @property
    def sign(self) -> str:
        """The mark that stands before it on every page, in the terminal and in a mail."""
        return _SEVERITY_SIGNS[self]


_SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.QUERY: "疑点", Severity.NOTICE: "提示"}
_SEVERITY_SIGNS = {Severity.ERROR: "✕", Severity.QUERY: "？", Severity.NOTICE: "·"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingIssue:
    """One thing a reader saw that a rule speaks about.

    Attributes:
        rule: id of the rule in `expectations/rules.yaml`.
        where: `<table>.<row>.<column>`, `<list>[<id>].<field>` or `-`.
        observed, expected: the two values, as the message shall show them.
        values: further placeholders of the rule's message.
    """

    rule: str
    where: str = "-"
    sheet: str | None = None
    cell: str | None = None
    observed: Scalar = None
    expected: Scalar = None
    values: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding of contract.md: Chinese message with place, both values and a way out.

    `cells` lists every cell the finding names (`where` is one of them) and extends the contract.
    `settled_by` is the key of the accepted reason that settles a query, `carried:<revision>:<key>` where the
    explanation of an earlier revision does, `waiver:<id>` where the office lets the finding pass, `kept:<severity>`
    where it arose after the revision was accepted (a query then, whatever severity it has for a new file), or None.
    """

    rule: str
    severity: Severity
    message: str
    where: str = "-"
    table: str | None = None
    row: str | None = None
    column: str | None = None
    sheet: str | None = None
    cell: str | None = None
    observed: Scalar = None
    expected: Scalar = None
    difference: Scalar = None
    hint: str | None = None
    cells: tuple[str, ...] = ()
    settled_by: str | None = None

    @property
    def waived_by(self) -> str | None:
        """Id of the office's entry that lets the finding pass, or None."""
        settled = self.settled_by or ""
        return settled.removeprefix(WAIVED) if settled.startswith(WAIVED) else None

    @property
    def reason(self) -> str | None:
        """Key of the accepted reason that settles the finding, given in its own file or in an earlier one; or None."""
        if self.settled_by is None or self.settled_by.startswith((WAIVED, KEPT)):
            return None
        return self.settled_by.rpartition(":")[2]

    @property
    def kept(self) -> bool:
        """Whether it arose after the revision was accepted, and so undoes nothing."""
        return (self.settled_by or "").startswith(KEPT)

    @property
    def explained_in(self) -> int | None:
        """Number of the earlier revision whose explanation settles the finding, or None."""
        settled = self.settled_by or ""
        return int(settled.split(":")[1]) if settled.startswith(CARRIED) else None

    def to_json(self) -> dict[str, Any]:
        """The finding as contract.md's JSON object; every key present, decimals and dates as strings."""
        return {key: _plain(value) for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Finding":
        """The inverse of `to_json` (decimals and dates stay the strings they were written as)."""
        return cls(**{**data, "severity": Severity(data["severity"]), "cells": tuple(data.get("cells", ()))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coercion:
    """One reading that was not the plain value: what stood there, what was read, and why."""

    where: str
    raw: str
    value: Scalar
    why: str
    sheet: str | None = None
    cell: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The coercion as contract.md's JSON object."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)
