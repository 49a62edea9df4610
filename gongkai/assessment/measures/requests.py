"""Measures over the request register (indicators C1, C4, C5): the cases closed in the year, by the law's clocks.

表三 shows the business. Without a register these earn 0, unless the table is all zero; with a register that shows no
case of the year there is nothing to measure.
"""

from fractions import Fraction

from gongkai.assessment.measurement import (
    Asked,
    Measurement,
    Shortfall,
    absent,
    count,
    declared_none,
    not_applicable,
    rate,
)
from gongkai.assessment.points import rounded
from gongkai.assessment.subject import Subject
from gongkai.law.clocks import closed_in
from gongkai.national_format.figures import OUTCOME_TOTAL
from gongkai.submission.fields import lists
from gongkai.submission.form import Record

_NONE_CLOSED = "台账中没有本年办结的申请"
_SEVEN = ("received_on", "clock_started_on", "channel", "applicant_type", "replied_on", "outcome", "archived_on")


def requests_closed_on_time(subject: Subject, _asked: Asked) -> Measurement:
    """C1: cases closed in the year within the law's limit, extension, pauses and fees counted (条例第三十三条).

    A case that was still open at the end of the year although its limit lay in it is one of them, and late.
    """
    if (missing := _without_cases(subject)) is not None:
        return missing
    judged = len(subject.closed_cases) + len(subject.open_late_cases)
    cases = [*_overdue(subject), *_not_evaluated(subject)]
    fault = "逾期未答复或逾期办结" if subject.open_late_cases else "逾期办结"
    nothing = "台账中没有应在本年办结的申请"
    return rate(judged - len(cases), judged, fault, cases, nothing, looked_at=_judged(subject))


def requests_overdue(subject: Subject, _asked: Asked) -> Measurement:
    """C1's deduction: every case closed after its limit, or open after it. An absent register has taken all already."""
    if (missing := _without_cases(subject)) is not None:
        return not_applicable(missing.note or "")
    return count(_overdue(subject), looked_at=_judged(subject))


def average_reply_working_days(subject: Subject, _asked: Asked) -> Measurement:
    """C4: working days used on the average; the scheme's scale turns them into a value.

    An overdue case that is still open counts with what it had used by the end of the year: were it left out, answering
    it would cost points. The averages of the report are of closed cases alone.
    """
    if (missing := _without_cases(subject)) is not None:
        return missing
    used = [(clock.used or 0, case) for case, clock in subject.closed_cases if clock is not None]
    if not used:
        return _no_average(subject)
    waiting = [(clock.used or 0, case) for case, clock in subject.open_late_cases]
    used += waiting
    days = sum(days for days, _ in used)
    average = Fraction(days, len(used))
    slowest = sorted(used, key=lambda entry: (-entry[0], entry[1].position))
    cases = [
        Shortfall(
            f"用时最长的是 {case.id} 号，{spent} 个工作日{'（年末尚未答复）' if (spent, case) in waiting else ''}",
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
        note=f"其中 {len(waiting)} 件逾期未答复，按年末已用的工作日计入" if waiting else None,
        looked_at=tuple(case for _, case in used),
    )


def _no_average(subject: Subject) -> Measurement:
    """Nothing was closed of which a time is known: 0 where a case is overdue, or hides when it began."""
    late, undated = _overdue(subject), _not_evaluated(subject)
    if not late and not undated:
        return not_applicable(_NONE_CLOSED)
    sentence = "应办结的申请没有一件答复" if late else "办结的申请都没有起算日期"
    return Measurement(True, None, None, Fraction(0), sentence, (*late, *undated), scale_free=True)


def register_complete(subject: Subject, _asked: Asked) -> Measurement:
    """C5: closed cases whose seven fields of the register are all filled in; an overdue open one lacks its reply."""
    if (missing := _without_cases(subject)) is not None:
        return missing
    fields, cases = lists()["register"].fields, []
    due = [c for c in subject.submission.records("register") if closed_in(c, subject.year)]
    due += [case for case, _ in subject.open_late_cases]
    for case in due:
        empty = [key for key in _SEVEN if case[key] is None]
        if empty:
            text = f"{case.id} 号缺{'、'.join(fields[key].label for key in empty)}"
            cases.append(Shortfall(text, subject.at_record(case, empty[0], text)))
    return rate(len(due) - len(cases), len(due), "要素不全", cases, _NONE_CLOSED, looked_at=due)


def _without_cases(subject: Subject) -> Measurement | None:
    """Why there is nothing to measure; None where the register shows cases of the year.

    What 表三 counts and the register does not show is not reported, whether the list is absent or empty.
    """
    elsewhere = subject.requests_elsewhere
    if elsewhere is not None:
        return not_applicable(elsewhere)
    shown = subject.shown("requests", OUTCOME_TOTAL, "表三显示本年办结 {} 件申请")
    if not subject.reported("register"):
        if subject.all_zero("requests"):
            return not_applicable("表三全为 0，视同没有申请")
        return absent("依申请公开台账", subject.at_cell(OUTCOME_TOTAL, shown or "没有报送依申请公开台账"), shown)
    if any(closed_in(c, subject.year) for c in subject.submission.records("register")) or subject.open_late_cases:
        return None
    if shown:
        return absent("这些申请的台账", subject.at_cell(OUTCOME_TOTAL, shown), shown)
    return declared_none("申请") if not subject.submission.records("register") else not_applicable(_NONE_CLOSED)


def _judged(subject: Subject) -> list[Record]:
    return [case for case, _ in (*subject.closed_cases, *subject.open_late_cases)]


def _overdue(subject: Subject) -> list[Shortfall]:
    late = [(case, clock) for case, clock in subject.closed_cases if clock is not None and clock.overdue_by]
    late.sort(key=lambda entry: (-(entry[1].overdue_by or 0), entry[0].position))
    found = [
        Shortfall(
            f"{case.id} 号超期 {clock.overdue_by} 个工作日",
            subject.at_record(
                case, "replied_on", f"{case.id} 号最迟应于 {clock.due_on} 答复，{case['replied_on']} 办结"
            ),
        )
        for case, clock in late
    ]
    for case, clock in subject.open_late_cases:
        text = f"{case.id} 号最迟应于 {clock.due_on} 答复，年末尚未答复"
        found.append(Shortfall(text, subject.at_record(case, "replied_on", text)))
    return found


def _not_evaluated(subject: Subject) -> list[Shortfall]:
    return [
        Shortfall(f"{case.id} 号没有起算日期", subject.at_record(case, "clock_started_on", f"{case.id} 号没有起算日期"))
        for case, clock in subject.closed_cases
        if clock is None
    ]
