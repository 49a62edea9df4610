"""Scores and ranks of all assessed units; their scorecards are written with the unit's other documents (`draft`)."""

from gongkai.assessment.assess import assess_year
from gongkai.assessment.scorecard import Assessment
from gongkai.warehouse.rows.scores import store_scores
from tasks.step import step
from tasks.values import Opaque, YearSnapshot
from tasks.workspace import Workspace


@step("评分与排名")
def score_units(workspace: Workspace, snapshot: Opaque[YearSnapshot]) -> Opaque[Assessment]:
    """Scores every assessed unit and ranks it within its group; a run that merged stores the scores."""
    assessment = assess_year(snapshot.value.state, snapshot.value.state.previous_scores)
    if workspace.run_id:
        store_scores(workspace.engine, assessment, workspace.run_id, workspace.as_of)
    return Opaque(assessment)
