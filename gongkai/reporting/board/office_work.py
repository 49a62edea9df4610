"""What waits for the office itself: entries of its own that do not count, claims, vetoes and appeals to decide.

The operator works through this list; the page and `board.json` say the same of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.assessment.hearing.appeals import appeals_of
from gongkai.assessment.office.inspection_quality import InspectionQuality
from gongkai.assessment.scorecard import AppealState, Assessment
from gongkai.warehouse.records import YearState


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
class OpenAppeal:
    """An appeal that nobody has decided on, or a late one that waits for an exception (`state`)."""

    unit: str
    name: str
    indicator: str
    received_on: str
    ground: str
    state: str
    word: str


@dataclass(frozen=True)
class OfficeWork:
    """The list, in registry order.

    Attributes:
        not_counted: file of the office → how many of its entries do not count.
        quality: how far inspectors agree; None while nobody asked.
        appeals: what waits for a decision or an exception.
        conflicts: decisions that a later measure or a spoken veto contradicts, as `<unit> <indicator or veto>`.
    """

    not_counted: Mapping[str, int]
    claims: tuple[PendingClaim, ...] = ()
    proposals: tuple[ProposedVeto, ...] = ()
    quality: InspectionQuality | None = None
    appeals: tuple[OpenAppeal, ...] = ()
    conflicts: tuple[str, ...] = ()

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
            "appeals_open": sum(appeal.state == AppealState.OPEN for appeal in self.appeals),
            "appeals": [
                {"unit": a.unit, "indicator": a.indicator or None, "received_on": a.received_on, "state": a.state}
                for a in self.appeals
            ],
            "conflicts": list(self.conflicts),
        }


NOTHING = OfficeWork({})
"""Nothing waits, or nobody asked."""


def office_work(
    assessment: Assessment | None,
    not_counted: Mapping[str, int],
    quality: InspectionQuality | None = None,
    state: YearState | None = None,
) -> OfficeWork:
    """What waits for the office in a year; without an assessment only its own entries, without a state no appeals."""
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
        tuple(open_appeals(state)) if state is not None else (),
        tuple(f"{one.entry.unit} {one.entry.indicator or one.entry.ground}" for one in assessment.conflicts)
        if assessment
        else (),
    )


def open_appeals(state: YearState) -> Iterator[OpenAppeal]:
    """The appeals of all units that are not decided, in registry order."""
    for unit in state.units:
        for one in appeals_of(unit, state):
            if not one.answered:
                on, about = one.on.isoformat() if one.on else "", one.indicator or ""
                yield OpenAppeal(unit.unit.code, unit.unit.name, about, on, one.reason, one.state.value, one.state.word)


def appeals_words(state: YearState) -> str:
    """How many appeals wait for the office, as a sentence; empty when none does."""
    waiting = [one for one in open_appeals(state) if one.state == AppealState.OPEN]
    if not waiting:
        return ""
    units = "、".join(dict.fromkeys(one.unit for one in waiting))
    return f"申诉待决定 {len(waiting)} 项（{units}）。"


def not_counted_words(not_counted: Mapping[str, int]) -> str:
    """How many of the office's entries do not count and in which files, as a sentence; empty when all count."""
    if not not_counted:
        return ""
    listed = "、".join(f"{file} {many} 条" for file, many in not_counted.items())
    return f"主管部门录入有 {sum(not_counted.values())} 条没有计入（{listed}），原因见 receipts/_office.html。"
