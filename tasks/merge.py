"""Merging: every reading with its verdict goes into the warehouse, one transaction a file, one task a unit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from expectations.carrying import Earlier, earlier_of
from expectations.catalogue import catalogue_json, rules_version
from expectations.published import attached_to_accepted, is_attached_report, keep_acceptance
from expectations.revisions import accepted_of, judge_revision, repeats_accepted
from gongkai.submission.form import PUBLISHED
from gongkai.submission.verdict import Status
from gongkai.warehouse import attached_reports, merge, runs
from gongkai.warehouse.records import UnitYear, YearState
from tasks.values import JudgedOffice, JudgedReading, Opaque
from tasks.workspace import Workspace


@task(name="登记本次运行", cache_policy=NO_CACHE)
def begin_run(workspace: Workspace, parameters: Mapping[str, Any], started_at: datetime) -> None:
    """Records the run; everything it stores is known from the workspace's `as_of` on."""
    workspace.make_warehouse()
    lock = workspace.lock
    workspace.run_id = runs.start_run(
        workspace.engine,
        workspace.year,
        workspace.as_of,
        workspace.profile,
        lock.rules_version if lock else rules_version(),
        parameters,
        started_at,
        lock.rules if lock else catalogue_json(),
    )


@task(name="合并材料", task_run_name="合并 {unit}", cache_policy=NO_CACHE)
def merge_unit(
    workspace: Workspace, unit: str, judged: Opaque[Sequence[JudgedReading]], known: Opaque[YearState]
) -> None:
    """Merges one unit's files; each is judged beside the revisions before it.

    Args:
        workspace: the run's workspace.
        unit: the unit's code.
        judged: its readings with their verdicts, in the order of arrival.
        known: the year as the warehouse knew it before this run.
    """
    standing = known.value.unit(unit)
    files, beside = _parted(judged.release(), standing)
    stored = {revision.sha256: revision for revision in standing.revisions}
    earlier = {one.number: one for one in earlier_of(standing)}
    repeated = {one.sha256 for one in standing.repeated}
    seen: set[str] = set()
    before = {sha256: revision.number for sha256, revision in stored.items()}
    # Known files come first in their old order: a corrected clock of one of them must not renumber the others.
    for one in sorted(files, key=lambda one: before.get(one.reading.file.sha256, len(before) + 1)):
        sha256 = one.reading.file.sha256
        if sha256 in seen or (sha256 in repeated and sha256 not in stored):
            continue  # the same bytes twice are one; what was answered once stays so, whatever is accepted since
        seen.add(sha256)
        sooner = [past for number, past in sorted(earlier.items()) if number < before.get(sha256, number + 1)]
        verdict = judge_revision(one.reading, one.verdict, sooner)
        same = accepted_of(sooner)
        if sha256 in stored:
            verdict = keep_acceptance(verdict, stored[sha256].verdict)
        elif repeats_accepted(verdict) and same is not None:
            attached_reports.store_repeated(
                workspace.engine, one.reading.file, verdict, unit, workspace.year, same.number, workspace.run_id
            )
            get_run_logger().info("%s 的一份文件与第 %d 版内容相同，没有形成新的版本", unit, same.number)
            continue
        merged = merge.merge_submission(workspace.engine, one.reading, verdict, unit, workspace.year, workspace.run_id)
        if merged.settled:  # of a locked year: what was decided then stands
            verdict = stored[sha256].verdict
        earlier[merged.number] = Earlier(merged.number, one.reading.submission, verdict)
        if merged.new:
            get_run_logger().info("%s 第 %d 版：%s", unit, merged.number, verdict.status.value)
    _store_beside(workspace, standing, beside, earlier)


def _store_beside(
    workspace: Workspace, standing: UnitYear, beside: Sequence[JudgedReading], revisions: Mapping[int, Earlier]
) -> None:
    """Stores reports that came beside a submission, each with the revision it was compared with."""
    last = accepted_of([one for _, one in sorted(revisions.items())])
    stood = last if last and standing.accepted and last.number == standing.accepted.number else None
    for one in beside:
        verdict, against = one.verdict, max(revisions, default=None)
        if stood is not None and stood.submission is not None:
            verdict, against = attached_to_accepted(one.reading, verdict, stood.submission), stood.number
        code = standing.unit.code
        attached_reports.store_published(
            workspace.engine, one.reading, verdict, code, workspace.year, against, workspace.run_id
        )


def _parted(files: Sequence[JudgedReading], before: UnitYear) -> tuple[list[JudgedReading], list[JudgedReading]]:
    """The files that are revisions, and the reports that only came beside one and are new.

    A report that was taken as a revision, while it was all that the unit had sent, stays one.
    """
    revisions = {revision.sha256 for revision in before.revisions}
    known = {one.sha256 for one in before.published}
    submitted = any(r.kind != PUBLISHED and r.submission is not None for r in before.revisions)
    taken = [one.reading for one in files if one.verdict.status is not Status.QUARANTINED]
    beside = [
        one
        for one in files
        if one.reading.file.sha256 not in revisions and is_attached_report(one.reading, taken, submitted)
    ]
    apart = {id(one) for one in beside}
    return [one for one in files if id(one) not in apart], [
        one for one in beside if one.reading.file.sha256 not in known
    ]


@task(name="合并检查材料", cache_policy=NO_CACHE)
def merge_office_files(workspace: Workspace, judged: Opaque[Sequence[JudgedOffice]]) -> None:
    """Stores the office's own input; an entry that cannot be read is in the verdict, the others count."""
    for one in judged.value:
        said = one.office.said
        merge.merge_inspection(
            workspace.engine, one.office.file, said.entries, one.verdict, workspace.year, workspace.run_id
        )


@task(name="登记无法归属的文件", cache_policy=NO_CACHE)
def store_unplaced(workspace: Workspace, judged: Opaque[Sequence[JudgedReading]]) -> None:
    """Stores that files came in which are no unit's, with the reason."""
    for one in judged.value:
        merge.store_unassigned(workspace.engine, one.reading.file, one.verdict, workspace.year, workspace.run_id)


@task(name="登记运行结果", cache_policy=NO_CACHE)
def end_run(
    workspace: Workspace, state: str, outputs: Opaque[Sequence[tuple[str, str]]], finished_at: datetime
) -> None:
    """Records how the run ended (complete, incomplete or failed) and the hashes of what it wrote."""
    runs.record_outputs(workspace.engine, workspace.run_id, outputs.value)
    runs.finish_run(workspace.engine, workspace.run_id, state, finished_at)
