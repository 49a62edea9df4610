"""Phrases that a receipt, a fix list, a reminder and the terminal share. No page is built here.

The words and signs of a severity and of a state are their own (`Severity.word`, `UnitState.word`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.findings import Coercion, Finding, Severity
from gongkai.national_format import NationalFormat
from gongkai.submission.places import place
from gongkai.submission.value_words import value_words
from gongkai.submission.verdict import Status, Verdict

_ASKS = re.compile("(?<!申)请")
_ASKING_END = re.compile("(?<=。)请[^。]*。$")
EMPTY = "空"  # what a coercion read as no value
_ASKED = {Severity.ERROR: "必须改正", Severity.QUERY: "改正，或选择理由并说明", Severity.NOTICE: "供参考，不影响受理"}


def what_to_do(severity: Severity, explain: str | None = None) -> str:
    """What a severity asks of the unit; `explain` says how a query is explained in the paper at hand."""
    return explain if explain and severity is Severity.QUERY else _ASKED[severity]


def counted(verdict: Verdict, severities: Iterable[Severity] = Severity) -> str:
    """How much is open, in one phrase: 错误 2 · 疑点 1 · 提示 0."""
    return " · ".join(f"{severity.word} {verdict.count(severity)}" for severity in severities)


def hint_of(finding: Finding, printed: str) -> str:
    """The way out, unless the sentence itself already says what to do."""
    return "" if finding.hint is None or _ASKS.search(printed) else finding.hint


def without_asking(message: str) -> str:
    """The message of a settled finding: what was found, without the last sentence that asks for something."""
    return _ASKING_END.sub("", message)


def at(sheet: str | None, cells: str | None) -> str:
    """Sheet and cell behind a sentence: ` [表三 依申请公开 H9]`; nothing where the file has no cells."""
    return f" [{' '.join(part for part in (sheet, cells) if part)}]" if cells else ""


def coercion_words(coercion: Coercion, national_format: NationalFormat) -> str:
    """What stood where, what it was read as, and why, in one sentence."""
    named = place(coercion.where, national_format)
    read = value_words(coercion.value, coercion.where, national_format, EMPTY)
    return f"{named}{at(coercion.sheet, coercion.cell)}原文“{coercion.raw}”读作“{read}”（{coercion.why}）"


@dataclass(frozen=True)
class NotAppliedLine:
    """A reason, and the rules that could not be applied for it."""

    reason: str
    rules: str


def not_applied(verdict: Verdict) -> tuple[NotAppliedLine, ...]:
    """One line a reason. Of an unreadable file no rule could be applied: the JSON lists them, people need not."""
    reasons: dict[str, list[str]] = {}
    for rule in () if verdict.status is Status.QUARANTINED else verdict.rules_not_applied:
        reasons.setdefault(rule.reason, []).append(rule.rule)
    return tuple(NotAppliedLine(reason, "、".join(names)) for reason, names in reasons.items())
