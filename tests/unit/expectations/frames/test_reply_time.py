"""When the rules call a reply late where the clock alone does not decide: waiting for a fee, a day that is not stated.

Counted by hand: 20 working days from 2022-03-01 end on 03-29; from a payment on 2022-04-20 they end on 05-19 (Sunday
04-24 and Saturday 05-07 are worked, 04-30 to 05-04 are off).
"""

from typing import Any

import pytest

from expectations.validation import Context, validate
from gongkai.findings import Finding
from tests.unit.expectations.conftest import cases_with, of, put, read, sound

ASKED_IN_TIME, ASKED_LATE, PAID = "2022-03-28", "2022-03-30", "2022-04-20"


def judged(context: Context, rule: str, **values: Any) -> list[Finding]:
    """The findings of a rule in the agreeing register with its second case (received 2022-03-01) changed."""
    document = sound()
    put("register", cases_with(2, **values))(document)
    return of(validate([read(document)], context)[0], rule)


@pytest.mark.parametrize(
    ("case", "due"),
    [
        ({"fee_notified_on": ASKED_IN_TIME, "fee_paid_on": PAID, "replied_on": "2022-05-19"}, None),
        ({"fee_notified_on": ASKED_IN_TIME, "fee_paid_on": PAID, "replied_on": "2022-05-20"}, "2022-05-19"),
        ({"fee_notified_on": ASKED_LATE, "fee_paid_on": PAID, "replied_on": "2022-05-19"}, "2022-03-29"),
        ({"fee_notified_on": ASKED_IN_TIME, "outcome": "closed_fee_unpaid", "replied_on": "2022-04-27"}, None),
        ({"fee_notified_on": ASKED_LATE, "outcome": "closed_fee_unpaid", "replied_on": "2022-04-27"}, "2022-03-29"),
        ({"fee_notified_on": ASKED_IN_TIME, "outcome": None, "replied_on": None}, None),
        ({"fee_notified_on": ASKED_IN_TIME, "outcome": "granted", "replied_on": "2022-04-27"}, "2022-03-29"),
        ({"outcome": None, "replied_on": None}, "2022-03-29"),
    ],
    ids=[
        "paid",
        "late after that",
        "asked late",
        "never paid",
        "asked late, never paid",
        "open, unpaid",
        "answered, no payment told",
        "open",
    ],
)
def test_waiting_for_a_fee_that_was_asked_for_in_time_is_not_lateness(
    context: Context, case: dict[str, Any], due: str | None
) -> None:
    found = judged(context, "CASE-OVERDUE", **case)
    assert [str(one.expected) for one in found] == ([due] if due else [])


def test_a_reply_late_after_a_payment_is_counted_from_the_payment(context: Context) -> None:
    late = {"fee_notified_on": ASKED_IN_TIME, "fee_paid_on": PAID, "replied_on": "2022-05-20"}
    (found,) = judged(context, "CASE-OVERDUE", **late)
    assert found.message.startswith(
        "依申请公开台账“案02”：2022-04-20 起算，最迟应于 2022-05-19 答复，2022-05-20 办结，用时 21 个工作日，"
        "超期 1 个工作日。"
    )


def test_the_time_to_answer_begins_anew_on_payment_only_since_there_is_a_tariff(context: Context) -> None:
    rows = cases_with(1, received_on="2020-12-01", fee_notified_on="2020-12-28", fee_paid_on="2021-12-28")
    document = sound()
    put("register", rows)(document)
    assert [one.where for one in of(validate([read(document)], context)[0], "CASE-OVERDUE")] == [
        "register[案01].replied_on"
    ]


def test_a_case_that_was_closed_on_a_day_nobody_tells_is_not_called_open(context: Context) -> None:
    assert judged(context, "CASE-OVERDUE", replied_on=None) == []
    assert len(judged(context, "CASE-NO-REPLY", replied_on=None)) == 1


def test_a_late_notice_of_an_extension_names_the_limit_and_by_how_much(context: Context) -> None:
    late = {"extension_notified_on": "2022-03-31", "extension_days": 10, "replied_on": "2022-04-01"}
    (found,) = judged(context, "CASE-EXTENSION", **late)
    assert (str(found.observed), str(found.expected), found.difference) == ("2022-03-31", "2022-03-29", 2)
    (found,) = judged(context, "CASE-EXTENSION", **{**late, "extension_days": 25})
    assert (found.where, found.observed, found.expected, found.difference) == (
        *("register[案02].extension_days", 25, 20, 5),
    )
