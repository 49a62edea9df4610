"""report.json against contract.md: keys, types, provenance of every cell."""

import json
from typing import Any

from gongkai.national_format import for_year
from gongkai.reporting.report.json_form import report_bytes, report_json
from gongkai.submission.report_below import OWN_HASH, own_hash

CONTRACT_KEYS = {
    "year", "district", "as_of", "basis_sha256", "provisional", "tables", "activities", "documents_by_kind",
    "indicators", "office", "units", "previous_year", "sources",
}  # fmt: skip


def made(year: Any) -> dict[str, Any]:
    found: dict[str, Any] = report_json(year.report)
    return found


def test_it_has_the_keys_of_the_contract(draft_year: Any) -> None:
    report = made(draft_year)
    assert set(report) >= CONTRACT_KEYS
    assert report["year"] == 2021
    assert report["as_of"] == "2022-02-15T18:00:00+08:00"
    assert report["provisional"] is True


def test_counts_are_integers_and_money_is_a_string(plain_year: Any) -> None:
    tables = made(plain_year)["tables"]
    assert tables["requests"]["new_requests"]["total"] == 140
    assert isinstance(tables["proactive_disclosure"]["administrative_fees"]["amount_wan_yuan"], str)


def test_every_cell_says_which_revision_of_which_unit_gave_what(plain_year: Any) -> None:
    report = made(plain_year)
    assert list(report["sources"]) == [spec.where for spec in for_year(2021).cells]
    given = report["sources"]["requests.new_requests.total"]
    assert given[0] == {"unit": "A01", "revision": 1, "value": 0}
    assert given[-1] == {"unit": "OFFICE", "revision": 1, "value": 70}
    assert sum(one["value"] for one in given) == report["tables"]["requests"]["new_requests"]["total"]


def test_units_are_listed_by_state_in_registry_order(draft_year: Any) -> None:
    units = made(draft_year)["units"]
    assert units["missing"] == ["A07", "T03"]
    assert units["returned"] == ["A05"]
    assert units["quarantined"] == []
    assert len(units["expected"]) == 37
    assert len(units["accepted"]) == 34


def test_a_unit_that_is_not_accepted_is_not_counted(draft_year: Any) -> None:
    given = made(draft_year)["sources"]["requests.new_requests.total"]
    assert not {"A05", "A07", "T03"} & {one["unit"] for one in given}


def test_last_year_is_null_or_in_its_own_format(plain_year: Any, draft_year: Any) -> None:
    assert made(plain_year)["previous_year"] is None
    previous = made(draft_year)["previous_year"]
    assert previous["year"] == 2020
    assert "government_procurement" in previous["tables"]["proactive_disclosure"]


def test_without_the_office_its_cells_are_null_not_zero(plain_year: Any) -> None:
    plain_year.missing = {"OFFICE"}
    office = made(plain_year)["office"]
    assert office["tables"]["requests"]["new_requests"]["total"] is None
    assert office["activities"] == {}


def test_the_file_is_the_same_value_and_a_cell_a_line(plain_year: Any) -> None:
    report = made(plain_year)
    written = report_bytes(report)
    assert json.loads(written) == {**report, OWN_HASH: own_hash(report)}
    assert own_hash(json.loads(written)) == own_hash(report)  # who reads it finds it unaltered
    assert sum(b'"requests.granted.total": [' in line for line in written.splitlines()) == 1
