"""What an assessment says of a unit: the values of `scorecard.json` and `ranking.json` (contract.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gongkai.assessment.hearing.hearing_records import Appeal as Appeal
from gongkai.assessment.hearing.hearing_records import AppealState as AppealState
from gongkai.assessment.hearing.hearing_records import HearingDecision as HearingDecision
from gongkai.assessment.hearing.hearing_records import LookBack as LookBack
from gongkai.assessment.hearing.hearing_records import Rectification as Rectification
from gongkai.profile.scheme import Band
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.second_looks import EntryRemark
from gongkai.warehouse.rows.decided_scores import DecidedScore
from gongkai.warehouse.rows.issued_cards import CardState


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something can be seen: a file, a sheet and cell, a record or an inspection entry."""

    text: str
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class PointsLost:
    """One deduction: points, its reason as a Chinese sentence, and the evidence, largest deduction first.

    `in_total` is what it costs of the total; None while there is no total. `kinds` are what it was lost for, by which
    next year finds whether it has come back (`rectifying`).
    """

    points: Decimal
    reason: str
    evidence: tuple[Evidence, ...] = ()
    in_total: Decimal | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured: counts stand beside every rate; None where the measure has none."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class IndicatorScore:
    """One line of a scorecard; `score` is None when not applicable. Points are rounded for print already.

    `last_year_note` says where last year's is not what it was then, or why there is none.
    `note` says in Chinese why a line is not applicable or how it was scored, where that is not obvious.
    """

    code: str
    level: str
    label: str
    basis: str
    max: Decimal
    score: Decimal | None
    applicable: bool
    measured: Measured
    deductions: tuple[PointsLost, ...] = ()
    peer_median: Decimal | None = None
    peer_quartiles: tuple[Decimal, Decimal] | None = None
    last_year: Decimal | None = None
    last_year_note: str | None = None
    to_raise: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Award:
    """A bonus or penalty that was counted, before the cap, with its reason."""

    points: Decimal
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class ClaimedPoints:
    """Points that the unit claims for itself.

    Attributes:
        name: as a confirmation names it: `evidence[2]`, `interpretations[<document number>].rating`.
        state: pending, confirmed or rejected.
        decided: the office's entry that settled it; None while it is pending.
    """

    name: str
    text: str
    points: Decimal
    state: str
    evidence: Evidence
    decided: InspectionEntry | None = None

    @property
    def counts(self) -> Decimal:
        """The points that it brings now."""
        return self.points if self.state == "confirmed" else Decimal(0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A veto that somebody or the machine proposes: its name in the scheme, the ground for it, and where it is seen."""

    veto: str
    ground: str
    where: str


@dataclass(frozen=True, slots=True)
class GradeStep:
    """One step to the next grade: all lost points of an indicator, in points of the total."""

    indicator: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class NextGrade:
    """The grade above, how far it is, and the fewest indicators that lead there."""

    grade: str
    distance: Decimal
    shortest: tuple[GradeStep, ...]


@dataclass(frozen=True, slots=True)
class AuthorityScore:
    """An authority whose units are graded and ranked as one: its total, and its units (code, name, total)."""

    name: str
    total: Decimal | None
    units: tuple[tuple[str, str, Decimal | None], ...]


@dataclass(frozen=True)
class Scorecard:
    """One assessed unit. `total` and `rank` are None while nothing of the unit is accepted.

    Attributes:
        bonus, penalty: as counted, after the cap; `bonuses`, `penalties` list what they consist of.
        vetoes: spoken by two people; `proposals` wait for them.
        claims: what the unit claims for itself, and what has become of it.
        handed_in: whether anything of the unit is accepted; without it the unit is ranked last.
        rank: 1 is best; equal totals share a rank (1, 2, 2, 4). A unit with a veto is ranked after the others.
        version: which of the distinct contents that were or will be issued to the unit.
        state, issued_on, appeal_until, changes: what an issue said of it; a draft that nobody issued has none.
        appeals, decisions: in the order of their days.
        rectification: what is to be mended: the office's notices, then an item for every deduction.
        look_back: last year's items as this year finds them.
        last_year_total: the total of last year's assessment, if the warehouse has one on the same scale.
        last_year_note: why last year's is not set beside this year's, or that it was scored anew by this year's rules.
        grade_note: why the grade is lower than the total alone would give.
        authority: whose grade, rank, group size and next grade these are, where the scheme rolls units up into their
            authority; total and lines are the unit's all the same.
    """

    unit: str
    name: str
    group: str
    year: int
    version: int
    scheme: str
    total: Decimal | None
    grade: str
    rank: int | None
    group_size: int
    vetoes: tuple[str, ...]
    bonus: Decimal
    penalty: Decimal
    bonuses: tuple[Award, ...]
    penalties: tuple[Award, ...]
    indicators: tuple[IndicatorScore, ...]
    peer_median_total: Decimal | None
    last_year_total: Decimal | None
    appeal_until: date | None = None
    state: CardState = CardState.DRAFT
    issued_on: date | None = None
    changes: tuple[str, ...] = ()
    last_year_note: str | None = None
    appeals: tuple[Appeal, ...] = ()
    decisions: tuple[HearingDecision, ...] = ()
    claims: tuple[ClaimedPoints, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    handed_in: bool = True
    bands: tuple[Band, ...] = ()
    next_grade: NextGrade | None = None
    rectification: tuple[Rectification, ...] = ()
    grade_note: str = ""
    look_back: tuple[LookBack, ...] = ()
    authority: AuthorityScore | None = None


@dataclass(frozen=True)
class Assessment:
    """All scorecards of a year in registry order.

    Attributes:
        decided: (unit, decision) → what the score was when it was decided; the warehouse keeps the first.
        conflicts: decisions that a later measure contradicts, which stand until the office decides anew; and those
            against a veto that two people have spoken, which stands.
    """

    year: int
    scheme: str
    scorecards: tuple[Scorecard, ...]
    decided: Mapping[tuple[str, str], DecidedScore] = field(default_factory=dict)
    conflicts: tuple[EntryRemark, ...] = ()
