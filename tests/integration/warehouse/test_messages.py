"""Messages and alarms as rows, the same on both databases: numbered, told once, and whose verdicts are news."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine

from gongkai.profile import Profile
from gongkai.warehouse.engine import reading as looking
from gongkai.warehouse.engine import write
from gongkai.warehouse.merge import merge_submission
from gongkai.warehouse.post import alarms
from gongkai.warehouse.post import messages as rows
from gongkai.warehouse.post.messages import Message
from gongkai.warehouse.runs import start_run
from tests.integration.warehouse.conftest import NOON

Make = Callable[..., Any]


def make_message(**values: Any) -> Message:
    given: dict[str, Any] = {
        "year": 2021,
        "unit": "T01",
        "kind": "verdict",
        "run_id": None,
        "queued_at": NOON,
        "tells": "a" * 64,
        "subject": "【退回修改】T01",
        "body": [{"kind": "paragraph", "text": "东风街道（T01）："}],
        "attachments": [{"name": "T01.html", "path": "2021/receipts/T01.html", "sha256": "b" * 64}],
        **values,
    }
    return Message(**given)


def test_a_message_is_numbered_among_its_units_and_read_back_as_it_was(engine: Engine) -> None:
    for unit in ("T01", "T02", "T01"):
        queued = write(engine, lambda c, unit=unit: rows.queue(c, make_message(unit=unit)))  # type: ignore[misc]
    with looking(engine) as connection:
        found = rows.messages(connection, 2021)
    assert [(one.unit, one.number) for one in found] == [("T01", 1), ("T02", 1), ("T01", 2)]
    assert found[-1] == queued
    assert found[-1].content_sha256 == make_message().content_sha256


def test_what_became_of_a_message_is_kept(engine: Engine) -> None:
    message = write(engine, lambda c: rows.queue(c, make_message()))
    later = NOON + timedelta(minutes=5)
    write(engine, lambda c: rows.sending(c, message, "t01@x.cn", "<1@x.cn>", NOON))
    write(engine, lambda c: rows.sent(c, message, "250 taken", later))
    with looking(engine) as connection:
        (found,) = rows.messages(connection, 2021, states=["sent"])
    assert (found.address, found.message_id, found.tries) == ("t01@x.cn", "<1@x.cn>", 1)
    assert (found.tried_at, found.sent_at, found.answer) == (NOON, later, "250 taken")


def test_a_verdict_is_news_until_a_run_has_told_it(engine: Engine, begin: Make, reading: Make, verdict: Make) -> None:
    first = begin(engine)
    merge_submission(engine, reading("T01"), verdict("returned", "未填写"), "T01", 2021, first)
    assert news(engine) == {"T01"}
    write(engine, lambda c: rows.have_told(c, first, NOON))
    assert news(engine) == set()
    second = begin(engine, 1)
    merge_submission(engine, reading("T02"), verdict(), "T02", 2021, second)
    assert news(engine) == {"T02"}


def news(engine: Engine) -> set[str]:
    with looking(engine) as connection:
        return rows.units_with_new_verdicts(connection, 2021)


def test_an_alarm_holds_until_it_is_released_or_raised_no_more(engine: Engine, profile: Profile) -> None:
    raised = [alarms.RaisedAlarm("BLANK", "a" * 64, 6, 10), alarms.RaisedAlarm("YOY-JUMP", "b" * 64, 5, 10)]
    runs = [start_run(engine, 2021, NOON + timedelta(hours=n), profile, "rules-1", {}) for n in range(3)]
    assert write(engine, lambda c: alarms.raise_alarms(c, 2021, runs[0], raised, NOON)) == raised
    write(engine, lambda c: alarms.release(c, 2021, ["BLANK"], "王主任", "核对过", NOON))
    with looking(engine) as connection:
        assert alarms.holding(connection, 2021) == {runs[0]: ("YOY-JUMP",)}
    assert write(engine, lambda c: alarms.raise_alarms(c, 2021, runs[1], raised[:1], NOON)) == []
    with looking(engine) as connection:
        assert alarms.holding(connection, 2021) == {}
    other = [alarms.RaisedAlarm("BLANK", "c" * 64, 6, 10)]
    assert write(engine, lambda c: alarms.raise_alarms(c, 2021, runs[2], other, NOON)) == other
