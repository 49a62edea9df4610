"""The inspectors' file: strict, entry by entry, and no bad entry costs another one."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.results import issue_finding
from gongkai.national_format import for_year
from gongkai.submission.inspection.entry import KIND_NAMES, READ, SCHEMA
from gongkai.submission.inspection.reader import read_inspection

BY = {"by": "甲组", "on": "2021-03-05"}
GOOD = {"id": "p-1", "unit": "T01", "indicator": "A2", "kind": "checked", "passed": 10, "checked": 10, **BY}
SEEN = {"reason": "按通报", "evidence": "通报第 3 期"}


@pytest.fixture
def read(default_profile):
    """`read(entry, …)`: reads a file with these entries."""

    def reading(*entries, **head):
        document = {"schema": SCHEMA, "year": 2021, "entries": list(entries), **head}
        return read_inspection(json.dumps(document, ensure_ascii=False).encode(), default_profile, 2021)

    return reading


def said(reading):
    return [(issue.rule, issue.where) for issue in reading.issues]


RECTIFIED: dict[str, Any] = {
    "kind": "rectification",
    "issued_on": "2021-06-01",
    "due_on": "2021-06-30",
    "by": "甲组",
    "reason": "空栏目",
}
KINDS: list[dict[str, Any]] = [
    {"kind": "checked", "indicator": "A2", "passed": 10, "checked": 10, **BY},
    {"kind": "checked", "indicator": "A2", "passed": 9, "checked": 10, "evidence": "截图", **BY},
    {"kind": "score", "indicator": "C2", "points": "4", **BY},
    {"kind": "score", "indicator": "C2", "points": "3.5", "reason": "两份缺依据", **BY},
    {"kind": "problem", "indicator": "D1", "reason": "链接失效", **BY},
    {"kind": "penalty", "ground": "市级通报批评", **SEEN, **BY},
    {"kind": "bonus", "ground": "市级", "points": "0.5", **SEEN, **BY},
    {"kind": "veto", "ground": "数据造假", "confirmed_by": "乙", **SEEN, **BY},
    {"kind": "veto", "ground": "数据造假", **SEEN, **BY},
    RECTIFIED,
    {**RECTIFIED, "indicator": "D1", "closed_on": "2021-06-20", "recurred": False},
    {"kind": "appeal", "indicator": "C1", "reason": "已按期答复", **BY},
    {"kind": "decision", "indicator": "C1", "points": "8", "reason": "采纳", **BY},
    {"kind": "waiver", "indicator": "REQ-ROW-SUM", "reason": "不可抗力", "until": "2022-02-28", **BY},
    {"kind": "extension", "unit": "OFFICE", "until": "2022-04-10", **BY},
    {"kind": "excuse", "reason": "系统故障", **BY},
    {"kind": "reopen", "reason": "上年更正", **BY},
    {"kind": "admission", "sha256": "0" * 64, "reason": "已电话核实", **BY},
    {"kind": "confirmation", "claim": "evidence[2]", "evidence": "核〔2021〕1号", **BY},
    {"kind": "rejection", "claim": "interpretations[示府〔2021〕1号].rating", "evidence": "核〔2021〕1号", **BY},
    {"kind": "release_note", "where": "requests.granted.total", **BY},
]


@pytest.mark.parametrize("entry", KINDS)
def test_every_kind_is_read_without_a_word(read, entry):
    entry = {"id": "1", "unit": "T01", **entry}
    reading = read(entry)
    assert (len(reading.entries), reading.issues, reading.coercions) == (1, (), ())
    assert all(getattr(reading.entries[0], key) is not None for key in entry)


def test_every_kind_has_an_example_here():
    assert {entry["kind"] for entry in KINDS} == set(KIND_NAMES)


def test_values_are_typed(read):
    (entry,) = read({"id": "2", "unit": "T02", **KINDS[6]}).entries
    assert (entry.points, entry.on) == (Decimal("0.5"), date(2021, 3, 5))


def test_every_field_of_an_entry_can_be_read(read):
    given = {"passed": 1, "checked": 2, "points": "1", "recurred": True}
    days = dict.fromkeys(("issued_on", "due_on", "closed_on", "on", "until"), "2021-06-01")
    texts = {"id": "1", "unit": "T01", "indicator": "A2", "kind": "checked", "sha256": "0" * 64}
    words = ("by", "reason", "evidence", "ground", "confirmed_by", "claim", "where", "item", "second_of")
    texts |= dict.fromkeys(words, "甲")
    assert set(given) | set(days) | set(texts) == set(READ)
    assert {rule for rule, _ in said(read({**texts, **given, **days}))} == {"UNKNOWN-KEY"}  # none is unreadable


def test_null_is_as_good_as_absent(read):
    assert read({**GOOD, "points": None, "until": None}).issues == ()


CASES: dict[str, list[tuple[dict[str, Any], str]]] = {
    "ENTRY-INCOMPLETE": [
        ({"unit": None}, "unit"),
        ({"kind": None}, "kind"),
        ({"by": None}, "by"),
        ({"on": None}, "on"),
        ({"indicator": None}, "indicator"),
        ({"passed": None}, "passed"),
        ({"checked": None}, "checked"),
        ({"passed": 9}, "reason"),  # what is not all right needs a reason or evidence
        ({**KINDS[4], "reason": None}, "reason"),
        ({**KINDS[3], "reason": None}, "reason"),
        ({**KINDS[5], "ground": None}, "ground"),
        ({**KINDS[5], "evidence": None}, "evidence"),
        ({**KINDS[6], "reason": None}, "reason"),
        ({**RECTIFIED, "issued_on": None}, "issued_on"),
        ({**RECTIFIED, "reason": None}, "reason"),
        ({"kind": "decision", "reason": "采纳", "by": None}, "by"),
        ({"kind": "decision"}, "reason"),
        ({"kind": "decision", "reason": "采纳", "points": 1, "indicator": None}, "indicator"),
        ({"kind": "extension"}, "until"),
        ({"kind": "confirmation", "evidence": "1号"}, "claim"),
        ({"kind": "confirmation", "claim": "evidence[1]"}, "evidence"),
    ],
    "ENTRY-RANGE": [
        ({"on": "2020-12-31"}, "on"),  # of the year before
        ({"passed": 11}, "passed"),
        ({"passed": -1}, "passed"),
        ({"passed": 0, "checked": 0}, "checked"),
        ({"kind": "score", "indicator": "C2", "points": "-0.5"}, "points"),
        ({"kind": "score", "indicator": "C2", "points": "80"}, "points"),  # refused, not cut
        ({"kind": "decision", "indicator": "C1", "reason": "采纳", "points": "8.01"}, "points"),
        ({**KINDS[6], "points": "2"}, "points"),  # not what the scheme gives
        ({**RECTIFIED, "due_on": "2021-05-31"}, "due_on"),
        ({**RECTIFIED, "recurred": True}, "recurred"),  # never closed
        ({"by": "东风街道 办事处"}, "by"),  # nobody looks at himself
        ({"by": "东风街道办事处 张三"}, "by"),  # nor does one of his people
        ({"kind": "confirmation", "claim": "evidence[1]", "evidence": "1号", "by": "T01"}, "by"),
    ],
    "ENTRY-UNKNOWN": [
        ({"unit": "T99"}, "unit"),
        ({"unit": "OFFICE"}, "unit"),  # not assessed
        ({"kind": "looked"}, "kind"),
        ({"indicator": "Z9"}, "indicator"),
        ({"unit": "A01", "indicator": "A5"}, "indicator"),  # not of its group
        ({"kind": "problem", "reason": "空栏目"}, "kind"),  # A2 counts checks
        ({"kind": "score", "indicator": "C1", "points": "8"}, "kind"),  # C1 is computed
        ({**KINDS[5], "ground": "解读案例获评优秀"}, "ground"),
        ({"kind": "confirmation", "claim": "第二条", "evidence": "1号"}, "claim"),
    ],
    "SHAPE": [
        ({"passed": 1.5}, "passed"),
        ({"passed": "约九项"}, "passed"),
        ({"passed": True}, "passed"),
        ({"passed": "/"}, "passed"),
        ({"on": "2021-02-30"}, "on"),
        ({"reason": ["a"]}, "reason"),
    ],
}


@pytest.mark.parametrize(("rule", "change", "key"), [(rule, *case) for rule, cases in CASES.items() for case in cases])
def test_a_bad_entry_is_left_out_and_named(read, change, rule, key):
    reading = read({**GOOD, "id": "bad", **change}, GOOD)
    assert [entry.id for entry in reading.entries] == ["p-1"]
    assert (rule, f"entries[bad].{key}") in said(reading)
    assert all(issue_finding(issue, for_year(2021)).message for issue in reading.issues)


@pytest.mark.parametrize("gone", ["ground", "reason", "evidence"])
def test_a_veto_that_is_not_complete_stays_as_a_proposal_and_is_told(read, gone):
    reading = read({"id": "v", "unit": "T01", **KINDS[7], gone: None})
    assert [entry.id for entry in reading.entries] == ["v"]
    assert said(reading) == [("ENTRY-INCOMPLETE", f"entries[v].{gone}")]


def test_a_veto_that_one_person_speaks_twice_is_a_proposal_and_is_told(read):
    reading = read({"id": "v", "unit": "T01", **KINDS[7], "by": "甲某", "confirmed_by": "甲 某"})
    assert [entry.id for entry in reading.entries] == ["v"]
    assert said(reading) == [("ENTRY-RANGE", "entries[v].confirmed_by")]
    assert "只列为一票否决的提议" in issue_finding(reading.issues[0], for_year(2021)).message


@pytest.mark.parametrize("second", ["T01", "东风街道办事处 张三"])
def test_a_veto_is_not_confirmed_by_the_unit_that_it_is_about(read, second):
    reading = read({"id": "v", "unit": "T01", **KINDS[7], "confirmed_by": second})
    assert [entry.confirmed_by for entry in reading.entries] == [None]
    assert said(reading) == [("ENTRY-RANGE", "entries[v].confirmed_by")]
    assert "T01 不能复核对自己的否决" in issue_finding(reading.issues[0], for_year(2021)).message


def test_all_faults_of_an_entry_at_once(read):
    reading = read({"id": "1", "unit": "T99", "kind": "checked", "indicator": "Z9", "passed": 3, "checked": 2})
    assert said(reading) == [
        ("ENTRY-INCOMPLETE", "entries[1].by"),
        ("ENTRY-INCOMPLETE", "entries[1].on"),
        ("ENTRY-UNKNOWN", "entries[1].unit"),
        ("ENTRY-UNKNOWN", "entries[1].indicator"),
        ("ENTRY-RANGE", "entries[1].passed"),
    ]


def test_the_first_of_two_with_one_id_stays(read):
    reading = read(GOOD, {**GOOD, "passed": 1, "reason": "空栏目"})
    assert [entry.passed for entry in reading.entries] == [10]
    assert ("ENTRY-DUPLICATE", "entries[p-1].id") in said(reading)


def test_an_entry_without_id_is_named_by_its_position(read):
    assert said(read(GOOD, {**GOOD, "id": " "}, 7)) == [("ENTRY-INCOMPLETE", "entries[2].id"), ("SHAPE", "entries[3]")]


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
    assert said(read_inspection(data, profile, 2021)) == [("ENTRY-UNKNOWN", "entries[p-1].unit")]


def test_a_reading_that_was_not_the_plain_value_is_told(read):
    reading = read({**GOOD, "passed": "９", "checked": 9, "on": "2021年3月5日"})
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
KEYS = st.sampled_from(
    [
        *GOOD,
        "points",
        "ground",
        "claim",
        "confirmed_by",
        "on",
        "until",
        "issued_on",
        "due_on",
        "recurred",
        "reason",
        "evidence",
    ]
)
SOME = JSON | st.sampled_from(["T01", "A2", "checked", "score", "rectification", "2021-06-01"])


@settings(max_examples=150, deadline=None)
@given(entries=st.lists(st.dictionaries(KEYS, SOME) | JSON, max_size=4))
def test_whatever_stands_there_is_an_entry_or_an_issue_with_a_sentence(default_profile, entries):
    data = json.dumps({"schema": SCHEMA, "year": 2021, "entries": [*entries, {**GOOD, "id": "the good one"}]}).encode()
    reading = read_inspection(data, default_profile, 2021)
    assert reading.entries[-1].id == "the good one"
    assert len(reading.entries) + len(reading.issues) >= len(entries) + 1
    assert all(issue_finding(issue, for_year(2021)).message for issue in reading.issues)
