"""The approval in the Prefect UI: somebody reads the drafts, then runs this with a name and a reason.

Prefect has no users of its own, so who approved is what the form was given; the issue note in each outbox says it.
"""

from datetime import datetime
from typing import Any

from prefect import State, flow, get_run_logger
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.final_state import told_plainly
from flows.parameters import labelled, reporting_year
from flows.plain_logs import speak_plainly
from gongkai.profile import load_profile
from gongkai.reporting.outbox.release import release
from gongkai.reporting.report.lacks import read_despite
from gongkai.settings import Settings, warehouse_url
from tasks.show import show_issue

speak_plainly()


def _run_name() -> str:
    """How the office finds it: 2021 签发 王主任."""
    given = flow_run.parameters or {}
    return f"{given.get('year') or reporting_year()} 签发 {given.get('by') or ''}".strip()


@flow(
    name="签发",
    flow_run_name=_run_name,
    description="把当前的回执和评分表放入各单位的发件箱，并记下签发人和说明。",
    persist_result=False,
)
def release_outputs(
    by: str = labelled(..., "签发人", "姓名，写入签发单", minLength=1),
    reason: str = labelled(..., "签发说明", "为何签发，例如：定稿送达、申诉决定", minLength=1),
    year: int = labelled(reporting_year(), "报告年度", "例如 2021。"),
    despite: list[str] = labelled([], "放行的缺项", "每项写作 编号=理由；没有缺项的不填"),
    final: bool = labelled(False, "正式签发", "先不勾选，签发征求意见稿；申诉期满、各项办结后再勾选，签发正式评分表"),
) -> State[Any]:
    """署名签发。"""
    return told_plainly(lambda: _release(by, reason, year, despite, final), "没有签发：")


def _release(by: str, reason: str, year: int, despite: list[str], final: bool) -> State[Any]:
    settings = Settings()
    say = get_run_logger().warning
    now = datetime.now(load_profile(settings.profile).district.zone)
    released = read_despite(despite)
    said = release(year, settings.out, by, reason, None, now, say, released, typed_in="form", final=final)
    show_issue(year, settings.out, warehouse_url(settings.out))
    return Completed(message=f"{said}。")
