"""Reading back: the state of a year as it was known at a moment, last year, and the office's entries in force."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from gongkai.errors import CallError
from gongkai.findings import ReadingIssue
from gongkai.profile import Profile, load_profile
from gongkai.profile.loader import profile_sha256
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.reader import InspectionReading
from gongkai.submission.verdict import UnitState
from gongkai.warehouse.merge import merge_inspection, merge_submission, store_unassigned
from gongkai.warehouse.models.base import Base
from gongkai.warehouse.queries import load_previous, load_year
from gongkai.warehouse.rows.inspections import entries_with, extensions
from gongkai.warehouse.rows.report_decisions import approved_documents
from gongkai.warehouse.runs import run_moments, start_run

Make = Callable[..., Any]


def test_a_moment_sees_only_what_was_known_then(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    first = begin(engine, 0)
    merge_submission(engine, reading(cell=1), verdict("returned", "有误"), "T01", 2021, first)
    store_unassigned(engine, reading("X99").file, verdict("quarantined", "没有这个单位"), 2021, first)
    second = begin(engine, 2)
    merge_submission(engine, reading(cell=1), verdict("returned", "仍有误"), "T01", 2021, second)
    merge_submission(engine, reading(cell=2), verdict(), "T01", 2021, second)
    then, now = load_year(engine, 2021, moment(1)), load_year(engine, 2021, moment(2))
    assert [(r.number, r.verdict.findings[0].message) for r in then.unit("T01").revisions] == [(1, "有误")]
    assert then.unit("T01").state == "returned"
    assert [(r.number, r.verdict.status.value) for r in now.unit("T01").revisions] == [(1, "returned"), (2, "accepted")]
    assert now.unit("T01").revisions[0].verdict.findings[0].message == "仍有误"
    assert now.unit("T01").revisions[0].first_verdict.findings[0].message == "有误"


def test_a_later_run_does_not_change_what_a_moment_saw(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    merge_submission(engine, reading(cell=1), verdict(), "T01", 2021, begin(engine, 0))
    before = load_year(engine, 2021, moment(0.5))
    later = begin(engine, 1)
    merge_submission(engine, reading(cell=1), verdict("returned", "有误"), "T01", 2021, later)
    merge_submission(engine, reading(cell=2), verdict(), "T01", 2021, later)
    merge_submission(engine, reading("T02"), verdict(), "T02", 2021, later)
    assert load_year(engine, 2021, moment(0.5)) == before


def test_a_run_with_an_earlier_now_sees_what_it_merged(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    """What lies in the inbox is read whatever the run's now (contract.md): known bytes get a verdict of that moment."""
    merge_submission(engine, reading(), verdict(), "T01", 2021, begin(engine, 5))
    merged = merge_submission(engine, reading(), verdict("returned", "有误"), "T01", 2021, begin(engine, 1))
    assert (merged.number, merged.new) == (1, False)
    assert load_year(engine, 2021, moment(1)).unit("T01").state == "returned"
    assert load_year(engine, 2021, moment(5)).unit("T01").state == "accepted"


def test_a_newer_revision_that_is_not_acceptable_never_displaces_an_accepted_one(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    run = begin(engine)
    merge_submission(engine, reading(cell=1), verdict(), "T01", 2021, run)
    merge_submission(engine, reading(cell=2), verdict("returned", "有误"), "T01", 2021, run)
    merge_submission(
        engine, replace(reading(cell=3), submission=None), verdict("quarantined", "打不开"), "T01", 2021, run
    )
    unit = load_year(engine, 2021, moment(0)).unit("T01")
    assert unit.state == "accepted"
    assert unit.accepted is not None
    assert unit.latest is not None
    assert (unit.accepted.number, unit.latest.number) == (1, 3)


def test_units_come_in_registry_order_and_a_silent_one_is_missing(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make, profile: Profile
) -> None:
    run = begin(engine)
    for unit in ("T02", "OFFICE", "A01"):
        merge_submission(engine, reading(unit), verdict(), unit, 2021, run)
    state = load_year(engine, 2021, moment(0))
    assert [u.unit for u in state.units] == list(profile.expected(2021))
    assert [r.unit for r in state.accepted] == [u.code for u in profile.units if u.code in ("T02", "OFFICE", "A01")]
    assert state.unit("T01").state == "missing"
    assert state.provisional


def test_moments_come_back_in_the_zone_of_the_district(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    merge_submission(engine, reading(received_at=moment(0)), verdict(), "T01", 2021, begin(engine, 1))
    state = load_year(engine, 2021, moment(1))
    assert state.accepted[0].received_at == moment(0)
    assert state.accepted[0].received_at.isoformat() == "2022-01-20T12:00:00+08:00"
    assert state.as_of.isoformat() == "2022-01-21T12:00:00+08:00"


def test_a_rebuild_takes_the_profile_and_rules_of_its_time(engine: Engine, profile: Profile, moment: Make) -> None:
    fewer = profile.model_copy(update={"units": profile.units[:3]})
    start_run(engine, 2021, moment(0), fewer, "rules-1", {})
    start_run(engine, 2021, moment(2), profile, "rules-2", {})
    start_run(engine, 2022, moment(1), profile, "rules-3", {})
    then, now = load_year(engine, 2021, moment(1)), load_year(engine, 2021, moment(2))
    assert (len(then.units), then.rules_version, then.profile_sha256) == (3, "rules-1", profile_sha256(fewer))
    assert (len(now.units), now.rules_version, now.profile_sha256) == (37, "rules-2", profile_sha256(profile))
    assert then.profile == fewer
    given = load_year(engine, 2021, moment(2), fewer)
    assert (len(given.units), given.profile_sha256) == (3, profile_sha256(fewer))


def test_a_year_without_any_run_cannot_be_rebuilt(engine: Engine, begin: Make, moment: Make) -> None:
    begin(engine, 1)
    with pytest.raises(CallError, match="2021 年度"):
        load_year(engine, 2021, moment(0))
    with pytest.raises(CallError, match="2020 年度"):
        load_year(engine, 2020, moment(1))


def test_a_year_without_any_run_is_empty_under_a_given_profile(engine: Engine, profile: Profile, moment: Make) -> None:
    state = load_year(engine, 2021, moment(0), profile)
    assert state.codes(UnitState.MISSING) == [unit.code for unit in profile.expected(2021)]
    assert state.rules_version == ""


def test_last_year_is_the_accepted_revision_else_the_latest_readable_one(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    run = begin(engine, year=2020)
    unreadable = replace(reading(year=2020, cell=9), submission=None)
    arrivals: list[tuple[str, list[Any]]] = [
        ("T01", ["accepted", "returned"]),
        ("T02", ["returned", "returned", "quarantined"]),
        ("T03", ["quarantined"]),
        ("T04", ["accepted", "accepted", "quarantined"]),
    ]
    for unit, statuses in arrivals:
        for n, status in enumerate(statuses, 1):
            given = unreadable if status == "quarantined" else reading(unit, year=2020, cell=n)
            merge_submission(engine, given, verdict(status, "有误"), unit, 2020, run)
    previous = load_previous(engine, 2021, moment(0), load_profile())
    assert {unit: (p.revision, p.accepted) for unit, p in previous.items()} == {
        "T01": (1, True),
        "T02": (2, False),
        "T04": (2, True),
    }
    assert previous["T02"].submission == reading("T02", year=2020, cell=2).submission
    begin(engine)
    assert load_year(engine, 2021, moment(0)).previous == previous
    assert load_previous(engine, 2021, moment(-1), load_profile()) == {}


def entry(entry_id: str, **further: Any) -> InspectionEntry:
    return InspectionEntry(**{"id": entry_id, "unit": "T01", "kind": "checked", **further})


def counted(engine: Engine, at: datetime) -> tuple[InspectionEntry, ...]:
    """What counts at a moment, as its file says it."""
    found = load_year(engine, 2021, at, load_profile()).inspections
    return tuple(replace(one, file=None, known_at=None) for one in found)


def test_two_office_files_with_the_same_ids_lose_nothing(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    run = begin(engine)
    first = replace(reading(cell=1).file, name="_office/a.json")
    second = replace(reading(cell=2).file, name="_office/b.json")
    merge_inspection(engine, first, [entry("1", reason="旧"), entry("2")], verdict(), 2021, run)
    merge_inspection(engine, second, [entry("1", reason="新"), entry("3")], verdict(), 2021, run)
    assert counted(engine, moment(0)) == (
        entry("1", reason="旧"),
        entry("2"),
        entry("1", reason="新"),
        entry("3"),
    )
    assert counted(engine, moment(-1)) == ()


def test_an_office_file_that_is_written_over_takes_its_old_entries_with_it(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    old = replace(reading(cell=1).file, name="_office/a.json")
    new = replace(reading(cell=2).file, name="_office/a.json")
    broken = replace(reading(cell=3).file, name="_office/a.json")
    faulty = replace(reading(cell=4).file, name="_office/a.json")
    merge_inspection(engine, old, [entry("1"), entry("2")], verdict(), 2021, begin(engine, 0))
    merge_inspection(engine, new, [entry("2")], verdict(), 2021, begin(engine, 1))
    merge_inspection(engine, broken, [], verdict("quarantined", "打不开"), 2021, begin(engine, 2))
    merge_inspection(engine, faulty, [entry("3")], verdict("returned", "一条有误"), 2021, begin(engine, 3))
    assert counted(engine, moment(0)) == (entry("1"), entry("2"))
    assert counted(engine, moment(1)) == (entry("2"),)
    assert counted(engine, moment(2)) == (entry("2"),)
    assert counted(engine, moment(3)) == (entry("3"),)


def test_the_same_office_file_under_another_profile_may_leave_other_entries(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    file = replace(reading().file, name="_office/a.json")
    assert merge_inspection(engine, file, [entry("1")], verdict(), 2021, begin(engine, 0))
    assert not merge_inspection(engine, file, [entry("1")], verdict(), 2021, begin(engine, 1))
    assert merge_inspection(engine, file, [entry("1"), entry("2")], verdict(), 2021, begin(engine, 2))
    assert counted(engine, moment(1)) == (entry("1"),)
    assert counted(engine, moment(2)) == (entry("1"), entry("2"))


def test_files_of_the_office_that_have_just_come_in_count_before_they_are_stored(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    file = replace(reading().file, name="_office/a.json")
    merge_inspection(engine, file, [entry("1"), entry("2")], verdict(), 2021, begin(engine))
    unread = ReadingIssue(rule="SHAPE", observed="打不开")
    for arriving, ids in [
        ({}, ["1", "2"]),
        ({"_office/b.json": InspectionReading((entry("3"),))}, ["1", "2", "3"]),
        ({"_office/a.json": InspectionReading((entry("3"),))}, ["3"]),
        ({"_office/a.json": InspectionReading(())}, []),
        ({"_office/a.json": InspectionReading((), (unread,))}, ["1", "2"]),
        ({"_office/b.json": InspectionReading((entry("2", reason="新"),))}, ["1", "2", "2"]),
    ]:
        found = entries_with(engine, 2021, moment(0), arriving)
        assert [one.id for one in found] == ids
    assert [one.name for one in found] == ["a.json#1", "a.json#2", "b.json#2"]


def test_an_entry_is_known_since_its_file_first_said_exactly_this(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    versions = ([entry("1")], [entry("1"), entry("2")], [entry("1", reason="改"), entry("2")])
    for hours, said in enumerate(versions):
        file = replace(reading(cell=hours + 1).file, name="_office/a.json")
        merge_inspection(engine, file, said, verdict(), 2021, begin(engine, hours))
    since = {one.id: one.known_at for one in load_year(engine, 2021, moment(2)).inspections}
    assert since == {"1": moment(2), "2": moment(1)}


def test_an_entry_of_a_later_day_waits_for_it(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    today = moment(0).date()
    file = replace(reading().file, name="_office/a.json")
    said = [entry("1", on=today), entry("2", on=today + timedelta(days=1))]
    merge_inspection(engine, file, said, verdict(), 2021, begin(engine))
    state = load_year(engine, 2021, moment(0))
    assert [one.id for one in state.inspections] == ["1"]
    assert [(one.entry.id, one.issue.rule) for one in state.office.left_out] == [("2", "ENTRY-RANGE")]
    assert [one.id for one in load_year(engine, 2021, moment(24)).inspections] == ["1", "2"]


def test_the_longest_extension_of_a_unit_counts() -> None:
    day = date(2022, 4, 10)
    entries = [
        entry("1", kind="extension", until=day),
        entry("2", kind="extension", until=day - timedelta(days=3)),
        entry("3", kind="extension", until=day, unit="T02"),
        entry("4", kind="waiver", until=day, unit="T03"),
    ]
    assert extensions(entries) == {"T01": day, "T02": day}


def test_the_number_of_queries_does_not_grow_with_the_units(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make, profile: Profile
) -> None:
    def statements() -> int:
        seen: list[str] = []
        event.listen(engine, "before_cursor_execute", hook := lambda *a: seen.append(a[2]))
        load_year(engine, 2021, moment(0))
        event.remove(engine, "before_cursor_execute", hook)
        return len(seen)

    run = begin(engine)
    merge_submission(engine, reading("T01"), verdict(), "T01", 2021, run)
    with_one = statements()
    for unit in profile.expected(2021)[:12]:
        merge_submission(engine, reading(unit.code), verdict(), unit.code, 2021, run)
    assert statements() == with_one
    before = begin(engine, -2, year=2020)
    merge_submission(engine, reading("T01", year=2020), verdict(), "T01", 2020, before)
    with_last_year = statements()
    for unit in profile.expected(2020)[:12]:
        merge_submission(engine, reading(unit.code, year=2020), verdict(), unit.code, 2020, before)
    assert statements() == with_last_year
    assert with_one <= 52


def test_what_a_report_reads_is_found_by_its_year_however_many_years_there_are(
    engine: Engine, profile: Profile, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    """No table that grows with years and units is looked through from end to end (the database tells its plan)."""
    for year in (2019, 2020, 2021):
        run = begin(engine, year=year)
        for unit in ("T01", "OFFICE"):
            merge_submission(
                engine, reading(unit, year=year, responses=[{"topic": "事项"}]), verdict(), unit, year, run
            )
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    state = load_year(engine, 2021, moment(3), profile)
    approved_documents(engine, 2021, moment(3))
    run_moments(engine, 2021)
    event.remove(engine, "before_cursor_execute", note)
    assert [unit.unit.code for unit in state.units if unit.accepted] == ["T01", "OFFICE"]
    assert len(asked) > 50
    with engine.connect() as connection:
        scanned = {table for statement, values in asked for table in _looked_through(connection, statement, values)}
    assert not scanned & set(Base.metadata.tables), scanned


_LEADING = """
    SELECT i.relname, a.attname, x.indrelid::regclass::text FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0]
"""  # index, its first column, its table


def _looked_through(connection: Connection, statement: str, values: Any) -> Iterator[str]:
    """The tables that the database would read from end to end."""
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        yield from (row[-1].split()[1] for row in plan if row[-1].startswith("SCAN"))
        return
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # so few rows are read fastest as they lie
    indexes = {name: (first, table) for name, first, table in connection.exec_driver_sql(_LEADING)}
    (found,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
    nodes = [found["Plan"]]
    for node in nodes:
        nodes += node.get("Plans", [])
        if "Index Name" in node:  # by its first column, or it is read from end to end all the same
            first, table = indexes[node["Index Name"]]
            if not re.search(rf"\b{first}\b", node.get("Index Cond", "")):
                yield table
        elif "Relation Name" in node and node["Node Type"] != "Bitmap Heap Scan":
            yield node["Relation Name"]
