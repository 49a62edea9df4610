"""Scores and ranks of all assessed units; their scorecards are written with the unit's other documents (`draft`)."""

from dataclasses import replace

from gongkai.assessment.assess import assess_year
from gongkai.assessment.scorecard import Assessment
from gongkai.warehouse.rows.decided_scores import store_decided_scores
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
        decided, run_id = assessment.decided, workspace.run_id
        store_decided_scores(workspace.engine, workspace.year, decided, run_id, workspace.as_of)
    return Opaque(assessment)


def with_conflicts(snapshot: Opaque[YearSnapshot], assessment: Opaque[Assessment]) -> Opaque[YearSnapshot]:
    """The year with what its scores say against the office's decisions, for the office's receipt."""
    known = snapshot.value
    office = replace(known.state.office, conflicts=(*known.state.office.conflicts, *assessment.value.conflicts))
    return Opaque(replace(known, state=replace(known.state, office=office)))
