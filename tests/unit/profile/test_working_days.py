"""Working days: the State Council's arrangement with make-up days, unknown years, a district's own calendar."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import CalendarError
from gongkai.law.due_day import UnknownDay, on_or_before
from gongkai.profile import WorkingDays, default_folder
from gongkai.profile.calendar_file import read_calendars
from gongkai.profile.statutory_holidays import on_weekdays, statutory_holidays
from gongkai.profile.working_days import DayOverride

# 国务院办公厅 notices on the holidays of each year: worked weekend days
MAKE_UP = [
    *("2021-02-07", "2021-02-20", "2021-04-25", "2021-05-08", "2021-09-18", "2021-09-26", "2021-10-09"),
    *("2022-01-29", "2022-01-30", "2022-04-02", "2022-04-24", "2022-05-07", "2022-10-08", "2022-10-09"),
    *("2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07", "2023-10-08"),
    *("2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12"),
    *("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
    *("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
]
HOLIDAYS = [
    "2021-02-11",
    "2021-10-07",
    "2022-01-31",
    "2023-01-27",
    "2024-02-16",
    "2025-02-04",
    "2026-02-23",
    "2026-10-07",
]
UNKNOWN = 2027
# 元旦、除夕、初三、清明、端午、中秋、国庆; the other six statutory days of 2027 are Saturdays and Sundays
WEEKDAY_HOLIDAYS = [
    DayOverride(date(UNKNOWN, month, day), False)
    for month, day in ((1, 1), (2, 5), (2, 8), (4, 5), (6, 9), (9, 15), (10, 1))
]


@pytest.fixture(scope="module")
def days():
    return WorkingDays()


@pytest.mark.parametrize("day", MAKE_UP)
def test_make_up_days_are_worked(days, day):
    assert date.fromisoformat(day).weekday() >= 5
    assert days.is_working(date.fromisoformat(day))


@pytest.mark.parametrize("day", HOLIDAYS)
def test_holidays_on_weekdays_are_not(days, day):
    assert date.fromisoformat(day).weekday() < 5
    assert not days.is_working(date.fromisoformat(day))


@pytest.mark.parametrize(("year", "worked"), [(2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248)])
def test_a_years_working_days(days, year, worked):
    assert days.between(date(year - 1, 12, 31), date(year, 12, 31)) == worked


def test_the_first_day_is_not_counted_and_the_last_is(days):
    assert days.between(date(2021, 3, 1), date(2021, 3, 2)) == 1
    assert days.between(date(2021, 3, 1), date(2021, 3, 1)) == 0
    assert days.between(date(2021, 3, 2), date(2021, 3, 1)) == 0


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2021-03-01", 20, "2021-03-29"),
        ("2021-02-05", 20, "2021-03-10"),  # spring festival 02-11…17, worked 02-07 and 02-20
        ("2021-12-20", 20, "2022-01-18"),  # over the turn of the year
        ("2021-09-30", 1, "2021-10-08"),
        ("2021-03-06", 0, "2021-03-06"),
    ],
)
def test_adding(days, start, count, due):
    assert days.add(date.fromisoformat(start), count) == date.fromisoformat(due)


class TestUnknownYear:
    @pytest.mark.parametrize(
        "ask",
        [
            lambda days: days.is_working(date(UNKNOWN, 1, 4)),
            lambda days: days.between(date(2026, 12, 21), date(UNKNOWN, 1, 4)),
            lambda days: days.add(date(2026, 12, 21), 20),
        ],
    )
    def test_is_refused_by_name_never_guessed(self, days, ask):
        with pytest.raises(CalendarError, match=r"没有 2027 年完整的工作日安排.*calendar/2027\.csv"):
            ask(days)

    def test_a_span_that_begins_after_its_last_day_needs_no_calendar_of_it(self, days):
        assert days.between(date(2003, 12, 31), date(2004, 1, 2)) == 1

    def test_a_whole_calendar_file_makes_it_known(self):
        days = WorkingDays({UNKNOWN: [*WEEKDAY_HOLIDAYS, DayOverride(date(UNKNOWN, 1, 3), True)]})
        assert days.knows(UNKNOWN)
        assert not days.is_working(date(UNKNOWN, 1, 1))
        assert days.is_working(date(UNKNOWN, 1, 3))  # a Sunday
        assert days.is_working(date(UNKNOWN, 1, 4))
        assert not days.is_working(date(UNKNOWN, 1, 9))
        assert days.add(date(2026, 12, 31), 2) == date(UNKNOWN, 1, 4)

    def test_a_file_may_say_that_no_weekend_day_is_worked(self):
        days = WorkingDays({UNKNOWN: WEEKDAY_HOLIDAYS}, without_make_up=[UNKNOWN])
        assert days.between(date(2026, 12, 31), date(UNKNOWN, 12, 31)) == 261 - len(WEEKDAY_HOLIDAYS)

    @pytest.mark.parametrize("left_out", range(7))
    def test_a_file_that_leaves_out_one_statutory_holiday_names_it(self, left_out):
        own = [override for n, override in enumerate(WEEKDAY_HOLIDAYS) if n != left_out]
        days = WorkingDays({UNKNOWN: own}, without_make_up=[UNKNOWN])
        (lacking,) = days.lacking(UNKNOWN)
        assert str(WEEKDAY_HOLIDAYS[left_out].day) in lacking
        assert sum(str(override.day) in lacking for override in own) == 0
        with pytest.raises(CalendarError, match=str(WEEKDAY_HOLIDAYS[left_out].day)):
            days.is_working(date(UNKNOWN, 1, 4))

    def test_a_file_that_names_no_make_up_day_is_not_whole(self):
        (lacking,) = WorkingDays({UNKNOWN: WEEKDAY_HOLIDAYS}).lacking(UNKNOWN)
        assert "周末上班" in lacking
        assert "无调休" in lacking

    @pytest.mark.parametrize(
        "own", [[], [DayOverride(date(UNKNOWN, 1, 3), True)], [DayOverride(date(UNKNOWN, 1, 1), False)]]
    )
    def test_a_line_or_two_arrange_nothing(self, own):
        with pytest.raises(CalendarError, match="2027-02-05（农历除夕）、2027-02-08（春节）"):
            WorkingDays({UNKNOWN: own}).is_working(date(UNKNOWN, 1, 4))

    def test_a_day_in_it_says_what_it_waits_for(self):
        days = WorkingDays()
        assert str(days.due(date(2026, 12, 21), 20)) == "待 2027 年放假安排公布"
        assert days.due(date(2026, 12, 1), 20) == date(2026, 12, 29)

    def test_a_limit_in_it_lies_after_every_known_day(self):
        assert on_or_before(date(2026, 12, 31), UnknownDay(UNKNOWN))
        with pytest.raises(CalendarError):
            on_or_before(date(UNKNOWN, 1, 4), UnknownDay(UNKNOWN))


class TestStatutoryHolidays:
    """The days by which a calendar file is measured, against the years that have been announced."""

    @pytest.mark.parametrize("year", range(2021, 2027))
    def test_none_on_a_weekday_was_ever_worked(self, year):
        assert not [day for day in on_weekdays(year) if WorkingDays().is_working(day)]

    @pytest.mark.parametrize(("year", "count"), [(2024, 11), (2025, 13), (2026, 13), (2027, 13)])
    def test_thirteen_days_a_year_since_2025(self, year, count):
        assert len(statutory_holidays(year)) == count

    def test_the_shipped_sample_is_a_whole_year_as_it_was_announced(self):
        (path,) = (default_folder() / "calendar_sample").glob("*.csv")
        sample = read_calendars(path.parent).overrides[2026]
        announced = WorkingDays()
        everyday = [date(2026, 1, 1) + timedelta(n) for n in range(365)]
        assert dict(sample) == {
            day: announced.is_working(day) for day in everyday if announced.is_working(day) != (day.weekday() < 5)
        }
        assert set(on_weekdays(2026)) <= {day for day, works in sample if not works}


def test_a_known_year_can_be_corrected():
    days = WorkingDays({2021: [DayOverride(date(2021, 3, 1), False)]})
    assert not days.is_working(date(2021, 3, 1))
    assert days.is_working(date(2021, 5, 8))
    assert days.between(date(2021, 2, 26), date(2021, 3, 2)) == 1


@given(start=st.dates(date(2021, 1, 1), date(2024, 6, 1)), count=st.integers(1, 300))
def test_adding_and_counting_are_inverse(start, count):
    days = WorkingDays()
    due = days.add(start, count)
    assert days.between(start, due) == count
    assert days.is_working(due)
    assert days.between(start, due - timedelta(days=1)) == count - 1


def test_the_handbook_prints_the_sample_as_it_ships():
    handbook = (Path(__file__).parents[3] / "docs" / "operator.md").read_text(encoding="utf-8")
    shipped = (default_folder() / "calendar_sample" / "2026.csv").read_text(encoding="utf-8").splitlines()
    assert "\n".join(line for line in shipped if not line.startswith("#")) in handbook
