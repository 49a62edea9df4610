"""Objections on a scorecard: what was raised and decided so far, and until when and where the next may be raised."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.assessment.scorecard import Appeal, HearingDecision, Scorecard
from gongkai.reporting.style import NOT_APPLICABLE, day
from gongkai.reporting.style.printed_numbers import points
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.issued_cards import CardState


@dataclass(frozen=True)
class Objection:
    """An appeal or a decision: which of the two, when and by whom and to which line, and its words."""

    word: str
    head: str
    text: str


@dataclass(frozen=True)
class AppealView:
    """Whether, until when, how and to whom to appeal, as whole sentences; `state` is the card's in words."""

    state: str
    head: str
    how: str
    department: str
    phone: str
    email: str
    version: str
    changes: tuple[str, ...]


def objections(card: Scorecard) -> Iterator[Objection]:
    """Appeals and decisions as they followed each other: what it is, when, by whom and to which line, and its words."""
    labels = {line.code: f"{line.code} {line.label}" for line in card.indicators}
    listed: list[tuple[Appeal | HearingDecision, str, str]] = [(said, "申诉", _raised(said)) for said in card.appeals]
    listed += [(said, "决定", _ruled(said)) for said in card.decisions]
    for said, word, text in sorted(listed, key=lambda one: one[0].on or date.min):
        head = (day(said.on) if said.on else "", said.by or "", labels.get(said.indicator or "", ""))
        yield Objection(word, " · ".join(part for part in head if part), text)


def _raised(appeal: Appeal) -> str:
    return "".join([appeal.reason, "" if appeal.answered else f"（{appeal.state.word}）"])


def _ruled(decision: HearingDecision) -> str:
    before, after = (points(score, NOT_APPLICABLE) for score in (decision.before, decision.after))
    change = (
        f"由 {before} 分改为 {after} 分。"
        if before != after
        else f"维持 {after} 分。"
        if decision.after is not None
        else ""
    )
    return change + decision.reason


def appeal_view(card: Scorecard, state: YearState) -> AppealView:
    """How to object to this card."""
    contact = state.profile.district.contact
    return AppealView(
        state=card.state.word,
        head=_head(card),
        how=_how(card, state),
        department=contact.department,
        phone=contact.phone,
        email=contact.email,
        version=str(card.version),
        changes=card.changes,
    )


def _head(card: Scorecard) -> str:
    """What stands at the head of the card: its state, and until when it may be objected to."""
    on = day(card.issued_on) if card.issued_on else ""
    match card.state:
        case CardState.PRELIMINARY:
            return f"{on}签发；{_until(card)}。"
        case CardState.FINAL:
            return f"{on}签发。"
    return "尚未签发；申诉期限自签发之日起算。"


def _how(card: Scorecard, state: YearState) -> str:
    """What to do about it."""
    days = state.profile.cycle.appeal_working_days
    fill = "在本单位报送表的“申诉”表中写明指标代码、理由和佐证，按原途径报送（其他各表不必改动）；回执写明收到日期"
    answered = "逐条答复并说明理由；得分、名次或等次因此变化的，另出新版评分表，原版本仍可查阅"
    match card.state:
        case CardState.PRELIMINARY:
            return f"{_until(card)}：{fill}。{answered}。"
        case CardState.FINAL:
            return f"本表为正式结果，申诉期已过；确有正当理由逾期申诉的，先请主管部门登记例外，再{fill}。"
    return f"本表签发征求意见稿后 {days} 个工作日内可以申诉：{fill}。{answered}。"


def _until(card: Scorecard) -> str:
    if card.appeal_until is None:
        return "申诉期限待放假安排公布后确定"
    return f"申诉截止 {day(card.appeal_until)}（当日有效）"
