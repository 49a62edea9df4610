"""What is to be looked at: the same seed draws the same, every stratum is reached, nobody repeats his own check."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.assessment.assess import assess_year
from gongkai.assessment.office.inspection_quality import SecondLooks, inspection_quality
from gongkai.assessment.office.sampling import SampleReason, draw_sample, look_elsewhere, on_record
from gongkai.reporting.sample_plan import drawn_before, sample_json, sample_workbook
from gongkai.submission.form import ReceivedFile
from gongkai.submission.inspection.counting import count_entries
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.workbook.reader import read_office_workbook
from gongkai.submission.inspection.workbook.rows import inspection_of
from gongkai.warehouse.rows.samples import Draw
from tests.unit.assessment.conftest import AS_OF

TENTH = Decimal("0.1")
CHECKS = [
    InspectionEntry(
        id=f"{by}-{n}", unit=f"T{1 + n % 10:02}", kind="checked", indicator="D2", passed=8, checked=10,
        on=date(2021, 5, 1 + n), by=by, reason="两项未达标", file="巡查.json",
    )
    for by in ("甲组", "乙组") for n in range(12)
]  # fmt: skip


def closed(year, number):
    return year.case(f"2021-{number:03}", "2021-03-01", "2021-03-10")


@pytest.fixture
def drawn(year):
    """`drawn(seed, share)`: the plan of a year in which T01 closed twenty-five requests and two inspectors looked."""
    year.submit(register=[closed(year, n) for n in range(1, 26)] + [year.case("2021-099", "2021-12-01", None)])

    def draw(seed=7, share=TENTH, entries=CHECKS):
        office = count_entries(entries, date(2022, 2, 1))
        state = replace(year.state(), inspections=office.counted, office=office)
        return draw_sample(state, assess_year(state), seed, share)

    return draw


def test_the_same_seed_draws_the_same_and_another_one_does_not(drawn):
    assert drawn(7) == drawn(7)
    assert drawn(7).looks != drawn(8).looks


def test_a_share_of_the_closed_cases_of_each_unit_rounded_up(drawn):
    items = [look.item for look in drawn().looks if (look.unit, look.indicator) == ("T01", "C2")]
    assert len(set(items)) == 3
    assert set(items) <= {f"2021-{n:03}" for n in range(1, 26)}


def test_every_indicator_that_needs_an_inspection_is_reached_and_what_was_looked_at_is_not_drawn_anew(drawn):
    first = {look.indicator for look in drawn().looks if look.part is SampleReason.FIRST and look.unit == "T01"}
    assert {"A2", "A5", "C2", "D3"} <= first
    assert "D2" not in first  # both inspectors were there


def test_a_list_that_is_empty_gives_nothing_to_look_at(drawn):
    assert not [look for look in drawn().looks if (look.unit, look.indicator) == ("T01", "F4")]


def test_what_a_unit_declares_not_to_have_is_looked_at_once_and_always(year, drawn):
    year.submit(register=[], documents=[], responses=[])
    declared = Counter(look.note for look in drawn(share=TENTH).looks if look.part is SampleReason.DECLARED_NONE)
    assert declared
    assert set(declared.values()) == {1}


def test_of_each_inspector_a_share_is_repeated_by_another_and_the_result_is_not_told(drawn):
    second = [look for look in drawn().looks if look.part is SampleReason.SECOND]
    assert Counter(look.not_by for look in second) == {"甲组": 2, "乙组": 2}
    assert {look.second_of.split("#")[0] for look in second} == {"巡查.json"}
    assert {look.note.partition("，")[2] for look in second} == {"共 10 项"}
    assert drawn().drawn_from[SampleReason.SECOND] == len(CHECKS)


def test_what_was_repeated_is_not_repeated_again(drawn):
    again = replace(CHECKS[0], id="复-1", by="丙组", second_of=CHECKS[0].name)
    assert drawn(entries=[*CHECKS, again]).drawn_from[SampleReason.SECOND] == len(CHECKS) - 1


def test_another_unit_moves_nobody_elses_sample(year, drawn):
    before = [look for look in drawn().looks if (look.unit, look.indicator) == ("T01", "C2")]
    year.submit(unit="T02", register=[closed(year, n) for n in range(1, 9)])
    assert [look for look in drawn().looks if (look.unit, look.indicator) == ("T01", "C2")] == before


def test_the_workbook_is_filled_in_and_read_as_second_inspections(year, drawn):
    plan = drawn()
    data = sample_workbook(plan, year.state(), "b" * 64)
    file = ReceivedFile(Path("抽样.xlsx"), "_office/抽样.xlsx", "_office", "0" * 64, len(data), AS_OF)
    untouched = inspection_of(read_office_workbook(file, data), year.profile, 2021)
    assert (untouched.entries, untouched.issues) == ((), ())
    assert untouched.form is not None
    assert len(untouched.form) == sum(look.part is not SampleReason.DECLARED_NONE for look in plan.looks)
    assert {row.values.get("second_of") for row in untouched.form} >= {
        look.second_of for look in plan.looks if look.part is SampleReason.SECOND
    }


def test_the_json_names_the_seed_and_every_look(year, drawn):
    plan = drawn()
    said = json.loads(json.dumps(sample_json(plan, year.state(), "b" * 64)))
    assert (said["schema"], said["seed"], said["share"]) == ("gongkai/sample/1", 7, "0.1")
    assert [(one["unit"], one["indicator"], one["item"]) for one in said["looks"]] == [
        (look.unit, look.indicator, look.item) for look in plan.looks
    ]
    assert said["counts"]["second"] == {"of": 24, "drawn": 4}


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("2021-001", False),
        ("２０２１-００１ 号申请", False),
        ("2021-999", True),
        ("2021-0011", True),
        (None, False),  # the indicator as a whole
    ],
)
def test_a_look_at_a_case_that_the_report_does_not_name_counts_and_is_told(year, item, told):
    year.submit(register=[closed(year, n) for n in range(1, 26)])
    entry = replace(CHECKS[0], unit="T01", indicator="C2", item=item)
    office = count_entries([entry], date(2022, 2, 1))
    state = replace(year.state(), inspections=office.counted, office=office)
    found = [(one.issue.rule, one.issue.observed, one.issue.values["listed"]) for one in look_elsewhere(state)]
    assert found == ([("ENTRY-CONFLICT", item, "依申请公开台账（共 25 条）")] if told else [])
    assert state.inspections == (entry,)


def test_a_document_is_known_by_its_title_too_and_a_free_item_is_nobody_s_list(year):
    document = {"number": "示政发〔2021〕1号", "title": "关于某事的通知", "kind": "other", "made_on": "2021-03-01"}
    year.submit(documents=[document])
    looks = [replace(CHECKS[0], unit="T01", indicator="F4", id=name, item=name) for name in document.values()]
    looks.append(replace(CHECKS[0], unit="T01", indicator="D2", id="专区", item="专区"))
    office = count_entries(looks, date(2022, 2, 1))
    state = replace(year.state(), inspections=office.counted, office=office)
    assert [one.entry.id for one in look_elsewhere(state)] == ["other", "2021-03-01"]


def test_how_far_inspectors_agree():
    item = replace(CHECKS[0], item="专区")
    double = replace(item, id="重-1", by="丙组", file="丙.xlsx")
    same = replace(CHECKS[1], id="复-1", by="丙组", file="丙.xlsx", second_of=CHECKS[1].name)
    differs = replace(CHECKS[2], id="复-2", by="丙组", file="丙.xlsx", passed=5, second_of=CHECKS[2].name)
    quality = inspection_quality(count_entries([item, *CHECKS[1:], double, same, differs], date(2022, 2, 1)))
    assert quality.to_json() == {
        "inspections": len(CHECKS),
        "double_entries": {"looks": 1, "differing": 0, "disagreement_percent": "0.00"},
        "second_inspections": {"looks": 2, "differing": 1, "disagreement_percent": "50.00"},
        "together": {"looks": 3, "differing": 1, "disagreement_percent": "33.33"},
        "sample": None,
    }


def put_on_record(plan):
    said = on_record(plan)
    return Draw(plan.seed, said["share"], AS_OF, "王五", "p", frozenset(said["first"]), frozenset(said["second"]))


def test_what_was_drawn_is_held_against_what_was_looked_at(drawn):
    """The agreeing half of a sample, a case that was not drawn, a first that was taken back: each is seen."""
    plans = [drawn(seed=7), drawn(seed=8)]
    draws = [put_on_record(plan) for plan in plans]
    drawn_cases = [look for look in plans[0].looks if (look.unit, look.indicator) == ("T01", "C2")]
    undrawn = next(n for n in range(1, 26) if f"2021-{n:03}" not in {look.item for p in plans for look in p.looks})
    case = replace(CHECKS[0], unit="T01", indicator="C2", item=drawn_cases[0].item, id="件-1")
    other = replace(case, item=f"2021-{undrawn:03}", id="件-2")
    names = sorted(frozenset().union(*(draw.second for draw in draws)))
    stray = next(one for one in CHECKS if one.name not in names)
    gone = next(one for one in CHECKS if one.name == names[1])
    again = [
        replace(one, id=f"复-{n}", by="丙组", second_of=one.name, passed=7)
        for n, one in enumerate([next(one for one in CHECKS if one.name == names[0]), stray])
    ]
    entries = [case, other, *(one for one in CHECKS if one is not gone), *again]
    found = inspection_quality(count_entries(entries, date(2022, 2, 1)), draws).to_json()
    assert found["sample"] == {
        "seeds": [7, 8],
        "first": {"drawn": len(frozenset().union(*(draw.first for draw in draws))), "inspected": 1},
        "second": {
            "drawn": len(names),
            "withdrawn": 1,
            "looks": 1,
            "differing": 1,
            "disagreement_percent": "100.00",
        },
    }
    assert found["second_inspections"]["looks"] == 2


def test_one_inspection_that_three_people_repeat_is_one_and_a_problem_found_twice_is_no_rate():
    again = [replace(CHECKS[0], id=f"复-{n}", by=f"{n} 号", second_of=CHECKS[0].name, passed=n) for n in (7, 8)]
    problem = replace(CHECKS[1], kind="problem", passed=None, checked=None, item="首页")
    twice = [problem, replace(problem, id="重", by="丙组")]
    found = inspection_quality(count_entries([*CHECKS, *again, *twice], date(2022, 2, 1)))
    assert (found.seconds, found.doubles) == (SecondLooks(1, 1), SecondLooks(0, 0))


def test_a_plan_says_what_was_drawn_before(year, drawn):
    plan, state = drawn(seed=8), replace(year.state(), draws=(put_on_record(drawn(seed=7)),))
    assert drawn_before(year.state()) == ""
    assert "此前已抽样 1 次：种子 7（" in drawn_before(state)
    assert [one["seed"] for one in sample_json(plan, state, "b" * 64)["drawn_before"]] == [7]


def test_nobody_looked_twice_is_no_rate():
    assert inspection_quality(count_entries(CHECKS, date(2022, 2, 1))).together.percent is None
