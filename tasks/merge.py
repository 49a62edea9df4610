"""Merging: every reading with its verdict goes into the warehouse, one transaction a file, one task a unit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from expectations.acceptance import Decisions
from expectations.admission import judge_earlier
from expectations.catalogue import catalogue_in_force, catalogue_json, rules_version
from expectations.roles import decide_roles
from gongkai.submission.form import ReceivedFile
from gongkai.submission.verdict import JudgedReading
from gongkai.warehouse import merge, runs
from gongkai.warehouse.filing import Role, file_readings
from gongkai.warehouse.later_found import mask_found_later
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.attached_reports import store_beside
from gongkai.warehouse.rows.sights import record_sights
from tasks.step import run_logger, step
from tasks.values import JudgedOffice, Opaque
from tasks.workspace import Workspace

_FILED = {
    Role.REVISION: "%s 第 %d 版：%s",
    Role.REPETITION: "%s 的一份文件与第 %d 版内容相同，没有形成新的版本（%s）",
    Role.ATTACHED_REPORT: "%s 的一份年度报告只与第 %d 版核对，不形成新的版本（%s）",
    Role.ATTACHMENT: "%s 的一份附件已列入回执，不形成新的版本%.0s（%s）",
    Role.APPEAL: "%s 的一份申诉已列入回执，不形成新的版本%.0s（%s）",
    Role.UNREADABLE: "%s 的一份文件没有读出，已列入回执，不形成新的版本%.0s（%s）",
}


@step("登记本次运行")
def begin_run(workspace: Workspace, parameters: Mapping[str, Any], started_at: datetime) -> None:
    """Records the run; everything it stores is known from the workspace's `as_of` on."""
    workspace.make_warehouse()
    if dead := runs.mark_dead_runs(workspace.engine, workspace.year):
        run_logger().warning("此前有 %d 次运行中途中断，已作标记；本次运行从数据仓库现有内容继续", dead)
    for (year, unit), count in mask_found_later(workspace.engine, workspace.as_of).items():
        again = "" if year == workspace.year else f"，请重新写出 {year} 年度的成果（gongkai rebuild）"
        workspace.remark(f"{unit} {year} 年度此前收入的材料中有 {count} 处个人信息，已在数据仓库中遮盖{again}。")
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


@step("登记初次收到")
def keep_first_sights(workspace: Workspace, files: Opaque[Sequence[ReceivedFile]]) -> None:
    """Stores when the bytes of these files were first seen, and since when they count as received."""
    record_sights(workspace.engine, files.value, workspace.year, workspace.run_id)


@step("合并材料", "合并 {unit}")
def merge_unit(
    workspace: Workspace,
    unit: str,
    judged: Opaque[Sequence[JudgedReading]],
    known: Opaque[YearState],
    decisions: Opaque[Decisions],
) -> None:
    """Merges one unit's files; each is judged beside the revisions before it.

    Args:
        workspace: the run's workspace.
        unit: the unit's code.
        judged: its readings with their verdicts, in the order of arrival.
        known: the year as the warehouse knew it before this run.
        decisions: the office's entries that may end an acceptance.
    """
    lock = workspace.lock
    catalogue = catalogue_in_force(lock.rules if lock else None)
    decided = decide_roles(judged.release(), known.value.unit(unit), decisions.value, catalogue)
    for one in file_readings(workspace.engine, decided, unit, workspace.year, workspace.run_id):
        run_logger().info(_FILED[one.role], unit, one.number or 0, one.verdict.status.word)


@step("登记往年的文件")
def store_files_of_other_years(workspace: Workspace, elsewhere: Mapping[str, Sequence[ReceivedFile]]) -> None:
    """Tells units that have sent nothing of this year that a file of theirs is one of another year, handed in again."""
    for unit, files in elsewhere.items():
        for file in files:
            held = merge.held_for_other_year(workspace.engine, unit, file.sha256, workspace.year)
            if held is None:
                continue
            verdict = judge_earlier(file, held, workspace.year, workspace.profile)
            if store_beside(workspace.engine, file, Role.ATTACHMENT, verdict, unit, workspace.year, workspace.run_id):
                run_logger().info("%s 的一份文件是已收的 %d 年度报送，不是本年度的", unit, held.year)


@step("合并检查材料")
def merge_office_files(workspace: Workspace, judged: Opaque[Sequence[JudgedOffice]]) -> None:
    """Stores the office's own input; an entry that cannot be read is in the verdict, the others count."""
    for one in judged.value:
        said = one.office.said
        file, year, run_id = one.office.file, workspace.year, workspace.run_id
        merge.merge_inspection(
            workspace.engine, file, said.entries, one.verdict, year, run_id, said.form, said.document
        )


@step("登记无法归属的文件")
def store_unplaced(workspace: Workspace, judged: Opaque[Sequence[JudgedReading]]) -> None:
    """Stores that files came in which are no unit's, with the reason."""
    for one in judged.value:
        merge.store_unassigned(workspace.engine, one.reading.file, one.verdict, workspace.year, workspace.run_id)


@step("登记运行结果")
def end_run(
    workspace: Workspace, state: str, outputs: Opaque[Sequence[tuple[str, str]]], finished_at: datetime
) -> None:
    """Records how the run ended (complete, incomplete or failed) and the hashes of what it wrote."""
    runs.record_outputs(workspace.engine, workspace.run_id, outputs.value)
    runs.finish_run(workspace.engine, workspace.run_id, state, finished_at)
