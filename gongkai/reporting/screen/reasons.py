"""Why a unit stands where it stands, in the rules' own words: what is open, how often; never what a unit wrote."""

from collections import Counter

from gongkai.findings import Severity
from gongkai.reporting.shared.wording import Wordings, wording_of
from gongkai.warehouse.records import Revision, UnitYear

_MOST = 4


def reasons(unit: UnitYear, wordings: Wordings) -> str:
    """What the latest revision is returned for; of an accepted one nothing."""
    latest = unit.latest
    if latest is None:
        return f"只收到附件 {len(unit.attachments)} 份" if unit.attachments else "没有收到任何文件"
    if unit.accepted is latest:
        return ""
    said = open_rules(latest, wordings)
    return f"新报送未受理，原受理版本有效。{said}" if unit.accepted else said


def open_rules(revision: Revision, wordings: Wordings) -> str:
    """The open errors and queries of a revision, by rule: ✕ 分项之和与总计不等 2、？与去年相差悬殊。"""
    found = Counter(
        (one.severity, one.rule)
        for one in revision.verdict.findings
        if one.settled_by is None and one.severity is not Severity.NOTICE
    )
    in_order = sorted(found.items(), key=lambda item: (item[0][0].rank, -item[1], item[0][1]))
    said = [
        f"{severity.sign}{wording_of(rule, wordings).title}{f' {count} 处' if count > 1 else ''}"
        for (severity, rule), count in in_order[:_MOST]
    ]
    rest = len(in_order) - _MOST
    return "、".join(said) + (f" 等 {len(in_order)} 类" if rest > 0 else "")
