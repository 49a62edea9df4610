"""Hourly runs in the week that ends with the soft deadline; reminders until the year is closed."""

from datetime import date

import pytest

from gongkai.cli.server.schedules import hourly_crons, weekly_crons


@pytest.mark.parametrize(
    ("deadline", "crons"),
    [
        (date(2022, 1, 31), ["0 0-1,3-23 25-31 1 *"]),
        (date(2022, 2, 3), ["0 0-1,3-23 28-31 1 *", "0 0-1,3-23 1-3 2 *"]),
        (date(2022, 1, 1), ["0 0-1,3-23 26-31 12 *", "0 0-1,3-23 1 1 *"]),
    ],
    ids=["within a month", "over a month's end", "over New Year"],
)
def test_the_last_seven_days(deadline, crons):
    assert hourly_crons(deadline) == crons


@pytest.mark.parametrize(
    ("deadline", "crons"), [(date(2022, 3, 31), ["0 9 * 1-3 1"]), (date(2022, 1, 20), ["0 9 * 1 1"])]
)
def test_reminders_go_out_on_mondays_until_the_year_is_closed(deadline, crons):
    assert weekly_crons(deadline) == crons
