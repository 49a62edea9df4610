"""The post office: what `gongkai notify`, `deliver` and the deployments ask for, under the claim on the year.

Each comes here with a call; what is listed only (`--dry-run`) writes nothing and needs no mail server.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from gongkai.delivery.mail import mail_settings
from gongkai.errors import CallError
from gongkai.profile import Profile, load_profile
from gongkai.reporting.letters.bulletin import Bulletin
from gongkai.reporting.letters.issued import KIND as ISSUED
from gongkai.reporting.letters.issued import Issued, issued_messages, queue_issued
from gongkai.reporting.letters.leaving import Obstacles
from gongkai.reporting.letters.reminding import KIND as REMINDER
from gongkai.reporting.letters.reminding import queue_reminders
from gongkai.reporting.letters.sending import Sender, SendingOutcome, queued, send, settle_interrupted
from gongkai.reporting.outbox.reminder import Reminder
from gongkai.settings import MailSettings, Settings
from gongkai.warehouse.audit import TypedIn
from gongkai.warehouse.claim import claimed
from gongkai.warehouse.engine import is_there, looked_at, opened, reading, write
from gongkai.warehouse.post import alarms
from gongkai.warehouse.post import messages as rows
from gongkai.warehouse.post.messages import Message
from gongkai.warehouse.queries import last_profile
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.issued import last_notes
from gongkai.warehouse.rows.known import LATEST

QUEUED = ("verdict", "cleared", "reminder", "no_file")
"""The kinds that wait in the queue for `notify`."""

Bulletins = Callable[[Connection], Sequence[Bulletin]]


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call.

    Attributes:
        warehouse: its URL.
        profile: today's configuration folder; None for the profile of the last run.
        now: the clock; what a mail is dated with.
        say: is told for whom this waits, if it has to.
        bulletins: the changes of the rules in the year.
    """

    year: int
    out: Path
    warehouse: str
    profile: Path | None
    now: Callable[[], datetime]
    say: Callable[[str], None]
    bulletins: Bulletins = lambda _: ()
    typed_in: TypedIn = "command"

    def registry(self, engine: Engine) -> tuple[Profile, bool]:
        """The profile of today, and whether the year's data are a demonstration's.

        Raises:
            CallError: the warehouse knows nothing of the year.
        """
        last = last_profile(engine, LATEST, self.year)
        if last is None:
            raise CallError(f"数据仓库中没有 {self.year} 年度的运行记录。请核对 --year、--out 和 --warehouse。")
        today = load_profile(self.profile) if self.profile else last
        return today, today.district.demonstration or last.district.demonstration


@dataclass(frozen=True)
class AlarmRelease:
    """Rules whose alarm somebody releases, by name."""

    rules: Sequence[str] = ()
    by: str = ""
    reason: str = ""


def notify(call: Call, release: AlarmRelease, again: Collection[str] = (), day: date | None = None) -> SendingOutcome:
    """Sends what is queued; first releases the rules that somebody names.

    Args:
        call: where and when.
        release: what is released.
        again: units whose uncertain mails somebody has found not to have arrived.
        day: the day whose reminders go out; None for the clock's.

    Raises:
        ConfigurationError: no mail server is set; nothing has been changed.
        CallError: there is nothing of the year, or a rule holds nothing back.
        BusyError: another run holds the year and does not end.
    """
    server = mail_settings()
    with _at_work(call, "发送邮件") as engine:
        if release.rules:
            write(
                engine,
                lambda c: alarms.release(c, call.year, release.rules, release.by, release.reason, call.now()),
            )
        return _send(engine, call, server, QUEUED, again, lambda: queued(engine, call.year, QUEUED), day=day)


def deliver(call: Call, codes: Collection[str], again: Collection[str] = ()) -> SendingOutcome:
    """Sends what was issued and has not been sent.

    Raises:
        ConfigurationError, CallError, BusyError: as `notify`; a code that the registry lacks.
    """
    server = mail_settings()
    with _at_work(call, "送达签发的材料") as engine:
        before: list[str] = []

        def due() -> list[Message]:
            found, had = write(engine, lambda c: _queue_issued(c, call, _issued(c, engine, call, codes), codes))
            before.extend(had)
            return found

        with reading(engine) as connection:
            by = {code: note["by"] for code, note in last_notes(connection, call.year).items()}
        outcome = _send(engine, call, server, (ISSUED,), again, due, by)
        return replace(outcome, before=before, nothing=[code for code in codes if code not in by])


def remind(call: Call, due: Sequence[Reminder], state: YearState) -> SendingOutcome:
    """Queues reminders and sends them: one a unit and day, whoever asks for it how often.

    Raises:
        ConfigurationError, CallError, BusyError: as `notify`.
    """
    server = mail_settings()
    codes, day = {one.unit.code for one in due}, state.profile.local(state.as_of).date()
    with _at_work(call, "发送催报") as engine:
        with reading(engine) as connection:
            bulletins = call.bulletins(connection)
        before = queue_reminders(engine, due, state, call.out, bulletins)
        outcome = _send(
            engine,
            call,
            server,
            (REMINDER,),
            (),
            lambda: [one for one in queued(engine, call.year, (REMINDER,)) if one.unit in codes],
            day=day,
        )
        return replace(outcome, before=before)


def list_queued(call: Call) -> list[tuple[Message, str]]:
    """What `notify` would send: each message with its address, or with what stands in its way."""
    with looked_at(call.warehouse) as engine:
        return _listed(engine, call, queued(engine, call.year, QUEUED))


def list_issued(call: Call, codes: Collection[str]) -> tuple[list[tuple[Message, str]], SendingOutcome]:
    """What `deliver` would send, likewise; and who has the papers already, or has none to get."""
    with looked_at(call.warehouse) as engine:
        with reading(engine) as connection:
            issue = _issued(connection, engine, call, codes)
            found, before = issued_messages(connection, issue, call.out, codes)
            notes = last_notes(connection, call.year)
        nothing = [code for code in codes if code not in notes]
        return _listed(engine, call, found), SendingOutcome(before=before, nothing=nothing)


@contextmanager
def _at_work(call: Call, doing: str) -> Iterator[Engine]:
    if not is_there(call.warehouse):
        raise CallError("数据仓库不存在：请核对 --warehouse 或 --out。")
    wait = Settings().wait
    with claimed(call.warehouse, call.out, call.year, doing, wait, call.say), opened(call.warehouse) as engine:
        yield engine


def _send(
    engine: Engine,
    call: Call,
    server: MailSettings,
    kinds: Collection[str],
    again: Collection[str],
    due: Callable[[], list[Message]],
    by: Mapping[str, str] | None = None,
    day: date | None = None,
) -> SendingOutcome:
    registry, demonstration = call.registry(engine)
    interrupted = settle_interrupted(engine, call.year, kinds)
    write(engine, lambda c: _again(c, call.year, kinds, again))
    sender = Sender(
        year=call.year,
        out=call.out,
        registry=registry,
        demonstration=demonstration,
        server=server,
        clock=call.now,
        today=day or registry.local(call.now()).date(),
        typed_in=call.typed_in,
        by=by or {},
    )
    outcome = send(engine, sender, due())
    still = {unit: why for unit, why in interrupted.items() if unit not in again}
    return replace(outcome, uncertain={**still, **outcome.uncertain})


def _again(connection: Connection, year: int, kinds: Collection[str], codes: Collection[str]) -> None:
    uncertain = rows.messages(connection, year, kinds=kinds, states=["uncertain"])
    for code in codes:
        found = [one for one in uncertain if one.unit == code]
        if not found:
            raise CallError(f"{code} 没有是否送达不能确定的邮件，没有重发。")
        for one in found:
            rows.again(connection, one)


def _issued(connection: Connection, engine: Engine, call: Call, codes: Collection[str]) -> Issued:
    registry, _ = call.registry(engine)
    registry.chosen(call.year, codes)
    return Issued(year=call.year, profile=registry, at=call.now(), bulletins=call.bulletins(connection))


def _queue_issued(
    connection: Connection, call: Call, issue: Issued, codes: Collection[str]
) -> tuple[list[Message], list[str]]:
    found, before = issued_messages(connection, issue, call.out, codes)
    return queue_issued(connection, found), before


def _listed(engine: Engine, call: Call, messages: Sequence[Message]) -> list[tuple[Message, str]]:
    registry, demonstration = call.registry(engine)
    today = registry.local(call.now()).date()
    obstacles = Obstacles(engine, call.year, call.out, registry, demonstration, None)
    return [
        (one, obstacles.out_of_date(one, today) or obstacles.of(one) or obstacles.address(one) or "")
        for one in messages
    ]
