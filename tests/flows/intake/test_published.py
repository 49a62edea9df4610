"""Nine published annual reports, figures as printed, through the whole flow on one warehouse, year after year.

The exact cells of each verdict are pinned in tests/golden/published; here the files travel all the way to the
receipts, and the years find each other.
"""

import json
from collections import Counter
from datetime import datetime

import pytest

from flows.annual import work
from flows.order import complete_order
from tasks.step import plainly
from tests.golden.published.build import YEARS, write_inboxes, write_profile

DESERVED = {
    (2019, "SHANGHAI"): ("returned", {"BLANK": 157}),
    (2019, "PINGTAN"): ("returned", {"BLANK": 22}),
    (2020, "PINGTAN"): ("returned", {"BLANK": 22, "REQ-OUTCOME-SUM": 2}),
    (2021, "PINGTAN"): ("returned", {"BLANK": 3}),
    (2022, "PINGTAN"): ("accepted", {}),
    (2023, "HONGZE"): (
        "returned",
        {"BLANK": 14, "DIS-SUM-RECONSIDERATION": 1, "DIS-SUM-LITIGATION_AFTER_RECONSIDERATION": 1},
    ),
    (2023, "SHUYANG-DRC"): ("returned", {"BLANK": 125}),
    (2023, "SUQIAN"): ("accepted", {}),
    (2024, "SUQIAN"): ("accepted", {}),
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    write_profile(folder / "profile")
    write_inboxes(folder / "inbox")
    with plainly("test"):
        for year in YEARS:
            order = complete_order(
                year=year,
                units=[],
                stages=[],
                inbox=folder / "inbox" / str(year),
                out=folder / "out",
                profile=folder / "profile",
                as_of=datetime.fromisoformat(f"{year + 1}-02-20T09:00:00+08:00"),
                warehouse=f"sqlite:///{folder / 'warehouse.sqlite'}",
            )
            state = work(order)
            assert state.is_completed(), state.message
    return folder / "out"


@pytest.mark.parametrize(("year", "unit"), DESERVED)
def test_a_published_report_gets_the_verdict_it_deserves(outputs, year, unit):
    receipt = json.loads((outputs / str(year) / "receipts" / f"{unit}.json").read_text(encoding="utf-8"))
    errors = Counter(finding["rule"] for finding in receipt["findings"] if finding["severity"] == "error")
    assert (receipt["status"], dict(errors)) == DESERVED[year, unit]


@pytest.mark.parametrize(("year", "unit"), [(2022, "PINGTAN"), (2024, "SUQIAN")])
def test_the_carry_over_was_checked_against_the_year_before(outputs, year, unit):
    receipt = json.loads((outputs / str(year) / "receipts" / f"{unit}.json").read_text(encoding="utf-8"))
    assert "YOY-CARRY" not in {left_out["rule"] for left_out in receipt["rules_not_applied"]}


def test_a_district_without_a_registers_average_says_so_instead_of_zero(outputs):
    report = json.loads((outputs / "2024" / "report" / "report.json").read_text(encoding="utf-8"))
    assert report["indicators"]["average_reply_working_days"] is None
    assert report["tables"]["requests"]["carried_in"]["total"] == 121
