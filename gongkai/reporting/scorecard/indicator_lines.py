"""The lines of a scorecard: levels with their subtotals, each indicator measured, scored and explained.

Figures are strings as both templates print them; bar positions are shares of the maximum.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.assessment.scorecard import IndicatorScore, PointsLost, Scorecard
from gongkai.profile import Scheme
from gongkai.reporting.scorecard.evidence import EvidenceRow, brief, says_no_more
from gongkai.reporting.scorecard.measured import MeasuredWords, measured
from gongkai.reporting.scorecard.mending import due_of
from gongkai.reporting.style import NOT_APPLICABLE
from gongkai.reporting.style.printed_numbers import plain, points
from gongkai.warehouse.records import YearState

NOT_SCORED = "未评分"
NONE = "无"
INCOMPARABLE = "不可比"
_SHARE = Decimal("0.0001")


@dataclass(frozen=True)
class Bar:
    """Positions from 0 to 1; geometry only, never printed. None where there is nothing to draw."""

    score: str | None
    peer_median: str | None
    last_year: str | None
    peers_from: str | None
    peers_to: str | None


@dataclass(frozen=True)
class LostLine:
    """One deduction.

    Attributes:
        in_total: what it costs of the total, empty without one.
        due: until when it is to be mended, or when it was.
        seen: where it can be seen, where one piece of evidence says no more than the reason does.
        evidence: every other piece.
        behind: how many of them a printed card puts behind the table, for want of room; the first stand in it.
    """

    points: str
    in_total: str
    reason: str
    due: str
    seen: str
    evidence: tuple[EvidenceRow, ...]
    behind: int = 0


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator.

    Attributes:
        max: empty where the indicator has none for this unit.
        full: whether nothing was lost.
        peers: median and quartiles of the group in words, empty where fewer than five have the line.
        peer_half: the quartiles of the group alone, as they stand beside the median.
        to_raise: how to do better, empty where nothing was lost.
        note: why it is not applicable, or how it was scored.
    """

    code: str
    label: str
    basis: str
    max: str
    score: str
    applicable: bool
    scored: bool
    full: bool
    measured: MeasuredWords
    peer_median: str
    peers: str
    peer_half: str
    last_year: str
    bar: Bar
    deductions: tuple[LostLine, ...]
    to_raise: str
    note: str


@dataclass(frozen=True)
class LevelLines:
    """A first-level indicator with its subtotal over what applies; `score` is empty where nothing is scored."""

    code: str
    label: str
    score: str
    max: str
    not_applicable: str
    lines: tuple[IndicatorLine, ...]


def levels_of(
    card: Scorecard, state: YearState, evidence: Callable[[PointsLost], tuple[EvidenceRow, ...]]
) -> Iterator[LevelLines]:
    """The first-level indicators in the scheme's order, each with its subtotal over what applies."""
    labels = {level.code: level.label for level in state.profile.scheme.levels}
    codes = [*labels, *(line.level for line in card.indicators if line.level not in labels)]
    for code in dict.fromkeys(codes):
        lines = [line for line in card.indicators if line.level == code and line.max]  # none that its group lacks
        if not lines:
            continue
        scored = [line for line in lines if line.score is not None]
        earned = [line.score for line in scored if line.score is not None]
        yield LevelLines(
            code=code,
            label=labels.get(code, ""),
            score=f"{sum(earned, Decimal()):f}" if earned else "",
            max=plain(sum((line.max for line in scored), Decimal())),
            not_applicable="" if card.total is None else _not_applicable(lines),
            lines=tuple(_line(line, card, state.profile.scheme, evidence) for line in lines),
        )


def _not_applicable(lines: list[IndicatorScore]) -> str:
    count = sum(not line.applicable for line in lines)
    return f"{count} 项不适用" if count else ""


def _line(
    line: IndicatorScore, card: Scorecard, scheme: Scheme, evidence: Callable[[PointsLost], tuple[EvidenceRow, ...]]
) -> IndicatorLine:
    full = line.score is not None and line.score >= line.max
    unscored = NOT_SCORED if line.applicable or _waits(card) else NOT_APPLICABLE
    shown = measured(line, scheme)
    low, high = line.peer_quartiles or (None, None)
    return IndicatorLine(
        code=line.code,
        label=line.label,
        basis=line.basis,
        max=plain(line.max) if line.max else "",
        score=points(line.score, unscored),
        applicable=line.applicable,
        scored=line.score is not None,
        full=full,
        measured=shown,
        peer_median=points(line.peer_median, NONE),
        peers=_peers(line),
        peer_half=f"{low:f}–{high:f}" if low is not None and high is not None else "",
        last_year=_last_year(line),
        bar=Bar(*(_share(value, line.max) for value in (line.score, line.peer_median, line.last_year, low, high))),
        deductions=tuple(
            _lost(lost, brief(lost.reason, lost.evidence, few=0), due_of(card, line.code, lost), evidence(lost))
            for lost in line.deductions
        ),
        to_raise=line.to_raise if line.to_raise and line.applicable and not full else "",
        note="" if line.note == shown.main else _note(line, card),
    )


def _lost(lost: PointsLost, reason: str, due: str, evidence: tuple[EvidenceRow, ...]) -> LostLine:
    in_total = "" if lost.in_total is None else minus(lost.in_total)
    if len(evidence) == 1 and says_no_more(evidence[0], reason):
        seen = " ".join(part for part in (evidence[0].file, evidence[0].spot) if part)
        return LostLine(minus(lost.points), in_total, reason, due, seen, ())
    return LostLine(minus(lost.points), in_total, reason, due, "", evidence)


def _last_year(line: IndicatorScore) -> str:
    """Last year's points, a star where they were scored anew."""
    if line.last_year is None:
        return INCOMPARABLE if line.last_year_note else NONE
    return f"{line.last_year:f}{'＊' if line.last_year_note else ''}"


def _peers(line: IndicatorScore) -> str:
    if line.peer_median is None or line.peer_quartiles is None:
        return ""
    low, high = line.peer_quartiles
    return f"同组中位 {line.peer_median:f}，居中的一半在 {low:f} 至 {high:f} 之间"


def _note(line: IndicatorScore, card: Scorecard) -> str:
    """Why a line is not applicable, or how it was scored; an unscored card says once, above, what all lines say."""
    if _waits(card):
        return "待评分" if line.note in (None, pending_of(card)) else str(line.note)
    return line.note or ("" if line.applicable else "本单位本年度无此项工作，不计入满分")


def pending_of(card: Scorecard) -> str:
    """Why nothing is scored, as the assessment says it on the lines; empty for a scored card."""
    if card.total is not None:
        return ""
    if not _waits(card):
        return "本年度各项指标均不适用，没有总分"
    notes = [line.note for line in card.indicators if line.note]
    return max(notes, key=notes.count) if notes else "本单位没有已受理的年度报送，暂不计分"


def _waits(card: Scorecard) -> bool:
    """Whether it is not scored because its report is not there; where nothing applies no total will ever come."""
    return card.total is None and not card.handed_in


def minus(lost: Decimal) -> str:
    """Points lost with a true minus sign; zero has none."""
    return f"−{abs(lost):f}" if lost else "0"


def _share(value: Decimal | None, maximum: Decimal) -> str | None:
    """A position on the bar from 0 to 1, four places; geometry only, never printed."""
    if value is None or maximum <= 0:
        return None
    return f"{min(max(value / maximum, Decimal()), Decimal(1)).quantize(_SHARE):f}"
