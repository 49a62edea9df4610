"""The office's own files with their entries, and files that are no unit's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine

from gongkai.submission.form import Origin
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.office_row import OfficeRow
from gongkai.submission.verdict import Status
from gongkai.warehouse.merge import holds_bytes_for_other_year, merge_inspection, store_unassigned
from gongkai.warehouse.queries import load_year

Make = Callable[..., Any]

ENTRY = InspectionEntry(
    id="I-1",
    unit="T01",
    kind="checked",
    indicator="A2",
    passed=7,
    checked=8,
    points=Decimal("1.50"),
    on=date(2021, 6, 1),
    recurred=False,
    reason="逾期",
)


def test_office_files_come_back_with_their_entries(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    run, file = begin(engine), replace(reading().file, name="_office/patrol.json")
    assert merge_inspection(engine, file, [ENTRY, replace(ENTRY, id="I-2")], verdict(), 2021, run)
    assert not merge_inspection(engine, file, [ENTRY, replace(ENTRY, id="I-2")], verdict(), 2021, run)
    state = load_year(engine, 2021, moment(0))
    known = {"file": "patrol.json", "known_at": moment(0)}
    assert state.inspections == (replace(ENTRY, **known), replace(ENTRY, id="I-2", **known))
    assert [(f.name, f.verdict) for f in state.office_files] == [("_office/patrol.json", verdict())]
    assert holds_bytes_for_other_year(engine, file.sha256, 2022)


def test_the_rows_of_a_workbook_come_back_as_they_stood(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    rows = (
        OfficeRow(
            "checks", "I-1", {"id": "I-1", "unit": "T01", "points": "1.50", "passed": 7}, Origin("检查评分", "A6")
        ),
        OfficeRow("claims", "确认-001", {"id": "确认-001", "told": "市级"}),
    )
    file = replace(reading().file, name="_office/办公室录入.xlsx")
    merge_inspection(engine, file, [ENTRY], verdict(), 2021, begin(engine), rows)
    (stored,) = load_year(engine, 2021, moment(0)).office_files
    assert stored.form == rows


def test_unassigned_files_are_listed_and_hold_nothing(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    file = replace(reading().file, name="X99/a.xlsx")
    assert store_unassigned(engine, file, verdict("quarantined", "没有这个单位"), 2021, begin(engine))
    assert not store_unassigned(engine, file, verdict("quarantined", "没有这个单位"), 2021, begin(engine))
    state = load_year(engine, 2021, moment(0))
    assert [(f.name, f.verdict.status) for f in state.unassigned] == [("X99/a.xlsx", Status.QUARANTINED)]
    assert state.office_files == ()


def test_the_same_bytes_in_several_wrong_folders_are_answered_once_for_the_folder_that_is_shown(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    one = replace(reading("X99").file, name="X98/a.xlsx", folder="X98")
    other = replace(one, name="X99/b.xlsx", folder="X99")
    for hours, files in enumerate(((one, other), (other, one))):
        run = begin(engine, hours)
        for file in files:
            store_unassigned(engine, file, verdict("quarantined", f"没有单位 {file.folder}"), 2021, run)
        (stored,) = load_year(engine, 2021, moment(hours)).unassigned
        assert (stored.name, stored.verdict.findings[0].message) == ("X98/a.xlsx", "没有单位 X98")
