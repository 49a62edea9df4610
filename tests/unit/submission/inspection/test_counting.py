"""Which entries count, looked at together: none twice, none before its day, none by another hand a second time."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gongkai.submission.inspection.counting import count_entries
from gongkai.submission.inspection.entry import InspectionEntry

TODAY = date(2022, 2, 1)
PROBLEM = InspectionEntry(
    id="1", unit="T01", kind="problem", indicator="D1", on=date(2021, 5, 1), by="甲", reason="死链", file="甲组.json"
)
CHECK = replace(PROBLEM, kind="checked", indicator="D2", passed=8, checked=10, item="专区")


def names(entries):
    return [entry.name for entry in entries]


def test_two_inspectors_with_the_same_ids_lose_nothing():
    other = replace(PROBLEM, file="乙组.json", by="乙", reason="空栏目")
    assert names(count_entries([PROBLEM, other], TODAY).counted) == ["甲组.json#1", "乙组.json#1"]


def test_a_problem_entered_twice_under_two_ids_counts_once():
    found = count_entries([PROBLEM, replace(PROBLEM, id="2", by="乙", reason=" 死链 ")], TODAY)
    assert names(found.counted) == ["甲组.json#1"]
    assert [(r.issue.rule, r.issue.where, r.issue.values["other"]) for r in found.left_out] == [
        ("ENTRY-DUPLICATE", "entries[2]", "甲组.json#1")
    ]


def test_a_full_stop_or_missing_evidence_makes_no_second_problem():
    told = replace(PROBLEM, evidence="巡查通报第 3 期")
    again = [replace(told, id="2", reason="死链。"), replace(PROBLEM, id="3", file="乙组.json"), replace(told, id="4")]
    assert names(count_entries([told, *again], TODAY).counted) == ["甲组.json#1"]
    assert len(count_entries([told, replace(told, id="2", evidence="巡查通报第 4 期")], TODAY).counted) == 2


def test_a_bonus_under_the_key_and_under_the_name_of_its_level_is_one():
    bonus = replace(PROBLEM, kind="bonus", indicator=None, ground="national", evidence="通报")
    assert len(count_entries([bonus, replace(bonus, id="2", ground="国家级")], TODAY).counted) == 1


def test_an_award_that_rests_on_one_document_is_one_on_whatever_day_it_is_entered():
    penalty = replace(PROBLEM, kind="penalty", indicator=None, ground="市级通报批评", evidence="通报第 3 期")
    again = replace(penalty, id="2", by="乙", on=date(2021, 6, 1))
    other = replace(again, id="3", evidence="通报第 4 期")
    found = count_entries([penalty, again, other], TODAY)
    assert (found.counted, [r.entry.id for r in found.left_out]) == ((penalty, other), ["2"])


def test_another_day_or_another_reason_is_another_problem():
    others = [replace(PROBLEM, id="2", on=date(2021, 6, 1)), replace(PROBLEM, id="3", reason="空栏目")]
    assert len(count_entries([PROBLEM, *others], TODAY).counted) == 3


def test_an_entry_waits_for_its_day():
    late = replace(PROBLEM, on=date(2022, 2, 2))
    found = count_entries([late], TODAY)
    assert (found.counted, [(r.issue.rule, r.issue.where) for r in found.left_out]) == (
        (),
        [("ENTRY-RANGE", "entries[1].on")],
    )
    assert count_entries([late], date(2022, 2, 2)).counted == (late,)


def test_a_rectification_cannot_have_been_closed_tomorrow():
    closed = replace(PROBLEM, kind="rectification", on=None, issued_on=TODAY, closed_on=date(2022, 2, 2))
    assert count_entries([closed], TODAY).counted == ()


class TestARectification:
    issued = replace(PROBLEM, kind="rectification", on=None, issued_on=date(2021, 5, 3), due_on=date(2021, 6, 1))
    closed = replace(issued, id="9", file="办公室.xlsx", closed_on=date(2021, 5, 20), second_of="甲组.json#1")

    def test_of_one_file_is_closed_in_another_and_counts_once(self):
        for entries in ([self.issued, self.closed], [self.closed, self.issued]):
            found = count_entries(entries, TODAY)
            assert (found.counted, found.left_out, found.conflicts) == ((self.closed,), (), ())

    def test_goes_on_from_where_it_was(self):
        again = replace(self.closed, id="10", second_of="办公室.xlsx#9", recurred=True)
        assert count_entries([self.issued, self.closed, again], TODAY).counted == (again,)

    def test_that_two_files_go_on_with_is_told(self):
        other = replace(self.closed, id="10", file="乙组.xlsx", closed_on=None)
        found = count_entries([self.issued, self.closed, other], TODAY)
        assert found.counted == (other,)
        assert [(r.entry.id, r.issue.observed) for r in found.conflicts] == [("9", "2021-05-20 办结")]

    def test_that_goes_round_in_a_ring_is_left_out(self):
        ring = [replace(self.closed, id=mine, second_of=f"办公室.xlsx#{named}") for mine, named in ("ab", "ba")]
        found = count_entries([self.issued, *ring], TODAY)
        assert (found.counted, [r.entry.id for r in found.left_out]) == ((self.issued,), ["a", "b"])

    def test_of_another_unit_is_not_closed_by_it(self):
        found = count_entries([replace(self.issued, unit="T02"), self.closed], TODAY)
        assert names(found.counted) == ["甲组.json#1"]


class TestSecondLooks:
    def test_of_another_person_at_the_same_item_are_compared_and_count_nothing(self):
        same, differs = (replace(CHECK, id=i, file="乙组.json", by="乙", passed=n) for i, n in (("2", 8), ("3", 9)))
        found = count_entries([CHECK, same, differs], TODAY)
        assert names(found.counted) == ["甲组.json#1"]
        assert [(r.entry.id, r.issue.rule) for r in found.conflicts] == [("3", "ENTRY-CONFLICT")]
        assert found.left_out == ()

    def test_of_the_same_person_are_looks_of_their_own(self):
        again = replace(CHECK, id="2", on=date(2021, 6, 1))
        assert len(count_entries([CHECK, again], TODAY).counted) == 2

    def test_of_the_same_person_at_the_same_item_on_the_same_day_are_one_look_entered_twice(self):
        again = replace(CHECK, id="2", file="甲组.xlsx", item="专区。")
        others = [
            replace(again, id="3", passed=9),
            replace(again, id="4", item=None),
            replace(again, id="5", item=None),
        ]
        found = count_entries([CHECK, again, *others], TODAY)
        assert [entry.id for entry in found.counted] == ["1", "3", "4", "5"]
        assert [(r.entry.id, r.issue.rule) for r in found.left_out] == [("2", "ENTRY-DUPLICATE")]

    def test_a_second_inspection_names_its_first(self):
        second = replace(CHECK, id="2", by="乙", item=None, passed=5, second_of="甲组.json#1")
        stray = replace(second, id="3", second_of="甲组.json#9")
        found = count_entries([CHECK, second, stray], TODAY)
        assert names(found.counted) == ["甲组.json#1"]
        assert [r.entry.id for r in found.conflicts] == ["2"]
        assert [(r.entry.id, r.issue.rule) for r in found.left_out] == [("3", "ENTRY-UNKNOWN")]

    @pytest.mark.parametrize("other", [{"unit": "T02"}, {"indicator": "D3"}, {"kind": "score"}])
    def test_a_second_inspection_of_something_else_is_none(self, other):
        second = replace(CHECK, id="2", by="乙", item=None, second_of="甲组.json#1", **other)
        found = count_entries([CHECK, second], TODAY)
        assert (names(found.counted), found.second_looks) == (["甲组.json#1"], ())
        assert [(r.issue.rule, r.issue.where) for r in found.left_out] == [("ENTRY-UNKNOWN", "entries[2].second_of")]

    def test_what_cannot_be_a_second_look_is_left_out_with_its_reason(self):
        second = replace(CHECK, id="2", by="乙", second_of="甲组.json#1", on=date(2021, 6, 1))
        penalty = replace(PROBLEM, id="9", kind="penalty", indicator=None, ground="市级通报批评", evidence="文 1")
        wrong = [
            (replace(second, id="本人", by=" 甲 "), "ENTRY-RANGE", "by"),
            (replace(second, id="另件", item="首页"), "ENTRY-UNKNOWN", "item"),
            (replace(second, id="早", on=date(2021, 4, 1)), "ENTRY-RANGE", "on"),
            (replace(second, id="又一次"), "ENTRY-DUPLICATE", ""),
            (replace(second, id="再次", by="丙", second_of="甲组.json#2"), "ENTRY-UNKNOWN", "second_of"),
            (replace(second, id="甲方", second_of="甲组.json#乙方"), "ENTRY-UNKNOWN", "second_of"),
            (replace(second, id="乙方", second_of="甲组.json#甲方"), "ENTRY-UNKNOWN", "second_of"),
            (
                replace(penalty, id="10", by="乙", reason="又一次", second_of="甲组.json#9"),
                "ENTRY-UNKNOWN",
                "second_of",
            ),
        ]
        found = count_entries([CHECK, second, penalty, *(entry for entry, *_ in wrong)], TODAY)
        assert [one.name for one, _ in found.second_looks] == ["甲组.json#2"]
        assert names(found.counted) == ["甲组.json#1", "甲组.json#9"]
        assert [(r.entry.id, r.issue.rule, r.issue.where) for r in found.left_out] == [
            (entry.id, rule, f"entries[{entry.id}]{key and '.'}{key}") for entry, rule, key in wrong
        ]

    def test_another_problem_of_the_same_item_is_told(self):
        other = replace(PROBLEM, id="2", by="乙", item="首页", reason="泄露个人信息")
        found = count_entries([replace(PROBLEM, item="首页"), other], TODAY)
        assert [(r.entry.id, r.issue.observed) for r in found.conflicts] == [("2", "发现问题：泄露个人信息")]

    def test_points_are_compared_too(self):
        first = replace(CHECK, kind="score", passed=None, checked=None, points=Decimal(3))
        second = replace(first, id="2", by="乙", points=Decimal(2))
        assert [r.issue.observed for r in count_entries([first, second], TODAY).conflicts] == ["评分 2"]


def test_an_item_is_one_however_it_is_spaced_and_so_is_a_person():
    """Two people who saw one item are compared; one person who saw it twice is not somebody else."""
    other = replace(CHECK, id="2", by="乙", item="专 区。")
    assert [second.name for second, _ in count_entries([CHECK, other], TODAY).second_looks] == ["甲组.json#2"]
    again = replace(CHECK, id="2", by=" 甲 ", on=date(2021, 6, 1))
    assert len(count_entries([CHECK, again], TODAY).counted) == 2


def test_of_two_that_settle_one_thing_on_one_day_the_earlier_is_told():
    """Two people decide, or one confirms what the other rejects: the later in the order of the files stands."""
    decided = replace(PROBLEM, kind="decision", points=Decimal(2), reason="采纳")
    other = replace(decided, id="2", by="乙", points=Decimal(3))
    tomorrow = replace(other, id="3", on=date(2021, 5, 2), points=Decimal(1))
    claim = replace(PROBLEM, id="4", kind="confirmation", indicator=None, claim="evidence[1]", evidence="核 1 号")
    rejected = replace(claim, id="5", kind="rejection", by="乙")
    elsewhere = [replace(decided, id="6", unit="T02"), replace(claim, id="7", on=TODAY)]
    entries = [decided, other, tomorrow, claim, rejected, *elsewhere]
    found = count_entries(entries, TODAY)
    assert found.counted == tuple(entries)
    assert [(r.entry.id, r.issue.observed, r.issue.values["other"]) for r in found.conflicts] == [
        ("1", "决定计 2 分", "甲组.json#2（乙，决定计 3 分）"),
        ("4", "确认申报", "甲组.json#5（乙，不予确认）"),
    ]
