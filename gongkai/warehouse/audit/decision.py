"""What a decision is to the audit log: its kinds with their Chinese words, who decided, and what changed.

A decision of a kind that is missing here gets one line here, and `record` at the place where it takes effect.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from gongkai.worded import Worded

BY_RULE = "按规则核验"
"""Who decided where no person did: the rules, in a run."""

TypedIn = Literal["run", "entry", "command", "form", "submission"]
"""Where it was said: in no place (a run decided by the rules), a file of the office or of a unit, a command, a form."""


class Kind(Worded):
    """The kinds of decisions, by the words of the office."""

    ACCEPTED = "accepted", "受理"
    REVOKED = "revoked", "不再受理"
    WAIVED = "waived", "豁免"
    EXTENDED = "extended", "延期"
    EXCUSED = "excused", "免报"
    CONFIRMED = "confirmed", "确认"
    REJECTED = "rejected", "不予确认"
    ADMITTED = "admitted", "确认来源"
    REOPENED = "reopened", "重新审核"
    ENTERED = "entered", "检查记录"
    SAMPLED = "sampled", "抽样"
    WITHDRAWN = "withdrawn", "撤回"
    APPEALED = "appealed", "申诉"
    DECIDED = "decided", "申诉决定"
    ADOPTED = "adopted", "采用修改稿"
    APPROVED = "approved", "审定"
    PUBLISHED = "published", "发布"
    ISSUED = "issued", "签发"
    NOTIFIED = "notified", "邮件告知"
    DELIVERED = "delivered", "送达"
    RELEASED = "released", "放行"
    MASKED = "masked", "遮盖个人信息"
    LOCKED = "locked", "锁定"
    KEY_CHANGED = "key_changed", "启用签名私钥"
    UPGRADED = "upgraded", "升级"
    RESTORED = "restored", "恢复"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision, as whoever carries it out knows it.

    Attributes:
        kind: what was decided.
        at: the moment that the run or the command took for now.
        by: the person; `BY_RULE` where the rules decided.
        typed_in: where it was said.
        year: the report year; None where it concerns none.
        subject: the unit's code, or what else it is about; "" for the year as a whole.
        reason: why, in the person's words.
        before: what held until then (JSON values, short: numbers, states, hashes, never a submission's content).
        after: what holds now.
        identity: what makes this decision this one. The same decision is logged once, however often it is carried
            out; None takes all that it says, but for the moment.
    """

    kind: Kind
    at: datetime
    by: str
    typed_in: TypedIn
    year: int | None = None
    subject: str = ""
    reason: str = ""
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    identity: str | None = None
