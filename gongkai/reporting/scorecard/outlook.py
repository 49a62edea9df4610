"""What a card says of the way ahead: grades, how far the next one is and the shortest way, what is to be mended."""

from dataclasses import dataclass

from gongkai.assessment.scorecard import Scorecard
from gongkai.reporting.style.printed_numbers import plain


@dataclass(frozen=True)
class Outlook:
    """Each a sentence or a list of them; empty where there is nothing to say."""

    grades: str
    why_grade: str
    next_grade: str


def outlook(card: Scorecard) -> Outlook:
    """The way ahead of one unit."""
    return Outlook(
        grades="，".join(f"{band.grade} {plain(band.at_least)} 分以上" for band in card.bands if band.at_least),
        why_grade=card.grade_note,
        next_grade=_next(card),
    )


def _next(card: Scorecard) -> str:
    found = card.next_grade
    if found is None:
        return ""
    labels = {line.code: line.label for line in card.indicators}
    named = [f"{step.indicator} {labels.get(step.indicator, '')}（可得回 {step.points:f}）" for step in found.shortest]
    steps = "、".join(named)
    if not found.distance:
        return f"总分已达到{found.grade}，等次受限；要得到{found.grade}：{steps}（折合总分）。"
    return f"距{found.grade}还差 {found.distance:f} 分。最短的途径：{steps}（折合总分）。"
