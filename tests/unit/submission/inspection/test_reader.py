"""The inspectors' file: strict, entry by entry, and no bad entry costs another one."""

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.results import issue_finding
from gongkai.national_format import for_year
from gongkai.submission.inspection.entry import SCHEMA, InspectionEntry
from gongkai.submission.inspection.reader import read_inspection

GOOD = {"id": "p-1", "unit": "T01", "indicator": "A2", "kind": "checked", "passed": 9, "checked": 10}


@pytest.fixture
def read(default_profile):
    """`read(entry, …)`: reads a file with these entries."""

    def reading(*entries, **head):
        document = {"schema": SCHEMA, "year": 2021, "entries": list(entries), **head}
        return read_inspection(json.dumps(document, ensure_ascii=False).encode(), default_profile, 2021)

    return reading


def said(reading):
    return [(issue.rule, issue.where) for issue in reading.issues]


@pytest.mark.parametrize(
    "entry",
    [
        GOOD,
        {
            "id": "1",
            "unit": "T01",
            "kind": "score",
            "indicator": "C3",
            "points": "3.5",
            "by": "检查组",
            "on": "2022-01-05",
        },
        {"id": "1", "unit": "T01", "kind": "problem", "indicator": "D1", "reason": "链接失效", "evidence": "截图1"},
        {"id": "1", "unit": "T01", "kind": "penalty", "reason": "市级通报批评"},
        {"id": "1", "unit": "T01", "kind": "penalty", "points": 1.5, "reason": "其他"},
        {"id": "1", "unit": "T01", "kind": "bonus", "reason": "解读案例获评优秀"},
        {"id": "1", "unit": "T01", "kind": "veto", "reason": "数据造假"},
        {"id": "1", "unit": "T01", "kind": "rectification", "issued_on": "2021-06-01", "due_on": "2021-06-30"},
        {
            "id": "1",
            "unit": "T01",
            "kind": "rectification",
            "indicator": "D1",
            "issued_on": "2021-06-01",
            "due_on": "2021-06-30",
            "closed_on": "2021-06-20",
            "recurred": False,
        },
        {"id": "1", "unit": "T01", "kind": "appeal", "indicator": "C1", "on": "2022-04-08", "reason": "已按期答复"},
        {"id": "1", "unit": "T01", "kind": "decision", "indicator": "C1", "by": "某科", "reason": "采纳"},
        {"id": "1", "unit": "T01", "kind": "waiver", "indicator": "C1", "reason": "不可抗力", "until": "2022-02-28"},
        {"id": "1", "unit": "OFFICE", "kind": "extension", "until": "2022-04-10"},
        {"id": "1", "unit": "T01", "kind": "excuse", "reason": "系统故障"},
    ],
)
def test_every_kind_is_read_without_a_word(read, entry):
    reading = read(entry)
    assert (len(reading.entries), reading.issues, reading.coercions) == (1, (), ())
    assert all(getattr(reading.entries[0], key) is not None for key in entry)


def test_values_are_typed(read):
    (entry,) = read({**GOOD, "on": "2021-03-05"}, {"id": "2", "unit": "T02", "kind": "bonus", "points": 0.1}).entries[
        :1
    ]
    assert (entry.passed, entry.on) == (9, date(2021, 3, 5))
    assert read({"id": "2", "unit": "T02", "kind": "bonus", "points": 0.1}).entries[0].points == Decimal("0.1")


def test_every_field_of_an_entry_can_be_read(read):
    given = {"passed": 1, "checked": 2, "points": "1", "recurred": True}
    days = dict.fromkeys(("issued_on", "due_on", "closed_on", "on", "until"), "2021-06-01")
    texts = {
        "id": "1",
        "unit": "T01",
        "indicator": "A2",
        "kind": "checked",
        "by": "甲",
        "reason": "乙",
        "evidence": "丙",
        "sha256": "0" * 64,
    }
    assert set(given) | set(days) | set(texts) == {field.name for field in fields(InspectionEntry)}
    assert {rule for rule, _ in said(read({**texts, **given, **days}))} == {"UNKNOWN-KEY"}  # none is unreadable


def test_null_is_as_good_as_absent(read):
    assert read({**GOOD, "points": None, "until": None}).issues == ()


@pytest.mark.parametrize(
    ("change", "rule", "key"),
    [
        ({"unit": "T99"}, "WRONG-UNIT", "unit"),
        ({"unit": None}, "SHAPE", "unit"),
        ({"kind": "looked"}, "SHAPE", "kind"),
        ({"kind": None}, "SHAPE", "kind"),
        ({"indicator": "Z9"}, "SHAPE", "indicator"),
        ({"indicator": None}, "SHAPE", "indicator"),
        ({"passed": None}, "SHAPE", "passed"),
        ({"checked": None}, "SHAPE", "checked"),
        ({"passed": 11}, "SHAPE", "passed"),
        ({"passed": -1}, "SHAPE", "passed"),
        ({"passed": 1.5}, "SHAPE", "passed"),
        ({"passed": "约九项"}, "SHAPE", "passed"),
        ({"passed": True}, "SHAPE", "passed"),
        ({"passed": "/"}, "SHAPE", "passed"),
        ({"on": "2021-02-30"}, "SHAPE", "on"),
        ({"reason": ["a"]}, "SHAPE", "reason"),
        ({"kind": "score"}, "SHAPE", "points"),
        ({"kind": "score", "points": "-0.5"}, "SHAPE", "points"),
        ({"kind": "bonus", "reason": "好"}, "SHAPE", "points"),
        ({"kind": "penalty", "reason": "解读案例获评优秀"}, "SHAPE", "points"),
        ({"kind": "veto"}, "SHAPE", "reason"),
        ({"kind": "decision", "reason": "采纳"}, "SHAPE", "by"),
        ({"kind": "decision", "by": "李主任"}, "SHAPE", "reason"),
        ({"kind": "decision", "by": "李主任", "reason": "采纳", "points": "8.01"}, "SHAPE", "points"),
        ({"kind": "decision", "by": "李主任", "reason": "采纳", "points": 1, "indicator": None}, "SHAPE", "indicator"),
        ({"kind": "extension"}, "SHAPE", "until"),
        ({"kind": "rectification", "due_on": "2021-06-30"}, "SHAPE", "issued_on"),
        ({"kind": "rectification", "issued_on": "2021-06-30", "due_on": "2021-06-01"}, "SHAPE", "due_on"),
    ],
)
def test_a_bad_entry_is_left_out_and_named(read, change, rule, key):
    reading = read({**GOOD, "id": "bad", **change}, GOOD)
    assert [entry.id for entry in reading.entries] == ["p-1"]
    assert (rule, f"entries[bad].{key}") in said(reading)


def test_all_faults_of_an_entry_at_once(read):
    reading = read({"id": "1", "unit": "T99", "kind": "checked", "indicator": "Z9", "passed": 3, "checked": 2})
    assert said(reading) == [
        ("WRONG-UNIT", "entries[1].unit"),
        ("SHAPE", "entries[1].indicator"),
        ("SHAPE", "entries[1].passed"),
    ]


def test_the_first_of_two_with_one_id_stays(read):
    reading = read(GOOD, {**GOOD, "passed": 1})
    assert [entry.passed for entry in reading.entries] == [9]
    assert said(reading) == [("SHAPE", "entries[p-1].id")]


def test_an_entry_without_id_is_named_by_its_position(read):
    assert said(read(GOOD, {**GOOD, "id": " "}, 7)) == [("SHAPE", "entries[2].id"), ("SHAPE", "entries[3]")]


def test_a_key_that_nobody_knows_or_the_kind_does_not_have_is_noticed(read):
    reading = read({**GOOD, "points": 3, "colour": "red"}, remark="x")
    assert said(reading) == [
        ("UNKNOWN-KEY", "remark"),
        ("UNKNOWN-KEY", "entries[p-1].colour"),
        ("UNKNOWN-KEY", "entries[p-1].points"),
    ]
    assert reading.entries[0].points is None


def test_a_unit_that_is_not_expected_in_the_year(default_profile):
    units = tuple(u.model_copy(update={"to_year": 2020}) if u.code == "T01" else u for u in default_profile.units)
    profile = default_profile.model_copy(update={"units": units})
    data = json.dumps({"schema": SCHEMA, "year": 2021, "entries": [GOOD]}).encode()
    assert said(read_inspection(data, profile, 2021)) == [("WRONG-UNIT", "entries[p-1].unit")]


def test_a_reading_that_was_not_the_plain_value_is_told(read):
    reading = read({**GOOD, "passed": "９", "on": "2021年3月5日"})
    assert (reading.entries[0].passed, reading.entries[0].on) == (9, date(2021, 3, 5))
    assert [(c.where, c.raw) for c in reading.coercions] == [
        ("entries[p-1].passed", "９"),
        ("entries[p-1].on", "2021年3月5日"),
    ]


def test_what_is_no_text_is_looked_through_all_the_same(read):
    entries = [{**GOOD, "reason": ["13800000000"]}, {**GOOD, "id": 13800000000.0}, ["13800000000"]]
    for entry in entries:
        reading = read(entry)
        assert "13800000000" not in repr(reading)
        assert "PERSONAL-DATA" in [rule for rule, _ in said(reading)] or entry == entries[1]


def test_personal_data_is_masked_wherever_it_stands(read):
    number = "13800000000"
    reading = read(
        {**GOOD, "reason": f"电话{number}", "evidence": f"见 {number}"},
        {"id": number, "unit": number, "kind": number, number: number, "reason": [number]},
        remark=number,
    )
    assert number not in repr(reading)
    assert [w for rule, w in said(reading) if rule == "PERSONAL-DATA"][:3] == [
        "remark",
        "entries[p-1].reason",
        "entries[p-1].evidence",
    ]
    assert reading.entries[0].reason == "电话〔已屏蔽：手机号码〕"


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "SHAPE"),
        (b"{", "SHAPE"),
        (b"\xff\xfe", "SHAPE"),
        (b'{"schema": "a", "schema": "b"}', "SHAPE"),
        (b"[]", "WRONG-TEMPLATE"),
        (b'{"schema": "gongkai/submission/1"}', "WRONG-TEMPLATE"),
        (b'{"schema": "gongkai/inspection/1", "entries": []}', "WRONG-YEAR"),
        (b'{"schema": "gongkai/inspection/1", "year": 2020, "entries": []}', "WRONG-YEAR"),
        (b'{"schema": "gongkai/inspection/1", "year": "2020", "entries": []}', "WRONG-YEAR"),
        (b'{"schema": "gongkai/inspection/1", "year": 2021}', "SHAPE"),
        (b'{"schema": "gongkai/inspection/1", "year": 2021, "entries": {}}', "SHAPE"),
    ],
)
def test_a_file_that_is_not_this_years_inspection(default_profile, data, rule):
    reading = read_inspection(data, default_profile, 2021)
    assert (reading.entries, [issue.rule for issue in reading.issues]) == ((), [rule])
    assert issue_finding(reading.issues[0], for_year(2021)).message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KEYS = st.sampled_from([*GOOD, "points", "on", "until", "issued_on", "due_on", "recurred", "reason", "evidence"])
SOME = JSON | st.sampled_from(["T01", "A2", "checked", "score", "rectification", "2021-06-01"])


@settings(max_examples=150, deadline=None)
@given(entries=st.lists(st.dictionaries(KEYS, SOME) | JSON, max_size=4))
def test_whatever_stands_there_is_an_entry_or_an_issue_with_a_sentence(default_profile, entries):
    data = json.dumps({"schema": SCHEMA, "year": 2021, "entries": [*entries, {**GOOD, "id": "the good one"}]}).encode()
    reading = read_inspection(data, default_profile, 2021)
    assert reading.entries[-1].id == "the good one"
    assert len(reading.entries) + len(reading.issues) >= len(entries) + 1
    assert all(issue_finding(issue, for_year(2021)).message for issue in reading.issues)
