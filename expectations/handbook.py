"""The list of rules for people: `docs/rules.md`, written from the catalogue and from nothing else.

    python -m expectations.handbook > docs/rules.md

A test compares the file with what this writes. No rule is explained here that the catalogue does not explain.
"""

import sys
from collections.abc import Iterator
from itertools import groupby

from expectations.catalogue import Rule, Years, load_catalogue
from gongkai.findings import Severity

_SEVERITIES = {
    Severity.ERROR: "差错（必须改正）",
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
    "rollup": "汇总",
    "explanation": "说明",
    "revision": "版本",
}


def handbook() -> str:
    """The whole page as Markdown: an overview by family, then every rule, then the accepted reasons."""
    catalogue = load_catalogue()
    counts = "、".join(f"{_SEVERITIES[s]} {sum(r.severity is s for r in catalogue.rules)} 条" for s in Severity)
    lines = [
        "# 核对规则",
        "",
        "本页由 `python -m expectations.handbook` 从 `expectations/rules.yaml` 生成，请勿手工修改。",
        "",
        f"共 {len(catalogue.rules)} 条：{counts}。差错未改正、疑点既未改正又未说明的，退回；提示不影响受理。",
        "",
    ]
    for family, rules in groupby(by_family(), key=lambda rule: rule.family):
        lines += [f"## {FAMILIES[family]}", ""]
        for rule in rules:
            lines += [*_rule(rule), ""]
    lines += ["## 可接受的理由", "", "| 代号 | 理由 | 用于 |", "| --- | --- | --- |"]
    for reason in catalogue.reasons:
        used = "、".join(rule.id for rule in catalogue.rules if reason.key in rule.settled_by)
        lines.append(f"| `{reason.key}` | {reason.wording} | {used} |")
    return "\n".join(lines) + "\n"


def by_family() -> list[Rule]:
    """The rules in the order in which they are shown to people."""
    return sorted(load_catalogue().rules, key=lambda rule: list(FAMILIES).index(rule.family))


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id} {rule.title}"
    yield ""
    yield f"- 性质：{_SEVERITIES[rule.severity]}；{_years(rule.years)}"
    yield f"- 依据：{rule.source}"
    for number, variant in enumerate(rule.message):
        yield f"- {'说明' if number == 0 else '或'}：{_blanks(variant)}"
    yield f"- 怎样改：{rule.hint}"
    if rule.settled_by:
        reasons = (load_catalogue().reason(key) for key in rule.settled_by)
        yield f"- 可以说明的理由：{'；'.join(reason.wording for reason in reasons if reason)}"


def _blanks(message: str) -> str:
    """A message with its placeholders as blanks that a clerk sees filled in."""
    parts = message.split("{")
    return parts[0] + "".join(f"＿＿{part.partition('}')[2]}" for part in parts[1:])


def _years(years: Years) -> str:
    return f"{years.from_} 年度起" if years.to is None else f"{years.from_}–{years.to} 年度"


if __name__ == "__main__":
    sys.stdout.write(handbook())
