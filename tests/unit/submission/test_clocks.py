"""The law's clocks, counted by hand on the State Council's calendar of 2021."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import CalendarError
from gongkai.profile import WorkingDays
from gongkai.submission.clocks import Clock, closed_in, read_clock

DAYS = WorkingDays()
MONDAY = date(2021, 3, 1)


def clock(**case: Any) -> Clock:
    found = read_clock(defaultdict(lambda: None, case), DAYS)
    assert found is not None
    return found


def test_the_day_of_receipt_does_not_count() -> None:
    assert clock(received_on=MONDAY, replied_on=MONDAY).used == 0
    assert clock(received_on=MONDAY, replied_on=date(2021, 3, 2)).used == 1


def test_twenty_working_days_end_on_the_twentieth() -> None:
    found = clock(received_on=MONDAY, replied_on=date(2021, 3, 29))
    assert found == Clock(MONDAY, date(2021, 3, 29), 20, 0, 0)
    assert clock(received_on=MONDAY, replied_on=date(2021, 3, 30)).overdue_by == 1


def test_holidays_do_not_count_and_make_up_days_do() -> None:
    # 2021: 2–7 February worked (Sunday the 7th made up), 11–17 off, Saturday the 20th made up
    assert clock(received_on=date(2021, 2, 5), replied_on=date(2021, 2, 22)).used == 8


def test_the_clock_starts_where_the_register_says_else_at_receipt() -> None:
    assert clock(received_on=MONDAY, clock_started_on=date(2021, 3, 3)).started_on == date(2021, 3, 3)
    assert clock(received_on=MONDAY).started_on == MONDAY


def test_a_correction_that_arrives_starts_the_clock_anew() -> None:
    found = clock(
        received_on=MONDAY,
        correction_asked_on=date(2021, 3, 3),
        correction_received_on=date(2021, 3, 15),
        replied_on=date(2021, 3, 16),
    )
    assert (found.started_on, found.used) == (date(2021, 3, 15), 1)


def test_waiting_for_a_correction_that_never_came_does_not_count() -> None:
    found = clock(received_on=MONDAY, correction_asked_on=date(2021, 3, 3), replied_on=date(2021, 6, 1))
    assert (found.used, found.overdue_by) == (2, 0)


def test_a_third_partys_time_does_not_count() -> None:
    found = clock(
        received_on=MONDAY,
        third_party_asked_on=date(2021, 3, 3),
        third_party_answered_on=date(2021, 3, 10),
        replied_on=date(2021, 3, 12),
    )
    assert (found.used, found.due_on) == (4, date(2021, 4, 6))


def test_a_pause_is_fifteen_working_days_at_most_also_without_an_answer() -> None:
    asked = {"received_on": MONDAY, "consulted_on": date(2021, 3, 2), "replied_on": date(2021, 4, 1)}
    unanswered = clock(**asked)
    assert unanswered.used == 23 - 15
    assert clock(**asked, consulted_answered_on=date(2021, 3, 31)) == unanswered


def test_pauses_at_the_same_time_count_once() -> None:
    found = clock(
        received_on=MONDAY,
        third_party_asked_on=date(2021, 3, 2),
        third_party_answered_on=date(2021, 3, 9),
        consulted_on=date(2021, 3, 5),
        consulted_answered_on=date(2021, 3, 11),
        replied_on=date(2021, 3, 12),
    )
    assert found.used == 9 - 7


@pytest.mark.parametrize(
    ("notified", "days", "due"),
    [
        (date(2021, 3, 29), 20, date(2021, 4, 26)),
        (date(2021, 3, 29), 5, date(2021, 4, 6)),
        (date(2021, 3, 29), 30, date(2021, 4, 26)),
        (date(2021, 3, 30), 20, date(2021, 3, 29)),
        (date(2021, 3, 29), Decimal("5.5"), date(2021, 4, 6)),
        (date(2021, 3, 29), -5, date(2021, 3, 29)),
        (None, 20, date(2021, 3, 29)),
    ],
)
def test_an_extension_counts_if_notified_in_time_and_twenty_days_at_most(
    notified: date | None, days: int | Decimal, due: date
) -> None:
    assert clock(received_on=MONDAY, extension_notified_on=notified, extension_days=days).due_on == due


def test_an_open_case_has_a_due_day_and_nothing_else() -> None:
    assert clock(received_on=date(2021, 12, 20)) == Clock(date(2021, 12, 20), date(2022, 1, 18), None, None)


def clock_on(day: date, **case: Any) -> Clock:
    found = read_clock(defaultdict(lambda: None, case), DAYS, day)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("day", "used", "overdue", "remaining"),
    [
        (MONDAY, 0, 0, 20),
        (date(2021, 3, 15), 10, 0, 10),
        (date(2021, 3, 29), 20, 0, 0),
        (date(2021, 3, 30), 21, 1, 0),
    ],
)
def test_an_open_case_is_read_as_it_stands_on_a_day(day: date, used: int, overdue: int, remaining: int) -> None:
    found = clock_on(day, received_on=MONDAY)
    assert found == Clock(MONDAY, date(2021, 3, 29), used, overdue, remaining)
    assert clock_on(day, received_on=MONDAY, replied_on=date(2021, 4, 9)) == found  # open then, whenever it was closed


def test_a_case_closed_before_the_day_stands_as_it_was_closed() -> None:
    closed = clock(received_on=MONDAY, replied_on=date(2021, 3, 3))
    assert (closed.used, closed.remaining) == (2, 18)
    assert clock_on(date(2021, 6, 1), received_on=MONDAY, replied_on=date(2021, 3, 3)) == closed


def test_what_is_left_stands_still_while_a_third_party_or_a_correction_is_waited_for() -> None:
    asked = date(2021, 3, 3)
    for waiting in ("third_party_asked_on", "consulted_on", "correction_asked_on"):
        assert clock_on(date(2021, 3, 12), received_on=MONDAY, **{waiting: asked}).remaining == 18


def test_without_a_starting_day_there_is_no_clock() -> None:
    assert read_clock(defaultdict(lambda: None, replied_on=MONDAY), DAYS) is None


def test_a_year_that_nobody_supplied_is_named() -> None:
    with pytest.raises(CalendarError, match="2031"):
        clock(received_on=date(2031, 1, 5))


def test_a_case_belongs_to_the_year_it_was_closed_in() -> None:
    assert closed_in({"replied_on": date(2021, 12, 31)}, 2021)
    assert not closed_in({"replied_on": date(2022, 1, 1)}, 2021)
    assert not closed_in({"replied_on": None}, 2021)


SOME_DAY = st.dates(date(2020, 1, 1), date(2022, 10, 31))
KEYS = (
    "clock_started_on", "correction_asked_on", "correction_received_on", "third_party_asked_on",
    "third_party_answered_on", "consulted_on", "consulted_answered_on", "extension_notified_on", "replied_on",
)  # fmt: skip


@given(
    st.fixed_dictionaries(
        {"received_on": SOME_DAY, "extension_days": st.none() | st.integers(-5, 50)},
        optional=dict.fromkeys(KEYS, SOME_DAY),
    )
)
def test_in_any_order_of_dates_the_clock_is_sane(case: dict[str, Any]) -> None:
    found = clock(**case)
    assert found.due_on > found.started_on
    if found.used is not None and found.overdue_by is not None:
        assert 0 <= found.overdue_by <= max(found.used, 0)
        if case["replied_on"] <= found.due_on:
            assert found.overdue_by == 0
        elif DAYS.is_working(case["replied_on"]):  # a reply on the Saturday after the last day has used no day more
            assert found.overdue_by > 0
