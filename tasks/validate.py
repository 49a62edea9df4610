"""Validating: every reading of the run in one batch, against the rules and what the warehouse knew before."""

from collections.abc import Mapping, Sequence
from typing import Any

from expectations.context import Context
from expectations.gathering import gather_context
from expectations.office_files.verdicts import judge_inspection
from expectations.others.concerned import concerned
from expectations.validation import judge
from gongkai.reporting.shared.manifest import LOGS
from gongkai.reporting.shared.write import write_json
from gongkai.submission.form import Reading
from gongkai.submission.verdict import JudgedReading
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.inspections import entries_with
from tasks.step import run_logger, step
from tasks.values import JudgedOffice, OfficeFile, Opaque
from tasks.workspace import Workspace

EVIDENCE = f"{LOGS}/great_expectations.json"
Evidence = list[Mapping[str, Any]]


@step("汇集核验依据")
def load_context(
    workspace: Workspace, known: Opaque[YearState], office: Opaque[Sequence[OfficeFile]]
) -> Opaque[Context]:
    """What the rules need beside the files: what is known of the year, and what the office granted up to now."""
    arriving = {one.file.name: one.said for one in office.value}
    granted = entries_with(workspace.engine, workspace.year, workspace.as_of, arriving)
    return Opaque(gather_context(known.value, granted))


@step("查找相关单位")
def find_concerned(
    taken: Opaque[Mapping[str, Sequence[Reading]]], known: Opaque[YearState], context: Opaque[Context]
) -> list[str]:
    """Codes, in registry order, of the units that are not asked for and whose verdicts the new files may change."""
    found = concerned(taken.value, context.value)
    codes = [unit.unit.code for unit in known.value.units if unit.unit.code in found]
    if codes:
        run_logger().info("本次收取的材料涉及 %s：其已收的材料一并重新核对", "、".join(codes))
    return codes


@step("核验材料", "核验 {count} 份材料")
def validate_readings(
    readings: Opaque[Sequence[Reading]],
    count: int,  # noqa: ARG001  # names the task run
    context: Opaque[Context],
) -> Opaque[tuple[list[JudgedReading], Evidence]]:
    """Judges all readings at once (`count` names the task run); gives the evidence too.

    Raises:
        RuleCrashed: a rule could not be evaluated; the run fails, no unit is blamed.
    """
    listed = readings.release()
    judgement = judge(listed, context.release())
    judged = [JudgedReading(*pair) for pair in zip(listed, judgement.verdicts, strict=True)]
    return Opaque((judged, judgement.evidence))


@step("留存核验记录")
def keep_evidence(workspace: Workspace, evidence: Opaque[Evidence]) -> None:
    """Keeps what Great Expectations itself said in the last validation: a log, no output that a manifest lists."""
    write_json(workspace.staging / EVIDENCE, {"year": workspace.year, "batches": evidence.release()})


@step("核验检查材料")
def judge_office_files(workspace: Workspace, office: Opaque[Sequence[OfficeFile]]) -> Opaque[list[JudgedOffice]]:
    """Judges the office's own input: readable entries count, whatever is wrong with others."""
    year, lock = workspace.year, workspace.lock
    return Opaque([JudgedOffice(one, judge_inspection(one.said, year, lock)) for one in office.value])
