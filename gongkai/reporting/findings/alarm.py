"""The rule alarm: a rule that hits so many of the units that the rule may be wrong, not they.

Counted are open errors and queries on each unit's latest submission, a unit once. The line is the district's
(`rules.yaml: alarm`). What waits for whom is `gongkai.warehouse.post.alarms`'s.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.findings import Finding, Severity
from gongkai.reporting.shared.wording import Wordings, wording_of
from gongkai.warehouse.records import YearState


@dataclass(frozen=True, slots=True)
class RuleAlarm:
    """A rule in doubt.

    Attributes:
        title: what the rule is called.
        units: the codes of the units that it hits, in registry order; `of`: how many have sent something.
        basis: the rule in this very form.
    """

    rule: str
    title: str
    units: tuple[str, ...]
    of: int
    basis: str

    @property
    def sentence(self) -> str:
        """How the run says it."""
        return (
            f"规则报警：{self.rule}“{self.title}”在已报送的 {self.of} 个单位中命中 {len(self.units)} 个"
            f"（{'、'.join(self.units)}），可能是规则有误，而不是单位有误。本次的邮件暂缓发送：规则有误的，"
            "在 rules.yaml 中停用或修改后重新运行；"
            f"规则无误的，用 gongkai notify --release {self.rule} --by 姓名 放行。"
        )


def rule_alarms(state: YearState, wordings: Wordings) -> list[RuleAlarm]:
    """The rules in doubt, the one that hits most first."""
    line = state.profile.rules.alarm
    answered = [unit for unit in state.units if unit.latest is not None]
    hits: dict[str, list[str]] = {}
    for unit in answered:
        for rule in _rules_of(unit.latest.verdict.findings if unit.latest else ()):
            hits.setdefault(rule, []).append(unit.unit.code)
    found = [
        RuleAlarm(rule, wording_of(rule, wordings).title, tuple(units), len(answered), _basis(rule, state))
        for rule, units in hits.items()
        if len(units) >= line.units and len(units) > line.share * len(answered)
    ]
    return sorted(found, key=lambda one: (-len(one.units), one.rule))


def _rules_of(findings: Iterable[Finding]) -> set[str]:
    return {one.rule for one in findings if one.settled_by is None and one.severity is not Severity.NOTICE}


def _basis(rule: str, state: YearState) -> str:
    """The rule as it stands: the catalogue, and what the district changes about this rule."""
    settings = state.profile.rules
    own = [one.model_dump_json() for one in (*settings.off, *settings.thresholds) if one.rule == rule]
    return hashlib.sha256("\n".join([state.rules_version, rule, *own]).encode()).hexdigest()
