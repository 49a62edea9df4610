"""What a run has to tell the units, queued in the warehouse: nothing leaves here.

Compared is what a unit was told last with what is decided now, so that a run that died before it queued anything is
made up for by the next one, and a verdict that changed back before anybody was told is no news.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from gongkai.delivery.incoming.arrivals import Arrival
from gongkai.reporting.findings.alarm import RuleAlarm
from gongkai.reporting.letters import no_file
from gongkai.reporting.letters.bulletin import Bulletin, bulletin_blocks
from gongkai.reporting.letters.verdict_mail import receipt_files, told_of, verdict_message
from gongkai.submission.verdict import Status
from gongkai.warehouse.engine import write
from gongkai.warehouse.post import alarms as alarm_rows
from gongkai.warehouse.post import messages as rows
from gongkai.warehouse.post.messages import LEFT, WAITING, Message
from gongkai.warehouse.records import Revision, YearState

_VERDICTS = ("verdict", "cleared")
_OVERTAKEN = "发出之前已有新的结论"
_AS_BEFORE = "发出之前结论又与此前告知的相同"


@dataclass(frozen=True)
class RunLetters:
    """What a run tells the units from.

    Attributes:
        state: the year after the run.
        outputs: path below `OUT/<year>` → SHA-256 of what it wrote.
        alarms: the rules in doubt.
        bulletins: every change of the rules in the year.
        arrivals: what was fetched into the run's inbox, ever.
        whole: no unit's papers failed; else those that failed are told by the next run.
    """

    state: YearState
    run_id: int
    outputs: Mapping[str, str]
    alarms: Sequence[RuleAlarm]
    bulletins: Sequence[Bulletin]
    whole: bool
    arrivals: Sequence[Arrival] = ()


def queue_letters(engine: Engine, run: RunLetters) -> list[RuleAlarm]:
    """Queues a message for every unit whose verdict is news; returns the alarms that hold them back.

    Raises:
        WarehouseError: the database refuses; nothing is queued then, and the next run does it.
    """
    return write(engine, lambda connection: _queue(connection, run))


def _queue(connection: Connection, run: RunLetters) -> list[RuleAlarm]:
    raised = [alarm_rows.RaisedAlarm(one.rule, one.basis, len(one.units), one.of) for one in run.alarms]
    year, at = run.state.year, run.state.as_of
    held = {one.rule for one in alarm_rows.raise_alarms(connection, year, run.run_id, raised, at)}
    histories: dict[str, list[Message]] = {}
    for message in rows.messages(connection, year):
        histories.setdefault(message.unit, []).append(message)
    unsent = {unit for unit, history in histories.items() if any(_waits(one) for one in history)}
    for code in sorted(rows.units_with_new_verdicts(connection, year) | unsent):
        _tell(connection, run, code, histories.get(code, []))
    _tell_of_no_file(connection, run, histories)
    if run.whole:
        rows.have_told(connection, run.run_id, at)
    return [one for one in run.alarms if one.rule in held]


def _waits(message: Message) -> bool:
    return message.kind in _VERDICTS and message.state in WAITING


def _tell(connection: Connection, run: RunLetters, code: str, history: Sequence[Message]) -> None:
    """Queues the message of one unit, if there is news and its papers are there; takes back what is true no more."""
    unit = run.state.find(code)
    if unit is None or unit.latest is None or not receipt_files(unit.unit, run.state.year, run.outputs):
        return
    waiting = [one for one in history if _waits(one)]
    told = next((one for one in reversed(history) if one.kind in _VERDICTS and one.state in LEFT), None)
    now = told_of(unit.latest)
    if told is not None and told.tells == now:
        for one in waiting:
            rows.supersede(connection, one, _AS_BEFORE)
        return
    bulletin = bulletin_blocks(run.bulletins, history, run.state.profile)
    news = verdict_message(
        unit, unit.latest, run.state, run.run_id, bulletin, run.outputs, cleared=_is_cleared(unit.latest, told)
    )
    same = next((one for one in waiting if one.tells == now), None)
    for one in waiting:
        if one is not same:
            rows.supersede(connection, one, _OVERTAKEN)
    for one in history:
        if one.kind == "reminder" and one.state in WAITING:
            rows.supersede(connection, one, _OVERTAKEN)
    if same is None:
        rows.queue(connection, news)
    else:
        rows.rewrite(connection, same, news)


def _tell_of_no_file(connection: Connection, run: RunLetters, histories: Mapping[str, list[Message]]) -> None:
    """Queues a hint to everybody whose last mail meant a file that did not come, once a mail; takes back the others."""
    told = rows.told_in_any_year(connection, no_file.KIND)
    due = {
        code: mail for code, mail in no_file.due(run.state, run.arrivals).items() if no_file.told_of(mail) not in told
    }
    for code in sorted({*due, *histories}):
        history, mail = histories.get(code, []), due.get(code)
        waiting = [one for one in history if one.kind == no_file.KIND and one.state in WAITING]
        tells = no_file.told_of(mail) if mail else None
        for one in waiting:
            if one.tells != tells:
                rows.supersede(connection, one, no_file.CAME_SINCE)
        if mail and not any(one.tells == tells for one in waiting) and not no_file.enough(history, run.state):
            bulletin = bulletin_blocks(run.bulletins, history, run.state.profile)
            rows.queue(connection, no_file.no_file_message(run.state.unit(code), mail, run.state, run.run_id, bulletin))


def _is_cleared(latest: Revision, told: Message | None) -> bool:
    """Whether the unit was told of this very submission that it is not accepted, and now it is."""
    return (
        told is not None
        and latest.verdict.status is Status.ACCEPTED
        and told.revision == latest.number
        and told.status != Status.ACCEPTED.value
    )
