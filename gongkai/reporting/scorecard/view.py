"""What a scorecard says, as strings in the order of reading: one view for HTML and Typst.

Figures are formatted here and nowhere else; bar positions are shares of the maximum. Of other units there is
nothing but the median of the group. What a score is and why, was decided in `gongkai.assessment`.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from gongkai.assessment.scorecard import Award, IndicatorScore, PointsLost, Scorecard
from gongkai.national_format import for_year
from gongkai.profile import Scheme
from gongkai.reporting.scorecard.evidence import brief, headline, phrases
from gongkai.reporting.scorecard.measured import measured
from gongkai.reporting.scorecard.objections import appeal_view, objections
from gongkai.reporting.style import NOT_APPLICABLE, Page, moment, page_of, signed
from gongkai.reporting.style.printed_numbers import plain, points
from gongkai.warehouse.records import YearState

NOT_SCORED = "未评分"
NONE = "无"
_LARGEST = 3
_SHARE = Decimal("0.0001")


def scorecard_page(card: Scorecard, state: YearState, basis: str) -> Page:
    """Head and foot of one unit's scorecard."""
    unit = state.unit(card.unit).unit
    return page_of(state, basis, "政务公开考核评分表", unit, f"第 {card.version} 版")


def scorecard_view(card: Scorecard, state: YearState) -> dict[str, Any]:
    """Everything the two templates print, JSON-able.

    Keys: year, as_of, unit, headline, pending, vetoes, largest, lost, levels, has_last_year, sums, awards, objections,
    appeal, source.
    """
    unit_year = state.unit(card.unit)
    unit, source = unit_year.unit, unit_year.accepted

    def evidence(said: PointsLost | Award) -> list[str]:
        return phrases(
            said.evidence, brief(said.reason, said.evidence), source.file if source else None, for_year(card.year)
        )

    areas = [state.profile.areas[number] for number in unit.areas]
    levels = list(_levels(card, state, evidence))
    pending = _pending(card)
    losses = list(_losses(card, state.profile.scheme))
    largest = sorted(losses, key=lambda loss: -loss[0])[:_LARGEST]
    return {
        "year": str(card.year),
        "as_of": moment(state.profile.local(state.as_of)),
        "unit": {
            "code": card.unit,
            "name": card.name,
            "authority": unit.authority,
            "areas": "、".join(areas) if areas and areas != [card.name] else "",
            "group": state.profile.kind_name(card.group),
        },
        "headline": _headline(card),
        "pending": pending,
        "vetoes": list(card.vetoes),
        "largest": [
            {"points": _minus(lost), "code": code, "reason": headline(reason)} for lost, code, reason in largest
        ],
        "lost": str(len(losses)),
        "levels": levels,
        "has_last_year": any(line.last_year is not None for line in card.indicators),
        "sums": _sums(card),
        "awards": [
            *(_award("加分", "+", award, evidence(award)) for award in card.bonuses),
            *(_award("扣分", "−", award, evidence(award)) for award in card.penalties),
        ],
        "objections": list(objections(card)),
        "appeal": appeal_view(card, state),
        "source": f"第 {source.number} 次报送的文件 {source.file}" if source else "",
    }


def _headline(card: Scorecard) -> dict[str, Any]:
    return {
        "scored": card.total is not None,
        "total": NOT_SCORED if card.total is None else f"{card.total:f}",
        "grade": card.grade,
        "rank": "未排名" if card.rank is None else f"第 {card.rank} 名",
        "group_size": str(card.group_size),
        "peer_median": NONE if card.peer_median_total is None else f"{card.peer_median_total:f}",
        "last_year": NONE if card.last_year_total is None else f"{card.last_year_total:f}",
    }


def _losses(card: Scorecard, scheme: Scheme) -> Iterator[tuple[Decimal, str, str]]:
    """Every deduction as (points, `code label`, reason); points lost without one are told from the measure."""
    for line in card.indicators:
        name = f"{line.code} {line.label}"
        if line.deductions:
            yield from ((lost.points, name, lost.reason) for lost in line.deductions)
        elif line.applicable and line.score is not None and line.score < line.max:
            yield line.max - line.score, name, f"未得满分（实测 {measured(line, scheme)['main']}）"
    yield from ((award.points, "通报扣分", award.reason) for award in card.penalties)


def _levels(card: Scorecard, state: YearState, evidence: Callable[[PointsLost], list[str]]) -> Iterator[dict[str, Any]]:
    """The first-level indicators in the scheme's order, each with its subtotal over what applies."""
    labels = {level.code: level.label for level in state.profile.scheme.levels}
    codes = [*labels, *(line.level for line in card.indicators if line.level not in labels)]
    for code in dict.fromkeys(codes):
        lines = [line for line in card.indicators if line.level == code]
        if not lines:
            continue
        scored = [line for line in lines if line.score is not None]
        earned = [line.score for line in scored if line.score is not None]
        yield {
            "code": code,
            "label": labels.get(code, ""),
            "score": f"{sum(earned, Decimal()):f}" if earned else "",
            "max": plain(sum((line.max for line in scored), Decimal())),
            "not_applicable": "" if card.total is None else _not_applicable(lines),
            "lines": [_line(line, card, state.profile.scheme, evidence) for line in lines],
        }


def _not_applicable(lines: list[IndicatorScore]) -> str:
    count = sum(not line.applicable for line in lines)
    return f"{count} 项不适用" if count else ""


def _line(
    line: IndicatorScore, card: Scorecard, scheme: Scheme, evidence: Callable[[PointsLost], list[str]]
) -> dict[str, Any]:
    full = line.score is not None and line.score >= line.max
    unscored = NOT_APPLICABLE if card.total is not None and not line.applicable else NOT_SCORED
    return {
        "code": line.code,
        "label": line.label,
        "max": plain(line.max) if line.max else "",
        "score": points(line.score, unscored),
        "applicable": line.applicable,
        "scored": line.score is not None,
        "full": full,
        "measured": (shown := measured(line, scheme)),
        "peer_median": points(line.peer_median, NONE),
        "last_year": points(line.last_year, NONE),
        "bar": {
            "score": _share(line.score, line.max),
            "peer_median": _share(line.peer_median, line.max),
            "last_year": _share(line.last_year, line.max),
        },
        "deductions": [
            {"points": _minus(lost.points), "reason": brief(lost.reason, lost.evidence), "evidence": evidence(lost)}
            for lost in line.deductions
        ],
        "to_raise": line.to_raise if line.to_raise and line.applicable and not full else "",
        "note": "" if line.note == shown["main"] else _note(line, card),
    }


def _note(line: IndicatorScore, card: Scorecard) -> str:
    """Why a line is not applicable, or how it was scored; an unscored card says once, above, what all lines say."""
    if card.total is None:
        return "待评分" if line.note in (None, _pending(card)) else str(line.note)
    return line.note or ("" if line.applicable else "本单位本年度无此项工作，不计入满分")


def _pending(card: Scorecard) -> str:
    """Why nothing is scored yet, as the assessment says it on the lines; empty for a scored card."""
    if card.total is not None:
        return ""
    notes = [line.note for line in card.indicators if line.note]
    return max(notes, key=notes.count) if notes else "本单位没有已受理的年度报送，暂不计分"


def _award(kind: str, sign: str, award: Award, evidence: list[str]) -> dict[str, Any]:
    return {
        "kind": kind,
        "points": f"{sign}{award.points:f}",
        "reason": award.reason,
        "evidence": evidence,
    }


def _sums(card: Scorecard) -> dict[str, str]:
    """The way to the total. The converted score is what stays of the total without bonus and penalty."""
    scored = [line for line in card.indicators if line.score is not None]
    earned = sum((line.score for line in scored if line.score is not None), Decimal())
    converted = None if card.total is None else card.total - card.bonus + card.penalty
    return {
        "earned": f"{earned:f}",
        "applicable": plain(sum((line.max for line in scored), Decimal())),
        "converted": points(converted, NOT_SCORED),
        "bonus": signed(card.bonus),
        "penalty": signed(-card.penalty),
        "bonus_capped": _capped(card.bonus, card.bonuses),
        "penalty_capped": _capped(card.penalty, card.penalties),
        "total": points(card.total, NOT_SCORED),
    }


def _capped(counted: Decimal, awards: Iterable[Award]) -> str:
    """What the awards come to where the cap took some of it, else nothing."""
    listed = sum((award.points for award in awards), Decimal())
    return f"（合计 {listed:f}，以上限计）" if listed != counted else ""


def _minus(lost: Decimal) -> str:
    return f"−{abs(lost):f}" if lost else "0"


def _share(value: Decimal | None, maximum: Decimal) -> str | None:
    """A position on the bar from 0 to 1, four places; geometry only, never printed."""
    if value is None or maximum <= 0:
        return None
    return f"{min(max(value / maximum, Decimal()), Decimal(1)).quantize(_SHARE):f}"
