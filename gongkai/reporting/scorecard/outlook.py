"""What a card says of the way ahead: grades, how far the next one is and the shortest way, what is to be mended."""

from dataclasses import dataclass

from gongkai.assessment.scorecard import Scorecard
from gongkai.reporting.style.printed_numbers import plain


@dataclass(frozen=True)
class Outlook:
    """Each a sentence or a list of them; empty where there is nothing to say."""

    grades: str
    together: str
    why_grade: str
    next_grade: str


def outlook(card: Scorecard) -> Outlook:
    """The way ahead of one unit."""
    return Outlook(
        grades="，".join(f"{band.grade} {plain(band.at_least)} 分以上" for band in card.bands if band.at_least),
        together=together(card),
        why_grade=card.grade_note,
        next_grade=_next(card),
    )


def together(card: Scorecard) -> str:
    """With whom a unit is graded as one, and how that comes to the authority's total; empty where it is by itself."""
    one = card.authority
    if one is None or len(one.units) == 1:
        return ""
    totals = "、".join(
        f"{code} {name} {'未评分' if total is None else f'{total:f}'}" for code, name, total in one.units
    )
    scored = f"机关得分 {one.total:f} 分（各单位总分的平均）" if one.total is not None else "机关暂无得分"
    return f"{one.name}的 {len(one.units)} 个单位合并评定：{totals}；{scored}，等次、名次按机关得分。"


def _next(card: Scorecard) -> str:
    found = card.next_grade
    if found is None:
        return ""
    labels = {line.code: line.label for line in card.indicators}
    named = [
        f"{step.indicator} {labels.get(step.indicator.split()[-1], '')}（可得回 {step.points:f}）"
        for step in found.shortest
    ]
    steps = "、".join(named)
    of = "机关得分" if card.authority and len(card.authority.units) > 1 else "总分"
    if not found.distance:
        return f"总分已达到{found.grade}，等次受限；要得到{found.grade}：{steps}（折合{of}）。"
    return f"距{found.grade}还差 {found.distance:f} 分。最短的途径：{steps}（折合{of}）。"
