"""Facts of the register's cases: closed in time, step by step, by channel, and the fees that were paid.

A rate speaks of the whole district only where every unit with requests has a register: else it says on how many cases
it rests. What nobody can know without a register is None.
"""

from collections.abc import Sequence
from decimal import Decimal

from gongkai.law.clocks import closed_in
from gongkai.national_format.figures import NEW_REQUESTS, OUTCOME_TOTAL
from gongkai.reporting.report.words.counts import in_year
from gongkai.reporting.report.words.printed_facts import listed
from gongkai.reporting.report.words.sheet import Facts
from gongkai.submission.fields import lists
from gongkai.submission.form import Submission
from gongkai.warehouse.totals import Indicators, Number

_STEPS = ("received_on", "reviewed_on", "assigned_on", "replied_on", "archived_on")  # 登记、审核、办理、答复、归档


def case_facts(submissions: Sequence[Submission], indicators: Indicators, year: int) -> Facts:
    """What the registers of a set of submissions show."""
    reporting = [s for s in submissions if "register" in s.reported]
    whole = not any(s.below for s in submissions)  # the steps of a district's cases stand in its units' registers
    cases = [case for s in reporting for case in s.records("register") if whole]
    closed = [case for case in cases if closed_in(case, year)]
    count, on_time = indicators.requests_closed, indicators.requests_closed_on_time
    return {
        "average_days": indicators.average_reply_working_days,
        "shortening_percent": indicators.reply_shortening_percent,
        "cases_closed": count or None,
        "cases_on_time": on_time if count else None,
        "cases_overdue": count - on_time if count and on_time is not None else None,
        "cases_open_late": indicators.requests_open_late,
        "on_time_percent": indicators.requests_closed_on_time_percent,
        "cases_archived": sum(case["archived_on"] is not None for case in closed) if closed else None,
        "cases_step_by_step": sum(all(case[step] for step in _STEPS) for case in closed) if closed else None,
        "register_covers_all": int(all(_covered(s) for s in submissions)) if reporting or not whole else None,
        "channels": _channels(submissions, reporting, year),
        "fees_in_register_yuan": _paid(reporting) if whole else None,
    }


def _covered(submission: Submission) -> bool:
    """Whether the cases of table three stand in a register: it is there, or there is none to stand in it."""
    counted = submission.below is not None and submission.below.counts is not None
    return counted or "register" in submission.reported or not submission.value(OUTCOME_TOTAL)


def _channels(submissions: Sequence[Submission], reporting: Sequence[Submission], year: int) -> str | None:
    """Requests received by channel; None unless the registers name one for each request of table three."""
    field = lists()["register"].fields["channel"]
    labels = field.choices if isinstance(field.choices, dict) else {}
    given = [c["channel"] for s in reporting for c in s.records("register") if in_year(c["received_on"], year)]
    wanted = [s.value(NEW_REQUESTS) for s in submissions if s.has_tables]
    if not given or None in given or None in wanted or sum(wanted) != len(given):
        return None
    said = listed([(f"{label}申请", given.count(key), f"facts.channels.{key}") for key, label in labels.items()], "件")
    return str(said) or None


def _paid(reporting: Sequence[Submission]) -> Number | None:
    """Fees that a register says were paid; None when nobody reported a register."""
    paid = [r["fee_yuan"] for s in reporting for r in s.records("register") if r["fee_paid_on"] and r["fee_yuan"]]
    return sum(paid, Decimal(0)) if reporting else None
