"""The average is reached by changing plain cases by one day, or the characteristics are refused."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gongkai.demonstration.calibration import calibrate
from gongkai.demonstration.characteristics import stream
from gongkai.demonstration.request_cases import CasePlan, Route

PLAN = CasePlan(
    received_on=date(2021, 3, 1),
    channel="post",
    applicant="natural_person",
    outcome="granted",
    route=Route.PLAIN,
    used=7,
)
OVERDUE = replace(PLAN, route=Route.OVERDUE, used=22)
OPEN = replace(PLAN, used=None)


def test_the_sum_of_used_days_gives_the_average():
    made = calibrate({"A01": [PLAN] * 60, "T01": [PLAN] * 39 + [OVERDUE, OPEN]}, stream(1), Decimal("7.29"))
    used = [plan.used for plans in made.values() for plan in plans if plan.used is not None]
    assert sum(used) == 729
    assert Counter(used) == {7: 85, 8: 14, 22: 1}


def test_only_plain_closed_cases_change_and_by_one_day():
    made = calibrate({"A01": [PLAN] * 99 + [OVERDUE, OPEN]}, stream(1), Decimal("6.50"))
    assert made["A01"][-2:] == [OVERDUE, OPEN]
    assert {plan.used for plan in made["A01"][:-2]} == {6, 7}


def test_the_same_stream_changes_the_same_cases():
    plans = {"A01": [PLAN] * 100}
    assert calibrate(plans, stream(3), Decimal("7.20")) == calibrate(plans, stream(3), Decimal("7.20"))


def test_an_average_out_of_reach_is_refused():
    with pytest.raises(ValueError, match="200 working days to distribute over 100 plain cases"):
        calibrate({"A01": [PLAN] * 100}, stream(1), Decimal(9))
