"""The weekly reminders: who is not accepted gets a text, and a mail where the server sends mail."""

from datetime import datetime
from typing import Any

from prefect import State, flow
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows.final_state import told_plainly
from flows.mailing import OFF, said, sends_mail
from flows.parameters import labelled, reporting_year
from flows.plain_logs import speak_plainly
from gongkai.errors import CallError
from gongkai.profile import load_profile
from gongkai.settings import Settings, warehouse_url
from gongkai.warehouse.engine import is_there, opened
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.records import YearState
from tasks.letters import mail_reminders, write_reminders
from tasks.values import Opaque

speak_plainly()


def _run_name() -> str:
    return f"{(flow_run.parameters or {}).get('year') or reporting_year()} 年度催报"


@flow(
    name="催报",
    flow_run_name=_run_name,
    description="给还没有受理的单位写催报通知；打开了邮件（GONGKAI_NOTIFY=on）的同时发邮件，一天不发第二次。",
    persist_result=False,
)
def remind_units(year: int = labelled(reporting_year(), "报告年度", "例如 2021。")) -> State[Any]:
    """写催报通知，发邮件。"""
    return told_plainly(lambda: _remind(year))


def _remind(year: int) -> State[Any]:
    settings = Settings()
    now = datetime.now(load_profile(settings.profile).district.zone)
    state = _known(year, warehouse_url(settings.out), now)
    if state is None:
        return Completed(message=f"{year} 年度还没有收过材料，没有催报。")
    codes = write_reminders(Opaque(state), settings.out)
    told = f"{year} 年度：催报 {len(codes)} 个单位" + (f"（{'、'.join(codes)}）。" if codes else "。")
    if not sends_mail():
        return Completed(message=f"{told}只写了通知：{OFF}")
    outcome = mail_reminders(Opaque(state), settings.out)
    message = f"{told}{said(outcome, 'notify')}"
    return Completed(message=message) if outcome.complete else Failed(message=message)


def _known(year: int, url: str, now: datetime) -> YearState | None:
    """The year as the warehouse knows it; None before anything came in."""
    if not is_there(url):
        return None
    with opened(url) as engine:
        try:
            return load_year(engine, year, now)
        except CallError:
            return None
