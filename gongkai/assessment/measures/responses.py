"""The measure over the list of responses (indicator B4): public concerns, and how soon the unit answered them.

Concerns that were answered before the year or raised after it do not count, and the same one told twice counts once.
"""

from gongkai.assessment.measurement import DECLARED_NONE, Asked, Measurement, Shortfall, absent, rate
from gongkai.assessment.measures.of_the_year import Span, own_rows
from gongkai.assessment.spans import exceeds
from gongkai.assessment.subject import Subject
from gongkai.submission.form import Record


def responses_on_time(subject: Subject, asked: Asked) -> Measurement:
    """B4: concerns answered within `working_days`."""
    limit, cases = asked.limits["working_days"], []
    if not subject.reported("responses"):
        return absent("回应关切清单", subject.at_cell("responses", "没有报送回应关切清单"))
    own = own_rows(subject.submission.records("responses"), subject.year, _answered, _same_concern)
    responses = own.rows
    for response in responses:
        raised, answered = response["raised_on"], response["answered_on"]
        topic = response["topic"] or f"第 {response.position} 条"
        if raised is None or answered is None:
            late: str | None = "缺少提出日期" if raised is None else "没有回应日期"
        else:
            late = exceeds(subject.days, raised, answered, limit)
        if late is not None:
            key = "raised_on" if raised is None else "answered_on"
            cases.append(Shortfall(f"“{topic}”{late}", subject.at_record(response, key, f"回应关切“{topic}”：{late}")))
    nothing = f"申明没有{'本年的' if own.others else ''}回应关切，{DECLARED_NONE}"
    return own.said(
        rate(len(responses) - len(cases), len(responses), "未按时回应", cases, nothing, looked_at=responses)
    )


def _answered(response: Record) -> Span:
    return response["raised_on"], response["answered_on"]


def _same_concern(response: Record) -> object | None:
    return (response["topic"], response["raised_on"]) if response["topic"] else None
