"""`gongkai whatif`: past years under another scheme; from the warehouse, nothing is stored."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from gongkai.assessment.scorecard import IndicatorScore, Scorecard
from gongkai.assessment.supposing import IndicatorMove, UnitMove, YearUnder, suppose
from gongkai.cli.known_year import known_year
from gongkai.profile.scheme_examination import load_scheme

_SHOWN = 3


def show_supposed(file: Path, years: list[int], warehouse: str | None, out: Path | None, as_json: bool) -> int:
    """Prints who would move, and by which indicators.

    Raises:
        ProfileError: the scheme does not hold.
        CallError: the warehouse knows nothing of a year.
    """
    scheme = load_scheme(file)
    found = [suppose(known_year(year, warehouse, out), scheme) for year in years]
    if as_json:
        said = {"scheme": scheme.scheme_id, "years": [_year_json(one) for one in found]}
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return 0
    for one in found:
        click.echo("\n".join(_year(one, scheme.scheme_id)))
    return 0


def _year(found: YearUnder, scheme: str) -> Iterator[str]:
    moved = [unit for unit in found.units if unit.moves]
    yield f"{found.year} 年度：由方案 {found.scheme} 改按 {scheme}，{len(found.units)} 个单位中 {len(moved)} 个有变化"
    for unit in sorted(moved, key=lambda unit: (unit.after.group, unit.after.rank or 0, unit.after.unit)):
        yield "  " + _unit(unit)


def _unit(unit: UnitMove) -> str:
    then, now = unit.before, unit.after
    text = f"{now.unit} {now.name}：{_or_none(then.total)} → {_or_none(now.total)}"
    if unit.difference is not None:
        text += f"（{unit.difference:+f}）"
    if then.authority != now.authority:
        text += f"，{_graded(then)} → {_graded(now)}"
    if then.grade != now.grade:
        text += f"，{then.grade} → {now.grade}"
    if then.rank != now.rank:
        text += f"，第 {_or_none(then.rank)} 名 → 第 {_or_none(now.rank)} 名"
    by = [f"{move.code} {move.label} {move.in_total:+f}" for move in unit.indicators if move.in_total][:_SHOWN]
    return f"{text}；主要由于 {'、'.join(by)}" if by else text


def _graded(card: Scorecard) -> str:
    """What grade and rank go by: the unit's own total, or its authority's."""
    joint = card.authority
    return f"按{joint.name} {_or_none(joint.total)} 评定" if joint else "按本单位评定"


def _year_json(found: YearUnder) -> dict[str, Any]:
    return {
        "year": found.year,
        "scheme": found.scheme,
        "moved": sum(unit.moves for unit in found.units),
        "units": [_unit_json(unit) for unit in found.units],
    }


def _unit_json(unit: UnitMove) -> dict[str, Any]:
    now = unit.after
    return {
        "unit": now.unit,
        "name": now.name,
        "group": now.group,
        "moves": unit.moves,
        "before": _standing(unit.before),
        "after": _standing(now),
        "difference": _text(unit.difference),
        "indicators": [_move_json(move) for move in unit.indicators],
    }


def _standing(card: Scorecard) -> dict[str, Any]:
    joint = card.authority
    rolled_up = {"authority": {"name": joint.name, "total": _text(joint.total)}} if joint else {}
    return {
        **rolled_up,
        "total": _text(card.total),
        "grade": card.grade,
        "rank": card.rank,
        "bonus": f"{card.bonus:f}",
        "penalty": f"{card.penalty:f}",
    }


def _move_json(move: IndicatorMove) -> dict[str, Any]:
    said = {"code": move.code, "label": move.label, "in_total": f"{move.in_total:f}"}
    return {**said, "before": _line_json(move.before), "after": _line_json(move.after)}


def _line_json(line: IndicatorScore | None) -> dict[str, str | None] | None:
    if line is None:
        return None
    return {"score": _text(line.score), "max": f"{line.max:f}"}


def _text(points: Decimal | None) -> str | None:
    return None if points is None else f"{points:f}"


def _or_none(value: Decimal | int | None) -> str:
    return "无" if value is None else str(value)
