"""What waits for the office stands in its workbook, and what it entered there before comes along."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.assessment.assess import assess_year
from gongkai.assessment.office.open_work import office_rows
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.office_row import OfficeRow
from gongkai.submission.inspection.workbook.office_sheets import TOLD
from gongkai.warehouse.records import StoredFile
from tests.unit.assessment.conftest import AS_OF, verdict

FILE = "办公室录入-2021.xlsx"
NOTICE = InspectionEntry(
    id="G1-3", unit="T01", kind="rectification", indicator="G1", by="甲组", reason="空栏目", file="巡查.json",
    issued_on=date(2021, 5, 3), due_on=date(2021, 6, 1),
)  # fmt: skip


@pytest.fixture
def waiting(year):
    """`waiting(sheet)`: the rows of a sheet, without the words for people."""

    def rows(sheet, **changes):
        state = replace(year.state(), **changes)
        found = office_rows(state, assess_year(state), FILE)
        return [{k: v for k, v in row.values.items() if k != TOLD} for row in found if row.sheet == sheet]

    return rows


def test_a_pending_claim(year, waiting):
    year.submit(evidence=[{"indicator": "E3", "title": "推广通知", "level": "city"}])
    assert waiting("claims") == [{"id": "确认-001", "unit": "T01", "claim": "evidence[1]"}]
    year.confirm("evidence[1]")
    assert waiting("claims") == []


def test_a_veto_that_the_machine_proposes(year, waiting):
    (proposed,) = [row for row in waiting("awards") if row["unit"] == "T01"]
    assert (proposed["kind"], proposed["ground"] in year.profile.scheme.vetoes) == ("veto", True)


def test_an_open_rectification_of_another_file_names_it(waiting):
    (row,) = waiting("rectifications", inspections=(NOTICE,))
    assert (row["second_of"], row["due_on"], "by" in row, "closed_on" in row) == (
        "巡查.json#G1-3",
        "2021-06-01",
        False,
        False,
    )
    assert waiting("rectifications", inspections=(replace(NOTICE, closed_on=date(2021, 5, 9)),)) == []


def test_what_an_issued_card_asks_to_be_mended_until_a_notice_speaks_of_it(year, waiting):
    year.submit(register=[year.case("2021-001", "2021-03-01", "2021-09-10")])
    lost = {line.code for line in year.card().indicators if line.deductions}
    assert waiting("rectifications") == []  # nothing was issued
    year.issue()
    rows = [row for row in waiting("rectifications") if row["unit"] == "T01"]
    assert {row["indicator"] for row in rows} == lost
    assert {row["issued_on"] for row in rows} == {"2022-04-06"}
    notice = replace(NOTICE, indicator=rows[0]["indicator"], item=rows[0]["item"])
    left = waiting("rectifications", inspections=(notice,))
    assert [row["item"] for row in left if row["unit"] == "T01"].count(notice.item) == 1  # the notice itself, open


def test_what_the_same_workbook_said_before_comes_along_with_its_numbers(year, waiting):
    year.submit(evidence=[{"indicator": "E3", "title": "推广通知", "level": "city"}])
    decided = OfficeRow("claims", "确认-007", {"id": "确认-007", "unit": "T02", "claim": "evidence[1]", "by": "甲组"})
    untouched = OfficeRow("claims", "确认-008", {"id": "确认-008", "unit": "T01", "claim": "evidence[1]"})
    file = StoredFile(f"_office/{FILE}", "0" * 64, AS_OF, verdict(), (), (decided, untouched))
    assert waiting("claims", office_files=(file,)) == [
        decided.values,
        {"id": "确认-008", "unit": "T01", "claim": "evidence[1]"},
    ]


def test_of_a_json_file_of_that_name_the_entries_come_along(waiting):
    file = StoredFile(f"_office/{FILE}", "0" * 64, AS_OF, verdict(), (NOTICE,))
    (row,) = waiting("rectifications", office_files=(file,))
    assert (row["id"], row["issued_on"]) == ("G1-3", "2021-05-03")
