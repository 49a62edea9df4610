"""What a scorecard says, as strings in the order of reading: one view for HTML and Typst.

Figures are formatted here and nowhere else; bar positions are shares of the maximum. Of other units there is
nothing but the median of the group. What a score is and why, was decided in `gongkai.assessment`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.assessment.scorecard import Award, PointsLost, Scorecard
from gongkai.national_format import for_year
from gongkai.profile import Scheme
from gongkai.reporting.scorecard.evidence import EvidenceRow, brief, evidence_rows, headline, phrases
from gongkai.reporting.scorecard.fitting import fitted
from gongkai.reporting.scorecard.indicator_lines import NONE, NOT_SCORED, LevelLines, levels_of, minus, pending_of
from gongkai.reporting.scorecard.measured import measured
from gongkai.reporting.scorecard.mending import MendingView, mending_view
from gongkai.reporting.scorecard.objections import AppealView, Objection, appeal_view, objections
from gongkai.reporting.scorecard.outlook import Outlook, outlook
from gongkai.reporting.style import Page, moment, page_of, signed
from gongkai.reporting.style.printed_numbers import plain, points
from gongkai.warehouse.records import YearState

_LARGEST = 3
_CLAIM_WORDS = {"pending": "待核", "rejected": "不予确认"}


@dataclass(frozen=True)
class CardUnit:
    """Whose card it is; `areas` is empty where the unit's name says it."""

    code: str
    name: str
    authority: str
    areas: str
    group: str


@dataclass(frozen=True)
class Headline:
    """The five figures at the head; `scored` whether there is a total, `why_not` why last year's is not shown."""

    scored: bool
    total: str
    grade: str
    rank: str
    among: str
    peer_median: str
    last_year: str
    why_not: str


@dataclass(frozen=True)
class Largest:
    """One of the largest deductions: points, indicator, and the reason in short."""

    points: str
    code: str
    reason: str


@dataclass(frozen=True)
class AwardLine:
    """A bonus or a penalty."""

    kind: str
    points: str
    reason: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Sums:
    """The way to the total; `…_capped` says what a cap took, else it is empty."""

    earned: str
    applicable: str
    converted: str
    bonus: str
    penalty: str
    bonus_capped: str
    penalty_capped: str
    total: str


@dataclass(frozen=True)
class ScorecardView:
    """Everything the two templates print: strings in the order of reading.

    Attributes:
        pending: why nothing is scored yet, empty on a scored card.
        lost: how many deductions there are, of which `largest` are the first.
        scored_anew: whether a line of last year was scored by this year's rules.
        source: the file that evidence means where it names no other.
    """

    year: str
    as_of: str
    unit: CardUnit
    headline: Headline
    pending: str
    vetoes: tuple[str, ...]
    largest: tuple[Largest, ...]
    lost: str
    levels: tuple[LevelLines, ...]
    has_last_year: bool
    scored_anew: bool
    sums: Sums
    awards: tuple[AwardLine, ...]
    objections: tuple[Objection, ...]
    mending: MendingView
    appeal: AppealView
    source: str
    outlook: Outlook


def scorecard_page(card: Scorecard, state: YearState, basis: str) -> Page:
    """Head and foot of one unit's scorecard."""
    unit = state.unit(card.unit).unit
    return page_of(state, basis, "政务公开考核评分表", unit, f"第 {card.version} 版", own=True)


def scorecard_view(card: Scorecard, state: YearState) -> ScorecardView:
    """The scorecard of a unit in a year."""
    unit_year = state.unit(card.unit)
    unit, source = unit_year.unit, unit_year.accepted

    own = source.file if source else None

    def evidence(said: Award) -> tuple[str, ...]:
        return tuple(phrases(said.evidence, brief(said.reason, said.evidence), own, for_year(card.year)))

    def shown(lost: PointsLost) -> tuple[EvidenceRow, ...]:
        return evidence_rows(lost.evidence, own, for_year(card.year))

    areas = [state.profile.areas[number] for number in unit.areas]
    mending = mending_view(card, state)
    losses = list(_losses(card, state.profile.scheme))
    largest = sorted(losses, key=lambda loss: -loss[0])[:_LARGEST]
    return ScorecardView(
        year=str(card.year),
        as_of=moment(state.profile.local(state.as_of)),
        unit=CardUnit(
            code=card.unit,
            name=card.name,
            authority=unit.authority,
            areas="、".join(areas) if areas and areas != [card.name] else "",
            group=state.profile.kind_name(card.group),
        ),
        headline=_headline(card, state.profile.kind_name(card.group)),
        pending=pending_of(card),
        vetoes=card.vetoes,
        largest=tuple(Largest(minus(lost), code, headline(reason)) for lost, code, reason in largest),
        lost=str(len(losses)),
        levels=fitted(levels_of(card, state, shown), _below(card, mending)),
        scored_anew=any(line.last_year is not None and line.last_year_note for line in card.indicators),
        has_last_year=any(line.last_year is not None for line in card.indicators),
        sums=_sums(card),
        awards=(
            *(AwardLine("加分", f"+{award.points:f}", award.reason, evidence(award)) for award in card.bonuses),
            *(AwardLine("扣分", f"−{award.points:f}", award.reason, evidence(award)) for award in card.penalties),
            *(
                AwardLine(f"申报（{_CLAIM_WORDS[claim.state]}）", f"{claim.points:f}，未计入", claim.text, ())
                for claim in card.claims
                if not claim.counts
            ),
        ),
        objections=tuple(objections(card)),
        mending=mending,
        appeal=appeal_view(card, state),
        outlook=outlook(card),
        source=f"第 {source.number} 次报送的文件 {source.file}" if source else "",
    )


def _below(card: Scorecard, mending: MendingView) -> int:
    """Printed lines below the table that not every card has."""
    awards = len(card.bonuses) + len(card.penalties) + len(card.claims)
    answers = 2 * (len(card.appeals) + len(card.decisions))
    return awards + answers + len(mending.items) + len(mending.look_back) + len(card.changes)


def _headline(card: Scorecard, group: str) -> Headline:
    return Headline(
        scored=card.total is not None,
        total=NOT_SCORED if card.total is None else f"{card.total:f}",
        grade=card.grade,
        rank="未排名" if card.rank is None else f"第 {card.rank} 名",
        among=f"{group}组共 {card.group_size} 个{'机关' if card.authority else '单位'}",
        peer_median=NONE if card.peer_median_total is None else f"{card.peer_median_total:f}",
        last_year=points(card.last_year_total, NONE),
        why_not=card.last_year_note or "",
    )


def _losses(card: Scorecard, scheme: Scheme) -> Iterator[tuple[Decimal, str, str]]:
    """Every deduction as (points, `code label`, reason); points lost without one are told from the measure."""
    for line in card.indicators:
        name = f"{line.code} {line.label}"
        if line.deductions:
            yield from ((lost.points, name, lost.reason) for lost in line.deductions)
        elif line.applicable and line.score is not None and line.score < line.max:
            yield line.max - line.score, name, f"未得满分（实测 {measured(line, scheme).main}）"
    yield from ((award.points, "通报扣分", award.reason) for award in card.penalties)


def _sums(card: Scorecard) -> Sums:
    """The way to the total. The converted score is what stays of the total without bonus and penalty."""
    scored = [line for line in card.indicators if line.score is not None]
    earned = sum((line.score for line in scored if line.score is not None), Decimal())
    converted = None if card.total is None else card.total - card.bonus + card.penalty
    return Sums(
        earned=f"{earned:f}",
        applicable=plain(sum((line.max for line in scored), Decimal())),
        converted=points(converted, NOT_SCORED),
        bonus=signed(card.bonus),
        penalty=signed(-card.penalty),
        bonus_capped=_capped(card.bonus, card.bonuses),
        penalty_capped=_capped(card.penalty, card.penalties),
        total=points(card.total, NOT_SCORED),
    )


def _capped(counted: Decimal, awards: Iterable[Award]) -> str:
    """What the awards come to where the cap took some of it, else nothing."""
    listed = sum((award.points for award in awards), Decimal())
    return f"（合计 {listed:f}，以上限计）" if listed != counted else ""
