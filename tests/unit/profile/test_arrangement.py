"""What the office is told of the next year's arrangement of holidays, and when."""

from datetime import date

import pytest

from gongkai.profile import load_profile
from gongkai.profile.arrangement import arrangement, with_calendar
from gongkai.profile.working_days import DayOverride

HOLIDAYS = [(1, 1), (2, 5), (2, 8), (4, 5), (6, 9), (9, 15), (10, 1)]
MADE_UP_FOR = [(2, 10), (2, 11), (5, 3), (5, 4), (10, 4), (10, 5)]  # what a notice would give for the weekends


def profile(*days):
    overrides = {2027: tuple(DayOverride(date(2027, month, day), False) for month, day in days)} if days else {}
    return load_profile().model_copy(update={"overrides": overrides, "without_make_up": (2027,) if days else ()})


@pytest.mark.parametrize(
    ("report_year", "today", "year", "known"),
    [
        (2021, date(2022, 3, 1), 2022, True),
        (2021, date(2022, 11, 1), 2023, True),
        (2026, date(2026, 6, 1), 2027, False),
        (2026, date(2026, 12, 25), 2027, False),
        (2026, date(2027, 1, 20), 2027, False),
        (2025, date(2026, 10, 31), 2026, True),
        (2025, date(2026, 11, 1), 2027, False),
        (2026, date(2027, 12, 1), 2027, False),  # of two unknown years the first
    ],
)
def test_the_year_that_the_work_reaches_into(report_year, today, year, known):
    found = arrangement(profile(), report_year, today)
    assert (found.year, found.known) == (year, known)
    assert found.to_json() == {"year": year, "known": known}


def test_nothing_is_said_before_the_notice_is_due_and_everything_from_november_on():
    assert arrangement(profile(), 2026, date(2026, 10, 31)).notice is None
    said = arrangement(profile(), 2026, date(2026, 11, 1)).notice
    for part in (
        "2027 年放假安排尚未录入",
        "calendar/2027.csv",
        "2027-02-08（春节）",
        "无调休",
        "calendar_sample/2026.csv",
    ):
        assert part in said


def test_what_a_half_filled_file_lacks_is_said_by_date():
    said = arrangement(profile(*HOLIDAYS[:-1]), 2026, date(2026, 12, 1)).notice
    assert "2027-10-01（国庆节）" in said
    assert "2027-02-08" not in said


def test_a_whole_file_is_known_and_silent():
    found = arrangement(profile(*HOLIDAYS, *MADE_UP_FOR), 2026, date(2026, 12, 1))
    assert (found.known, found.notice) == (True, None)


def test_a_file_without_the_days_that_make_up_for_weekends_is_doubted():
    found = arrangement(profile(*HOLIDAYS), 2026, date(2026, 12, 1))
    assert found.known
    assert "放假的工作日 7 天，周末上班 0 天，相差 7 天" in found.notice
    assert "应正好是 13 天" in found.notice


def test_a_later_profile_supplies_the_years_that_one_of_then_did_not_know_and_no_other():
    then, whole, half = profile(), profile(*HOLIDAYS, *MADE_UP_FOR), profile(*HOLIDAYS[:-1])
    assert with_calendar(then, whole).working_days().knows(2027)
    assert with_calendar(then, half) == then
    assert with_calendar(whole, half) == whole
    assert with_calendar(then, whole).units == then.units
