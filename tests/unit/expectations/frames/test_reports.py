"""A whole district's report as the submission of a city's unit: what is said of it at the edges of its rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from expectations.validation import Context, validate
from gongkai.profile import Unit, load_profile
from gongkai.submission.inbox.named_unit import identified
from gongkai.submission.report_below import OWN_HASH, own_hash
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.years.last_year import Previous
from tests.unit.expectations.conftest import YEAR, ZONE, clean, of, read, report

D01 = Unit(code="D01", name="东城区", kind="district", level="district", authority="东城区人民政府")
D02 = Unit(code="D02", name="西城区", kind="district", level="district", authority="西城区人民政府")


@pytest.fixture(scope="module")
def city() -> Context:
    profile = load_profile().model_copy(update={"units": (D01, D02)})
    return Context(YEAR, profile, datetime(2023, 2, 1, tzinfo=ZONE))


def verdict_on(city: Context, **changes: Any) -> Verdict:
    document = report("东城区", {key.replace("__", "."): value for key, value in changes.items()})
    return validate([identified(read(document, "D01"), city.profile.units)], city)[0]


def test_a_sound_report_is_accepted_without_a_word(city: Context) -> None:
    verdict = verdict_on(city)
    assert (verdict.status, verdict.findings) == (Status.ACCEPTED, ())


def test_its_own_last_year_is_what_it_is_held_against(city: Context) -> None:
    verdict = verdict_on(city, previous_year__tables__requests__carried_out__total=3)
    assert [found.expected for found in of(verdict, "YOY-CARRY")] == [3]
    assert "本报告所附的2021年度数字" in of(verdict, "YOY-CARRY")[0].message


def test_a_last_year_that_the_city_received_counts_before_the_reports_own(city: Context) -> None:
    received = read(clean("D01", YEAR - 1), "D01").submission
    assert received is not None
    known = replace(city, previous={"D01": Previous(received, 1, True)})
    changed = {"previous_year.tables.requests.carried_out.total": 3}
    verdict = validate([identified(read(report("东城区", changed), "D01"), city.profile.units)], known)[0]
    assert [found.rule for found in verdict.findings] == ["REPORT-LAST-YEAR"]


def test_a_total_without_sources_follows_from_nothing(city: Context) -> None:
    verdict = verdict_on(city, sources={})
    named = of(verdict, "REPORT-SOURCES")
    assert verdict.status is Status.RETURNED
    assert len(named) == 200  # every cell of the format has a total here, zeros too
    assert "列为 12，报告自己列出的 0 个来源之和为 无数据" in next(f for f in named if f.observed == 12).message


def test_a_rate_without_integers_is_neither_right_nor_wrong(city: Context) -> None:
    assert of(verdict_on(city, counts=None), "REPORT-RATES") == []


def test_a_report_of_three_integers_has_no_case_open_late(city: Context) -> None:
    three = {"reply_working_days": 84, "closed": 12, "closed_on_time": 12}
    assert verdict_on(city, counts=three).findings == ()


def test_what_a_unit_of_the_district_explained_explains_the_districts_query(city: Context) -> None:
    where = "proactive_disclosure.normative_documents.in_force"
    last = "previous_year__tables__proactive_disclosure__normative_documents__in_force"
    note = {
        "rule": "YOY-STOCK-NORMATIVE_DOCUMENTS",
        "where": where,
        "reason": "expired",
        "text": "到期三件",
        "unit": "T9",
    }
    assert verdict_on(city, **{last: 9}).status is Status.RETURNED
    explained = verdict_on(city, **{last: 9}, footnotes=[note, {**note, "rule": "DOC-LATE"}])
    assert [(f.rule, f.settled_by) for f in explained.findings] == [("YOY-STOCK-NORMATIVE_DOCUMENTS", "expired")]
    assert explained.status is Status.ACCEPTED


def test_the_report_of_another_district_is_quarantined(city: Context) -> None:
    reading = identified(read(report("西城区"), "D01"), city.profile.units)
    verdict = validate([reading], city)[0]
    assert verdict.status is Status.QUARANTINED
    assert [found.rule for found in verdict.findings] == ["WRONG-UNIT"]


def test_a_district_that_the_registry_calls_otherwise_is_its_folders(city: Context) -> None:
    verdict = validate([identified(read(report("示例区"), "D01"), city.profile.units)], city)[0]
    assert verdict.status is Status.ACCEPTED
    assert [(said.where, said.raw, said.value) for said in verdict.coercions] == [("unit", "示例区", "D01")]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"state": "fertig"}, "state"),
        ({"counts.closed": -1}, "counts.closed"),
        ({"counts.closed": 13}, "counts.closed"),
        ({"counts.closed_on_time": 13}, "counts.closed_on_time"),
        ({"indicators.average_reply_working_days": "sieben"}, "indicators.average_reply_working_days"),
        ({"sources": {"requests.granted.total": [{"unit": "T9"}]}}, "requests.granted.total"),
        ({"tables": []}, "tables"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(city: Context, change: dict[str, Any], where: str) -> None:
    reading = read(report("东城区", change), "D01")
    assert where in [issue.where for issue in reading.issues if issue.rule == "SHAPE"]


def test_a_report_of_another_version_is_no_form_to_fill_in(city: Context) -> None:
    verdict = verdict_on(city, schema="gongkai/report/2")
    assert verdict.status is Status.QUARANTINED
    assert "“gongkai/report/2”，不能直接读取。本程序读取 gongkai/report/1" in verdict.findings[0].message


def test_a_key_that_no_report_has_is_told(city: Context) -> None:
    reading = read(report("东城区", {"weather": "fair"}), "D01")
    assert [(issue.rule, issue.where) for issue in reading.issues] == [("UNKNOWN-KEY", "weather")]


LICENCES = ("proactive_disclosure", "administrative_licences", "decisions")


def finished(changes: Mapping[tuple[str, ...], Any]) -> dict[str, Any]:
    """A report with its own hash, and what somebody made of it afterwards."""
    document = report("东城区")
    document[OWN_HASH] = own_hash(document)
    for (*steps, last), value in changes.items():
        holder = document
        for step in steps:
            holder = holder[step]
        holder[last] = value
    return document


@pytest.mark.parametrize(
    "changes",
    [
        {("state",): "published"},
        {("activities", "training_sessions"): 100},
        {("counts", "reply_working_days"): 83, ("indicators", "average_reply_working_days"): "6.92"},
        {
            ("tables", *LICENCES): 15,
            ("sources", ".".join(LICENCES)): [{"unit": "T9", "revision": 1, "value": 15}],
        },
    ],
    ids=["state", "no parts", "counts and rate", "parts that add up"],
)
def test_whatever_somebody_changed_in_a_finished_report_returns_it(
    city: Context, changes: Mapping[tuple[str, ...], Any]
) -> None:
    """Also where no sum and no rate would show it."""
    verdict = validate([identified(read(finished(changes), "D01"), city.profile.units)], city)[0]
    assert (verdict.status, [found.where for found in of(verdict, "REPORT-ALTERED")]) == (Status.RETURNED, [OWN_HASH])


def test_a_finished_report_may_be_indented_otherwise_and_its_keys_in_another_order(city: Context) -> None:
    again = dict(reversed(finished({}).items()))
    assert validate([identified(read(again, "D01"), city.profile.units)], city)[0].findings == ()
