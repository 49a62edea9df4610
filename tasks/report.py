"""The district's totals from the warehouse, and its annual report."""

from dataclasses import replace
from pathlib import Path

from expectations.district_rollup import check_rollup
from expectations.office_files.edited_report import compared, edited_reports
from expectations.wording import rule_wording
from gongkai.findings import Severity
from gongkai.profile.arrangement import with_calendar
from gongkai.profile.loader import profile_sha256
from gongkai.reporting.report.writer import DistrictReport, write_report
from gongkai.reporting.shared.manifest import basis_sha256
from gongkai.reporting.style import day
from gongkai.submission.inspection.entry import office_file
from gongkai.submission.verdict import Status
from gongkai.warehouse.pulse import pulse
from gongkai.warehouse.queries import load_year as load_year_state
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.report_decisions import approved_documents
from gongkai.warehouse.runs import run_moments
from gongkai.warehouse.totals import compute_totals
from tasks.step import step
from tasks.values import Opaque, YearSnapshot
from tasks.workspace import Workspace


@step("读取年度数据")
def load_year(workspace: Workspace) -> Opaque[YearState]:
    """The year as the warehouse knows it at the workspace's moment.

    Raises:
        CallError: a rebuild of a year of which nothing was known at that moment.
    """
    workspace.seen = pulse(workspace.engine)
    profile = None if workspace.rebuilding else workspace.profile
    state = load_year_state(workspace.engine, workspace.year, workspace.as_of, profile)
    if workspace.calendar is not None:
        supplied = with_calendar(state.profile, workspace.calendar)
        state = replace(state, profile=supplied, profile_sha256=profile_sha256(supplied))
    return Opaque(state)


@step("核对数据仓库")
def has_moved_on(workspace: Workspace, snapshot: Opaque[YearSnapshot]) -> bool:
    """Whether the warehouse says something else by now than what the outputs were made from."""
    if pulse(workspace.engine) == workspace.seen:
        return False
    return basis_sha256(load_year.fn(workspace).value) != snapshot.value.basis


@step("汇总各单位")
def total_district(state: Opaque[YearState]) -> Opaque[YearSnapshot]:
    """Sums the accepted revisions, and proves the sums against an independent one.

    Raises:
        RuleCrashed: a total differs from the sum of the units; nothing is printed.
        CalendarError: a date lies in a year whose working days nobody has supplied.
    """
    totals = compute_totals(state.value)
    check_rollup(totals, state.value.accepted)
    return Opaque(YearSnapshot(state.value, totals, basis_sha256(state.value)))


@step("写出年度报告")
def write_district_report(workspace: Workspace, snapshot: Opaque[YearSnapshot]) -> list[Path]:
    """Writes `report/` as its state has it: a draft, unless the same content was approved.

    A locked year's explanations stand in the words of its own rules.
    """
    earlier = approved_documents(workspace.engine, workspace.year, snapshot.value.state.as_of)
    return write_report(_report(workspace, snapshot.value), workspace.staging / "report", earlier)


@step("核对修改稿")
def compare_edited_reports(workspace: Workspace, snapshot: Opaque[YearSnapshot]) -> Opaque[YearSnapshot]:
    """The year with what is to be said of the reports that the office edited and laid into its folder."""
    known = snapshot.value
    if not edited_reports(known.state):
        return snapshot
    dated = [day(known.state.profile.local(at)) for at in run_moments(workspace.engine, workspace.year)]
    files = compared(_report(workspace, known), dated)
    for file in files:
        if file.document is not None and file.verdict.status is not Status.ACCEPTED:
            many = sum(one.severity is not Severity.NOTICE for one in file.verdict.findings)
            workspace.remark(f"修改稿 {office_file(file.name)} 有 {many} 处须改正或核实，见主管部门录入文件的回执。")
    return Opaque(replace(known, state=replace(known.state, office_files=files)))


def _report(workspace: Workspace, known: YearSnapshot) -> DistrictReport:
    lock = workspace.lock
    wording = rule_wording(lock.rules if lock else None)
    return DistrictReport(known.state, known.totals, known.basis, wording, known.state.report)
