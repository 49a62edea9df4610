"""The roll-up: the district's totals against an independent sum; a difference stops the run."""

from dataclasses import replace
from datetime import datetime

import pytest

from expectations.district_rollup import check_rollup
from expectations.validation import Context, validate
from gongkai.errors import RuleCrashed
from gongkai.profile import Profile
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import Revision, UnitYear, YearState
from gongkai.warehouse.totals import Number, Totals, compute_totals
from tests.unit.expectations.conftest import YEAR, ZONE, put, read, sound


@pytest.fixture(scope="module")
def state(profile: Profile, context: Context) -> YearState:
    """T01 and T02 accepted with equal figures, C01 with a rule of its own, N01 accepted without tables."""
    documents = [sound("T01"), sound("T02"), sound("C01"), sound("N01")]
    put("proactive_disclosure.rules.in_force", 3)(documents[2])
    put("tables", None)(documents[3])
    readings = [read(document, document["unit"]) for document in documents]
    units = []
    for reading, verdict in zip(readings, validate(readings, context), strict=True):
        assert verdict.status is Status.ACCEPTED
        code = str(reading.file.folder)
        revision = Revision(
            code,
            YEAR,
            1,
            reading.file.sha256,
            "x.json",
            "json",
            reading.file.received_at,
            reading.submission,
            verdict,
            verdict,
        )
        unit = profile.unit(code)
        assert unit is not None
        units.append(UnitYear(unit, (revision,)))
    return YearState(
        year=YEAR,
        as_of=datetime(2023, 2, 1, tzinfo=ZONE),
        profile=profile,
        profile_sha256="0" * 64,
        rules_version="0" * 64,
        units=tuple(units),
        inspections=(),
        office_files=(),
        unassigned=(),
        previous={},
    )


def changed(totals: Totals, **cells: Number | None) -> Totals:
    tables = {**totals.district.tables, **{key.replace("__", "."): value for key, value in cells.items()}}
    return replace(totals, district=replace(totals.district, tables=tables))


def test_rollup_pass(state: YearState) -> None:
    totals = compute_totals(state)
    assert totals.district.tables["requests.new_requests.total"] == 36
    check_rollup(totals, state.accepted)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("requests__granted__total", "全区表三“（一）予以公开”行“总计”列为 34，各单位已受理数之和为 33，相差 1。"),
        ("disputes__reconsideration__total", "全区表四“行政复议”的“总计”为 34，各单位已受理数之和为 3，相差 31。"),
        (
            "proactive_disclosure__rules__in_force",
            "全区表二“规章”行“现行有效件数”列为 34，各单位已受理数之和为 3，相差 31。",
        ),
    ],
    ids=["ROLLUP-REQ", "ROLLUP-DIS", "ROLLUP-PRO"],
)
def test_rollup_fail_names_the_cell(state: YearState, cell: str, message: str) -> None:
    with pytest.raises(RuleCrashed) as crash:
        check_rollup(changed(compute_totals(state), **{cell: 34}), state.accepted)
    assert message in str(crash.value)


def test_rollup_edge_a_total_that_is_missing_is_no_zero(state: YearState) -> None:
    with pytest.raises(RuleCrashed, match="为 无数据，各单位已受理数之和为 0"):
        check_rollup(changed(compute_totals(state), requests__closed_other__total=None), state.accepted)


def test_rollup_edge_no_unit_accepted(state: YearState) -> None:
    empty = replace(state, units=())
    check_rollup(compute_totals(empty), empty.accepted)
