"""What became of every mail to a unit, as a page of the UI: what asks for somebody first, then all, newest first."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from gongkai.profile import Profile
from gongkai.reporting.letters.leaving import Obstacles
from gongkai.reporting.letters.post_office import Call
from gongkai.reporting.screen.markdown import table, text
from gongkai.reporting.style import moment
from gongkai.warehouse.engine import looked_at, reading
from gongkai.warehouse.post import messages as rows
from gongkai.warehouse.post.messages import WAITING, Message

MOST = 500  # rows of a page; the warehouse has all
_HEADS = ("时间", "邮件", "怎么样了", "收件人", "服务器的回答，或者原因")
_STATES = {
    "queued": "待发",
    "failed": "没有发出，下次再试",
    "sending": "正在发送",
    "sent": "已发出",
    "uncertain": "是否送达不能确定",
    "superseded": "没有发出，已不需要",
}


class LetterTold(NamedTuple):
    """One mail: where it went or would go, and what stands in its way; empty where nothing does."""

    message: Message
    address: str
    obstacle: str = ""

    @property
    def at(self) -> datetime:
        """When it was sent, else tried last, else queued."""
        return self.message.sent_at or self.message.tried_at or self.message.queued_at

    @property
    def asks(self) -> bool:
        """Whether somebody has to do something."""
        return bool(self.obstacle) or self.message.state in ("failed", "uncertain")


def page_of_letters(call: Call) -> str:
    """The page of all mails of a year.

    Raises:
        CallError: the warehouse knows nothing of the year.
    """
    with looked_at(call.warehouse) as engine:
        registry, demonstration = call.registry(engine)
        obstacles = Obstacles(engine, call.year, call.out, registry, demonstration, None)
        today = registry.local(call.now()).date()
        with reading(engine) as connection:
            found = rows.messages(connection, call.year)
        told = []
        for one in found:
            why = (obstacles.out_of_date(one, today) or obstacles.of(one) or "") if one.state in WAITING else ""
            told.append(LetterTold(one, one.address or obstacles.address(one) or "", why))
    return letters_page(call.year, told, registry)


def letters_page(year: int, told: Iterable[LetterTold], profile: Profile) -> str:
    """The page; `told` in the order of queueing."""
    newest = sorted(told, key=lambda one: (one.at, one.message.id), reverse=True)
    parts = [f"# {year} 年度给单位的邮件"]
    if asking := [one for one in newest if one.asks]:
        parts += ["## 需要人处理", _table(asking, profile)]
    parts += ["## 全部", _table(newest, profile) if newest else "还没有邮件。"]
    if len(newest) > MOST:
        parts.append(f"只列最近 {MOST} 封，共 {len(newest)} 封。")
    return "\n\n".join(parts) + "\n"


def _table(told: Sequence[LetterTold], profile: Profile) -> str:
    return table(_HEADS, (_row(one, profile) for one in told[:MOST]))


def _row(one: LetterTold, profile: Profile) -> list[str]:
    message = one.message
    state = "暂缓" if one.obstacle and message.state == "queued" else _STATES[message.state]
    why = "；".join(said for said in (message.answer, one.obstacle) if said)
    if message.state == "uncertain":
        why += f"（Message-ID {message.message_id}）"
    return [moment(profile.local(one.at)), text(message.subject), state, text(one.address), text(why)]
