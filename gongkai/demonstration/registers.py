"""Rows of the request register and of the disputes register, from plans.

Every date is a real working day in the order 登记 → 审核 → 办理 → 答复 → 归档. Subjects name a matter, never a person.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongkai.demonstration.characteristics import Characteristics
from gongkai.demonstration.request_cases import CasePlan, Route
from gongkai.profile import WorkingDays

Row = dict[str, Any]
_SUBJECTS = ("{}的批准文件", "{}的办理情况", "{}的实施方案", "{}的资金使用情况", "{}的会议纪要摘要", "{}的登记材料")


def register_rows(plans: Sequence[CasePlan], unit: Characteristics, days: WorkingDays) -> list[Row]:
    """One row per plan, in contract.md's keys; case numbers follow the order of receipt within a year."""
    numbers: dict[int, int] = {}
    rows = []
    for plan in plans:
        number = numbers[plan.received_on.year] = numbers.get(plan.received_on.year, 0) + 1
        case_no = f"{plan.received_on.year}-{number:03d}"
        subject = _SUBJECTS[number % len(_SUBJECTS)].format(unit.matters[plan.matter])
        rows.append({"case_no": case_no, **_steps(plan, days), "fee_yuan": "0", "subject": subject})
    return rows


def _steps(plan: CasePlan, days: WorkingDays) -> Row:
    start = days.add(plan.received_on, plan.confirming)
    asked = days.add(start, plan.asking)
    answered = days.add(asked, plan.answering)
    steps: Row = {
        "received_on": plan.received_on,
        "channel": plan.channel,
        "clock_started_on": start,
        "applicant_type": plan.applicant,
        "extension_days": plan.extension,
    }
    match plan.route:
        case Route.CORRECTED:
            steps |= {"correction_asked_on": asked, "correction_received_on": answered}
        case Route.UNCORRECTED:
            steps |= {"correction_asked_on": asked}
        case Route.THIRD_PARTY:
            steps |= {"third_party_asked_on": asked, "third_party_answered_on": answered}
        case Route.CONSULTED:
            steps |= {"consulted_on": asked, "consulted_answered_on": answered}
        case Route.EXTENDED:
            steps |= {"extension_notified_on": asked}
    replied = days.add(plan.received_on, plan.span) if plan.used is not None else None
    # 审核 and 分办 come before the first thing that goes out: a question to somebody, or the reply.
    earliest_out = min((day for day in (asked if plan.asking else None, replied) if day), default=date.max)
    reviewed = min(days.add(start, plan.reviewing), earliest_out)
    steps |= {"reviewed_on": reviewed, "assigned_on": min(days.add(reviewed, plan.assigning), earliest_out)}
    if replied is not None:
        steps |= {"replied_on": replied, "outcome": plan.outcome}
        if plan.archiving is not None:
            steps["archived_on"] = days.add(replied, plan.archiving)
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in steps.items()}


def disputes_rows(requests: Sequence[Row], year: int, days: WorkingDays) -> list[Row]:
    """Disputes about one unit's refusals that end in the year: two reconsiderations upheld, one of them in court too.

    A year in which fewer than two requests were refused has none.
    """
    refused = sorted(
        (date.fromisoformat(row["replied_on"]), str(row["case_no"]))
        for row in requests
        if str(row.get("outcome", "")).startswith(("refused", "unavailable"))
    )
    if len(refused) < 2:
        return []
    (first_reply, first), (second_reply, second) = refused[:2]
    decided = days.add(first_reply, 18 + 40)
    court = days.add(decided, 9)
    rows = [
        _dispute(f"示府复〔{year}〕6号", "reconsideration", days.add(first_reply, 18), decided, first),
        _dispute(
            f"示府复〔{year}〕11号", "reconsideration", days.add(second_reply, 25), days.add(second_reply, 63), second
        ),
        _dispute(f"（{year}）示行初3号", "litigation_after_reconsideration", court, days.add(court, 78), first),
    ]
    return [row for row in rows if row["closed_on"] <= f"{year}-12-31"]


def _dispute(case_no: str, kind: str, filed_on: date, closed_on: date, request: str) -> Row:
    return {
        "case_no": case_no,
        "kind": kind,
        "filed_on": filed_on.isoformat(),
        "closed_on": closed_on.isoformat(),
        "result": "upheld",
        "request_case_no": request,
    }
