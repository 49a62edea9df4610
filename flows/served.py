"""The forms of the server: what an operator may choose, and nothing else.

A server's folders, its profile and the moment are its settings' and the clock's; so no form here has a path or a
moment. The work is the same as the command line's (`flows.annual`); a call that is wrong ends as a sentence.
"""

from typing import Any

from prefect import State, flow

from flows.annual import run_name, two_at_once, work
from flows.final_state import told_plainly
from flows.mailing import with_letters
from flows.order import complete_order
from flows.parameters import STEPS, Step, labelled, reporting_year, stages_of, unit_codes, unit_names
from flows.plain_logs import speak_plainly
from tasks.show import UserInterface

speak_plainly()

YEAR = labelled(reporting_year(), "报告年度", "例如 2021。")
UNIT = labelled(..., "单位", f"补报的单位：{unit_names()}", enum=unit_codes())
UNITS = labelled(
    [], "单位", f"只收取这些单位的材料；不选为全部：{unit_names()}", items={"type": "string", "enum": unit_codes()}
)


@flow(
    name="年度考核",
    flow_run_name=run_name,
    description="收齐各单位报送的材料，核验、合并，写出全区年度报告、评分表、看板和回执。",
    task_runner=two_at_once(),
    persist_result=False,
)
def annual_assessment(
    year: int = YEAR,
    units: list[str] = UNITS,
    stages: list[Step] = labelled(list(STEPS), "步骤", "只做这些步骤及其前提；不改为全部。"),
) -> State[Any]:
    """收齐、核验、合并、汇总、评分、出稿。"""
    return told_plainly(lambda: _assess(year, units, stages))


@flow(
    name="逐时核验",
    flow_run_name=run_name,
    description="截止前的最后一周，每小时收一次材料，更新全部结果。",
    task_runner=two_at_once(),
    persist_result=False,
)
def hourly_assessment(year: int = YEAR) -> State[Any]:
    """收齐、核验、合并、汇总、评分、出稿。"""
    return told_plainly(lambda: _assess(year, [], []))


@flow(
    name="单位重收",
    flow_run_name=run_name,
    description="某个单位补报后，只重新收取它的材料，并更新全区结果。",
    task_runner=two_at_once(),
    persist_result=False,
)
def unit_rerun(unit: str = UNIT, year: int = YEAR) -> State[Any]:
    """重新收取一个单位的材料。"""
    return told_plainly(lambda: _assess(year, [unit], [], asked=unit))


def _assess(year: int, units: list[str], steps: list[Step], asked: str | None = None) -> State[Any]:
    order = complete_order(
        year=year, units=units, stages=stages_of(steps), inbox=None, out=None, profile=None, as_of=None
    )
    return with_letters(work(order, asked, UserInterface()), order.year)
