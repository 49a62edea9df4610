"""The law's clocks against cases worked by hand on the published calendars of 2021 to 2026 (tests/data/clocks.yaml).

The file's own counting is checked first, by its lists of days off and worked weekend days and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import CalendarError
from gongkai.law.clocks import Clock, closed_in, read_clock
from gongkai.law.due_day import UnknownDay
from gongkai.profile import WorkingDays

DAYS = WorkingDays()
MONDAY = date(2021, 3, 1)
WORKED = yaml.safe_load((Path(__file__).parents[2] / "data" / "clocks.yaml").read_text(encoding="utf-8"))
CASES = [pytest.param(case, id=case["name"]) for case in WORKED["cases"]]


def clock(**case: Any) -> Clock:
    found = read_clock(defaultdict(lambda: None, case), DAYS)
    assert found is not None
    return found


def days_of(spans: str, after: date) -> Iterator[date]:
    """The days of `02-07…02-10, 02-18`: each month and day the first one of its name after the one before."""
    for span in spans.split(", "):
        ends = span.split("…")
        after = first = named(ends[0], after)
        if len(ends) > 1:
            after = named(ends[1], first)
        yield from (first + timedelta(days=n) for n in range((after - first).days + 1))


def named(month_and_day: str, after: date) -> date:
    this_year = date.fromisoformat(f"{after.year}-{month_and_day}")
    return this_year if this_year > after else this_year.replace(year=after.year + 1)


def arranged() -> tuple[set[date], set[date]]:
    """Days off and worked weekend days as the notices list them."""
    off: set[date] = set()
    worked: set[date] = set()
    for year, arrangement in WORKED["arrangements"].items():
        for span in arrangement["days_off"].values():
            off |= set(days_of(span, date(year - 1, 12, 30)))
        worked |= set(arrangement["worked"])
    return off, worked


OFF, MADE_UP = arranged()


def is_worked(day: date) -> bool:
    return day in MADE_UP or (day.weekday() < 5 and day not in OFF)


def test_the_calendar_is_the_published_one_on_every_day_of_six_years() -> None:
    every = [date(2021, 1, 1) + timedelta(days=n) for n in range((date(2027, 1, 1) - date(2021, 1, 1)).days)]
    assert [day for day in every if DAYS.is_working(day) is not is_worked(day)] == []
    assert all(day.weekday() >= 5 for day in MADE_UP)


def test_there_are_enough_of_them_and_every_year_has_both_great_holidays() -> None:
    names = [case["name"] for case in WORKED["cases"]]
    assert len(set(names)) == len(names) >= 60
    for year in range(2021, 2027):
        assert any(name.startswith(f"spring festival {year}") for name in names)
        assert any(name.startswith(f"national day {year}") for name in names)


@pytest.mark.parametrize("case", CASES)
def test_a_worked_case_counts_every_working_day_once(case: Mapping[str, Any]) -> None:
    start = case.get("started_on", case["case"]["received_on"])
    counted = list(days_of(case["counted"], start))
    paused = list(days_of(case["paused"], start)) if "paused" in case else []
    assert (len(counted), counted[-1]) == (case["limit"], case["due_on"])
    assert sorted(counted + paused) == worked_between(start, max(counted + paused))
    if "replied_on" in case["case"]:
        used = [day for day in worked_between(start, case["case"]["replied_on"]) if day not in paused]
        assert (len(used), max(0, len(used) - case["limit"])) == (case["used"], case["overdue_by"])


def worked_between(after: date, through: date) -> list[date]:
    every = (after + timedelta(days=n) for n in range(1, (through - after).days + 1))
    return [day for day in every if is_worked(day)]


@pytest.mark.parametrize("case", CASES)
def test_the_clock_says_what_was_worked_by_hand(case: Mapping[str, Any]) -> None:
    start, used = case.get("started_on", case["case"]["received_on"]), case.get("used")
    remaining = None if used is None else max(0, case["limit"] - used)
    assert clock(**case["case"]) == Clock(start, case["due_on"], used, case.get("overdue_by"), remaining)


@pytest.mark.parametrize(
    ("notified", "days", "due"),
    [
        (date(2021, 3, 29), Decimal("5.5"), date(2021, 4, 6)),
        (date(2021, 3, 29), -5, date(2021, 3, 29)),
        (None, 20, date(2021, 3, 29)),
    ],
)
def test_an_extension_that_no_law_knows_is_read_as_far_as_it_makes_sense(
    notified: date | None, days: int | Decimal, due: date
) -> None:
    assert clock(received_on=MONDAY, extension_notified_on=notified, extension_days=days).due_on == due


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


class TestAYearThatNobodySupplied:
    """2027: a case of December 2026 is judged as far as the days of 2026 go."""

    def test_a_reply_before_it_is_counted_and_its_limit_waits(self) -> None:
        found = clock(received_on=date(2026, 12, 14), replied_on=date(2026, 12, 30))
        assert (found.used, found.overdue_by, found.remaining) == (12, 0, 8)
        assert str(found.due_on) == "待 2027 年放假安排公布"

    def test_a_case_still_open_has_no_day_yet(self) -> None:
        assert clock(received_on=date(2026, 12, 14)).due_on == UnknownDay(2027)

    def test_a_reply_in_it_cannot_be_counted(self) -> None:
        with pytest.raises(CalendarError, match="2027"):
            clock(received_on=date(2026, 12, 14), replied_on=date(2027, 1, 4))

    def test_an_extension_notified_before_it_is_one_in_time(self) -> None:
        found = clock(
            received_on=date(2026, 12, 14),
            extension_notified_on=date(2026, 12, 31),
            extension_days=20,
            replied_on=date(2026, 12, 31),
        )
        assert (found.used, found.remaining) == (13, 27)

    def test_a_third_party_that_answers_before_it_pauses_the_clock(self) -> None:
        found = clock(
            received_on=date(2026, 12, 14),
            third_party_asked_on=date(2026, 12, 16),
            third_party_answered_on=date(2026, 12, 23),
            replied_on=date(2026, 12, 30),
        )
        assert found.used == 7

    def test_a_third_party_that_is_still_waited_for_pauses_it_as_long(self) -> None:
        found = clock(
            received_on=date(2026, 12, 14), third_party_asked_on=date(2026, 12, 24), replied_on=date(2026, 12, 30)
        )
        assert found.used == 8


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
