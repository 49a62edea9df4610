"""The last year of a unit: mergers are added up, what several follow is shared, what nobody follows stays in sight."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from gongkai.profile import Profile, load_profile
from gongkai.profile.unit import Unit
from gongkai.submission.form import Cell, Submission
from gongkai.warehouse.years.last_year import LastYear, Previous, last_year

OPEN, FEES = "requests.carried_out.total", "proactive_disclosure.administrative_fees.amount_wan_yuan"
Build = Callable[..., Submission]


def town(code: str, **further: object) -> Unit:
    said = {"code": code, "name": f"{code}镇", "kind": "town", "level": "town", "authority": f"{code}镇人民政府"}
    return Unit.model_validate({**said, **further})


def registry(*units: Unit) -> Profile:
    return load_profile().model_copy(update={"units": units})


BEFORE = registry(town("T01"), town("T02"), town("T03"))


def follow(units: Profile, *reports: Previous, before: Profile | None = BEFORE) -> LastYear:
    return last_year(2022, units, {one.submission.unit: one for one in reports}, before)


def report(submission: Build, unit: str, figures: dict[str, Any], *, accepted: bool = True, **rows: Any) -> Previous:
    return Previous(submission(unit, 2021, figures, **rows), 1, accepted)


def test_a_unit_that_nothing_happened_to_has_its_own_report(submission: Build) -> None:
    own = report(submission, "T01", {OPEN: 3})
    found = follow(registry(town("T01")), own)
    assert found.of["T01"].submission is own.submission
    assert found.of["T01"].name == "T01镇"
    assert (found.of["T01"].parts, found.of["T01"].shared, found.unclaimed) == ((), None, ())


def test_a_merger_has_the_sum_of_what_every_part_reports(submission: Build) -> None:
    documents = [{"number": "示规〔2021〕1号", "kind": "normative"}]
    one = report(submission, "T01", {OPEN: 3, FEES: Decimal("0.5"), "activities.portal_items": 7}, documents=documents)
    two = report(submission, "T02", {OPEN: 4, FEES: None, "activities.portal_items": 1}, documents=documents)
    last = follow(registry(town("T01", succeeds=["T01", "T02"])), one, two).of["T01"]
    assert last.submission.value(OPEN) == 7
    assert last.submission.value(FEES) is None, "what one of them leaves blank is not known of both"
    assert last.submission.value("activities.portal_items") == 8
    assert [paper.position for paper in last.submission.records("documents")] == [1, 2]
    assert last.accepted
    assert [part.unit for part in last.reports] == ["T01", "T02"]


def test_a_unit_without_tables_adds_nothing_to_a_merger(submission: Build) -> None:
    without = report(submission, "T02", {"activities.portal_items": 1})
    without = replace(without, submission=replace(without.submission, has_tables=False))
    merged = registry(town("T01", succeeds=["T01", "T02"]))
    last = follow(merged, report(submission, "T01", {OPEN: 3}), without).of["T01"]
    assert last.submission.value(OPEN) == 3


def test_a_merger_is_whole_only_with_every_part(submission: Build) -> None:
    merged = registry(town("T01", succeeds=["T01", "T02"]))
    own = report(submission, "T01", {OPEN: 3})
    missing = follow(merged, own).of["T01"]
    assert (missing.accepted, missing.missing) == (False, ("T02",))
    returned = follow(merged, own, report(submission, "T02", {OPEN: 1}, accepted=False)).of["T01"]
    assert not returned.accepted
    gone_before = follow(merged, own, before=registry(town("T01"))).of["T01"]
    assert (gone_before.accepted, gone_before.missing) == (True, ()), "nobody expected T02 any more"


def test_a_split_is_shared_by_all_successors(submission: Build) -> None:
    units = registry(town("T01"), town("N01", from_year=2022, succeeds=["T01"]), town("T03"))
    found = follow(units, report(submission, "T01", {OPEN: 5}), report(submission, "T03", {OPEN: 1}))
    for code in ("T01", "N01"):
        last = found.of[code]
        assert last.shared is not None
        assert last.shared.heirs == ("T01", "N01")
        assert last.shared.last.submission.value(OPEN) == 5
        assert last.alone is None
    assert found.of["T03"].shared is None


def test_an_area_that_moves_is_looked_at_together_and_each_keeps_its_own_texts(submission: Build) -> None:
    units = registry(town("T01"), town("T02", succeeds=["T02", "T01"]))
    found = follow(units, report(submission, "T01", {OPEN: 5}), report(submission, "T02", {OPEN: 2}))
    assert [part.unit for part in found.of["T01"].reports] == ["T01"]
    assert [part.unit for part in found.of["T02"].reports] == ["T02", "T01"]
    shared = found.of["T01"].shared
    assert shared is not None
    assert shared.heirs == ("T01", "T02")
    assert shared.last.submission.value(OPEN) == 7


def test_what_nobody_succeeds_stays_in_sight(submission: Build) -> None:
    found = follow(registry(town("T01"), town("T02", from_year=2022)), report(submission, "T02", {OPEN: 5}))
    assert found.of == {}
    assert [one.unit for one in found.unclaimed] == ["T02"]


def test_a_sum_has_no_text_of_its_own(submission: Build) -> None:
    texts = [
        replace(one.submission, cells=(Cell("narrative", "-", "overview", "概述"),))
        for one in (report(submission, "T01", {}), report(submission, "T02", {}))
    ]
    reports = [Previous(one, 1, True) for one in texts]
    last = follow(registry(town("T01", succeeds=["T01", "T02"])), *reports).of["T01"]
    assert last.submission.value("narrative.overview") is None
    assert [part.submission.value("narrative.overview") for part in last.reports] == ["概述", "概述"]


def test_tables_that_move_to_another_carrier_are_its_last_year_alone(submission: Build) -> None:
    """T01 carried the authority's tables; now T02 does, and nobody else has any to share."""
    units = registry(town("T01", carries_tables=False), town("T02", succeeds=["T02", "T01"]))
    before = report(submission, "T02", {})
    before = replace(before, submission=replace(before.submission, has_tables=False))
    last = follow(units, report(submission, "T01", {OPEN: 5}), before).of
    assert (last["T02"].shared, last["T01"].shared) == (None, None)
    assert last["T02"].submission.value(OPEN) == 5
    assert last["T02"].alone is not None
