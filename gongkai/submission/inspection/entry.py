"""The office's own input (`gongkai/inspection/1`): what inspectors found, decided, confirmed and granted.

The entry as a value, and what its kinds are called. What each kind must say is in `entry_needs`.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

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
    "confirmation",
    "rejection",
    "release_note",
]

KIND_NAMES: dict[Kind, str] = {
    "checked": "检查",
    "score": "直接评分",
    "problem": "发现问题",
    "penalty": "通报扣分",
    "bonus": "加分",
    "veto": "一票否决",
    "rectification": "整改通知",
    "appeal": "申诉",
    "decision": "决定",
    "waiver": "豁免",
    "extension": "延期",
    "excuse": "情况说明",
    "reopen": "重新开放",
    "admission": "确认来源",
    "confirmation": "确认申报",
    "rejection": "不予确认",
    "release_note": "脚注公开",
}
"""What the kinds are called in every document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionEntry:
    """One entry of the office; keys that do not apply are None.

    Attributes:
        id: the entry's own identifier; with its file's name it says which entry it is.
        unit: the unit it speaks of.
        indicator: code of the scheme's indicator; of a waiver the rule that it lets pass.
        passed, checked: counts, for kind `checked`.
        points: given (score), deducted, added, or decided for the indicator (decision), by kind.
        issued_on, due_on, closed_on, recurred: of a rectification.
        on, by, reason, evidence: when, who, why, and where it can be seen.
        until: end of an extension or a waiver.
        sha256: of the file that an admission lets in.
        ground: the scheme's name of a penalty, bonus or veto.
        confirmed_by: the second person behind a veto.
        claim: what of the unit's submission a confirmation or rejection decides on.
        where: place of the footnote that may be printed in public (`release_note`).
        item: what was looked at; the same item seen by another person is a double entry.
        second_of: `<file>#<id>` of the inspection that this one repeats.
        file: name of the file that says it.
        known_at: since when its file has been saying exactly this; None while it has only just arrived.

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
    ground: str | None = None
    confirmed_by: str | None = None
    claim: str | None = None
    where: str | None = None
    item: str | None = None
    second_of: str | None = None
    file: str | None = None
    known_at: datetime | None = None

    @property
    def name(self) -> str:
        """Which entry it is among all of a year: `<file>#<id>`."""
        return f"{self.file or ''}#{self.id}"

    @property
    def day(self) -> date | None:
        """The day of what it says; a rectification is issued on it."""
        return self.on or self.issued_on

    def said(self) -> dict[str, Any]:
        """Every key with its value. The values are plain, so that nothing has to be copied as `asdict` would."""
        return {key: getattr(self, key) for key in _KEYS}


def office_file(name: str) -> str:
    """What a file of the office is called in its entries: without the folder in which it lies."""
    return name.removeprefix("_office/")


_KEYS = tuple(field.name for field in fields(InspectionEntry))
READ = tuple(key for key in _KEYS if key not in ("file", "known_at"))
"""The keys that an entry says itself."""
