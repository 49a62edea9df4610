"""The list of rules for people, from the catalogue and its examples and from nothing else.

`docs/rules.md` is written here; the page that units get has its template in `gongkai.reporting.findings.rule_list`.

    python -m expectations.handbook > docs/rules.md

A test compares the file with what this writes. No rule is explained here that the catalogue does not explain.
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import count, groupby

from expectations.catalogue import Rule, Threshold, Years, load_catalogue
from expectations.examples import load_examples
from expectations.ruleset import RuleSet
from gongkai.findings import Severity
from gongkai.profile.rules import RuleSettings
from gongkai.reporting.findings.rule_list import ListedRule, RuleFamily

_SEVERITIES = {
    Severity.ERROR: "错误（必须改正）",
    Severity.QUERY: "疑点（改正或说明）",
    Severity.NOTICE: "提示（可不处理）",
}
FAMILIES = {
    "form": "报送",
    "completeness": "完整",
    "value": "数值",
    "identity": "勾稽",
    "cross_year": "跨年",
    "register": "台账",
    "list": "清单",
    "over_time": "变动",
    "text": "文字",
    "report": "区县报告",
    "rollup": "汇总",
    "explanation": "说明",
    "revision": "版本",
    "entry": "录入",
}
_OURS = frozenset({"rollup", "entry", "report"})  # checks of our own work, and of what districts send to a city


def rule_families(rules: RuleSet, year: int | None = None) -> list[RuleFamily]:
    """The rules by family, in each what to fix first comes first.

    Args:
        rules: as a district applies them.
        year: the rules of that report year that concern units; None takes the whole catalogue.
    """
    catalogue = rules.catalogue
    listed = catalogue.rules if year is None else [r for r in rules.in_force(year) if r.family not in _OURS]
    numbers = count(1)
    return [
        RuleFamily(FAMILIES[family], tuple(_listed(rule, next(numbers), rules) for rule in members))
        for family, members in groupby(by_family(listed), key=lambda rule: rule.family)
    ]


def by_family(rules: Sequence[Rule]) -> list[Rule]:
    """The order in which rules are shown to people: by family, then what to fix first, then as in the catalogue."""
    return sorted(rules, key=lambda rule: (list(FAMILIES).index(rule.family), rule.severity.rank))


def switched_off(rules: RuleSet, year: int) -> list[tuple[str, str]]:
    """Title and reason of the rules of a year that the district does not apply."""
    return [(rule.title, rules.off[rule.id]) for rule in rules.catalogue.in_force(year) if rule.id in rules.off]


def handbook() -> str:
    """The whole catalogue as Markdown: an overview, every rule by family, then the accepted reasons."""
    catalogue, families = load_catalogue(), rule_families(RuleSet(RuleSettings()))
    counts = "、".join(f"{_SEVERITIES[s]} {sum(r.severity is s for r in catalogue.rules)} 条" for s in Severity)
    lines = [
        "# 核对规则",
        "",
        "本页由 `python -m expectations.handbook` 从 `expectations/rules.yaml` 和 `examples.yaml` 生成，请勿手工修改。",
        "",
        f"共 {len(catalogue.rules)} 条：{counts}。错误未改正、疑点既未改正又未说明的，退回；提示不影响受理。",
        "",
    ]
    for family in families:
        lines += [f"## {family.heading}", ""]
        for listed in family.rules:
            lines += [*_rule(listed, catalogue.rule(listed.id)), ""]
    lines += ["## 可接受的理由", "", "| 代号 | 理由 | 用于 |", "| --- | --- | --- |"]
    for reason in catalogue.reasons:
        used = "、".join(rule.id for rule in catalogue.rules if reason.key in rule.settled_by)
        lines.append(f"| `{reason.key}` | {reason.wording} | {used} |")
    return "\n".join(lines) + "\n"


def _listed(rule: Rule, number: int, rules: RuleSet) -> ListedRule:
    pair = load_examples().examples[rule.id]
    reasons = (rules.catalogue.reason(key) for key in rule.settled_by)
    changed = {change.what: change for change in rules.changed if change.rule == rule.id}
    thresholds = []
    for name, threshold in rule.thresholds.items():
        words = _threshold(threshold, rules.limit(rule.id, name))
        if threshold.label in changed:
            one = changed[threshold.label]
            words += f"（一般为 {one.regular} {one.unit}，上面的例子按此写；本区改动的理由：{one.reason}）"
        thresholds.append(words)
    return ListedRule(
        number=number,
        id=rule.id,
        title=rule.title,
        severity=rule.severity,
        years=_years(rule.years),
        asks=rule.hint,
        thresholds=tuple(thresholds),
        right=pair.right.says,
        wrong=pair.wrong.says,
        receipt=pair.wrong.message,
        messages=rule.message,
        source=rule.source,
        settled_by=tuple(reason.wording for reason in reasons if reason),
    )


def _rule(listed: ListedRule, rule: Rule) -> Iterator[str]:
    yield f"### {listed.id} {listed.title}"
    yield ""
    yield f"- 性质：{_SEVERITIES[listed.severity]}；{listed.years}{'' if rule.switchable else '；不能停用'}"
    yield f"- 要求：{listed.asks}"
    yield f"- 对：{listed.right}"
    yield f"- 错：{listed.wrong}"
    yield f"- 回执会写：{listed.receipt}"
    yield f"- 依据：{listed.source}"
    for number, variant in enumerate(listed.messages):
        yield f"- {'说明' if number == 0 else '或'}：{_blanks(variant)}"
    for name, threshold in rule.thresholds.items():
        fixed = f"；可改为 {threshold.least}–{threshold.most}" if threshold.changeable else "；不能改"
        yield f"- 门槛 `{name}`：{_threshold(threshold, threshold.value)}。{threshold.why}{fixed}"
    if listed.settled_by:
        yield f"- 可以说明的理由：{'；'.join(listed.settled_by)}"


def _threshold(threshold: Threshold, value: int) -> str:
    return f"{threshold.label} {value} {threshold.unit}"


def _blanks(message: str) -> str:
    """A message with its placeholders as blanks that a clerk sees filled in."""
    parts = message.split("{")
    return parts[0] + "".join(f"＿＿{part.partition('}')[2]}" for part in parts[1:])


def _years(years: Years) -> str:
    return f"{years.from_} 年度起" if years.to is None else f"{years.from_}–{years.to} 年度"


if __name__ == "__main__":
    sys.stdout.write(handbook())
