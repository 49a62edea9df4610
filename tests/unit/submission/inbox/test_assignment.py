"""Whose a file of the inbox is: its folder's, or the unit's that a loose file names."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gongkai.profile import Unit
from gongkai.submission.form import CSV, Reading, ReceivedFile, Submission
from gongkai.submission.inbox.assignment import Assigned, assign_readings
from gongkai.submission.inbox.named_unit import identified

MORNING = datetime(2022, 1, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CHOSEN = ("A01", "T01")
EXPECTED = [
    Unit(code=code, name=name, kind="town", level="town", authority=f"{name}办事处", former_names=(f"{name[:2]}镇",))
    for code, name in (("A01", "城关街道"), ("A02", "西河街道"), ("T01", "东风街道"))
]


def reading(name: str, unit: str | None, hours: int = 0, kind: str = "json") -> Reading:
    """A file of that path below the inbox; `unit` is the one that it names inside."""
    folder = name.partition("/")[0] if "/" in name else None
    file = ReceivedFile(Path(name), name, folder, name.ljust(64, "0"), 1, MORNING + timedelta(hours=hours))
    return Reading(file, Submission(unit, 2021, ()) if unit else None, kind=kind)


def assigned(*loose: Reading, held: tuple[str, ...] = (), **folders: list[Reading]) -> Assigned:
    return assign_readings(folders, loose, CHOSEN, EXPECTED, lambda one: one.file.name in held)


def names(found: Assigned) -> dict[str, list[str]]:
    return {unit: [one.file.name for one in listed] for unit, listed in found.units.items()}


def test_a_file_is_its_folder_s_whatever_it_names_inside() -> None:
    found = assigned(T01=[reading("T01/a.json", "A01")])
    assert (names(found), found.unplaced) == ({"T01": ["T01/a.json"]}, [])


def test_a_loose_file_is_the_unit_s_that_it_names() -> None:
    found = assigned(reading("a.json", "T01", 2), reading("b.json", "A01"), T01=[reading("T01/c.json", "T01", 1)])
    assert names(found) == {"A01": ["b.json"], "T01": ["T01/c.json", "a.json"]}, (
        "units as asked for, files as they came"
    )


def test_a_loose_file_of_a_unit_that_is_not_taken_in_this_time_is_left_alone() -> None:
    found = assigned(reading("a.json", "A02"))
    assert (found.units, found.unplaced) == ({}, [])


def test_a_loose_file_that_names_no_expected_unit_is_nobody_s() -> None:
    strays = [reading("a.json", "A99"), reading("b.bin", None)]
    assert assigned(*strays).unplaced == strays


def test_csv_files_that_lie_together_are_one_submission_in_the_order_of_arrival() -> None:
    parts = [reading("T01/表三.csv", "T01", 1, CSV), reading("T01/台账.csv", "T01", 3, CSV)]
    found = assigned(T01=[*parts, reading("T01/a.json", "T01", 2)])
    first, joint = found.units["T01"]
    assert (first.file.name, joint.kind) == ("T01/a.json", CSV)
    assert joint.file.sha256 not in {part.file.sha256 for part in parts}
    joined = joint.file.name
    assert names(assigned(T01=parts, held=(joined,))) == {"T01": []}, "what another year holds is passed over"
    assert names(assigned(T01=parts[:1], held=(parts[0].file.name,))) == {"T01": [parts[0].file.name]}


def test_a_loose_csv_file_stays_apart_from_those_of_a_folder() -> None:
    loose = replace(reading("台账.csv", "T01", 5), kind=CSV)
    found = assigned(loose, T01=[reading("T01/表三.csv", "T01", 1, CSV)])
    assert names(found) == {"T01": ["T01/表三.csv", "台账.csv"]}


@pytest.mark.parametrize("said", ["东风街道", "东风街道办事处", "东风镇", "t01"])
def test_a_file_may_give_its_unit_by_any_of_its_names(said: str) -> None:
    found = assigned(reading("名单.csv", said, kind=CSV), T01=[reading("T01/a.csv", said, kind=CSV)])
    loose, filed = sorted(found.units["T01"], key=lambda one: one.file.folder or "")
    for one in (loose, filed):
        assert one.submission is not None
        assert one.submission.unit == "T01"
        (noted,) = one.coercions
        assert (noted.where, noted.raw, noted.value) == ("unit", said, "T01")


def test_a_file_in_a_unit_s_folder_that_gives_another_unit_s_name_is_that_unit_s() -> None:
    (one,) = assigned(T01=[reading("T01/a.csv", "西河街道", kind=CSV)]).units["T01"]
    assert one.submission is not None
    assert one.submission.unit == "A02", "the intake rules compare it with the folder"


def test_a_name_that_the_registry_does_not_know_is_the_folder_s_and_said_and_a_loose_file_with_it_is_nobody_s() -> None:
    found = assigned(reading("名单.csv", "某某街道", kind=CSV), T01=[reading("T01/a.csv", "某某街道", kind=CSV)])
    (one,) = found.units["T01"]
    assert one.submission is not None
    assert (one.submission.unit, one.coercions[0].raw) == ("T01", "某某街道")
    assert "没有这个名称" in one.coercions[0].why
    assert [(stray.submission, stray.issues[0].observed) for stray in found.unplaced] == [
        (None, "没有单位代码的 CSV 文件")
    ]


def test_a_name_that_several_units_bear_is_the_folder_s_among_them() -> None:
    shared = [unit.model_copy(update={"authority": "区住建局"}) for unit in EXPECTED]
    said = [reading(name, "区住建局", kind=CSV) for name in ("A02/a.csv", "名单.csv")]
    filed, loose = (identified(one, shared).submission for one in said)
    assert filed is not None
    assert (filed.unit, loose) == ("A02", None)
