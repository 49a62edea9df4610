"""Reminders as messages: the text that lies in the outbox, with the last returned workbook; one a unit and day."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Engine

from gongkai.profile.letters import LetterText
from gongkai.reporting.letters.blocks import MessageBlock, paragraphs, to_json
from gongkai.reporting.letters.bulletin import Bulletin, bulletin_blocks
from gongkai.reporting.letters.district_words import every_letters_facts, letter_text
from gongkai.reporting.letters.foot import foot, head
from gongkai.reporting.outbox.reminder import Reminder
from gongkai.reporting.receipt.view import marked_workbook
from gongkai.reporting.receipt.writer import RECEIPTS
from gongkai.warehouse.engine import write
from gongkai.warehouse.post import messages as rows
from gongkai.warehouse.post.messages import LEFT, WAITING, Message
from gongkai.warehouse.records import UnitYear, YearState

KIND = "reminder"


def queue_reminders(
    engine: Engine, due: Sequence[Reminder], state: YearState, out: Path, bulletins: Sequence[Bulletin] = ()
) -> list[str]:
    """Queues those that were not sent today; returns the codes of the units that were reminded today already.

    Raises:
        WarehouseError: the database refuses; nothing is queued.
    """
    return write(engine, lambda connection: _queue(connection, due, state, out, bulletins))


def told_on(day: date) -> str:
    """What a reminder of a day tells: that day's, whatever its words."""
    return hashlib.sha256(f"催报 {day.isoformat()}".encode()).hexdigest()


def _queue(
    connection: Connection, due: Sequence[Reminder], state: YearState, out: Path, bulletins: Sequence[Bulletin]
) -> list[str]:
    today = told_on(state.profile.local(state.as_of).date())
    last_run = rows.last_told_run(connection, state.year)
    before = []
    for one in due:
        history = rows.messages(connection, state.year, unit=one.unit.code)
        if any(past.kind == KIND and past.state in LEFT and past.tells == today for past in history):
            before.append(one.unit.code)
            continue
        unit = state.unit(one.unit.code)
        bulletin = bulletin_blocks(bulletins, history, state.profile)
        news = reminder_message(one, unit, state, out, bulletin, last_run)
        waiting = [past for past in history if past.kind == KIND and past.state in WAITING]
        for past in waiting:
            rows.supersede(connection, past, "已有新的催报")
        rows.queue(connection, news)
    return before


def reminder_message(
    reminder: Reminder,
    unit: UnitYear,
    state: YearState,
    out: Path,
    bulletin: Sequence[MessageBlock],
    last_run: int | None,
) -> Message:
    """The message of one reminder, not queued yet; what tells of findings waits for a rule alarm of the last run."""
    return Message(
        year=state.year,
        unit=unit.unit.code,
        kind=KIND,
        run_id=last_run if unit.latest is not None else None,
        rules_run_id=last_run,
        queued_at=state.as_of,
        tells=told_on(state.profile.local(state.as_of).date()),
        subject=_text(reminder, state).subject,
        body=to_json(_blocks(reminder, unit, state, bulletin)),
        attachments=_returned(unit, state.year, out),
    )


def _text(reminder: Reminder, state: YearState) -> LetterText:
    facts = {
        **every_letters_facts(state.profile, reminder.unit.code, reminder.unit.name, state.year),
        "brief": reminder.headline,
        "until_words": reminder.until,
    }
    return letter_text(state.profile, KIND, facts)


def _blocks(
    reminder: Reminder, unit: UnitYear, state: YearState, bulletin: Sequence[MessageBlock]
) -> list[MessageBlock]:
    text = _text(reminder, state)
    return [
        *head(unit.unit, state.profile),
        MessageBlock("lead", reminder.headline, "○"),
        *(MessageBlock("paragraph", line) for line in reminder.owes),
        *(MessageBlock("item", line, sign, place) for sign, line, place in reminder.to_fix),
        *_marked(unit),
        *paragraphs(text.opening),
        *bulletin,
        *paragraphs(text.closing),
        *foot(state.profile, state.as_of),
    ]


def _marked(unit: UnitYear) -> list[MessageBlock]:
    name = marked_workbook(unit, unit.latest) if unit.latest else None
    return (
        [MessageBlock("paragraph", f"附件 {name} 是上次退回的填报表，要改的格都已标出，可直接在其中改好。")]
        if name
        else []
    )


def _returned(unit: UnitYear, year: int, out: Path) -> list[dict[str, str]]:
    """The last returned workbook, where one lies there."""
    name = marked_workbook(unit, unit.latest) if unit.latest else None
    path = out / str(year) / RECEIPTS / name if name else None
    if name is None or path is None or not path.is_file():
        return []
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return [{"name": name, "path": f"{year}/{RECEIPTS}/{name}", "sha256": sha256}]
