"""Runs, their outputs, and the scores that next year's scorecards compare with."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from gongkai.assessment.scorecard import Assessment, IndicatorScore, Measured, Scorecard
from gongkai.profile import Profile
from gongkai.reporting.shared.manifest import basis_sha256
from gongkai.warehouse import models
from gongkai.warehouse.engine import reading
from gongkai.warehouse.merge import merge_submission
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.rows.known import LATEST
from gongkai.warehouse.rows.scores import last_scores, store_scores
from gongkai.warehouse.runs import finish_run, mark_dead_runs, record_outputs, start_run

Make = Callable[..., Any]


def load_last_scores(engine: Engine, year: int, as_of: datetime) -> Mapping[str, Mapping[str, Decimal]]:
    with reading(engine) as connection:
        lines = last_scores(connection, year, as_of)
        return {
            unit: {code: one.score for code, one in said.items() if one.score is not None}
            for unit, said in lines.items()
        }


def line(code: str, score: str | None) -> IndicatorScore:
    points = None if score is None else Decimal(score)
    return IndicatorScore(code, "A", "指标", "", Decimal("10"), points, score is not None, Measured())


def card(unit: str, total: str | None, *lines: IndicatorScore, year: int = 2021) -> Scorecard:
    none = Decimal(0)
    points = None if total is None else Decimal(total)
    return Scorecard(
        unit, unit, "town", year, 1, "default_2021", points, "良好", 1, 10, (), none, none, (), (), lines, None, None,
        date(2022, 5, 1),
    )  # fmt: skip


def assessment(*cards: Scorecard) -> Assessment:
    return Assessment(2021, "default_2021", cards)


def score_rows(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(models.Score)).scalar_one())


def test_a_run_keeps_what_it_was_called_with_and_how_it_ended(engine: Engine, profile: Profile, moment: Make) -> None:
    run = start_run(engine, 2021, moment(0), profile, "rules-1", {"units": ["T01"]}, started_at=moment(0))
    finish_run(engine, run, "incomplete", finished_at=moment(0.01))
    with engine.connect() as connection:
        row = connection.execute(select(models.Run.__table__)).one()
    assert (row.id, row.year, row.as_of, row.state) == (run, 2021, moment(0), "incomplete")
    assert (row.parameters, row.started_at, row.finished_at) == ({"units": ["T01"]}, moment(0), moment(0.01))


def test_a_run_cannot_end_in_an_unknown_state(engine: Engine, begin: Make) -> None:
    with pytest.raises(ValueError, match="splendid"):
        finish_run(engine, begin(engine), "splendid")


def test_a_run_that_died_is_marked_by_the_next_and_only_in_its_year(
    engine: Engine, profile: Profile, moment: Make
) -> None:
    ended = start_run(engine, 2021, moment(0), profile, "rules-1", {})
    finish_run(engine, ended, "complete", finished_at=moment(0))
    start_run(engine, 2021, moment(1), profile, "rules-1", {})
    start_run(engine, 2020, moment(1), profile, "rules-1", {})
    assert mark_dead_runs(engine, 2021) == 1
    assert mark_dead_runs(engine, 2021) == 0
    with engine.connect() as connection:
        states = connection.execute(select(models.Run.year, models.Run.state).order_by(models.Run.id)).all()
    assert [tuple(row) for row in states] == [(2021, "complete"), (2021, "failed"), (2020, "running")]


def test_an_output_that_is_written_again_replaces_its_hash(engine: Engine, begin: Make) -> None:
    run = begin(engine)
    record_outputs(engine, run, [("board.html", "a" * 64), ("ranking.json", "b" * 64)])
    record_outputs(engine, run, [("board.html", "c" * 64)])
    record_outputs(engine, run, [])
    with engine.connect() as connection:
        rows = connection.execute(select(models.Output.path, models.Output.sha256).order_by(models.Output.path)).all()
    assert [tuple(row) for row in rows] == [("board.html", "c" * 64), ("ranking.json", "b" * 64)]


def test_last_years_scores_come_back_by_code_with_the_total(engine: Engine, begin: Make, moment: Make) -> None:
    given = assessment(card("T01", "88.50", line("A1", "9.25"), line("A2", None)), card("T02", None))
    assert store_scores(engine, given, begin(engine), moment(0)) == 2
    assert load_last_scores(engine, 2022, moment(0)) == {
        "T01": {"A1": Decimal("9.25"), "total": Decimal("88.50")},
        "T02": {},
    }
    assert load_last_scores(engine, 2021, moment(0)) == {}
    assert load_last_scores(engine, 2022, moment(-1)) == {}


def test_drafts_stand_while_nothing_comes_in_though_last_year_is_scored_anew(
    engine: Engine, begin: Make, moment: Make, reading: Make, verdict: Make
) -> None:
    before = begin(engine, -200, year=2020)
    merge_submission(engine, reading("T01", year=2020), verdict(), "T01", 2020, before)
    scored = Assessment(2020, "default_2021", (card("T01", "88", line("A1", "9"), year=2020),))
    store_scores(engine, scored, before, moment(-200))
    run = begin(engine)
    merge_submission(engine, reading("T01"), verdict(), "T01", 2021, run)
    drafted = load_year(engine, 2021, moment(0))
    assert drafted.last_state is not None
    later = begin(engine, 1)
    assert basis_sha256(load_year(engine, 2021, LATEST, drawn_at=moment(0))) == basis_sha256(drafted)
    merge_submission(engine, reading("T01", reason="更正"), verdict(), "T01", 2021, later)
    assert basis_sha256(load_year(engine, 2021, LATEST, drawn_at=moment(0))) != basis_sha256(drafted)


def test_unchanged_scores_write_nothing(engine: Engine, begin: Make, moment: Make) -> None:
    given = assessment(card("T01", "88.50", line("A1", "9.25")), card("T02", "70", line("A1", "7")))
    store_scores(engine, given, begin(engine), moment(0))
    before = score_rows(engine)
    assert store_scores(engine, given, begin(engine, 1), moment(1)) == 0
    assert score_rows(engine) == before


def test_a_changed_unit_is_written_again_and_each_moment_keeps_its_own(
    engine: Engine, begin: Make, moment: Make
) -> None:
    first = card("T01", "88.50", line("A1", "9.25"), line("A2", "5"))
    second = replace(card("T01", "90.00", line("A1", "9.75")), version=2)
    other = card("T02", "70", line("A1", "7"))
    store_scores(engine, assessment(first, other), begin(engine), moment(0))
    assert store_scores(engine, assessment(second, other), begin(engine, 1), moment(1)) == 1
    assert load_last_scores(engine, 2022, moment(0))["T01"]["A2"] == Decimal(5)
    now = load_last_scores(engine, 2022, moment(1))
    assert now["T01"] == {"A1": Decimal("9.75"), "total": Decimal("90.00")}
    assert now["T02"] == {"A1": Decimal(7), "total": Decimal(70)}


def test_storing_again_in_one_run_replaces_its_lines(engine: Engine, begin: Make, moment: Make) -> None:
    run = begin(engine)
    store_scores(engine, assessment(card("T01", "88", line("A1", "9"), line("A2", "5"))), run, moment(0))
    store_scores(engine, assessment(card("T01", "87", line("A1", "8"))), run, moment(0))
    assert load_last_scores(engine, 2022, moment(0)) == {"T01": {"A1": Decimal(8), "total": Decimal(87)}}
