"""Words and signs that a receipt, a fix list, a reminder and the terminal share. No page is built here."""

import re

from gongkai.findings import Finding, Severity
from gongkai.submission.verdict import Status, Verdict

_ASKS = re.compile("(?<!申)请")
SIGNS = {Severity.ERROR: "✕", Severity.QUERY: "？", Severity.NOTICE: "·"}


def hint_of(finding: Finding, printed: str) -> str:
    """The way out, unless the sentence itself already says what to do."""
    return "" if finding.hint is None or _ASKS.search(printed) else finding.hint


def not_applied(verdict: Verdict) -> list[dict[str, str]]:
    """One line a reason. Of an unreadable file no rule could be applied: the JSON lists them, people need not."""
    reasons: dict[str, list[str]] = {}
    for rule in () if verdict.status is Status.QUARANTINED else verdict.rules_not_applied:
        reasons.setdefault(rule.reason, []).append(rule.rule)
    return [{"reason": reason, "rules": "、".join(names)} for reason, names in reasons.items()]
