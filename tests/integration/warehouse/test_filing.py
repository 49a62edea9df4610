"""A unit's files filed away as what they are, with the numbers that the warehouse gives."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from gongkai.submission.form import PUBLISHED
from gongkai.warehouse.filing import FiledReading, Role, file_readings
from gongkai.warehouse.merge import merge_submission
from gongkai.warehouse.queries import last_profile, load_year

Make = Callable[..., Any]


def test_each_file_is_stored_as_what_it_is(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    report = replace(reading(prepared_by="公开的报告"), kind=PUBLISHED)
    filed = [
        FiledReading(reading(), verdict(), Role.REVISION, 1),
        FiledReading(reading(cell=2), verdict(), Role.REVISION, 2),
        FiledReading(reading(prepared_by="另一人"), verdict(), Role.REPETITION, 1),
        FiledReading(report, verdict(), Role.ATTACHED_REPORT, 2),
    ]
    assert file_readings(engine, filed, "T01", 2021, begin(engine)) == filed
    assert file_readings(engine, filed, "T01", 2021, begin(engine, 1)) == [], "all of them are known by now"
    unit = load_year(engine, 2021, moment(1)).unit("T01")
    assert [revision.number for revision in unit.revisions] == [1, 2]
    assert [(one.sha256, one.number) for one in unit.repeated] == [(filed[2].reading.file.sha256, 1)]
    assert [(one.sha256, one.number) for one in unit.published] == [(report.file.sha256, 2)]


def test_what_is_held_against_a_revision_follows_the_number_that_it_really_got(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    run = begin(engine)
    merge_submission(engine, reading(cell=7), verdict(), "T01", 2021, run)  # by another run, since this one looked
    report = replace(reading(prepared_by="公开的报告"), kind=PUBLISHED)
    expected_first = [
        FiledReading(reading(), verdict(), Role.REVISION, 1),
        FiledReading(reading(prepared_by="另一人"), verdict(), Role.REPETITION, 1),
        FiledReading(report, verdict(), Role.ATTACHED_REPORT, 1),
    ]
    assert [one.number for one in file_readings(engine, expected_first, "T01", 2021, run)] == [2, 2, 2]
    unit = load_year(engine, 2021, moment(0)).unit("T01")
    assert ([one.number for one in unit.repeated], [one.number for one in unit.published]) == ([2], [2])


def test_what_is_answered_already_is_not_touched(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    answered = FiledReading(reading(), verdict(), Role.REVISION, 1, answered=True)
    assert file_readings(engine, [answered], "T01", 2021, begin(engine)) == []
    assert load_year(engine, 2021, moment(0)).unit("T01").revisions == ()


def test_a_file_is_judged_by_the_profile_of_the_last_run_where_nobody_names_one(
    engine: Engine, begin: Make, moment: Make, profile: Any
) -> None:
    assert last_profile(engine, moment(0)) is None
    begin(engine, 1)
    assert last_profile(engine, moment(0)) is None
    assert last_profile(engine, moment(1)) == profile
    assert last_profile(engine, moment(1), 2021) == profile
    assert last_profile(engine, moment(1), 2020) is None
