"""What the rules say while 2027's arrangement of holidays is not known: everything but what needs one of its days."""

from datetime import date, datetime

import pytest

from expectations.validation import Context, validate
from gongkai.profile.working_days import DayOverride
from tests.unit.expectations.conftest import ZONE, read, sound

RECEIVED = datetime(2027, 1, 25, 9, 0, tzinfo=ZONE)
HOLIDAYS = [(1, 1), (2, 5), (2, 8), (4, 5), (6, 9), (9, 15), (10, 1)]


def case(case_no, **values):
    return {"case_no": case_no, "received_on": "2026-12-14", "applicant_type": "natural_person", **values}


@pytest.fixture
def judged(profile):
    def judge(*, known=False, **lists):
        if known:
            off = tuple(DayOverride(date(2027, month, day), False) for month, day in HOLIDAYS)
            own = profile.model_copy(update={"overrides": {2027: off}, "without_make_up": (2027,)})
        document = {**sound(year=2026), **lists}
        context = Context(year=2026, profile=own if known else profile, as_of=RECEIVED)
        (verdict,) = validate([read(document, received_at=RECEIVED)], context)
        waits = {one.rule: one.reason for one in verdict.rules_not_applied if "2027 年放假安排" in one.reason}
        return {found.rule for found in verdict.findings}, waits

    return judge


def test_a_case_that_falls_due_in_the_unknown_year_is_named(judged):
    _, waits = judged(
        register=[case("申-7"), case("申-8", received_on="2026-03-02", replied_on="2026-03-09", outcome="granted")]
    )
    assert waits == {"CASE-OVERDUE": "待 2027 年放假安排公布后核对：申-7需要 2027 年的工作日安排。"}


def test_a_case_that_was_overdue_before_is_found_all_the_same(judged):
    found, waits = judged(register=[case("申-7", received_on="2026-10-12", replied_on="2027-01-04", outcome="granted")])
    assert "CASE-OVERDUE" in found
    assert waits == {}


def test_a_case_answered_in_december_needs_nothing_of_the_year(judged):
    found, waits = judged(register=[case("申-7", replied_on="2026-12-30", outcome="granted")])
    assert "CASE-OVERDUE" not in found
    assert waits == {}


@pytest.mark.parametrize(
    ("lists", "rule"),
    [
        ({"register": [case("申-7", correction_asked_on="2027-01-08")]}, "CASE-CORRECTION"),
        ({"register": [case("申-7", extension_notified_on="2027-01-11", extension_days=20)]}, "CASE-EXTENSION"),
        (
            {"documents": [{"number": "示〔2026〕1号", "made_on": "2026-12-14", "published_on": "2027-01-20"}]},
            "DOC-LATE",
        ),
    ],
)
def test_each_rule_that_needs_one_of_its_days_waits_for_it(judged, lists, rule):
    _, waits = judged(**lists)
    assert rule in waits
    found, waits = judged(known=True, **lists)
    assert waits == {}
    assert (rule in found) == (rule in {"CASE-CORRECTION", "DOC-LATE"}), "2027-01-11 is the twentieth day: in time"
