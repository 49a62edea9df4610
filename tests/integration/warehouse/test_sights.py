"""First sights: known bytes keep the moment at which the year received them, wherever and however often they lie."""

import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, text

from gongkai.submission.form import ReceivedFile
from gongkai.warehouse.merge import merge_submission
from gongkai.warehouse.rows.sights import as_first_seen, known_sights, record_sights

Make = Callable[..., Any]


@pytest.fixture
def file(reading: Make, moment: Make) -> ReceivedFile:
    """A file as its inbox shows it on day 0."""
    one: ReceivedFile = reading("T01", received_at=moment(0)).file
    return replace(one, modified_at=moment(0))


def test_a_copy_of_known_bytes_was_received_when_they_were(
    engine: Engine, begin: Make, file: ReceivedFile, moment: Make
) -> None:
    record_sights(engine, [file], 2021, begin(engine, 1))
    copied = replace(file, name="T02/copy.json", received_at=moment(60), modified_at=moment(60))
    record_sights(engine, [copied], 2021, begin(engine, 60))
    assert as_first_seen(copied, known_sights(engine, 2021), 2021).received_at == moment(0)


def test_new_bytes_stay_as_they_are_found(engine: Engine, file: ReceivedFile) -> None:
    assert as_first_seen(file, known_sights(engine, 2021), 2021) is file


def test_of_the_same_bytes_twice_the_earlier_arrival_counts(
    engine: Engine, begin: Make, file: ReceivedFile, moment: Make
) -> None:
    record_sights(engine, [replace(file, received_at=moment(3)), file], 2021, begin(engine, 4))
    assert known_sights(engine, 2021)[file.sha256].received_at == moment(0)


def test_bytes_that_another_year_has_seen_were_seen_then(
    engine: Engine, begin: Make, file: ReceivedFile, moment: Make
) -> None:
    """A run with a mistyped year stored them: this year's moment follows from its own rule and that first sight."""
    record_sights(engine, [replace(file, received_at=moment(1))], 2022, begin(engine, 1, year=2022))
    sights = known_sights(engine, 2021)
    assert as_first_seen(file, sights, 2021).received_at == moment(0), "saved before that, in the time of reporting"
    copied = replace(file, received_at=moment(60), modified_at=moment(60))
    assert as_first_seen(copied, sights, 2021).received_at == moment(1), "a copy: when they were first seen"


def test_a_warehouse_from_before_knows_what_it_holds(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    """The migration takes first sights from the rows of revisions and of the files beside them."""
    one = reading("T01", received_at=moment(0))
    merge_submission(engine, one, verdict(), "T01", 2021, begin(engine, 1))
    migration = importlib.import_module("gongkai.warehouse.migrations.versions.0017_first_sight")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE first_sight"))
        with Operations.context(MigrationContext.configure(connection)):
            migration.upgrade()
    assert known_sights(engine, 2021) == {one.file.sha256: (moment(1), moment(0))}
