"""Objections on a scorecard: what was raised and decided so far, and until when and where the next may be raised."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.assessment.scorecard import Appeal, Decision, Scorecard
from gongkai.law.due_day import UnknownDay
from gongkai.reporting.style import NOT_APPLICABLE, day
from gongkai.reporting.style.printed_numbers import points
from gongkai.warehouse.records import YearState


@dataclass(frozen=True)
class Objection:
    """An appeal or a decision: which of the two, when and by whom and to which line, and its words."""

    word: str
    head: str
    text: str


@dataclass(frozen=True)
class AppealView:
    """Until when and where to object; `before` and `after` enclose the day in the sentence of both templates."""

    until: str
    before: str
    after: str
    working_days: str
    department: str
    phone: str
    email: str
    version: str


def objections(card: Scorecard) -> Iterator[Objection]:
    """Appeals and decisions as they followed each other: what it is, when, by whom and to which line, and its words."""
    labels = {line.code: f"{line.code} {line.label}" for line in card.indicators}
    listed: list[tuple[Appeal | Decision, str, str]] = [(said, "申诉", _raised(said)) for said in card.appeals]
    listed += [(said, "决定", _ruled(said)) for said in card.decisions]
    for said, word, text in sorted(listed, key=lambda one: one[0].on or date.min):
        head = (day(said.on) if said.on else "", said.by or "", labels.get(said.indicator or "", ""))
        yield Objection(word, " · ".join(part for part in head if part), text)


def _raised(appeal: Appeal) -> str:
    return "".join([appeal.reason, "" if appeal.answered else "（尚未决定）"])


def _ruled(decision: Decision) -> str:
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
    words = ("申诉期限", "后确定；请") if isinstance(card.appeal_until, UnknownDay) else ("请在", "前")
    return AppealView(
        until=day(card.appeal_until),
        before=words[0],
        after=words[1],
        working_days=str(state.profile.cycle.appeal_working_days),
        department=contact.department,
        phone=contact.phone,
        email=contact.email,
        version=str(card.version),
    )
