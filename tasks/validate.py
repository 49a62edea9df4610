"""Validating: every reading of the run in one batch, against the rules and what the warehouse knew before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from expectations.context import Peer, peers
from expectations.office import judge_inspection
from expectations.published import published_reports
from expectations.validation import Context, judge
from expectations.waivers import in_force
from gongkai.reporting.shared.manifest import LOGS
from gongkai.reporting.shared.write import write_json
from gongkai.submission.form import Reading
from gongkai.warehouse.inspections import extensions, load_inspections
from gongkai.warehouse.queries import load_previous, load_published, load_year
from tasks.values import JudgedOffice, JudgedReading, OfficeFile, Opaque
from tasks.workspace import Workspace

EVIDENCE = f"{LOGS}/great_expectations.json"
Evidence = list[Mapping[str, Any]]


@task(name="调取上年数据", cache_policy=NO_CACHE)
def load_context(workspace: Workspace, units: Collection[str], office: Opaque[Sequence[OfficeFile]]) -> Opaque[Context]:
    """What the rules need beside the files.

    Last year's submissions, the reports of earlier runs, what the office granted before or just now, and what units
    other than these (the ones whose files are judged) sent in earlier runs.
    """
    replaced = {one.file.name for one in office.value if one.said.entries or not one.said.issues}
    known = load_inspections(workspace.engine, workspace.year, workspace.as_of, replaced)
    said = [entry for one in office.value for entry in one.said.entries]
    granted = {entry.id: entry for entry in (*known, *said)}.values()
    return Opaque(
        Context(
            year=workspace.year,
            profile=workspace.profile,
            as_of=workspace.as_of,
            previous=load_previous(workspace.engine, workspace.year, workspace.as_of),
            extensions=extensions(granted),
            waivers=in_force(granted, workspace.profile.local(workspace.as_of).date()),
            lock=workspace.lock,
            peers=_peers(workspace, units),
            published=load_published(workspace.engine, workspace.year, workspace.as_of, workspace.profile),
        )
    )


def _peers(workspace: Workspace, units: Collection[str]) -> list[Peer]:
    """Of units that have no file here, what earlier runs took in; where everybody has one, nothing is asked for."""
    if {unit.code for unit in workspace.profile.expected(workspace.year)} <= set(units):
        return []
    return peers(load_year(workspace.engine, workspace.year, workspace.as_of, workspace.profile), units)


@task(name="核验材料", task_run_name="核验 {count} 份材料", cache_policy=NO_CACHE)
def validate_readings(
    readings: Opaque[Sequence[Reading]], count: int, context: Opaque[Context]
) -> Opaque[tuple[list[JudgedReading], Evidence]]:
    """Judges all readings at once (`count` names the task run); gives the evidence too.

    Raises:
        RuleCrashed: a rule could not be evaluated; the run fails, no unit is blamed.
    """
    listed, given = readings.release(), context.release()
    judgement = judge(listed, replace(given, published=published_reports(listed, given.year, given.published)))
    judged = [JudgedReading(*pair) for pair in zip(listed, judgement.verdicts, strict=True)]
    return Opaque((judged, judgement.evidence))


@task(name="留存核验记录", cache_policy=NO_CACHE)
def keep_evidence(workspace: Workspace, evidence: Opaque[Evidence]) -> None:
    """Keeps what Great Expectations itself said in the last validation: a log, no output that a manifest lists."""
    write_json(workspace.staging / EVIDENCE, {"year": workspace.year, "batches": evidence.release()})


@task(name="核验检查材料", cache_policy=NO_CACHE)
def judge_office_files(workspace: Workspace, office: Opaque[Sequence[OfficeFile]]) -> Opaque[list[JudgedOffice]]:
    """Judges the office's own input: readable entries count, whatever is wrong with others."""
    return Opaque([JudgedOffice(one, judge_inspection(one.said, workspace.year)) for one in office.value])
