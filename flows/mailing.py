"""What a server sends by itself: the queued mails at the end of a run, and what was issued when somebody says so.

Only where `GONGKAI_NOTIFY=on`; else everything stays queued for `gongkai notify` and `deliver`.
"""

from typing import Any

from prefect import State, flow
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows.final_state import PARTLY, told_plainly
from flows.parameters import labelled, reporting_year, unit_codes, unit_names
from flows.plain_logs import speak_plainly
from gongkai.errors import GongkaiError
from gongkai.reporting.letters.outcome_words import outcome_lines
from gongkai.reporting.letters.sending import SendingOutcome
from gongkai.settings import ServerSettings
from tasks.letters import deliver_issued_papers, send_queued_letters

speak_plainly()

OFF = "本服务器没有打开邮件（GONGKAI_NOTIFY 不是 on），没有发送。"


def sends_mail() -> bool:
    """Whether this server sends mail by itself."""
    return ServerSettings().notify == "on"


def with_letters(ended: State[Any], year: int) -> State[Any]:
    """A run's end, once what it queued is sent; a mail that could not be sent fails no run, it is told."""
    if not sends_mail() or not ended.is_completed():
        return ended
    try:
        outcome = send_queued_letters(year)
    except GongkaiError as error:
        return Completed(name=PARTLY, message=f"{ended.message}邮件没有发送：{error}")
    name = ended.name if outcome.complete else PARTLY
    return Completed(name=name, message=f"{ended.message}{said(outcome, 'notify')}")


def said(outcome: SendingOutcome, command: str) -> str:
    """What became of the mails, in one line."""
    return "".join(line.strip() for line in outcome_lines(outcome, command))


def _run_name() -> str:
    given = flow_run.parameters or {}
    return f"{given.get('year') or reporting_year()} 年度送达"


@flow(
    name="送达",
    flow_run_name=_run_name,
    description="把已签发的评分表、回执和签发单发到各单位的邮箱；相同的内容从不发第二次。",
    persist_result=False,
)
def deliver_papers(
    year: int = labelled(reporting_year(), "报告年度", "例如 2021。"),
    units: list[str] = labelled(
        [], "单位", f"只发给这些单位；不选为全部：{unit_names()}", items={"type": "string", "enum": unit_codes()}
    ),
) -> State[Any]:
    """发送已签发的材料。"""
    return told_plainly(lambda: _deliver(year, units), "没有送达：") if sends_mail() else Completed(message=OFF)


def _deliver(year: int, units: list[str]) -> State[Any]:
    outcome = deliver_issued_papers(year, units)
    message = said(outcome, "deliver")
    return Completed(message=message) if outcome.complete else Failed(message=message)
