"""Measures over 表四 (indicator C3): disclosure decisions corrected in reconsideration or in court."""

from gongkai.assessment.measurement import HAND_IN, Asked, Measurement, Shortfall, count, forfeited, not_applicable
from gongkai.assessment.subject import Subject
from gongkai.national_format.figures import DISPUTES

_RECONSIDERATION = {"reconsideration": "行政复议"}
_LITIGATION = {"litigation_direct": "未经复议直接起诉", "litigation_after_reconsideration": "复议后起诉"}


def reconsiderations_corrected(subject: Subject, _asked: Asked) -> Measurement:
    """C3: reconsiderations that ended in a correction."""
    return _corrected(subject, _RECONSIDERATION)


def litigations_corrected(subject: Subject, _asked: Asked) -> Measurement:
    """C3: lawsuits of both kinds that ended in a correction."""
    return _corrected(subject, _LITIGATION)


def _corrected(subject: Subject, kinds: dict[str, str]) -> Measurement:
    wheres = {kind: f"{DISPUTES}.{kind}.corrected" for kind in kinds}
    if all(subject.submission.value(where) is None for where in wheres.values()):
        if subject.unit.carries_tables and not subject.submission.has_tables:
            return forfeited("没有受理的表四，按 0 分计", subject.at_cell(DISPUTES, "没有受理的年度报送"), HAND_IN)
        return not_applicable("本单位不单独填报表四")
    cases, number = [], 0
    for kind, where in wheres.items():
        corrected = subject.value(where)
        if not corrected:
            continue
        number += corrected
        listed = [
            case.id
            for case in subject.submission.records("disputes_register")
            if case["kind"] == kind and case["result"] == "corrected"
        ]
        text = f"{kinds[kind]}结果纠正 {corrected} 件{'（' + '、'.join(listed) + '）' if listed else ''}"
        cases.append(Shortfall(text, subject.at_cell(where, f"表四“{kinds[kind]}”结果纠正 {corrected} 件")))
    return count(cases, number=number, looked_at=wheres.values())
