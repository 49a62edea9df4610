"""When a file came in: its modification time where that can be believed, else its first sight."""

from datetime import datetime

import pytest

from gongkai.submission.inbox.arrival import received_at


def moment(said: str) -> datetime:
    return datetime.fromisoformat(f"{said}T09:00:00+08:00")


@pytest.mark.parametrize(
    ("modified", "counts", "why"),
    [
        ("2022-01-15", "2022-01-15", "it lies between the new year and the first sight"),
        ("2022-01-20", "2022-01-20", "seen the moment it was saved"),
        ("2022-02-03", "2022-01-20", "a copy made after it was first seen"),
        ("2021-12-30", "2022-01-20", "last changed before the year of reporting: no time of handing in"),
        ("1980-01-01", "2022-01-20", "an archive's own zero"),
    ],
)
def test_a_modification_time_counts_from_the_new_year_to_the_first_sight(modified: str, counts: str, why: str) -> None:
    assert received_at(moment(modified), moment("2022-01-20"), 2021) == moment(counts), why


def test_the_first_moment_of_the_new_year_counts() -> None:
    opens = datetime.fromisoformat("2022-01-01T00:00:00+08:00")
    assert received_at(opens, moment("2022-01-20"), 2021) == opens


def test_before_the_new_year_everything_is_received_when_it_is_seen() -> None:
    assert received_at(moment("2021-12-15"), moment("2021-12-20"), 2021) == moment("2021-12-20")


def test_while_no_year_is_said_any_past_moment_is_believed() -> None:
    assert received_at(moment("2019-05-05"), moment("2022-01-20"), None) == moment("2019-05-05")
