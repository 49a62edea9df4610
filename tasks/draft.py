"""The drafts of the whole year: board, ranking, findings and manifest, put in place together."""

import json
from pathlib import Path

from expectations.office_files.verdicts import not_counted, review_office
from expectations.wording import rule_wording
from gongkai.assessment.office.inspection_quality import inspection_quality
from gongkai.assessment.scorecard import Assessment
from gongkai.errors import ConfigurationError
from gongkai.reporting.board.office_work import office_work
from gongkai.reporting.board.writer import write_board
from gongkai.reporting.findings.writer import write_findings
from gongkai.reporting.ranking import write_ranking
from gongkai.reporting.receipt.district_signature import district_key
from gongkai.reporting.receipt.signature import sign_receipts
from gongkai.reporting.shared.across_years import unclaimed_notice
from gongkai.reporting.shared.manifest import write_manifest
from gongkai.reporting.summary.writer import write_summary
from tasks.step import run_logger, step
from tasks.values import Opaque, YearSnapshot
from tasks.workspace import Workspace


@step("签署回执")
def sign_unit_receipts(workspace: Workspace, key: Path) -> list[Path]:
    """Signs the receipts with the district's key. Without it they stay unsigned; log and the run's end say why."""
    try:
        return sign_receipts(workspace.staging / "receipts", district_key(workspace.engine, key, workspace.as_of))
    except ConfigurationError as error:
        workspace.remarks.append(f"回执未签名：{error}")
        run_logger().error("回执未签名：%s", error)
        return []


@step("写出看板与排名")
def write_board_and_ranking(
    workspace: Workspace, assessment: Opaque[Assessment], snapshot: Opaque[YearSnapshot]
) -> list[Path]:
    """Writes the board of all units, the ranking, and the two pages for the leaders."""
    state, staging, lock = snapshot.value.state, workspace.staging, workspace.lock
    wording = rule_wording(lock.rules if lock else None)
    if (said := unclaimed_notice(state)) is not None:
        workspace.remark(said)
    quality, left_out = inspection_quality(state.office, state.draws), not_counted(review_office(state))
    waiting = office_work(assessment.value, left_out, quality, state)
    return [
        *write_board(state, staging, snapshot.value.totals, wording, waiting),
        *write_ranking(assessment.value, state, snapshot.value.basis, staging),
        *write_summary(assessment.value, state, snapshot.value.basis, staging),
    ]


@step("写出核对结果")
def write_findings_pages(workspace: Workspace, snapshot: Opaque[YearSnapshot]) -> list[Path]:
    """Writes what the rules found: one page for the district, one for each unit, and the list as JSON."""
    lock = workspace.lock  # a locked year is told in the words of its own rules
    wording = rule_wording(lock.rules if lock else None)
    return write_findings(snapshot.value.state, snapshot.value.basis, wording, workspace.staging)


@step("落盘")
def publish_outputs(
    workspace: Workspace, snapshot: Opaque[YearSnapshot], complete: bool
) -> Opaque[list[tuple[str, str]]]:
    """Puts the outputs in place at one instant, with a manifest when they are the complete set of a year.

    Returns:
        Path below `OUT/<year>` and SHA-256 of every listed output.
    """
    listed: list[tuple[str, str]] = []
    if complete:
        (manifest,) = write_manifest(snapshot.value.state, snapshot.value.basis, workspace.staging)
        outputs = json.loads(manifest.read_text(encoding="utf-8"))["outputs"]
        listed = [(output["path"], output["sha256"]) for output in outputs]
    workspace.publish(complete)
    return Opaque(listed)
