"""The audit log: a decision is logged once, in its own transaction, and whoever touches an entry is found out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from gongkai.submission.form import ReceivedFile
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.audit import BY_RULE, Decision, Kind, entries, head_of, record
from gongkai.warehouse.audit.chain import ChainFault, Verified, verify
from gongkai.warehouse.engine import reading, write
from gongkai.warehouse.locks import lock_year
from gongkai.warehouse.merge import merge_inspection, merge_submission
from gongkai.warehouse.rows.samples import draws
from gongkai.warehouse.runs import start_run
from tests.integration.warehouse.conftest import NOON

Make = Callable[..., Any]


def decided(n: int, **further: Any) -> Decision:
    return Decision(
        **{
            "kind": Kind.EXTENDED, "at": NOON + timedelta(hours=n), "by": "李主任", "typed_in": "command", "year": 2021,
            "subject": f"T{n:02}", "reason": "人员轮换", "before": None, "after": {"until": "2022-02-10"}, **further,
        }
    )  # fmt: skip


def log(engine: Engine, *decisions: Decision) -> int:
    return write(engine, lambda connection: record(connection, *decisions))


def tamper(engine: Engine, statement: str) -> Verified:
    with engine.begin() as connection:
        connection.execute(text(statement))
    return verify(engine)


def named(found: Verified) -> list[tuple[int, str]]:
    return [(broken.sequence, broken.what) for broken in found.broken]


@pytest.fixture
def five(engine: Engine) -> Engine:
    log(engine, *(decided(n) for n in range(1, 6)))
    return engine


def test_an_entry_says_who_when_what_and_why(engine: Engine) -> None:
    log(engine, decided(1, reason="第一次\x00", before={"until": None}))
    (entry,) = entries(engine)
    assert (entry.sequence, entry.kind, entry.by, entry.year, entry.subject) == (1, "extended", "李主任", 2021, "T01")
    assert (entry.reason, entry.before, entry.after) == ("第一次\ufffd", '{"until":null}', '{"until":"2022-02-10"}')
    assert entry.at == NOON + timedelta(hours=1)
    assert entry.account
    assert verify(engine).broken == ()


def test_the_same_decision_is_logged_once_and_another_one_again(engine: Engine) -> None:
    assert log(engine, decided(1), decided(1)) == 1
    assert log(engine, decided(1, at=NOON + timedelta(days=9))) == 0
    assert log(engine, decided(1, reason="再次轮换")) == 1
    assert log(engine, decided(1, identity="a"), decided(1, identity="b")) == 2
    assert verify(engine).entries == 4


def test_a_decision_that_is_undone_leaves_no_entry(engine: Engine) -> None:
    def fails(connection: Any) -> None:
        record(connection, decided(1))
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        write(engine, fails)
    assert entries(engine) == []
    assert verify(engine).broken == ()


def test_writers_at_once_make_one_chain(engine: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda n: log(engine, decided(n), decided(n + 50)), range(12))) == 24
    found = verify(engine)
    assert (found.entries, found.head.sequence, found.broken) == (24, 24, ())


def test_a_whole_log_names_its_head(five: Engine) -> None:
    found = verify(five)
    with five.connect() as connection:
        assert found.head == head_of(connection)
    assert (found.entries, found.head.hash, found.broken) == (5, entries(five)[-1].hash, ())


@pytest.mark.parametrize("column", ["by", "reason", "subject", "after", "account", "kind", "hash", "previous"])
def test_an_altered_entry_is_named(five: Engine, column: str) -> None:
    found = tamper(five, f"UPDATE audit_log SET \"{column}\" = '王主任' WHERE sequence = 3")  # noqa: S608
    assert named(found)[0] == (3, "altered")
    assert {sequence for sequence, _ in named(found)} <= {3, 4}


def test_an_altered_moment_or_year_is_named(five: Engine) -> None:
    assert named(tamper(five, "UPDATE audit_log SET year = 2020 WHERE sequence = 2")) == [(2, "altered")]
    at = "UPDATE audit_log SET at = '2020-01-01 00:00:00.000000' WHERE sequence = 5"
    assert named(tamper(five, at)) == [(2, "altered"), (5, "altered")]


def test_missing_entries_are_named_in_the_middle_at_the_start_and_at_the_end(five: Engine) -> None:
    assert named(tamper(five, "DELETE FROM audit_log WHERE sequence IN (2, 3)")) == [(2, "missing")]
    assert named(tamper(five, "DELETE FROM audit_log WHERE sequence = 1")) == [(1, "missing")]
    found = tamper(five, "DELETE FROM audit_log WHERE sequence = 5")
    assert named(found) == [(1, "missing"), (5, "missing")]
    assert found.broken[0].message == "缺少第 1—3 条。"


def test_an_entry_put_in_at_the_end_is_named(five: Engine) -> None:
    copied = (
        "INSERT INTO audit_log SELECT 6, at, kind, '王主任', account, typed_in, year, subject, reason, \"before\","
        " \"after\", 'forged', hash, 'forged' FROM audit_log WHERE sequence = 5"
    )
    assert (6, "inserted") in named(tamper(five, copied))


def test_an_entry_pushed_in_between_is_named(five: Engine) -> None:
    other = entries(five)[1]
    with five.begin() as connection:  # well forged: it follows the second, with a hash of its own that is right
        for sequence in (5, 4, 3):
            connection.execute(text("UPDATE audit_log SET sequence = :n + 1 WHERE sequence = :n"), {"n": sequence})
        connection.execute(text("UPDATE audit_head SET sequence = 2, hash = :hash"), {"hash": other.hash})
        record(connection, decided(9, by="王主任"))
        connection.execute(text("UPDATE audit_head SET sequence = 6, hash = (SELECT hash FROM audit_log"
                                " WHERE sequence = 6)"))  # fmt: skip
    assert verify(five).broken == (ChainFault(3, "inserted", "第 3 条是插入的：第 4 条接着的是它前面的一条。"),)


def test_a_chain_written_anew_does_not_hold_the_printed_head(five: Engine) -> None:
    printed = verify(five).head.hash
    assert verify(five, printed[:12]).broken == ()
    with five.begin() as connection:
        connection.execute(text("DELETE FROM audit_log"))
        connection.execute(text("UPDATE audit_head SET sequence = 0, hash = :zero"), {"zero": "0" * 64})
        record(connection, *(decided(n, by="王主任") for n in range(1, 6)))
    assert verify(five).broken == ()
    assert named(verify(five, printed)) == [(0, "missing")]


def test_a_revision_is_accepted_once_and_again_only_after_it_was_not(
    engine: Engine, begin: Make, reading: Make, verdict: Make
) -> None:
    file = reading()
    for day, status in enumerate(["returned", "accepted", "accepted", "returned", "accepted"]):
        merge_submission(engine, file, verdict(status, f"day {day}"), "T01", 2021, begin(engine, day))
    said = [(entry.kind, entry.by, entry.subject, entry.after) for entry in entries(engine)]
    assert [kind for kind, *_ in said] == ["accepted", "revoked", "accepted"]
    assert {by for _, by, *_ in said} == {BY_RULE}
    assert '"revision":1' in str(said[0][3])
    merge_submission(engine, file, verdict("accepted", "day 4"), "T01", 2021, begin(engine, 5))
    assert len(entries(engine)) == 3


def test_entries_of_the_office_are_decisions_and_taking_one_out_is_one_too(
    engine: Engine, begin: Make, verdict: Make
) -> None:
    def store(day: int, *said: InspectionEntry) -> None:
        file = ReceivedFile(Path("x"), "_office/x.json", "_office", f"{day:064}", 1, NOON)
        merge_inspection(engine, file, said, verdict("accepted", f"{day}"), 2021, begin(engine, day))

    waiver = InspectionEntry(id="w1", unit="T01", kind="waiver", by="张三", reason="系统切换", indicator="YOY-JUMP")
    longer = InspectionEntry(id="e1", unit="T02", kind="extension", by="张三", reason="换人", until=date(2022, 2, 9))
    store(0, waiver, longer)
    store(1, waiver, longer)
    store(2, longer)
    said = [(entry.kind, entry.by, entry.subject, entry.reason) for entry in entries(engine)]
    assert said == [
        ("waived", "张三", "T01", "系统切换"),
        ("extended", "张三", "T02", "换人"),
        ("withdrawn", "张三", "T01", "系统切换"),
    ]
    assert verify(engine).broken == ()


def test_a_lock_is_on_the_log(engine: Engine, profile: Any) -> None:
    start_run(engine, 2021, NOON, profile, "rules-1", {}, None, "{}")
    lock_year(engine, 2021, NOON, "李主任", "已报市办")
    assert [(e.kind, e.by, e.year, e.reason) for e in entries(engine)] == [("locked", "李主任", 2021, "已报市办")]
    assert entries(engine, 2020) == []


def test_a_sample_is_known_to_what_comes_after_it_and_earlier_ones_kept_no_list(engine: Engine) -> None:
    sampled: dict[str, Any] = {"kind": Kind.SAMPLED, "subject": "_office"}
    said = {"seed": 8, "share": "0.1", "first": ["a"], "second": ["甲.json#1"], "plan_sha256": "p"}
    log(engine, decided(1, **sampled, after={"seed": 7, "share": "0.2"}), decided(2, **sampled, after=said), decided(3))
    with reading(engine) as connection:
        early, late, other = (draws(connection, *asked) for asked in ((2021, at(2)), (2021, at(2, 1)), (2020, at(9))))
    assert [(one.seed, one.share, one.at, one.first, one.second, one.plan) for one in late] == [
        (7, "0.2", at(1), frozenset(), frozenset(), ""),
        (8, "0.1", at(2), frozenset("a"), frozenset({"甲.json#1"}), "p"),
    ]
    assert (early, other) == (late[:1], ())


def at(hours: int, minutes: int = 0) -> datetime:
    return NOON + timedelta(hours=hours, minutes=minutes)
