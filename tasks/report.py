"""The district's totals from the warehouse, and its annual report."""

from dataclasses import replace
from pathlib import Path

from expectations.district_rollup import check_rollup
from expectations.wording import rule_wording
from gongkai.profile.arrangement import with_calendar
from gongkai.profile.loader import profile_sha256
from gongkai.reporting.report.writer import DistrictReport, write_report
from gongkai.reporting.shared.manifest import basis_sha256
from gongkai.warehouse.pulse import pulse
from gongkai.warehouse.queries import load_year as load_year_state
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.report_decisions import approved_documents, load_standing
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


@step("汇总全区")
def total_district(state: Opaque[YearState]) -> Opaque[YearSnapshot]:
    """Sums the accepted revisions, and proves the sums against an independent one.

    Raises:
        RuleCrashed: a total differs from the sum of the units; nothing is printed.
        CalendarError: a date lies in a year whose working days nobody has supplied.
    """
    totals = compute_totals(state.value)
    check_rollup(totals, state.value.accepted)
    return Opaque(YearSnapshot(state.value, totals, basis_sha256(state.value)))


@step("写出全区报告")
def write_district_report(workspace: Workspace, snapshot: Opaque[YearSnapshot]) -> list[Path]:
    """Writes `report/` as its state has it: a draft, unless the same content was approved.

    A locked year's explanations stand in the words of its own rules.
    """
    known, lock = snapshot.value, workspace.lock
    wording = rule_wording(lock.rules if lock else None)
    as_of = known.state.as_of
    standing = load_standing(workspace.engine, workspace.year, as_of, as_of)
    report = DistrictReport(known.state, known.totals, known.basis, wording, standing)
    earlier = approved_documents(workspace.engine, workspace.year, as_of)
    return write_report(report, workspace.staging / "report", earlier)
