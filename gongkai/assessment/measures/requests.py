"""Measures over the request register (indicators C1, C4, C5): the cases closed in the year, by the law's clocks.

表三 shows the business: closed cases in its total row. Without a register these earn 0; with a register that
has no closed case there is nothing to measure.
"""

from fractions import Fraction

from gongkai.assessment.measurement import (
    Asked,
    Measurement,
    Shortfall,
    Subject,
    absent,
    count,
    not_applicable,
    rate,
)
from gongkai.assessment.points import rounded
from gongkai.national_format.figures import OUTCOME_TOTAL
from gongkai.submission.fields import lists

_SEVEN = ("received_on", "clock_started_on", "channel", "applicant_type", "replied_on", "outcome", "archived_on")


def requests_closed_on_time(subject: Subject, _asked: Asked) -> Measurement:
    """C1: cases closed in the year within the law's limit, extension and pauses counted (条例第三十三条)."""
    if (missing := _without_cases(subject)) is not None:
        return missing
    closed = subject.closed_cases
    cases = [*_overdue(subject), *_not_evaluated(subject)]
    return rate(len(closed) - len(cases), len(closed), "逾期办结", cases, "")


def requests_overdue(subject: Subject, _asked: Asked) -> Measurement:
    """C1's deduction: every case closed after its limit. An absent register has taken all points already."""
    if (missing := _without_cases(subject)) is not None:
        return not_applicable(missing.note or "")
    return count(_overdue(subject))


def average_reply_working_days(subject: Subject, _asked: Asked) -> Measurement:
    """C4: working days used on the average; the scheme's scale turns them into a value."""
    if (missing := _without_cases(subject)) is not None:
        return missing
    used = [(clock.used or 0, case) for case, clock in subject.closed_cases if clock is not None]
    if not used:
        return not_applicable("办结的申请都没有起算日期")
    days = sum(days for days, _ in used)
    average = Fraction(days, len(used))
    slowest = sorted(used, key=lambda entry: (-entry[0], entry[1].position))
    cases = [
        Shortfall(
            f"用时最长的是 {case.id} 号，{spent} 个工作日",
            subject.at_record(case, "replied_on", f"{case.id} 号用时 {spent} 个工作日"),
        )
        for spent, case in slowest[:1]
    ]
    return Measurement(
        applicable=True,
        numerator=Fraction(days),
        denominator=Fraction(len(used)),
        value=average,
        sentence=f"{len(used)} 件共用 {days} 个工作日，平均 {rounded(average, 2)} 个工作日",
        cases=tuple(cases),
    )


def register_complete(subject: Subject, _asked: Asked) -> Measurement:
    """C5: closed cases whose seven fields of the register are all filled in."""
    if (missing := _without_cases(subject)) is not None:
        return missing
    fields, cases = lists()["register"].fields, []
    for case, _ in subject.closed_cases:
        empty = [key for key in _SEVEN if case[key] is None]
        if empty:
            text = f"{case.id} 号缺{'、'.join(fields[key].label for key in empty)}"
            cases.append(Shortfall(text, subject.at_record(case, empty[0], text)))
    closed = len(subject.closed_cases)
    return rate(closed - len(cases), closed, "要素不全", cases, "")


def _without_cases(subject: Subject) -> Measurement | None:
    if (by := subject.unit.requests_counted_by) is not None:
        return not_applicable(f"本单位的依申请公开由{by}统计，不考核")
    if not subject.reported("register"):
        closed = subject.value(OUTCOME_TOTAL)
        if closed:
            shown = f"表三显示本年办结 {closed} 件申请"
            return absent(shown, "依申请公开台账", subject.at_cell(OUTCOME_TOTAL, shown))
        return not_applicable("本年没有办结的申请")
    return None if subject.closed_cases else not_applicable("台账中没有本年办结的申请")


def _overdue(subject: Subject) -> list[Shortfall]:
    late = [(case, clock) for case, clock in subject.closed_cases if clock is not None and clock.overdue_by]
    late.sort(key=lambda entry: (-(entry[1].overdue_by or 0), entry[0].position))
    return [
        Shortfall(
            f"{case.id} 号超期 {clock.overdue_by} 个工作日",
            subject.at_record(
                case, "replied_on", f"{case.id} 号最迟应于 {clock.due_on} 答复，{case['replied_on']} 办结"
            ),
        )
        for case, clock in late
    ]


def _not_evaluated(subject: Subject) -> list[Shortfall]:
    return [
        Shortfall(f"{case.id} 号没有起算日期", subject.at_record(case, "clock_started_on", f"{case.id} 号没有起算日期"))
        for case, clock in subject.closed_cases
        if clock is None
    ]
