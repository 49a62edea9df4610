"""What a card says of mending (整改): until when, what the office ordered or closed, and what last year left.

Every deduction is an item to mend, and its day stands beside it. Here stand the office's own notices, what was given
back whole, and what last year left.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.assessment.scorecard import LookBack, PointsLost, Rectification, Scorecard
from gongkai.reporting.style import day
from gongkai.warehouse.records import YearState


@dataclass(frozen=True)
class MendingLine:
    """One item: what it is called, its words, and where it stands."""

    item: str
    what: str
    standing: str


@dataclass(frozen=True)
class MendingView:
    """The sentence on the deadline (empty where nothing was lost), and the lines of this year and of the last."""

    until: str
    items: tuple[MendingLine, ...]
    look_back: tuple[MendingLine, ...]


def mending_view(card: Scorecard, state: YearState) -> MendingView:
    """What is to be mended."""
    usual = state.profile.cycle.rectification_deadline(state.year)
    lost = any(line.deductions for line in card.indicators)
    until = f"以上扣分事项请在各自期限（一般为{day(usual)}）前整改，办结后把佐证报主管部门登记。" if lost else ""
    on_lines = [_item(card, line.code, lost) for line in card.indicators for lost in line.deductions]
    told = [one for one in card.rectification if one not in on_lines]
    return MendingView(until, tuple(map(_line, told)), tuple(_backs(card)))


def due_of(card: Scorecard, code: str, lost: PointsLost) -> str:
    """Until when a deduction is to be mended, or when it was; empty where nobody set a day."""
    item = _item(card, code, lost)
    if item is None or (item.due_on is None and item.closed_on is None):
        return ""
    return f"{item.closed_on} 办结" if item.closed_on else f"{item.due_on} 前整改"


def _item(card: Scorecard, code: str, lost: PointsLost) -> Rectification | None:
    """The item that a deduction made; points that were given back since are told behind its reason."""
    own = (one for one in card.rectification if one.indicator == code and one.what)
    return next((one for one in own if lost.reason == one.what or lost.reason.startswith(f"{one.what}（")), None)


def _line(one: Rectification) -> MendingLine:
    due = f"期限 {day(one.due_on)}，" if one.due_on else ""
    closed = f"{day(one.closed_on)}办结" if one.closed_on else "未办结"
    return MendingLine(one.entry, one.what, f"{due}{closed}")


def _backs(card: Scorecard) -> Iterator[MendingLine]:
    """Last year's items that came back, persist, or were never closed."""
    for one in card.look_back:
        if one.recurred or one.persists or one.closed_on is None:
            yield MendingLine(one.item, one.what, _found(one))


def _found(one: LookBack) -> str:
    if one.recurred:
        return f"上年已于{day(one.closed_on)}办结，今年同类问题再次扣分（复发）" if one.closed_on else "复发"
    return "上年未办结，今年仍在扣分" if one.persists else "上年未登记办结，今年未再扣分"
