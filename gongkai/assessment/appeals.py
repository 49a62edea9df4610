"""Appeals and what was decided on them: a decision gives a line its points, and the card a new version.

Somebody decides with a reason (domain.md). What was decided stands for the line, after every measure and cap; a
decision without points leaves the line as it was, and is an answer all the same.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from gongkai.assessment.measures.inspected import entry_evidence
from gongkai.assessment.points import advised, clamped, plain, rounded
from gongkai.assessment.scorecard import Appeal, Decision, IndicatorScore, PointsLost
from gongkai.profile.scheme import Scheme
from gongkai.submission.inspection.entry import InspectionEntry


def decide(
    lines: Iterable[IndicatorScore], entries: Iterable[InspectionEntry], scheme: Scheme, *, scored: bool
) -> tuple[tuple[IndicatorScore, ...], tuple[Decision, ...]]:
    """Applies every decision on one unit in the order of their days, those of one day in the order they came in.

    Args:
        lines: as measured.
        entries: what the office entered about the unit.
        scheme: gives the places of a score, and the advice of a line that still lacks points.
        scored: False while nothing of the unit is accepted: then no decision gives a line points.

    Returns:
        The lines as they stand now, and what was decided.
    """
    standing = {line.code: line for line in lines}
    advice = {indicator.code: indicator.to_raise for indicator in scheme.indicators}
    decisions = []
    for entry in sorted((entry for entry in entries if entry.kind == "decision"), key=_day):
        line = standing.get(entry.indicator or "")
        before = after = line.score if line else None
        if line is not None and entry.points is not None and scored:
            given = clamped(Fraction(entry.points), Fraction(0), Fraction(line.max))
            after = rounded(given, scheme.decimal_places)
            standing[line.code] = _decided(line, after, entry, advice[line.code])
        decisions.append(Decision(entry.id, entry.indicator, entry.on, entry.by, entry.reason or "", before, after))
    return tuple(standing.values()), tuple(decisions)


def appeals(entries: Iterable[InspectionEntry], decisions: Iterable[Decision]) -> tuple[Appeal, ...]:
    """What the unit objected to, in the order of days; answered by a decision on the same line that is no older."""
    raised = sorted((entry for entry in entries if entry.kind == "appeal"), key=_day)
    answers = [(decision.indicator, decision.on) for decision in decisions]
    return tuple(
        Appeal(entry.id, entry.indicator, entry.on, entry.by, entry.reason or "", _answered(entry, answers))
        for entry in raised
    )


def _answered(appeal: InspectionEntry, answers: Iterable[tuple[str | None, date | None]]) -> bool:
    return any(
        indicator == appeal.indicator and (on is None or appeal.on is None or on >= appeal.on)
        for indicator, on in answers
    )


def _decided(line: IndicatorScore, score: Decimal, entry: InspectionEntry, advice: str) -> IndicatorScore:
    """The line with the decided score. What it still lacks is one deduction, so that they add up again."""
    if line.score is None:
        decided = f"经决定计 {plain(score)} 分（原不适用）"
    elif line.score == score:
        decided = f"经决定维持 {plain(score)} 分"
    else:
        decided = f"经决定由 {plain(line.score)} 分改为 {plain(score)} 分"
    notes = [] if line.score is None or not line.note else [line.note]
    if line.score == score:
        return replace(line, note="；".join([*notes, decided]))
    deductions: tuple[PointsLost, ...] = ()
    if score < line.max:
        evidence = (entry_evidence(entry, decided), *(piece for lost in line.deductions for piece in lost.evidence))
        deductions = (PointsLost(line.max - score, f"{decided}：{entry.reason}", evidence),)
    else:
        notes.append(decided)
    return replace(
        line,
        score=score,
        applicable=True,
        deductions=deductions,
        to_raise=advised(advice, deductions),
        note="；".join(notes) or None,
    )


def _day(entry: InspectionEntry) -> date:
    return entry.on or date.min
