"""How a message names last year's report: year, revision, whether it counts, and whose it was if another's."""

from gongkai.profile import Unit
from gongkai.submission.verdict import Status
from gongkai.warehouse.years.last_year import Previous


def name_report(last: Previous, unit: Unit) -> str:
    """How a message names a report of last year: year, revision, whether it counts, and whose it was if another's."""
    if last.told:
        return f"本报告所附的{last.submission.year}年度数字"
    year = f"{last.submission.year}年度报告"
    if not last.parts:
        whose = "" if last.unit == unit.code else f"{_reporter(last)} "
        other = last.authority is not None and not unit.is_authority(last.authority)
        then = f"，当时的报送机关为{last.authority}" if other else ""
        return f"{whose}{year}（第 {last.revision} 版，{_standing(last)}{then}）"
    each = "、".join(f"{_reporter(part)} 第 {part.revision} 版 {_standing(part)}" for part in last.parts)
    lacks = f"；缺 {'、'.join(last.missing)}" if last.missing else ""
    return f"{year}（{each}{'，合计' if len(last.parts) > 1 else ''}{lacks}）"


def _reporter(last: Previous) -> str:
    """The unit of a report as it was called then, with its code."""
    return f"{last.name}（{last.unit}）" if last.name else last.unit


def _standing(last: Previous) -> str:
    return Status.ACCEPTED.word if last.accepted else "未受理"
