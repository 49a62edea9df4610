"""Tells a unit's score down to cases and entries, so that somebody with paper and pencil gets the same points.

The line is the card's; beside it stand the derivation that it was rounded from and everything that was looked at. As
JSON: the keys of `scorecard.json`, and those of the derivation (docs/contract.md).
"""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gongkai.assessment.assess import assess_year
from gongkai.assessment.derivation import CasesDerived, Derivation, PartDerived, derive
from gongkai.assessment.export import indicator_json, scorecard_json
from gongkai.assessment.points import plain, rounded
from gongkai.assessment.scorecard import Scorecard
from gongkai.assessment.seen import seen_json
from gongkai.assessment.subject import Subject, subject_of
from gongkai.submission.inspection.entry import KIND_NAMES, InspectionEntry
from gongkai.warehouse.records import YearState

_HEAD = (
    "unit",
    "name",
    "group",
    "year",
    "scheme",
    "total",
    "authority",
    "grade",
    "rank",
    "group_size",
    "bonus",
    "penalty",
)
_BESIDE = ("bonuses", "penalties", "vetoes", "proposals", "claims")
_SIGNIFICANT = 6


def explain_unit(state: YearState, code: str) -> dict[str, Any]:
    """Everything that a unit's score follows from.

    Args:
        state: the year as the warehouse knows it.
        code: an assessed unit's.
    """
    card = next(one for one in assess_year(state, state.previous_scores).scorecards if one.unit == code)
    subject = subject_of(state.unit(code), state, state.profile.working_days())
    scored = card.total is not None
    derived = {one.indicator.code: one for one in derive(subject, state.profile.scheme)} if scored else {}
    said = scorecard_json(card, "")
    return {
        **{key: said[key] for key in _HEAD if key in said},
        "sum": _sum(card),
        "indicators": [
            {**indicator_json(line), **_derivation(derived.get(line.code), subject, card, line.code)}
            for line in card.indicators
            if line.max
        ],
        **{key: said[key] for key in _BESIDE},
    }


def _sum(card: Scorecard) -> dict[str, Any]:
    """The way from the lines to the total."""
    scored = [(line.score, line.max) for line in card.indicators if line.score is not None]
    earned, applicable = (sum((pair[n] for pair in scored), Decimal(0)) for n in (0, 1))
    converted = None if card.total is None else card.total - card.bonus + card.penalty
    formula = f"100 × {plain(earned)} ÷ {plain(applicable)} ＋ {plain(card.bonus)} － {plain(card.penalty)}"
    return {
        "earned": f"{earned:f}",
        "applicable": f"{applicable:f}",
        "converted": None if converted is None else f"{converted:f}",
        "bonus": f"{card.bonus:f}",
        "penalty": f"{card.penalty:f}",
        "total": None if card.total is None else f"{card.total:f}",
        "formula": None if card.total is None else f"{formula} ＝ {card.total:f}",
    }


def _derivation(derived: Derivation | None, subject: Subject, card: Scorecard, code: str) -> dict[str, Any]:
    entries = [entry for entry in subject.inspections if entry.indicator == code]
    return {
        "formula": _formula(derived) if derived and derived.applicable else None,
        "exact": _exact(derived.earned) if derived and derived.applicable else None,
        "parts": [_part(part, subject) for part in derived.parts] if derived else [],
        "cases": [_cases(one, subject) for one in derived.cases] if derived else [],
        "entries": [entry_json(entry) for entry in entries],
        "decisions": [decision for decision in _decisions(card) if decision["indicator"] == code],
    }


def _formula(derived: Derivation) -> str:
    """The points as somebody would write them down: `8 × 6/7 − 3 × 1 ＝ 27/7 ≈ 3.857143`."""
    if derived.manual is not None:
        return f"检查人员直接评分 {plain(derived.manual.points or Decimal(0))}"
    valued = [part for part in derived.parts if part.value is not None]
    terms = [f"{_short(part.worth)} × {_short(part.value or Fraction(0))}" for part in valued]
    text = " ＋ ".join(terms) or plain(derived.weight)
    for one in derived.cases:
        if one.found.forfeits:
            text += f" － {_short(one.taken)}（{one.found.sentence}）"
        elif one.taken:
            limited = f"，以{one.limited_by}为限 {_short(one.taken)}" if one.limited_by else ""
            text += f" － {plain(one.deduction.points)} × {_short(one.found.count)}{limited}"
    return f"{text} ＝ {_exact(derived.earned)}"


def _part(part: PartDerived, subject: Subject) -> dict[str, Any]:
    scale, found = part.part.scale, part.found
    return {
        "measure": part.part.measure,
        "label": part.part.label,
        "limits": dict(part.part.limits),
        "scale": {"zero_at": f"{scale.zero_at:f}", "full_at": f"{scale.full_at:f}"} if scale else None,
        "applicable": found.applicable,
        "numerator": _number(found.numerator),
        "denominator": _number(found.denominator),
        "measured": None if found.value is None else _exact(found.value),
        "value": None if part.value is None else _exact(part.value),
        "worth": _exact(part.worth),
        "points": _exact(part.worth - part.lost),
        "said": found.sentence or found.note or "",
        "looked_at": seen_json(found, subject, judged=scale is None),
    }


def _cases(one: CasesDerived, subject: Subject) -> dict[str, Any]:
    found = one.found
    return {
        "measure": one.deduction.measure,
        "reason": one.deduction.reason,
        "limits": dict(one.deduction.limits),
        "points_each": f"{one.deduction.points:f}",
        "applicable": found.applicable,
        "count": _number(found.count),
        "wanted": _exact(one.wanted),
        "taken": _exact(one.taken),
        "limited_by": one.limited_by,
        "said": found.sentence or found.note or "",
        "looked_at": seen_json(found, subject, judged=True),
    }


def entry_json(entry: InspectionEntry) -> dict[str, Any]:
    """An entry of the office: what it says, and in which file."""
    said = {key: value for key, value in asdict(entry).items() if value is not None and key != "known_at"}
    return {"word": KIND_NAMES[entry.kind], **{key: _said(value) for key, value in said.items()}}


def _decisions(card: Scorecard) -> Iterator[dict[str, Any]]:
    for made in card.decisions:
        yield {key: _said(value) for key, value in asdict(made).items()}


def _said(value: object) -> object:
    return value if value is None or isinstance(value, bool | int) else str(value)


def _exact(value: Fraction) -> str:
    """A fraction, and what it comes to where it does not end: `27/7 ≈ 3.857143`."""
    return _short(value) if _ends(value) else f"{_short(value)} ≈ {rounded(value, _SIGNIFICANT)}"


def _short(value: Fraction) -> str:
    """A decimal where it ends soon, else the fraction."""
    return plain(rounded(value, _SIGNIFICANT)) if _ends(value) else str(value)


def _ends(value: Fraction) -> bool:
    return Fraction(rounded(value, _SIGNIFICANT)) == value


def _number(value: Fraction | None) -> int | str | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else _short(value)
