"""The approval and the publication of the district's report, as forms: what `gongkai approve` and `publish` do.

Prefect has no users of its own, so who acts is what the form was given; the audit log says that it was typed there.
"""

from datetime import date
from typing import Any

from prefect import State, flow, get_run_logger
from prefect.runtime import flow_run
from prefect.states import Completed

from expectations.wording import rule_wording
from flows.final_state import told_plainly
from flows.parameters import labelled, reporting_year
from flows.plain_logs import speak_plainly
from gongkai.reporting.outbox import approval
from gongkai.reporting.outbox.report_act import Act
from gongkai.reporting.report.lacks import read_despite
from gongkai.settings import Settings

speak_plainly()


def _run_name() -> str:
    """How the office finds it: 2021 年度报告 王主任."""
    given = flow_run.parameters or {}
    return f"{given.get('year') or reporting_year()} 年度报告 {given.get('by') or ''}".strip()


@flow(
    name="审定全区报告",
    flow_run_name=_run_name,
    description="审定当前的全区报告送审稿：去掉“送审稿”字样，印发日期为审定之日，并记下审定人和理由。",
    persist_result=False,
)
def approve_report(
    by: str = labelled(..., "审定人", "姓名，记入决定记录", minLength=1),
    reason: str = labelled(..., "审定说明", "为何审定；更正时写明更正了什么、为什么", minLength=1),
    year: int = labelled(reporting_year(), "报告年度", "例如 2021。"),
    despite: list[str] = labelled([], "放行的缺项", "每项写作 编号=理由；没有缺项的不填"),
) -> State[Any]:
    """署名审定。"""
    return told_plainly(
        lambda: Completed(message=f"{approval.approve(_act(year, by), reason, read_despite(despite))}。"), "没有审定："
    )


@flow(
    name="记录报告发布",
    flow_run_name=_run_name,
    description="记录已审定的全区报告于何日发布在何处；此后再审定的即为更正。",
    persist_result=False,
)
def publish_report(
    by: str = labelled(..., "经办人", "姓名，记入决定记录", minLength=1),
    url: str = labelled(..., "网址", "报告发布的网址", minLength=1),
    on: date = labelled(..., "发布日期", "例如 2022-03-20"),
    year: int = labelled(reporting_year(), "报告年度", "例如 2021。"),
) -> State[Any]:
    """记录发布。"""
    return told_plainly(lambda: Completed(message=f"{approval.publish(_act(year, by), on, url)}。"), "没有记录：")


def _act(year: int, by: str) -> Act:
    say = get_run_logger().warning
    return Act(year=year, out=Settings().out, by=by, wordings=rule_wording, say=say, typed_in="form")
