"""What a final issue waits for (`issue --final`): open times to appeal, and whatever nobody has decided yet.

None of it is a lack that somebody could release by name: a card is final once everybody was heard (contract.md).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from gongkai.assessment.claims import ClaimState
from gongkai.assessment.hearing.appeals import appeals_of
from gongkai.assessment.scorecard import AppealState, Scorecard
from gongkai.errors import Refused
from gongkai.reporting.outbox.issued_cards import IssueMoment
from gongkai.reporting.report.lacks import UNIT, Lack
from gongkai.reporting.shared.standing import excuse_of
from gongkai.reporting.style import day
from gongkai.warehouse.records import UnitYear, YearState


def refuse_what_waits(standing: IssueMoment, at: datetime, lacking: Sequence[Lack]) -> None:
    """Refuses a final issue as long as anything waits.

    Args:
        standing: the cards at the moment of the issue.
        at: that moment.
        lacking: what it lacks beside that: said too, so that nobody learns of the calendar only at the end.

    Raises:
        Refused: something waits; each is named.
    """
    open_ones = list(what_waits(standing, at))
    if open_ones:
        listed = "\n".join(f"  {one}" for one in open_ones)
        raise Refused(
            f"尚有 {len(open_ones)} 项未了，不能签发正式评分表，没有签发任何文件：\n{listed}\n"
            f"逐项办结后重新运行（gongkai run），再签发；这些不是缺项，不能放行。{_beside(lacking)}"
        )


def _beside(lacking: Sequence[Lack]) -> str:
    """What is lacking that no unit above stands for already."""
    lacking = [one for one in lacking if not one.id.startswith(UNIT)]
    if not lacking:
        return ""
    return "\n此外还有缺项，请一并补齐（签发时才可凭理由放行）：" + "".join(
        f"\n  {one.id}：{one.what}" for one in lacking
    )


def what_waits(standing: IssueMoment, at: datetime) -> Iterator[str]:
    """Everything that a final issue waits for, unit by unit in registry order, as sentences."""
    today = standing.state.profile.local(at).date()
    cards = standing.cards
    for unit in standing.state.units:
        if (card := cards.get(unit.unit.code)) is not None:
            named = f"{card.unit} {card.name}："
            yield from (f"{named}{said}" for said in _of_unit(unit, card, standing.state, today))


def _of_unit(unit: UnitYear, card: Scorecard, state: YearState, today: date) -> Iterator[str]:
    yield from _window(card, state, today)
    if card.total is None and not excuse_of(unit, state):
        yield "没有评分表（尚未计分），请先收齐并受理其报送，或登记免报"
    for appeal in appeals_of(unit, state):
        if appeal.state is AppealState.OPEN:
            on = f"{day(appeal.on)}收到的" if appeal.on else ""
            about = f"对 {appeal.indicator} 的" if appeal.indicator else ""
            yield f"{on}{about}申诉（{appeal.entry}）尚未决定，请录入“决定”"
    for claim in card.claims:
        if claim.state == ClaimState.PENDING:
            yield f"申报 {claim.name}（{claim.text}）待核，请录入“确认申报”或“不予确认”"
    for proposal in card.proposals:
        yield f"一票否决提议“{proposal.veto}”（{proposal.ground}）待定，请录入“一票否决”，或以“决定”否定"


def _window(card: Scorecard, state: YearState, today: date) -> Iterator[str]:
    issued = state.issued.get(card.unit)
    window = issued.windows[-1] if issued and issued.windows else None
    if window is None:
        yield "评分表还没有签发过征求意见稿，请先签发（表单不勾选“正式签发”，命令不加 --final）"
    elif window.until is None:
        yield f"申诉期限待放假安排公布后确定（{window.opened} 签发），请先补充工作日历"
    elif today <= window.until:
        yield f"申诉期到{day(window.until)}止，尚未届满"
