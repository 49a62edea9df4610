"""What was accepted stays accepted: what arises later is said and undoes nothing, until the office decides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from expectations.acceptance import UNDECIDED, Decisions, decisions_of
from expectations.context import Context
from expectations.gathering import gather_context
from expectations.roles import decide_roles, judge_alone
from expectations.validation import validate
from gongkai.findings import Finding, Severity
from gongkai.profile import Profile
from gongkai.submission.form import Reading
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import JudgedReading, Status, Verdict
from gongkai.warehouse.records import Revision, UnitYear, YearState
from gongkai.warehouse.years.last_year import Previous
from tests.unit.expectations.conftest import ON_TIME, YEAR, Edit, change, clean, of, put, read, revision

CARRIED_OUT = "requests.carried_out.total"
TOTAL = "requests.granted.total"
TODAY = ON_TIME + timedelta(days=400)


def sent(*edits: Edit) -> Reading:
    document = clean()
    for edit in edits:
        edit(document)
    return read(document)


def last_year(carried_out: int | None = None) -> dict[str, Previous]:
    """T01's accepted last year, which another carried-out contradicts."""
    document = clean(year=YEAR - 1)
    if carried_out is not None:
        change(document, CARRIED_OUT, carried_out)
        change(document, "requests.carried_out.natural_person", carried_out)
    submission = read(document).submission
    assert submission is not None
    return {"T01": Previous(submission, 1, True)}


@pytest.fixture
def then(profile: Profile) -> Context:
    return Context(YEAR, profile, ON_TIME, previous=last_year())


@pytest.fixture
def corrected(then: Context) -> Context:
    """A year later, last year has been corrected."""
    return replace(then, as_of=TODAY, previous=last_year(carried_out=4))


def alone(reading: Reading, context: Context) -> Verdict:
    return validate([reading], context)[0]


def again(
    reading: Reading,
    before: Verdict,
    context: Context,
    decisions: Decisions = UNDECIDED,
    verdict: Verdict | None = None,
) -> Verdict:
    """The verdict of a later run on bytes that the warehouse knows with the verdict `before`."""
    unit = context.profile.unit("T01")
    assert unit is not None
    standing = UnitYear(unit, (revision(reading, 1, before),))
    judged = JudgedReading(reading, verdict or alone(reading, context))
    (filed,) = decide_roles([judged], standing, decisions)
    return filed.verdict


def entry(kind: str, **values: object) -> InspectionEntry:
    return InspectionEntry(**{"id": "E1", "unit": "T01", "kind": kind, **values})  # type: ignore[arg-type]


def test_a_late_correction_of_last_year_is_a_query_on_the_accepted_revision(then: Context, corrected: Context) -> None:
    reading = sent()
    accepted = alone(reading, then)
    assert accepted.status is Status.ACCEPTED
    assert alone(reading, corrected).status is Status.RETURNED, "a new file would be sent back"
    now = again(reading, accepted, corrected)
    assert now.status is Status.ACCEPTED
    arisen = of(now, "YOY-CARRY")
    assert {(one.severity, one.settled_by, one.reason) for one in arisen} == {(Severity.QUERY, "kept:error", None)}
    assert (now.count(Severity.ERROR), now.count(Severity.QUERY)) == (0, 0)


def test_run_after_run_it_stays_so_and_is_gone_with_its_cause(then: Context, corrected: Context) -> None:
    reading = sent()
    accepted = alone(reading, then)
    second = again(reading, accepted, corrected)
    assert again(reading, second, corrected) == second
    assert again(reading, second, then) == accepted


def test_what_was_returned_stays_so_and_a_recheck_may_clear_it(then: Context, corrected: Context) -> None:
    reading = sent()
    returned = alone(reading, corrected)
    assert again(reading, returned, corrected) == returned
    assert again(reading, returned, then).status is Status.ACCEPTED


def test_an_error_that_a_waiver_let_pass_passes_when_the_waiver_has_run_out(then: Context) -> None:
    reading = sent(put(TOTAL, 12))
    waiver = entry("waiver", indicator=of(alone(reading, then), "REQ-ROW-SUM")[0].rule, until=ON_TIME.date())
    waived = alone(reading, replace(then, waivers=[waiver]))
    waived = replace(
        waived, findings=tuple(_waived(one) for one in waived.findings), status=Status.ACCEPTED
    )  # whatever else the total upsets
    later = again(reading, waived, then, decisions_of([waiver], TODAY.date()))
    assert later.status is Status.ACCEPTED
    assert {one.waived_by for one in of(later, "REQ-ROW-SUM")} == {"E1"}
    withdrawn = again(reading, waived, then, decisions_of([], TODAY.date()))
    assert withdrawn.status is Status.RETURNED


def _waived(found: Finding) -> Finding:
    return found if found.severity is Severity.NOTICE else replace(found, settled_by="waiver:E1")


def test_the_office_reopens_what_had_come_in_by_its_day(then: Context, corrected: Context) -> None:
    reading = sent()
    accepted = alone(reading, then)
    on = ON_TIME.date()

    def reopened(day: date, today: date) -> Status:
        decisions = decisions_of([entry("reopen", on=day, by="王", reason="上年数据已更正")], today)
        return again(reading, accepted, corrected, decisions).status

    assert reopened(on, TODAY.date()) is Status.RETURNED
    assert reopened(on - timedelta(days=1), TODAY.date()) is Status.ACCEPTED, "what came in after it is not meant"
    assert reopened(on + timedelta(days=1), today=on) is Status.ACCEPTED, "an entry of a later day waits for it"
    other = decisions_of([entry("reopen", unit="T02", on=on, by="王", reason="上年数据已更正")], TODAY.date())
    assert again(reading, accepted, corrected, other).status is Status.ACCEPTED


def test_bytes_that_would_not_be_taken_in_today_keep_what_was_said_of_them(then: Context) -> None:
    """A renamed authority whose former name nobody entered: the file is not this unit's any more."""
    reading = sent(put("authority", "示例镇人民政府"))
    accepted = replace(alone(sent(), then), status=Status.ACCEPTED)
    today = alone(reading, then)
    assert today.status is Status.QUARANTINED or of(today, "WRONG-UNIT")
    quarantined = replace(today, status=Status.QUARANTINED)
    now = again(reading, accepted, then, verdict=quarantined)
    assert (now.status, now.on_time, now.coercions) == (Status.ACCEPTED, accepted.on_time, accepted.coercions)
    assert [one.settled_by for one in of(now, "WRONG-UNIT")] == ["kept:error"]
    assert [one for one in now.findings if not one.kept] == list(accepted.findings)
    assert again(reading, now, then, verdict=quarantined) == now


def test_run_check_and_preview_agree(then: Context, corrected: Context) -> None:
    reading = sent()
    known = _year(corrected, revision(reading, 1, alone(reading, then)))
    assert judge_alone(reading, gather_context(known), known).verdict.status is Status.ACCEPTED
    reopen = entry("reopen", on=ON_TIME.date(), by="王", reason="上年数据已更正")
    assert judge_alone(reading, gather_context(known, [reopen]), known).verdict.status is Status.RETURNED


def _year(context: Context, *revisions: Revision) -> YearState:
    unit = context.profile.unit("T01")
    assert unit is not None
    return YearState(
        year=YEAR,
        as_of=context.as_of,
        profile=context.profile,
        profile_sha256="",
        rules_version="",
        units=(UnitYear(unit, revisions),),
        inspections=(),
        office_files=(),
        unassigned=(),
        previous=context.previous,
    )


def test_a_last_year_that_was_not_accepted_proves_no_error(then: Context) -> None:
    open_last = replace(last_year(carried_out=4)["T01"], revision=2, accepted=False)
    verdict = alone(sent(), replace(then, previous={"T01": open_last}))
    assert {found.severity for found in of(verdict, "YOY-CARRY")} == {Severity.QUERY}
    assert "本单位2021年度报告（第 2 版，未受理）" in of(verdict, "YOY-CARRY")[0].message
    assert {found.severity for found in of(alone(sent(), replace(then, previous=last_year(4))), "YOY-CARRY")} == {
        Severity.ERROR
    }
