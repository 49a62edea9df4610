"""The district's identities across two years: closed, or every difference laid at the unit that explains it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from gongkai.findings import Finding, Severity
from gongkai.national_format import for_year
from gongkai.profile import load_profile
from gongkai.profile.unit import Unit
from gongkai.reporting.report.annex.view import annex_tables
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.shared.across_years import across_years_json, across_years_lines, unclaimed_notice
from gongkai.submission.form import Submission
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import compute_totals
from gongkai.warehouse.years.across_years import AcrossYears, Cause, across_years
from gongkai.warehouse.years.last_year import Previous, last_year

IN, OUT = "requests.carried_in.total", "requests.carried_out.total"
STOCK = "proactive_disclosure.normative_documents"
Build = Callable[..., Any]


def town(code: str, **further: object) -> Unit:
    said = {"code": code, "name": f"{code}镇", "kind": "town", "level": "town", "authority": f"{code}镇人民政府"}
    return Unit.model_validate({**said, **further})


class Two:
    """Two years of a small district: tables filled with 0 but for what a test names."""

    def __init__(self, submission: Build, state: Build) -> None:
        self.submission, self.state = submission, state

    def report(self, unit: str, year: int, figures: Mapping[str, int]) -> Submission:
        tables = {spec.where: 0 for spec in for_year(year).cells}
        made: Submission = self.submission(unit, year, {**tables, **figures})
        return made

    def year(
        self, units: list[Unit], last: dict[str, dict[str, int]], now: dict[str, dict[str, int]], **open_: bool
    ) -> YearState:
        profile = load_profile().model_copy(update={"units": tuple(units)})
        made: YearState = self.state(
            *(self.report(unit, 2022, said) for unit, said in now.items()), profile=profile, year=2022
        )
        reports = {
            unit: Previous(self.report(unit, 2021, said), 1, not open_.get(unit, False)) for unit, said in last.items()
        }
        found = last_year(2022, profile, reports, None)
        return replace(made, previous=found.of, unclaimed=found.unclaimed)


def at(state: YearState, where: str) -> AcrossYears:
    return next(one for one in across_years(state) if one.where == where)


def causes(state: YearState, where: str = IN) -> dict[tuple[str, ...], tuple[Any, Cause]]:
    return {gap.units or gap.before: (gap.difference, gap.cause) for gap in at(state, where).gaps}


def test_a_district_whose_years_meet_has_no_gap(submission: Build, state: Build) -> None:
    made = Two(submission, state).year(
        [town("T01"), town("T02")], {"T01": {OUT: 2}, "T02": {}}, {"T01": {IN: 2}, "T02": {}}
    )
    found = at(made, IN)
    assert (found.brought, found.now, found.gaps) == (2, 2, ())
    assert [line.gaps for line in across_years_lines(made)] == [()] * len(across_years(made))
    assert unclaimed_notice(made) is None
    assert len(across_years(made)) == 9, "seven columns of the carry-over, two rows of the stock"


def test_documents_in_force_are_last_years_and_what_was_issued_less_what_was_repealed(
    submission: Build, state: Build
) -> None:
    now = {f"{STOCK}.issued": 3, f"{STOCK}.repealed": 1, f"{STOCK}.in_force": 9}
    made = Two(submission, state).year([town("T01")], {"T01": {f"{STOCK}.in_force": 5}}, {"T01": now})
    found = at(made, f"{STOCK}.in_force")
    assert (found.brought, found.now, found.difference) == (7, 9, 2)


def test_each_difference_stands_beside_the_unit_that_explains_it(submission: Build, state: Build) -> None:
    units = [town("T01"), town("T02"), town("T04", from_year=2022), town("T05")]
    last = {"T01": {OUT: 5}, "T02": {OUT: 1}, "T03": {OUT: 4}, "T05": {OUT: 2}}
    made = Two(submission, state).year(units, last, {"T01": {IN: 3}, "T04": {IN: 1}, "T05": {IN: 2}}, T05=True)
    assert causes(made) == {
        ("T01",): (-2, Cause.UNEXPLAINED),
        ("T02",): (-1, Cause.NOT_YET),
        ("T03",): (-4, Cause.NO_SUCCESSOR),
        ("T04",): (1, Cause.NO_LAST_YEAR),
        ("T05",): (2, Cause.LAST_YEAR_OPEN),
    }
    assert "T03：未办结的申请 4 件" in str(unclaimed_notice(made))
    found = at(made, IN)
    assert sum(gap.difference for gap in found.gaps) == found.difference == -4


def test_a_merger_and_a_split_are_one_follower_each(submission: Build, state: Build) -> None:
    units = [town("T01", succeeds=["T01", "T02"]), town("T03"), town("N01", from_year=2022, succeeds=["T03"])]
    last = {"T01": {OUT: 5}, "T02": {OUT: 1}, "T03": {OUT: 4}}
    closed = Two(submission, state).year(units, last, {"T01": {IN: 6}, "T03": {IN: 1}, "N01": {IN: 3}})
    assert causes(closed) == {}
    apart = Two(submission, state).year(units, last, {"T01": {IN: 6}, "T03": {IN: 1}, "N01": {IN: 1}})
    assert causes(apart) == {("T03", "N01"): (-2, Cause.UNEXPLAINED)}


def test_differences_that_cancel_out_are_told_all_the_same(submission: Build, state: Build) -> None:
    made = Two(submission, state).year(
        [town("T01"), town("T02")], {"T01": {OUT: 2}, "T02": {OUT: 2}}, {"T01": {IN: 1}, "T02": {IN: 3}}
    )
    assert at(made, IN).difference == 0
    line = next(line for line in across_years_lines(made) if line.gaps)
    assert line.difference == ""
    assert line.gaps[1].sentence == "T02 T02镇：应为 2，填报 3，相差 +1，尚无说明"


def test_a_difference_that_was_explained_says_why(submission: Build, state: Build) -> None:
    made = Two(submission, state).year([town("T01")], {"T01": {OUT: 5}}, {"T01": {IN: 3}})
    (unit,) = made.units
    (revision,) = unit.revisions
    settled = Finding(rule="YOY-CARRY", severity=Severity.QUERY, message="。", where=IN, settled_by="reorganised")
    verdict = replace(revision.verdict, findings=(settled,))
    made = replace(made, units=(replace(unit, revisions=(replace(revision, verdict=verdict),)),))
    assert causes(made) == {("T01",): (-2, Cause.SETTLED)}
    said = [gap.sentence for line in across_years_lines(made) for gap in line.gaps]
    assert said == ["T01 T01镇：应为 5，填报 3，相差 −2，已作说明：reorganised"]
    (one,) = [one for one in across_years_json(made) if one["units"]]
    assert (one["where"], one["units"][0]["cause"], one["units"][0]["difference"]) == (IN, "settled", -2)


def test_the_annex_has_last_years_figure_and_this_years_each_in_its_own_column(submission: Build, state: Build) -> None:
    made = Two(submission, state).year(
        [town("T01")],
        {"T01": {OUT: 5, f"{STOCK}.in_force": 7}},
        {"T01": {IN: 3, f"{STOCK}.in_force": 6, f"{STOCK}.issued": 1}},
    )
    report = DistrictReport(made, compute_totals(made), "0" * 64)
    (table,) = [one for one in annex_tables(report) if one.key == "沿革"]
    assert table.columns[1:3] == ("按上年应为", "本年填报")
    differing = [row[1:] for row in table.rows if row[3] != "一致"]
    assert differing[-2:] == [("8", "6", "相差 −2"), ("8", "6", "相差 −2，尚无说明")], (
        "the stock: last year's with what came"
    )
    assert differing[-4:-2] == [("5", "3", "相差 −2"), ("5", "3", "相差 −2，尚无说明")]


def test_what_last_years_format_does_not_have_is_not_asked(submission: Build, state: Build) -> None:
    two = Two(submission, state)
    profile = load_profile().model_copy(update={"units": (town("T01"),)})
    made: YearState = state(two.report("T01", 2021, {IN: 1}), profile=profile)
    before = {"T01": Previous(two.report("T01", 2020, {OUT: 1}), 1, True)}
    found = across_years(replace(made, previous=last_year(2021, profile, before, None).of))
    assert {one.rule for one in found} == {"YOY-CARRY"}


def test_tables_that_moved_to_another_carrier_are_brought_once(submission: Build, state: Build) -> None:
    units = [town("T01", carries_tables=False), town("T02", succeeds=["T02", "T01"])]
    made = Two(submission, state).year(units, {"T01": {OUT: 5}, "T02": {}}, {"T01": {}, "T02": {IN: 5}})
    assert (at(made, IN).brought, causes(made)) == (5, {})
