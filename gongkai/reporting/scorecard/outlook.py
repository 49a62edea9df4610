"""What a card says of the way ahead: grades, how far the next one is and the shortest way, what is to be mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.assessment.scorecard import Scorecard
from gongkai.reporting.style.printed_numbers import day, plain


@dataclass(frozen=True)
class Outlook:
    """Each a sentence or a list of them; empty where there is nothing to say."""

    grades: str
    why_grade: str
    next_grade: str
    rectification: tuple[str, ...]


def outlook(card: Scorecard) -> Outlook:
    """The way ahead of one unit."""
    return Outlook(
        grades="，".join(f"{band.grade} {plain(band.at_least)} 分以上" for band in card.bands if band.at_least),
        why_grade=card.grade_note,
        next_grade=_next(card),
        rectification=tuple(_mending(card)),
    )


def _next(card: Scorecard) -> str:
    found = card.next_grade
    if found is None:
        return ""
    labels = {line.code: line.label for line in card.indicators}
    named = [f"{step.indicator} {labels.get(step.indicator, '')}（可得回 {step.points:f}）" for step in found.shortest]
    steps = "、".join(named)
    return f"距{found.grade}还差 {found.distance:f} 分。最短的途径：{steps}（折合总分）。"


def _mending(card: Scorecard) -> Iterator[str]:
    for one in card.rectification:
        about = f"{one.indicator}：" if one.indicator else ""
        due = f"期限 {day(one.due_on)}" if one.due_on else "未定期限"
        state = f"{day(one.closed_on)} 办结" if one.closed_on else "尚未办结"
        yield f"{about}{one.what}（{due}，{state}）"
