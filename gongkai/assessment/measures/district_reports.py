"""What is measured in a whole district's report, which has integers where a unit has lists.

Cases are counted from the report's own counts; what only a list can show is not applicable. Everything that is missing
here (disputes, training, inspections, how the report came in) is measured as of any unit.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from gongkai.assessment.measurement import Measurement, Shortfall, count, not_applicable, rate
from gongkai.assessment.points import rounded
from gongkai.assessment.subject import Subject
from gongkai.national_format.figures import OUTCOME_TOTAL
from gongkai.submission.report_below import Counts, ReportBelow

_NO_CASES = "全区报告中没有应在本年办结的申请"
_NO_COUNTS = "全区报告没有列出办件数（counts）"
_NO_LIST = "区县报送的是全区报告，没有逐件清单"

OfReport = Callable[[Subject, ReportBelow], Measurement]


def closed_on_time(subject: Subject, below: ReportBelow) -> Measurement:
    """Cases in time of all that should have been closed; late ones still open among them."""
    if below.counts is None:
        return not_applicable(_NO_COUNTS)
    of = below.counts.all_closed + below.counts.open_late
    return rate(below.counts.closed_on_time, of, "逾期办结", _late(subject, below.counts), _NO_CASES)


def overdue(subject: Subject, below: ReportBelow) -> Measurement:
    """Every late case, for a deduction."""
    if below.counts is None:
        return not_applicable(_NO_COUNTS)
    return count(_late(subject, below.counts), number=_overdue(below.counts))


def average_days(subject: Subject, below: ReportBelow) -> Measurement:
    """Working days used on the average."""
    if below.counts is None:
        return not_applicable(_NO_COUNTS)
    days, closed = below.counts.reply_working_days, below.counts.closed
    if not closed:
        return not_applicable(_NO_CASES)
    average = Fraction(days, closed)
    said = f"{closed} 件共用 {days} 个工作日，平均 {rounded(average, 2)} 个工作日"
    evidence = subject.at_cell(OUTCOME_TOTAL, said)
    return Measurement(True, Fraction(days), Fraction(closed), average, said, (Shortfall("", evidence),))


def without_list(_subject: Subject, _below: ReportBelow) -> Measurement:
    """What only a list can show."""
    return not_applicable(_NO_LIST)


def _overdue(counts: Counts) -> int:
    return counts.all_closed - counts.closed_on_time + counts.open_late


def _late(subject: Subject, counts: Counts) -> list[Shortfall]:
    """One line for all late cases: which they are, the district's own annex says."""
    late = _overdue(counts)
    if not late:
        return []
    text = f"全区共 {late} 件逾期，其中 {counts.open_late} 件年末尚未答复"
    return [Shortfall(text, subject.at_cell(OUTCOME_TOTAL, text))]


MEASURES: Mapping[str, OfReport] = {
    "requests_closed_on_time": closed_on_time,
    "requests_overdue": overdue,
    "average_reply_working_days": average_days,
    **dict.fromkeys(
        (
            "documents_on_time",
            "normative_documents_complete",
            "budget_and_final_account_on_time",
            "documents_interpreted",
            "interpretations_in_step",
            "interpretations_multi_form",
            "responses_on_time",
            "register_complete",
            "areas_in_catalogue",
            "catalogue_adjusted_on_time",
            "guide_fresh",
            "rules_in_place",
        ),
        without_list,
    ),
}
"""Measure → what is asked of a report in its place."""
