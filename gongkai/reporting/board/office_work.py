"""What waits for the office itself: entries of its own that do not count, claims to confirm, vetoes to decide.

The operator works through this list; the page and `board.json` say the same of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.assessment.office.inspection_quality import InspectionQuality
from gongkai.assessment.scorecard import Assessment


@dataclass(frozen=True)
class PendingClaim:
    """A claim that nobody has looked at: what it is, what it would bring, and how an entry names it."""

    unit: str
    name: str
    claim: str
    text: str
    points: str


@dataclass(frozen=True)
class ProposedVeto:
    """A veto that waits for two people, or for a decision against it."""

    unit: str
    name: str
    veto: str
    ground: str
    where: str


@dataclass(frozen=True)
class OfficeWork:
    """The list, in registry order.

    Attributes:
        not_counted: file of the office → how many of its entries do not count.
        quality: how far inspectors agree; None while nobody asked.
    """

    not_counted: Mapping[str, int]
    claims: tuple[PendingClaim, ...] = ()
    proposals: tuple[ProposedVeto, ...] = ()
    quality: InspectionQuality | None = None

    @property
    def entries_not_counted(self) -> int:
        return sum(self.not_counted.values())

    def to_json(self) -> dict[str, Any]:
        """The keys of `board.json`: the two counts of contract.md, and what they count."""
        return {
            "entries_not_counted": self.entries_not_counted,
            "not_counted": dict(self.not_counted),
            "claims_pending": len(self.claims),
            "claims": [{"unit": c.unit, "claim": c.claim, "text": c.text, "points": c.points} for c in self.claims],
            "proposals": [
                {"unit": p.unit, "veto": p.veto, "ground": p.ground, "where": p.where} for p in self.proposals
            ],
            "inspection_quality": self.quality.to_json() if self.quality else None,
        }


NOTHING = OfficeWork({})
"""Nothing waits, or nobody asked."""


def office_work(
    assessment: Assessment | None, not_counted: Mapping[str, int], quality: InspectionQuality | None = None
) -> OfficeWork:
    """What waits for the office in a year; without an assessment only its own entries."""
    cards = assessment.scorecards if assessment is not None else ()
    return OfficeWork(
        not_counted,
        tuple(
            PendingClaim(card.unit, card.name, claim.name, claim.text, f"{claim.points:f}")
            for card in cards
            for claim in card.claims
            if claim.state == "pending"
        ),
        tuple(
            ProposedVeto(card.unit, card.name, one.veto, one.ground, one.where)
            for card in cards
            for one in card.proposals
        ),
        quality,
    )


def not_counted_words(not_counted: Mapping[str, int]) -> str:
    """How many of the office's entries do not count and in which files, as a sentence; empty when all count."""
    if not not_counted:
        return ""
    listed = "、".join(f"{file} {many} 条" for file, many in not_counted.items())
    return f"主管部门录入有 {sum(not_counted.values())} 条没有计入（{listed}），原因见 receipts/_office.html。"
