"""The district's totals: additions with provenance, averages of the registers, blank never becoming zero."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.national_format import for_year
from gongkai.warehouse.rates import half_up
from gongkai.warehouse.records import YearLock
from gongkai.warehouse.totals import Contribution, compute_totals

Make = Callable[..., Any]
TOTAL = "requests.granted.total"
FEES = "proactive_disclosure.administrative_fees.amount_wan_yuan"
MONDAY = date(2021, 3, 1)  # the Fridays of that week and the next are ordinary working days


def case(replied_on: date | None, **further: Any) -> dict[str, Any]:
    fields = {"case_no": "1", "received_on": MONDAY, "replied_on": replied_on, **further}
    return {key: value for key, value in fields.items() if value is not None}


def test_a_cell_is_the_sum_of_the_accepted_revisions_with_its_sources(submission: Make, state: Make) -> None:
    totals = compute_totals(
        state(
            submission("OFFICE", figures={TOTAL: 70}),
            submission("T01", figures={TOTAL: 3}),
            submission("A01", figures={TOTAL: 0}),
        )
    )
    assert totals.district.tables[TOTAL] == 73
    order = [unit.unit.code for unit in state().units if unit.unit.code in ("A01", "T01", "OFFICE")]
    values = {"A01": 0, "T01": 3, "OFFICE": 70}
    assert totals.sources[TOTAL] == tuple(Contribution(unit, 1, values[unit]) for unit in order)


def test_every_cell_of_the_format_is_there_in_its_order(submission: Make, state: Make) -> None:
    totals = compute_totals(state(submission()))
    wheres = [spec.where for spec in for_year(2021).cells]
    assert list(totals.district.tables) == wheres
    assert list(totals.sources) == wheres
    assert set(totals.district.tables.values()) == {None}


def test_a_blank_contributes_nothing_and_a_zero_contributes_zero(submission: Make, state: Make) -> None:
    totals = compute_totals(state(submission("T01", figures={TOTAL: None}), submission("T02", figures={TOTAL: 0})))
    assert totals.district.tables[TOTAL] == 0
    assert totals.sources[TOTAL] == (Contribution("T02", 1, 0),)
    assert compute_totals(state(submission(figures={TOTAL: None}))).district.tables[TOTAL] is None


def test_money_is_added_exactly(submission: Make, state: Make) -> None:
    totals = compute_totals(
        state(submission("T01", figures={FEES: Decimal("0.1")}), submission("T02", figures={FEES: Decimal("0.2")}))
    )
    assert totals.district.tables[FEES] == Decimal("0.3")


def test_a_returned_revision_does_not_count(submission: Make, state: Make) -> None:
    totals = compute_totals(
        state(
            submission("T01", figures={TOTAL: 3}),
            returned=(submission("T01", figures={TOTAL: 99}), submission("T02", figures={TOTAL: 5})),
        )
    )
    assert totals.district.tables[TOTAL] == 3
    assert totals.sources[TOTAL] == (Contribution("T01", 1, 3),)


def test_the_office_counts_in_the_district_and_stands_apart(submission: Make, state: Make) -> None:
    totals = compute_totals(
        state(
            submission("OFFICE", figures={TOTAL: 70, "activities.portal_items": 255}),
            submission("T01", figures={TOTAL: 3, "activities.portal_items": 5}),
        )
    )
    assert totals.office is not None
    assert (totals.office.tables[TOTAL], totals.district.tables[TOTAL]) == (70, 73)
    assert (totals.office.activities["portal_items"], totals.district.activities["portal_items"]) == (255, 260)
    assert compute_totals(state(submission("T01"))).office is None


def test_only_numeric_activities_are_added_and_an_unreported_one_is_absent(submission: Make, state: Make) -> None:
    figures = {
        "activities.portal_items": 4,
        "activities.processing_fees_yuan": Decimal("12.50"),
        "activities.guide_updated_on": date(2021, 6, 1),
        "activities.report_url": "https://example.invalid/",
    }
    totals = compute_totals(state(submission(figures=figures)))
    assert totals.district.activities == {"portal_items": 4, "processing_fees_yuan": Decimal("12.50")}


def test_documents_are_counted_by_kind_zero_included(submission: Make, state: Make) -> None:
    documents = [{"number": str(n), "kind": kind} for n, kind in enumerate(["normative", "normative", "office"])]
    found = compute_totals(state(submission(documents=documents))).district.documents_by_kind
    assert found == {"normative": 2, "government": 0, "office": 1, "budget": 0, "final_account": 0, "other": 0}
    assert compute_totals(state(submission(documents=[]))).district.documents_by_kind["normative"] == 0
    assert compute_totals(state(submission())).district.documents_by_kind == {}


def test_the_average_is_over_all_cases_closed_in_the_year(submission: Make, state: Make) -> None:
    """Friday of the same week: 4 working days; the Monday after: 5. The third is open and overdue at the year's end:
    late in the share, not in the average. The fourth is of another year.
    """
    cases = [
        case(date(2021, 3, 5)),
        case(date(2021, 3, 8)),
        case(None),
        case(date(2022, 1, 5), received_on=date(2021, 12, 30)),
    ]
    found = compute_totals(
        state(submission("T01", register=cases[:1]), submission("T02", register=cases[1:]))
    ).indicators
    assert found.average_reply_working_days == Decimal("4.50")
    assert found.reply_shortening_percent == Decimal("77.50")
    assert (found.requests_closed, found.requests_closed_on_time, found.requests_open_late) == (2, 2, 1)
    assert found.requests_closed_on_time_percent == Decimal("66.67")


def test_the_shortening_comes_from_the_printed_average(submission: Make, state: Make) -> None:
    """Seven cases, 4 + 6 × 5 = 34 days: 4.857… is printed 4.86, and (20 − 4.86) / 20 is 75.70 %, not 75.71 %."""
    cases = [case(date(2021, 3, 5)), *[case(date(2021, 3, 8))] * 6]
    found = compute_totals(state(submission(register=cases))).indicators
    assert found.average_reply_working_days == Decimal("4.86")
    assert found.reply_shortening_percent == Decimal("75.70")


def test_a_late_case_is_closed_and_not_on_time(submission: Make, state: Make) -> None:
    cases = [case(date(2021, 3, 5)), case(date(2021, 3, 5)), case(date(2021, 4, 30))]
    found = compute_totals(state(submission(register=cases))).indicators
    assert (found.requests_closed, found.requests_closed_on_time) == (3, 2)
    assert found.requests_closed_on_time_percent == Decimal("66.67")


def test_a_locked_year_counts_by_the_limits_that_its_lock_states(submission: Make, state: Make) -> None:
    """Four working days by a limit of 3: late, and no time saved."""
    year = state(submission(register=[case(date(2021, 3, 5))]))
    reply = {"reply": {"value": 3, "law": "reply"}}
    rules = json.dumps({"rules": [{"id": "CASE-OVERDUE", "thresholds": reply}, {"id": "BLANK", "thresholds": {}}]})
    lock = YearLock(2021, year.as_of, "李主任", "已报市办", 1, "0" * 64, rules, year.profile)
    found = compute_totals(replace(year, lock=lock)).indicators
    assert (found.requests_closed, found.requests_closed_on_time) == (1, 0)
    assert found.reply_shortening_percent == Decimal("-33.33")
    assert compute_totals(year).indicators.requests_closed_on_time == 1


def test_without_a_case_there_is_no_rate(submission: Make, state: Make) -> None:
    found = compute_totals(state(submission(register=[]))).indicators
    assert found.requests_closed == 0
    assert found.average_reply_working_days is None
    assert found.reply_shortening_percent is None
    assert found.requests_closed_on_time_percent is None


def test_a_case_without_a_starting_day_is_closed_but_has_no_clock(submission: Make, state: Make) -> None:
    cases = [case(date(2021, 3, 5)), case(date(2021, 3, 5), received_on=None)]
    found = compute_totals(state(submission(register=cases))).indicators
    assert (found.requests_closed, found.requests_closed_on_time) == (2, 1)
    assert found.average_reply_working_days == Decimal("4.00")


def test_the_offices_own_rates_stand_apart(submission: Make, state: Make) -> None:
    office = submission("OFFICE", register=[case(date(2021, 3, 5))])
    totals = compute_totals(state(office, submission("T01", register=[case(date(2021, 3, 8))])))
    assert totals.office_indicators.average_reply_working_days == Decimal("4.00")
    assert totals.indicators.average_reply_working_days == Decimal("4.50")


def test_a_year_without_calendar_has_no_rates_and_is_named(submission: Make, state: Make) -> None:
    cases = [case(date(2027, 1, 5), received_on=date(2026, 12, 30))]
    found = compute_totals(state(submission(year=2027, register=cases), year=2027)).indicators
    assert (found.requests_closed, found.requests_closed_on_time, found.unknown_year) == (1, None, 2027)
    assert found.average_reply_working_days is None
    assert found.requests_closed_on_time_percent is None


def test_cases_closed_in_december_need_nothing_of_the_year_after(submission: Make, state: Make) -> None:
    cases = [case(date(2026, 12, 30), received_on=date(2026, 12, 21))]
    found = compute_totals(state(submission(year=2026, register=cases), year=2026)).indicators
    assert (found.requests_closed_on_time, found.unknown_year) == (1, None)
    assert found.average_reply_working_days == Decimal("7.00")


def test_last_year_adds_up_accepted_revisions_only(submission: Make, state: Make) -> None:
    last = [submission(unit, 2020, {TOTAL: n}) for unit, n in (("T01", 3), ("T02", 4))]
    totals = compute_totals(state(submission(), previous=((last[0], True), (last[1], False))))
    assert totals.previous is not None
    assert totals.previous.tables[TOTAL] == 3
    assert list(totals.previous.tables) == [spec.where for spec in for_year(2020).cells]
    assert compute_totals(state(submission(), previous=((last[1], False),))).previous is None


@given(st.lists(st.integers(0, 10**6) | st.none(), min_size=10, max_size=10))
def test_a_total_is_the_sum_of_its_sources(submission: Make, state: Make, numbers: list[int | None]) -> None:
    units = [f"T{n:02}" for n in range(1, 11)]
    totals = compute_totals(state(*(submission(u, figures={TOTAL: n}) for u, n in zip(units, numbers, strict=True))))
    known = [(unit, n) for unit, n in zip(units, numbers, strict=True) if n is not None]
    assert [(c.unit, c.value) for c in totals.sources[TOTAL]] == known
    assert totals.district.tables[TOTAL] == (sum(n for _, n in known) if known else None)


@pytest.mark.parametrize(
    ("number", "printed"), [("7.285", "7.29"), ("7.2849", "7.28"), ("0.005", "0.01"), ("63.545", "63.55")]
)
def test_rates_are_rounded_half_up(number: str, printed: str) -> None:
    assert half_up(Decimal(number)) == Decimal(printed)


def test_a_register_of_cases_that_another_authority_counts_is_in_no_average(submission: Make, state: Make) -> None:
    closed = submission("T01", register=[case(date(2021, 3, 5))])
    own = state(closed)
    assert compute_totals(own).indicators.requests_closed == 1
    elsewhere = [
        unit.model_copy(update={"requests_counted_by": "示例区人民政府"}) if unit.code == "T01" else unit
        for unit in own.profile.units
    ]
    counted = state(closed, profile=own.profile.model_copy(update={"units": tuple(elsewhere)}))
    assert compute_totals(counted).indicators.requests_closed == 0
