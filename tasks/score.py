"""Scores, ranks and scorecards: one task for the arithmetic, one a unit for its card."""

from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from gongkai.assessment.assess import assess_year
from gongkai.assessment.scorecard import Assessment, Scorecard
from gongkai.reporting.scorecard import write_scorecard
from gongkai.warehouse.scores import load_last_scores, store_scores
from tasks.values import Held, Picture
from tasks.workspace import Workspace


@task(name="评分与排名", cache_policy=NO_CACHE)
def score_units(workspace: Workspace, picture: Held[Picture]) -> Held[Assessment]:
    """Scores every assessed unit and ranks it within its group; a run that merged stores the scores."""
    last_year = load_last_scores(workspace.engine, workspace.year, workspace.as_of)
    assessment = assess_year(picture.value.state, last_year)
    if workspace.run_id:
        store_scores(workspace.engine, assessment, workspace.run_id, workspace.as_of)
    return Held(assessment)


@task(name="写出评分表", task_run_name="写出评分表 {unit}", cache_policy=NO_CACHE)
def write_unit_scorecard(workspace: Workspace, unit: str, card: Held[Scorecard], picture: Held[Picture]) -> list[Path]:
    """Writes one unit's scorecard as JSON, HTML and PDF (`unit` names the task run)."""
    return write_scorecard(card.value, picture.value.state, picture.value.basis, workspace.staging)
