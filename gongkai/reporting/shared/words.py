"""Words and signs that a receipt, a fix list, a reminder and the terminal share. No page is built here."""

import re

from gongkai.findings import Finding, Severity
from gongkai.submission.verdict import Status, Verdict

STATUS = {Status.ACCEPTED: "已受理", Status.RETURNED: "退回修改", Status.QUARANTINED: "未能受理"}
# What a check before sending says: nothing was received, so nothing is 已受理 or 退回.
CHECKED = {Status.ACCEPTED: "可以受理", Status.RETURNED: "会被退回", Status.QUARANTINED: "无法作为本单位的材料读取"}
_ASKS = re.compile("(?<!申)请")
_ASKING_END = re.compile("(?<=。)请[^。]*。$")
SIGNS = {Severity.ERROR: "✕", Severity.QUERY: "？", Severity.NOTICE: "·"}


def hint_of(finding: Finding, printed: str) -> str:
    """The way out, unless the sentence itself already says what to do."""
    return "" if finding.hint is None or _ASKS.search(printed) else finding.hint


def without_asking(message: str) -> str:
    """The message of a settled finding: what was found, without the last sentence that asks for something."""
    return _ASKING_END.sub("", message)


def not_applied(verdict: Verdict) -> list[dict[str, str]]:
    """One line a reason. Of an unreadable file no rule could be applied: the JSON lists them, people need not."""
    reasons: dict[str, list[str]] = {}
    for rule in () if verdict.status is Status.QUARANTINED else verdict.rules_not_applied:
        reasons.setdefault(rule.reason, []).append(rule.rule)
    return [{"reason": reason, "rules": "、".join(names)} for reason, names in reasons.items()]
