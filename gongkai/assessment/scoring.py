"""One shape scores every indicator: weight × Σ share·value − Σ points·cases, between 0 and the weight.

Exact fractions until a line is finished; then its score is rounded half up and its deductions are cut so that
they add up to exactly what the printed score lacks. Nothing here knows a single indicator.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from gongkai.assessment.measurement import Asked, Measurement, Shortfall, Subject, not_applicable
from gongkai.assessment.measures import MEASURES
from gongkai.assessment.measures.inspected import entry_evidence, looked_at
from gongkai.assessment.points import advised, clamped, plain, rounded
from gongkai.assessment.scorecard import IndicatorScore, Measured, PointsLost
from gongkai.errors import CalendarError
from gongkai.law.due_day import UnknownDay
from gongkai.profile.scheme import Deduction, Indicator, MeasuredPart, Scheme
from gongkai.submission.inspection.entry import InspectionEntry

SHOWN_CASES = 3  # in a sentence; the evidence lists all of them
_RATE_PLACES = 4


@dataclass(frozen=True)
class _Loss:
    """Points lost, exactly: what is missing in a clause, and the cases it stands for."""

    points: Fraction
    head: str
    cases: tuple[Shortfall, ...]


def score_lines(subject: Subject, scheme: Scheme) -> tuple[IndicatorScore, ...]:
    """Scores every indicator of the scheme for one unit, in the order of the scheme.

    Returns:
        One line each, without medians and last year. An indicator that the unit's group does not have stands
        there with a maximum of 0, not applicable.
    """
    left = {level.code: _fraction(level.max_deduction) for level in scheme.levels}
    lines = []
    for indicator in scheme.indicators:
        line, taken = _score(indicator, subject, scheme, left[indicator.level])
        lines.append(line)
        if (budget := left[indicator.level]) is not None:
            left[indicator.level] = budget - taken
    return tuple(lines)


def unscored_lines(kind: str, scheme: Scheme, note: str) -> tuple[IndicatorScore, ...]:
    """The lines of a unit that cannot be scored: none applicable, all with the same note."""
    return tuple(_line(i, i.weight.get(kind, Decimal(0)), note=note) for i in scheme.indicators)


def _score(
    indicator: Indicator, subject: Subject, scheme: Scheme, level_left: Fraction | None
) -> tuple[IndicatorScore, Fraction]:
    """One line, and what its deductions took of the level's cap."""
    weight = indicator.weight.get(subject.unit.kind, Decimal(0))
    if weight == 0:
        return _line(indicator, weight, note="本组不设此项指标"), Fraction(0)
    manual = _manual_entry(indicator, subject)
    if manual is not None:
        return _manual_line(indicator, weight, manual, scheme), Fraction(0)
    if indicator.needs_inspection and not looked_at(subject, indicator):
        return _line(indicator, weight, note="没有检查记录"), Fraction(0)
    parts = [(part, _ask(part, indicator, subject)) for part in indicator.parts]
    counts = [(deduction, _ask(deduction, indicator, subject)) for deduction in indicator.deductions]
    usable = [(part, found) for part, found in parts if found.applicable]
    counted = [(deduction, found) for deduction, found in counts if found.applicable]
    notes = [found.note for _, found in (*parts, *counts) if found.note]
    if not usable and not counted:
        return _line(indicator, weight, note="；".join(dict.fromkeys(notes))), Fraction(0)
    losses = _part_losses(usable, Fraction(weight))
    room = Fraction(weight) - sum((loss.points for loss in losses), Fraction(0))
    caps = {
        "本指标分值": room,
        "本指标的扣分上限": _fraction(indicator.max_deduction),
        "一级指标的扣分上限": level_left,
    }
    taken, uncounted = _deduct(counted, caps, scheme.decimal_places)
    losses += taken
    spent = sum((loss.points for loss in taken), Fraction(0))
    lost = sum((loss.points for loss in losses), Fraction(0))
    deductions = _cut(losses, weight, scheme.decimal_places)
    notes += [*_parts_note(usable), *uncounted]
    line = replace(
        _line(indicator, weight, note="；".join(dict.fromkeys(notes)) or None),
        score=rounded(Fraction(weight) - lost, scheme.decimal_places),
        applicable=True,
        measured=_measured(usable, counted),
        deductions=deductions,
        to_raise=advised(indicator.to_raise, deductions),
    )
    return line, spent


def _ask(asking: MeasuredPart | Deduction, indicator: Indicator, subject: Subject) -> Measurement:
    try:
        return MEASURES[asking.measure](subject, Asked(indicator.code, asking.limits))
    except CalendarError as error:  # nobody has supplied the working days of that year: left out until somebody does
        return not_applicable(f"{UnknownDay(error.year)}后计分")


def _part_losses(parts: list[tuple[MeasuredPart, Measurement]], weight: Fraction) -> list[_Loss]:
    """What each applicable part loses of its share; the applicable shares are brought to 1."""
    whole = sum((Fraction(part.share) for part, _ in parts), Fraction(0))
    losses = []
    for part, found in parts:
        value = _value(part, found)
        if value < 1:
            points = weight * Fraction(part.share) / whole * (1 - value)
            losses.append(_Loss(points, found.sentence, found.cases))
    return losses


def _value(part: MeasuredPart, found: Measurement) -> Fraction:
    value = found.value if found.value is not None else Fraction(0)
    if part.scale is not None and not found.scale_free:
        zero, full = Fraction(part.scale.zero_at), Fraction(part.scale.full_at)
        value = (value - zero) / (full - zero)
    return clamped(value, Fraction(0), Fraction(1))


def _deduct(
    counted: list[tuple[Deduction, Measurement]], caps: Mapping[str, Fraction | None], places: int
) -> tuple[list[_Loss], list[str]]:
    """Takes points per case, in the order of the scheme, until a cap is reached; then only says so."""
    left = {name: room for name, room in caps.items() if room is not None}
    losses, uncounted = [], []
    for deduction, found in counted:
        if found.forfeits and left["本指标分值"]:
            losses.append(_Loss(left["本指标分值"], found.sentence, found.cases))
            left = dict.fromkeys(left, Fraction(0))
        if not found.count or not deduction.points:
            continue
        wanted = Fraction(deduction.points) * found.count
        name, room = min(left.items(), key=lambda entry: entry[1])
        points = min(wanted, room)
        head = f"{deduction.reason} {found.count} {found.counter}，每{found.counter}扣 {plain(deduction.points)} 分"
        if points:
            losses.append(_Loss(points, head, found.cases))
        if points < wanted:
            asked, got = plain(rounded(wanted, places)), plain(rounded(points, places))
            uncounted.append(f"{deduction.reason}应扣 {asked} 分，以{name}为限，实扣 {got} 分")
        left = {name: room - points for name, room in left.items()}
    return losses, uncounted


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
        PointsLost(points, _reason(loss), tuple(case.evidence for case in loss.cases))
        for points, loss in sorted(zip(lost, ordered, strict=True), key=lambda entry: -entry[0])
        if points
    )


def _reason(loss: _Loss) -> str:
    texts = [case.text for case in loss.cases if case.text]
    if not texts:
        return loss.head
    more = f"；等 {len(texts)} 项，全部见依据" if len(texts) > SHOWN_CASES else ""
    return f"{loss.head}：{'；'.join(texts[:SHOWN_CASES])}{more}"


def _measured(parts: list[tuple[MeasuredPart, Measurement]], counted: list[tuple[Deduction, Measurement]]) -> Measured:
    """One part: its counts. Several: only the combined value (the note has the counts). None: the cases counted."""
    if len(parts) == 1:
        part, found = parts[0]
        places = _RATE_PLACES if part.scale is None else 2
        value = None if found.value is None or (part.scale and found.scale_free) else rounded(found.value, places)
        return Measured(_decimal(found.numerator), _decimal(found.denominator), value)
    if parts:
        whole = sum((Fraction(part.share) for part, _ in parts), Fraction(0))
        combined = sum((Fraction(part.share) * _value(part, found) for part, found in parts), Fraction(0)) / whole
        return Measured(value=rounded(combined, _RATE_PLACES))
    return Measured(numerator=_decimal(sum((found.count for _, found in counted), Fraction(0))))


def _parts_note(parts: list[tuple[MeasuredPart, Measurement]]) -> list[str]:
    """The counts of each part of several, by its label: the measured value beside them is their mixture."""
    if len(parts) < 2:
        return []
    counts = [
        f"{part.label} {found.numerator}/{found.denominator}".strip()
        for part, found in parts
        if found.denominator is not None
    ]
    return ["、".join(counts)] if counts else []


def _manual_entry(indicator: Indicator, subject: Subject) -> InspectionEntry | None:
    """The score an inspector gave outright: the latest by date, the last of the file among equals."""
    given = [e for e in subject.inspections if e.kind == "score" and e.indicator == indicator.code]
    return sorted(given, key=lambda entry: entry.on.toordinal() if entry.on else 0)[-1] if given else None


def _manual_line(indicator: Indicator, weight: Decimal, entry: InspectionEntry, scheme: Scheme) -> IndicatorScore:
    given = clamped(Fraction(entry.points or 0), Fraction(0), Fraction(weight))
    score = rounded(given, scheme.decimal_places)
    reason = f"检查评分 {plain(score)} 分{'：' + entry.reason if entry.reason else ''}"
    lost = (PointsLost(weight - score, reason, (entry_evidence(entry, reason),)),) if score < weight else ()
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


def _fraction(points: Decimal | None) -> Fraction | None:
    return None if points is None else Fraction(points)


def _decimal(number: Fraction | None) -> Decimal | None:
    if number is None:
        return None
    return Decimal(number.numerator) / Decimal(number.denominator)
