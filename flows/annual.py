"""The year's work from top to bottom: collect → validate → merge → report → score → draft.

`annual_assessment` is what the command line runs; the server's forms are in `flows.served`. All are the one order of
steps in `work`; the steps are in `tasks`. A unit that fails never stops the others, and the final state names every
unit that is not accepted. Nothing here waits for a person: it writes drafts.
"""

from datetime import datetime
from pathlib import Path
from typing import Any, Literal, cast

from prefect import State, flow
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.final_state import StepFailures, final_state
from flows.intake import take_in
from flows.order import Order, complete_order
from flows.parameters import STAGES, Stage, labelled, reporting_year, unit_codes
from gongkai.assessment.scorecard import Scorecard
from gongkai.errors import BusyError
from gongkai.loading import collector_seldom
from gongkai.settings import Settings
from gongkai.warehouse.claim import claimed
from gongkai.warehouse.records import YearState
from tasks.draft import (
    publish_outputs,
    sign_unit_receipts,
    write_board_and_ranking,
    write_findings_pages,
)
from tasks.letters import queue_run_letters
from tasks.merge import end_run
from tasks.papers import keep_changed_papers, take_over_unchanged, write_other_receipts, write_unit_documents
from tasks.report import compare_edited_reports, has_moved_on, load_year, total_district, write_district_report
from tasks.score import score_units, with_conflicts
from tasks.show import Screen
from tasks.step import run_logger
from tasks.values import Opaque
from tasks.workspace import Workspace, open_workspace

_TRIES = 3


def two_at_once() -> TaskRunner[PrefectFuture[Any]]:
    """Threads: reading and writing files wait for the disk, and a warehouse takes one writer at a time anyway."""
    return cast(TaskRunner[PrefectFuture[Any]], ThreadPoolTaskRunner(max_workers=2))


def run_name() -> str:
    """2021 年度考核, or 2021 年度考核 T03: how the operator finds a run, and how whoever waits hears of it."""
    given = flow_run.parameters or {}
    units = given.get("units") or ([given["unit"]] if given.get("unit") else [])
    return " ".join([f"{given.get('year') or reporting_year()} 年度考核", *units[:6]])


@flow(
    name="年度考核（命令行）",
    flow_run_name=run_name,
    description="收齐各单位报送的材料，核验、合并，写出全区年度报告、评分表、看板和回执。",
    task_runner=two_at_once(),
    persist_result=False,
)
def annual_assessment(
    year: int | None = labelled(None, "报告年度", "例如 2021；不填为上一年度"),
    units: list[str] = labelled(
        [], "单位", "只收取这些单位的材料；不选为全部", items={"type": "string", "enum": unit_codes()}
    ),
    stages: list[Stage] = labelled(list(STAGES), "步骤", "只做这些步骤及其前提；不选为全部"),
    inbox: Path | None = labelled(None, "收件目录", "不填用服务器设置"),
    out: Path | None = labelled(None, "输出目录", "不填用服务器设置"),
    profile: Path | None = labelled(None, "配置目录", "不填用服务器设置"),
    as_of: datetime | None = labelled(None, "截至时刻", "视为“现在”的时刻；不填用当前时刻"),
) -> State[Any]:
    """收齐、核验、合并、汇总、评分、出稿。"""
    return work(
        complete_order(year=year, units=units, stages=stages, inbox=inbox, out=out, profile=profile, as_of=as_of)
    )


def work(order: Order, asked: str | None = None, screen: Screen | None = None) -> State[Any]:
    """One run, step by step, once the year is its own; called inside a flow.

    Args:
        order: what is to be done.
        asked: the one unit that it is about.
        screen: the Prefect UI that somebody looks at; none for the command line, whose server ends with it.
    """
    who, wait = str(flow_run.name or "年度考核"), Settings().wait
    with claimed(order.warehouse, order.out, order.year, who, wait, run_logger().warning), collector_seldom():
        return _steps(order.begun(), asked, screen or Screen())


def _steps(order: Order, asked: str | None, screen: Screen) -> State[Any]:
    workspace = open_workspace(
        order.year,
        order.as_of,
        Opaque(order.profile),
        not order.takes_in,
        order.out,
        order.warehouse,
        order.by_the_clock,
        Opaque(order.calendar) if order.calendar else None,
    )
    failures = StepFailures()
    try:
        if order.takes_in:
            with screen.step("收件、核验、合并"):
                take_in(workspace, order, failures, screen)
        state, outputs = _drafted(workspace, order, failures, screen)
        ended = final_state(state.value, failures, workspace.remarks, asked, workspace.first_words)
        if workspace.run_id:
            word = _word(ended, state.value.incomplete)
            end_run(workspace, word, outputs, datetime.now(order.as_of.tzinfo))
        return ended
    finally:
        workspace.close()


Listed = Opaque[list[tuple[str, str]]]
"""Path and hash of what was put in place."""


def _drafted(
    workspace: Workspace, order: Order, failures: StepFailures, screen: Screen
) -> tuple[Opaque[YearState], Listed]:
    """What is published is what the warehouse says at that moment: what has moved on meanwhile is written again.

    Whoever changes the year claims it first, so this guards against a hand in the database and a claim that was lost.

    Raises:
        BusyError: it moved on every time; the outputs that stand are the last ones.
    """
    for _ in range(_TRIES):
        state = load_year(workspace)
        outputs = _write(workspace, order, state, failures, screen)
        if outputs is not None:
            return state, outputs
        run_logger().warning("写出成果期间数据仓库有了新的内容，重新写出")
        workspace.start_over()
    raise BusyError(
        f"{order.year} 年度的数据仓库在写出成果期间一再变化（{_TRIES} 次），本次没有发布，此前的成果原样保留。"
        "请确认没有其他程序直接改写数据库，然后重新运行。"
    )


def _write(
    workspace: Workspace, order: Order, state: Opaque[YearState], failures: StepFailures, screen: Screen
) -> Listed | None:
    """The second half: report → score → draft; None where what was written is the warehouse's no more.

    What a disk or the database that failed left is no year: it is not published.
    """
    if not order.stages & {"report", "score", "draft"}:
        return Opaque([])
    snapshot = total_district(state)
    writing: dict[str, PrefectFuture[Any]] = {}
    cards: dict[str, Scorecard] = {}
    answered = "draft" in order.stages
    with screen.step("写出材料"):
        if "report" in order.stages:
            writing[state.value.profile.district.says("全区报告")] = write_district_report.submit(workspace, snapshot)
        if "score" in order.stages:
            assessment = score_units(workspace, snapshot)
            cards = {card.unit: card for card in assessment.value.scorecards}
            snapshot = with_conflicts(snapshot, assessment)
        if answered:
            snapshot = compare_edited_reports(workspace, snapshot)
        papers = take_over_unchanged(workspace, Opaque(cards), answered, snapshot)
        for unit in (one.unit.code for one in state.value.units if one.unit.code in papers.value.units):
            writing[unit] = write_unit_documents.submit(workspace, unit, Opaque(cards.get(unit)), papers, snapshot)
        failures.results(writing, "出稿")
    if failures.machine:
        return Opaque([])
    with screen.step("签名、看板、发布"):
        if answered:
            write_other_receipts(workspace, papers, snapshot)
            sign_unit_receipts(workspace, order.key)
            write_board_and_ranking(workspace, assessment, snapshot)
            write_findings_pages(workspace, snapshot)
        if has_moved_on(workspace, snapshot):
            return None
        keep_changed_papers(workspace, papers)
        outputs = publish_outputs(workspace, snapshot, answered)
    if answered and workspace.run_id:
        workspace.first_words = queue_run_letters(workspace, snapshot, outputs, not failures, order.inbox)
        screen.warn(workspace)
    if answered:
        screen.show(workspace, snapshot, assessment, outputs)
    return outputs


def _word(ended: State[Any], provisional: bool) -> Literal["complete", "incomplete", "failed"]:
    if not ended.is_completed():
        return "failed"
    return "incomplete" if provisional else "complete"
