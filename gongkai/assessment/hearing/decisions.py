"""What the office decides on appeals and queries: a decision gives a line its points, and keeps what they were then.

Somebody decides with a reason (domain.md). What was decided stands for the line, after every measure and cap, until
somebody decides anew: a measure that is corrected later is shown to the office as a conflict and overrules nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from gongkai.assessment.measures.inspected import entry_evidence
from gongkai.assessment.points import clamped, plain, rounded
from gongkai.assessment.scorecard import Appeal, HearingDecision, IndicatorScore, PointsLost
from gongkai.findings import ReadingIssue
from gongkai.profile.scheme import Scheme
from gongkai.submission.inspection.entry import READ, InspectionEntry
from gongkai.submission.inspection.second_looks import CONFLICT, EntryRemark
from gongkai.warehouse.rows.decided_scores import DecidedScore

_BEFORE = "；原扣分："


@dataclass
class Decided:
    """The lines of a unit with every decision on them.

    Attributes:
        lines: as they stand now, by code.
        decisions: in the order of their days.
        scores: decision → what the score was when it was decided.
        conflicts: decisions in force that today's measure contradicts.
    """

    lines: dict[str, IndicatorScore]
    decisions: list[HearingDecision] = field(default_factory=list)
    scores: dict[str, DecidedScore] = field(default_factory=dict)
    conflicts: dict[str, EntryRemark] = field(default_factory=dict)


def decide(
    lines: Iterable[IndicatorScore],
    entries: Iterable[InspectionEntry],
    scheme: Scheme,
    known: Mapping[str, DecidedScore],
    appeals: Iterable[Appeal],
    *,
    scored: bool,
) -> Decided:
    """Applies every decision on one unit in the order of their days, those of one day in the order they came in.

    Args:
        lines: as measured today.
        entries: what the office entered about the unit.
        scheme: gives the places of a score, and the advice of a line that still lacks points.
        known: decision → what the score was when it was decided, as the warehouse kept it.
        appeals: what the unit objected to: a decision without points on such a line leaves it as it was then.
        scored: False while nothing of the unit is accepted: then no decision gives a line points.
    """
    decided = Decided({line.code: line for line in lines})
    measured = {code: line.score for code, line in decided.lines.items()}
    objected = {appeal.indicator for appeal in appeals}
    for entry in sorted((entry for entry in entries if entry.kind == "decision"), key=_day):
        line = decided.lines.get(entry.indicator or "") if scored else None
        then = before = after = None
        if line is not None:
            then = known.get(key := decision_key(entry)) or DecidedScore(measured[line.code], line.score)
            decided.scores[key] = then
            before, after = then.before, _given(entry, line, then, scheme, line.code in objected)
            if after != line.score and after is not None:
                decided.lines[line.code] = _decided(line, after, before, entry, _advice(scheme, line.code))
            _confront(decided, entry, line.code, then, measured[line.code], after)
        words = (entry.on, entry.by, entry.reason or "")
        decided.decisions.append(HearingDecision(entry.id, entry.indicator, *words, before, after))
    return decided


def decision_key(entry: InspectionEntry) -> str:
    """Which decision it is: its name and all that it says; another content is another decision."""
    said = [entry.name, *(str(getattr(entry, key)) for key in READ)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _given(
    entry: InspectionEntry, line: IndicatorScore, then: DecidedScore, scheme: Scheme, objected: bool
) -> Decimal | None:
    """The score that a decision gives: its points, or what stood then where it turns an appeal down."""
    if entry.points is not None:
        return rounded(clamped(Fraction(entry.points), Fraction(0), Fraction(line.max)), scheme.decimal_places)
    return then.before if objected else line.score


def _confront(
    decided: Decided,
    entry: InspectionEntry,
    code: str,
    then: DecidedScore,
    now: Decimal | None,
    after: Decimal | None,
) -> None:
    """Notes that today's measure is another than the one that was decided on; the last decision on a line speaks."""
    decided.conflicts.pop(code, None)
    if then.measured != now and after is not None:
        values = {"entry": entry.id, "before": _shown(then.measured), "after": _shown(now)}
        where = f"entries[{entry.id}]"
        issue = ReadingIssue(rule=CONFLICT, where=where, observed=plain(after), values=values)
        decided.conflicts[code] = EntryRemark(entry, issue)


def _shown(score: Decimal | None) -> str:
    return "不适用" if score is None else plain(score)


def _decided(
    line: IndicatorScore, score: Decimal, before: Decimal | None, entry: InspectionEntry, advice: str
) -> IndicatorScore:
    """The line with the decided score. What it still lacks is one deduction, so that they add up again."""
    if before is None:
        decided = f"经决定计 {plain(score)} 分（原不适用）"
    elif before == score:
        decided = f"经决定维持 {plain(score)} 分"
    else:
        decided = f"经决定由 {plain(before)} 分改为 {plain(score)} 分"
    notes = [] if line.score is None or not line.note else [line.note]
    deductions: tuple[PointsLost, ...] = ()
    if score < line.max:
        evidence = (entry_evidence(entry, decided), *(piece for lost in line.deductions for piece in lost.evidence))
        kinds = tuple(dict.fromkeys(kind for lost in line.deductions for kind in lost.kinds))
        why = f"{decided}：{entry.reason}{_lost_before(line.deductions)}"
        deductions = (PointsLost(line.max - score, why, evidence, kinds=kinds),)
    else:
        notes.append(decided)
    return replace(
        line,
        score=score,
        applicable=True,
        deductions=deductions,
        to_raise=(line.to_raise or advice) if deductions else None,
        note="；".join(notes) or None,
    )


def _lost_before(deductions: Iterable[PointsLost]) -> str:
    """What the line had lost points for, without its details: that is what is left to be mended."""
    told = [one.reason.partition(_BEFORE)[2] or one.reason.partition("：")[0] for one in deductions]
    return f"{_BEFORE}{'、'.join(told)}" if told else ""


def _advice(scheme: Scheme, code: str) -> str:
    return next(one.to_raise for one in scheme.indicators if one.code == code)


def _day(entry: InspectionEntry) -> date:
    return entry.on or date.min
