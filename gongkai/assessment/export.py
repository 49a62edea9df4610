"""The assessment as the JSON of contract.md: decimals as strings with fixed places, every key always there.

Keys beyond the contract carry what the printed card says too (notes, basis, awards, medians of the total).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.assessment.scorecard import (
    Appeal,
    Assessment,
    AuthorityScore,
    Award,
    IndicatorScore,
    Measured,
    NextGrade,
    Scorecard,
)

_PLACES = Decimal("0.01")


def scorecard_json(card: Scorecard, basis_sha256: str) -> dict[str, Any]:
    """One unit's `scorecard.json`. It names no other unit."""
    return {
        "unit": card.unit,
        "name": card.name,
        "group": card.group,
        "year": card.year,
        "version": card.version,
        "scheme": card.scheme,
        "basis_sha256": basis_sha256,
        "total": _points(card.total),
        **({"authority": _authority(card.authority)} if card.authority else {}),
        "grade": card.grade,
        "rank": card.rank,
        "group_size": card.group_size,
        "vetoes": list(card.vetoes),
        "bonus": _points(card.bonus),
        "penalty": _points(card.penalty),
        "indicators": [indicator_json(line) for line in card.indicators],
        "appeal_until": _day(card.appeal_until),
        "bonuses": _awards(card.bonuses),
        "penalties": _awards(card.penalties),
        "peer_median_total": _points(card.peer_median_total),
        "last_year_total": _points(card.last_year_total),
        "last_year_note": card.last_year_note,
        "grade_note": card.grade_note or None,
        "appeals": [appeal_json(appeal) for appeal in card.appeals],
        "state": card.state.value,
        "issued_on": _day(card.issued_on),
        "changes": list(card.changes),
        "bands": [{"grade": band.grade, "at_least": _points(band.at_least)} for band in card.bands],
        "next_grade": _next_grade(card.next_grade),
        "rectification": [
            {
                "id": one.entry,
                "indicator": one.indicator,
                "what": one.what,
                "due_on": _day(one.due_on),
                "closed_on": _day(one.closed_on),
            }
            for one in card.rectification
        ],
        "look_back": [
            asdict(one) | {"due_on": _day(one.due_on), "closed_on": _day(one.closed_on)} for one in card.look_back
        ],
        "claims": [
            {"claim": claim.name, "points": _points(claim.points), "state": claim.state, "text": claim.text}
            for claim in card.claims
        ],
        "proposals": [{"veto": one.veto, "ground": one.ground} for one in card.proposals],
        "decisions": [
            asdict(made) | {"on": _day(made.on), "before": _points(made.before), "after": _points(made.after)}
            for made in card.decisions
        ],
    }


def appeal_json(appeal: Appeal) -> dict[str, Any]:
    """One appeal and what has become of it, for card and receipt."""
    return {
        "entry": appeal.entry,
        "indicator": appeal.indicator,
        "on": _day(appeal.on),
        "by": appeal.by,
        "reason": appeal.reason,
        "evidence": appeal.evidence,
        "state": appeal.state.value,
        "answered": appeal.answered,
    }


def ranking_json(assessment: Assessment) -> dict[str, Any]:
    """`ranking.json`: the groups in the order of the registry, best first, unranked units last in registry order."""
    groups: dict[str, list[Scorecard]] = {}
    for card in assessment.scorecards:
        groups.setdefault(card.group, []).append(card)
    return {
        "year": assessment.year,
        "scheme": assessment.scheme,
        "groups": {
            group: [
                {
                    "unit": card.unit,
                    "name": card.name,
                    "total": _points(card.total),
                    "grade": card.grade,
                    "rank": card.rank,
                    **({"authority": card.authority.name} if card.authority else {}),
                }
                for card in in_order_of_rank(members)
            ]
            for group, members in groups.items()
        },
        **_authorities(groups),
        "proposals": [
            {"unit": card.unit, "veto": one.veto, "ground": one.ground, "where": one.where}
            for card in assessment.scorecards
            for one in card.proposals
        ],
    }


def heads(cards: Iterable[Scorecard]) -> list[Scorecard]:
    """What is graded and ranked: a card of each unit, or, rolled up, one of each authority with its name and total."""
    found: dict[str, Scorecard] = {}
    for card in cards:
        one = card.authority
        shown = replace(card, name=one.name, total=one.total) if one else card
        found.setdefault(f"authority {one.name}" if one else card.unit, shown)
    return list(found.values())


def _authorities(groups: Mapping[str, list[Scorecard]]) -> dict[str, Any]:
    """The ranking of authorities, best first, of the groups that are rolled up; no key where none is."""
    rolled = {group: in_order_of_rank(heads(cards)) for group, cards in groups.items() if cards[0].authority}
    listed = {
        group: [{**_authority(one.authority), "grade": one.grade, "rank": one.rank} for one in cards if one.authority]
        for group, cards in rolled.items()
    }
    return {"authorities": listed} if listed else {}


def _authority(one: AuthorityScore) -> dict[str, Any]:
    units = [{"unit": code, "name": name, "total": _points(total)} for code, name, total in one.units]
    return {"name": one.name, "total": _points(one.total), "units": units}


def in_order_of_rank(cards: Iterable[Scorecard]) -> list[Scorecard]:
    """Ranked cards by rank, then the others; equal ones in the order they came in."""
    return sorted(cards, key=lambda card: (card.rank is None, card.rank or 0))


def indicator_json(line: IndicatorScore) -> dict[str, Any]:
    """One line of a card."""
    return {
        "code": line.code,
        "label": line.label,
        "max": _points(line.max) if line.max else None,
        "score": _points(line.score),
        "applicable": line.applicable,
        "measured": _measured(line.measured),
        "deductions": [
            {
                "points": _points(lost.points),
                "in_total": _points(lost.in_total),
                "reason": lost.reason,
                "evidence": [asdict(e) for e in lost.evidence],
            }
            for lost in line.deductions
        ],
        "peer_median": _points(line.peer_median),
        "peer_quartiles": [_points(one) for one in line.peer_quartiles] if line.peer_quartiles else None,
        "last_year": _points(line.last_year),
        "last_year_note": line.last_year_note,
        "to_raise": line.to_raise,
        "level": line.level,
        "basis": line.basis,
        "note": line.note,
    }


def _next_grade(found: NextGrade | None) -> dict[str, Any] | None:
    if found is None:
        return None
    steps = [{"indicator": step.indicator, "points": _points(step.points)} for step in found.shortest]
    return {"grade": found.grade, "distance": _points(found.distance), "shortest": steps}


def _measured(measured: Measured) -> dict[str, Any]:
    return {
        "numerator": _count(measured.numerator),
        "denominator": _count(measured.denominator),
        "value": None if measured.value is None else format(measured.value, "f"),
    }


def _awards(awards: Iterable[Award]) -> list[dict[str, Any]]:
    return [
        {"points": _points(a.points), "reason": a.reason, "evidence": [asdict(e) for e in a.evidence]} for a in awards
    ]


def _points(points: Decimal | None) -> str | None:
    """Two places at least; a scheme with more keeps its own."""
    if points is None:
        return None
    exponent = points.as_tuple().exponent
    finer = isinstance(exponent, int) and exponent < -2
    return format(points if finer else points.quantize(_PLACES), "f")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _count(number: Decimal | None) -> int | str | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else format(number, "f")
