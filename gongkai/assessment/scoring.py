"""Makes printed lines of derivations: a score rounded half up, and deductions cut so that they add up to what it lacks.

How the points come about is `derivation`'s; here is the one rounding, and the words of reasons and notes.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from gongkai.assessment.derivation import CasesDerived, Derivation, PartDerived, derive
from gongkai.assessment.measurement import Measurement, Shortfall
from gongkai.assessment.measures.inspected import entry_evidence
from gongkai.assessment.points import plain, rounded
from gongkai.assessment.scorecard import IndicatorScore, Measured, PointsLost
from gongkai.assessment.subject import Subject
from gongkai.profile.indicators import Deduction, Indicator
from gongkai.profile.scheme import Scheme
from gongkai.submission.inspection.second_looks import words_of

SHOWN_CASES = 3  # in a sentence; the evidence lists all of them
_RATE_PLACES = 4


@dataclass(frozen=True)
class _Loss:
    """Points lost, exactly: what is missing in a clause, the cases it stands for, and what measured them."""

    points: Fraction
    head: str
    cases: tuple[Shortfall, ...]
    measured_by: str


def score_lines(subject: Subject, scheme: Scheme) -> tuple[IndicatorScore, ...]:
    """Scores every indicator of the scheme for one unit, in the order of the scheme.

    Returns:
        One line each, without medians and last year. An indicator that the unit's group does not have stands
        there with a maximum of 0, not applicable.
    """
    return tuple(line_of(derivation, scheme.decimal_places) for derivation in derive(subject, scheme))


def unscored_lines(kind: str, scheme: Scheme, note: str) -> tuple[IndicatorScore, ...]:
    """The lines of a unit that cannot be scored: none applicable, all with the same note."""
    return tuple(_line(i, i.weight.get(kind, Decimal(0)), note=note) for i in scheme.indicators)


def line_of(derivation: Derivation, places: int) -> IndicatorScore:
    """One line as it is printed."""
    indicator, weight = derivation.indicator, derivation.weight
    if not derivation.applicable:
        return _line(indicator, weight, note=derivation.why_not)
    if derivation.manual is not None:
        return _manual_line(derivation, places)
    usable = [part for part in derivation.parts if part.value is not None]
    losses = [
        _Loss(part.lost, part.found.sentence, part.found.cases, part.part.measure) for part in usable if part.lost
    ]
    losses += [
        _Loss(one.taken, _head(one), one.found.cases, _name(one.deduction)) for one in derivation.cases if one.taken
    ]
    deductions = _cut(losses, weight, places)
    found = [*(part.found for part in derivation.parts), *(one.found for one in derivation.cases)]
    notes = [one.note for one in found if one.note]
    notes += [*_parts_note(usable), *(_limited(one, places) for one in derivation.cases if one.limited_by)]
    return replace(
        _line(indicator, weight, note="；".join(dict.fromkeys(notes)) or None),
        score=rounded(derivation.earned, places),
        applicable=True,
        measured=_measured(usable, derivation.cases),
        deductions=deductions,
        to_raise=_advice(indicator, found) if deductions else None,
    )


def _advice(indicator: Indicator, found: list[Measurement]) -> str:
    """What earns the points back: first the list that is missing, then what the scheme says."""
    wanting = dict.fromkeys(one.remedy for one in found if one.remedy)
    return "".join([*wanting, indicator.to_raise])


def _head(one: CasesDerived) -> str:
    """What was taken, in a clause."""
    if one.found.forfeits:
        return one.found.sentence
    counter, count = one.found.counter, one.found.count
    return f"{one.deduction.reason} {count} {counter}，每{counter}扣 {plain(one.deduction.points)} 分"


def _limited(one: CasesDerived, places: int) -> str:
    """That a cap cut what the cases would have cost."""
    asked, got = plain(rounded(one.wanted, places)), plain(rounded(one.taken, places))
    return f"{one.deduction.reason}应扣 {asked} 分，以{one.limited_by}为限，实扣 {got} 分"


def _cut(losses: list[_Loss], weight: Decimal, places: int) -> tuple[PointsLost, ...]:
    """Rounds the losses so that they add up to weight − rounded score: the largest first, each the next step down.

    The printed score after each loss is the rounding of the exact one; a loss is the step between two of them.
    """
    ordered = sorted(losses, key=lambda loss: -loss.points)
    left, steps = Fraction(weight), [weight]
    for loss in ordered:
        left -= loss.points
        steps.append(rounded(left, places))
    lost = [before - after for before, after in pairwise(steps)]
    return tuple(
        PointsLost(points, _reason(loss), tuple(case.evidence for case in loss.cases), kinds=_kinds(loss))
        for points, loss in sorted(zip(lost, ordered, strict=True), key=lambda entry: -entry[0])
        if points
    )


def _name(deduction: Deduction) -> str:
    return f"{deduction.measure}:{deduction.ground}" if deduction.ground else deduction.measure


def _kinds(loss: _Loss) -> tuple[str, ...]:
    """What was lost: the measure, and the rule or item of each case where somebody named one."""
    named = [f"{loss.measured_by}#{case.kind}" if case.kind else loss.measured_by for case in loss.cases]
    return tuple(dict.fromkeys(named or [loss.measured_by]))


def _reason(loss: _Loss) -> str:
    texts = [case.text for case in loss.cases if case.text]
    if not texts:
        return loss.head
    more = f"；等 {len(texts)} 项，全部见依据" if len(texts) > SHOWN_CASES else ""
    return f"{loss.head}：{'；'.join(texts[:SHOWN_CASES])}{more}"


def _measured(parts: list[PartDerived], cases: tuple[CasesDerived, ...]) -> Measured:
    """One part: its counts. Several: only the combined value (the note has the counts). None: the cases counted."""
    if len(parts) == 1:
        part, found = parts[0].part, parts[0].found
        places = _RATE_PLACES if part.scale is None else 2
        value = None if found.value is None or (part.scale and found.scale_free) else rounded(found.value, places)
        return Measured(_decimal(found.numerator), _decimal(found.denominator), value)
    if parts:
        worth = sum((part.worth for part in parts), Fraction(0))
        combined = sum((part.worth - part.lost for part in parts), Fraction(0)) / worth
        return Measured(value=rounded(combined, _RATE_PLACES))
    counted = [one.found.count for one in cases if one.found.applicable]
    return Measured(numerator=_decimal(sum(counted, Fraction(0))))


def _parts_note(parts: list[PartDerived]) -> list[str]:
    """The counts of each part of several, by its label: the measured value beside them is their mixture."""
    if len(parts) < 2:
        return []
    counts = [
        f"{one.part.label} {one.found.numerator}/{one.found.denominator}".strip()
        for one in parts
        if one.found.denominator is not None
    ]
    return ["、".join(counts)] if counts else []


def _manual_line(derivation: Derivation, places: int) -> IndicatorScore:
    indicator, weight, entry = derivation.indicator, derivation.weight, derivation.manual
    if entry is None:
        raise ValueError("a line that no inspector scored is measured")
    score = rounded(derivation.earned, places)
    reason = f"检查评分 {plain(score)} 分{'：' + entry.reason if entry.reason else ''}"
    kinds = (f"score#{words_of(entry.item)}" if entry.item else "score",)
    seen = (entry_evidence(entry, reason),)
    lost = (PointsLost(weight - score, reason, seen, kinds=kinds),) if score < weight else ()
    return replace(
        _line(indicator, weight, note=f"由检查人员直接评分（检查记录 {entry.id}）"),
        score=score,
        applicable=True,
        deductions=lost,
        to_raise=indicator.to_raise if lost else None,
    )


def _line(indicator: Indicator, weight: Decimal, note: str | None) -> IndicatorScore:
    return IndicatorScore(
        code=indicator.code,
        level=indicator.level,
        label=indicator.label,
        basis=indicator.basis,
        max=weight,
        score=None,
        applicable=False,
        measured=Measured(),
        note=note,
    )


def _decimal(number: Fraction | None) -> Decimal | None:
    if number is None:
        return None
    return Decimal(number.numerator) / Decimal(number.denominator)
