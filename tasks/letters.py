"""Mails to the units: a run queues what it has to tell; a deployment sends it, where the server is set to."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from prefect import get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from expectations.rule_bulletin import bulletins_of
from expectations.wording import rule_wording
from gongkai.delivery.incoming.journal import arrivals
from gongkai.errors import GongkaiError
from gongkai.profile import load_profile
from gongkai.reporting.findings.alarm import rule_alarms
from gongkai.reporting.letters import post_office
from gongkai.reporting.letters.page import page_of_letters
from gongkai.reporting.letters.queueing import RunLetters, queue_letters
from gongkai.reporting.letters.sending import SendingOutcome
from gongkai.reporting.outbox.reminder import reminders, write_reminder
from gongkai.reporting.shared.year_folder import YearFolder
from gongkai.settings import Settings, warehouse_url
from gongkai.warehouse.engine import reading
from gongkai.warehouse.records import YearState
from tasks.step import run_logger, step
from tasks.values import Opaque, YearSnapshot
from tasks.workspace import Workspace


@step("邮件排队")
def queue_run_letters(
    workspace: Workspace,
    snapshot: Opaque[YearSnapshot],
    outputs: Opaque[Sequence[tuple[str, str]]],
    whole: bool,
    inbox: Path | None = None,
) -> list[str]:
    """Queues a mail for every unit whose verdict is news, or whose own mail lacked its file; nothing is sent.

    Args:
        workspace: the run's workspace.
        snapshot: the year after the run.
        outputs: what the run put in place.
        whole: no unit's papers failed.
        inbox: the inbox that the run took in; None when it took in none.

    Returns:
        The sentence of every rule alarm that holds the mails back, to be said before anything else.
    """
    state, lock = snapshot.value.state, workspace.lock
    with reading(workspace.engine) as connection:
        bulletins = bulletins_of(connection, workspace.year)
    run = RunLetters(
        state=state,
        run_id=workspace.run_id,
        outputs=dict(outputs.value),
        alarms=rule_alarms(state, rule_wording(lock.rules if lock else None)),
        bulletins=bulletins,
        whole=whole,
        arrivals=arrivals(inbox) if inbox else (),
    )
    held = [one.sentence for one in queue_letters(workspace.engine, run)]
    for sentence in held:
        run_logger().warning("%s", sentence)
    return held


@task(name="写出催报通知", cache_policy=NO_CACHE)
def write_reminders(state: Opaque[YearState], out: Path) -> list[str]:
    """Writes every reminder that is due; returns the codes of the units."""
    outbox, due = YearFolder(out, state.value.year).open_outbox(), reminders(state.value)
    for one in due:
        write_reminder(one, state.value, outbox)
    return [one.unit.code for one in due]


@task(name="发送催报邮件", cache_policy=NO_CACHE)
def mail_reminders(state: Opaque[YearState], out: Path) -> SendingOutcome:
    """Queues and sends the reminders that are due, one a unit and day."""
    call = _call(state.value.year, out)
    return _shown(call, post_office.remind(call, reminders(state.value), state.value))


@task(name="发送待发邮件", cache_policy=NO_CACHE)
def send_queued_letters(year: int) -> SendingOutcome:
    """Sends what is queued."""
    call = _call(year, Settings().out)
    return _shown(call, post_office.notify(call, post_office.AlarmRelease()))


@task(name="送达签发的材料", cache_policy=NO_CACHE)
def deliver_issued_papers(year: int, units: Sequence[str]) -> SendingOutcome:
    """Sends what was issued."""
    call = _call(year, Settings().out)
    return _shown(call, post_office.deliver(call, units))


def _shown(call: post_office.Call, outcome: SendingOutcome) -> SendingOutcome:
    """The outcome, once the UI's page says what became of every mail of the year."""
    try:
        page = page_of_letters(call)
    except GongkaiError as error:  # what was sent stays sent
        call.say(f"“给单位的邮件”页没有更新：{error}")
        return outcome
    create_markdown_artifact(key=f"letters-{call.year}", markdown=page, description=f"{call.year} 年度给单位的邮件")
    return outcome


def _call(year: int, out: Path) -> post_office.Call:
    settings = Settings()
    zone = load_profile(settings.profile).district.zone
    return post_office.Call(
        year=year,
        out=out,
        warehouse=warehouse_url(out),
        profile=settings.profile,
        now=lambda: datetime.now(zone),
        say=get_run_logger().warning,
        bulletins=lambda connection: bulletins_of(connection, year),
        typed_in="run",
    )
