"""The office's own input (`gongkai/inspection/1`): what inspectors found, decided and granted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

SCHEMA = "gongkai/inspection/1"

Kind = Literal[
    "checked",
    "score",
    "problem",
    "penalty",
    "bonus",
    "veto",
    "rectification",
    "appeal",
    "decision",
    "waiver",
    "extension",
    "excuse",
    "reopen",
    "admission",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionEntry:
    """One entry of the inspection file; keys that do not apply are None.

    Attributes:
        id: the entry's own identifier, unique in a year; a later file's entry with the same id replaces it.
        unit: the unit it speaks of.
        indicator: code of the scheme's indicator, for checked, score, problem, rectification, appeal and decision.
        passed, checked: counts, for kind `checked`.
        points: given (score), deducted, added, or decided for the indicator (decision), by kind.
        issued_on, due_on, closed_on, recurred: of a rectification.
        on, by, reason, evidence: when, who, why, and where it can be seen.
        until: end of an extension or a waiver.
        sha256: of the file that an admission lets in.

    `reopen` ends the acceptance of what the unit had handed in up to and with the day `on`.
    """

    id: str
    unit: str
    kind: Kind
    indicator: str | None = None
    passed: int | None = None
    checked: int | None = None
    points: Decimal | None = None
    issued_on: date | None = None
    due_on: date | None = None
    closed_on: date | None = None
    recurred: bool | None = None
    on: date | None = None
    by: str | None = None
    reason: str | None = None
    evidence: str | None = None
    until: date | None = None
    sha256: str | None = None
