"""What each file of a unit is: a revision, a repetition of the accepted one, or a report attached to one."""

from dataclasses import replace
from typing import Any

import pytest

from expectations.acceptance import Decisions
from expectations.context import Context
from expectations.published import published_reports
from expectations.roles import decide_roles, judge_alone
from expectations.validation import validate
from gongkai.findings import ReadingIssue
from gongkai.profile import Profile
from gongkai.submission.form import Reading
from gongkai.submission.verdict import JudgedReading, Status
from gongkai.warehouse.filing import FiledReading, Role
from gongkai.warehouse.records import PublishedReport, RepeatedFile, UnitYear, YearState
from tests.unit.expectations.conftest import ON_TIME, SOUND, YEAR, of, put, read, register, revision, sound

LICENCES = "proactive_disclosure.administrative_licences.decisions"
GRANTED = "requests.granted.natural_person"


def sent(**further: Any) -> Reading:
    return read({**sound(), "register": register(), **further})


def corrected(licences: int, **further: Any) -> Reading:
    document = {**sound(), "register": register(), "reason": "漏计", **further}
    put(LICENCES, licences)(document)
    return read(document)


def report(licences: int = 12) -> Reading:
    document = sound()
    put(LICENCES, licences)(document)
    return replace(read(document), kind="published")


@pytest.fixture
def town(profile: Profile) -> UnitYear:
    """T01 before anything came in."""
    unit = profile.unit("T01")
    assert unit is not None
    return UnitYear(unit, ())


@pytest.fixture
def plain(profile: Profile) -> Context:
    return Context(YEAR, profile, ON_TIME)


def decided(standing: UnitYear, context: Context, *files: Reading) -> list[FiledReading]:
    judged = [JudgedReading(*pair) for pair in zip(files, validate(files, context), strict=True)]
    return decide_roles(judged, standing)


def said(filed: list[FiledReading]) -> list[tuple[Role, int | None]]:
    return [(one.role, one.number) for one in filed]


def test_files_are_revisions_in_the_order_of_arrival(town: UnitYear, plain: Context) -> None:
    filed = decided(town, plain, sent(), corrected(13))
    assert said(filed) == [(Role.REVISION, 1), (Role.REVISION, 2)]
    assert [one.verdict.status for one in filed] == [Status.ACCEPTED, Status.ACCEPTED]


def test_the_second_of_two_is_judged_beside_the_first(town: UnitYear, plain: Context) -> None:
    _, second = decided(town, plain, sent(), corrected(13, reason=None))
    assert (second.number, second.verdict.status) == (2, Status.RETURNED)
    assert of(second.verdict, "REASON-MISSING")


def test_the_same_bytes_twice_are_one_file(town: UnitYear, plain: Context) -> None:
    assert said(decided(town, plain, sent(), sent())) == [(Role.REVISION, 1)]


def test_known_files_keep_their_numbers_whatever_the_clock_of_the_file_says_now(town: UnitYear, plain: Context) -> None:
    first, second = sent(), corrected(13)
    standing = replace(town, revisions=(revision(first), revision(second, 2)))
    filed = decided(standing, plain, corrected(14), second, first)
    assert said(filed) == [(Role.REVISION, number) for number in (1, 2, 3)]
    assert [one.reading.file.sha256 for one in filed[:2]] == [first.file.sha256, second.file.sha256]
    assert not any(of(one.verdict, "NO-CHANGE") for one in filed)


def test_what_the_accepted_revision_says_already_is_a_repetition(town: UnitYear, plain: Context) -> None:
    standing = replace(town, revisions=(revision(sent()),))
    (filed,) = decided(standing, plain, sent(prepared_by="另一人"))
    assert (filed.role, filed.number, filed.answered) == (Role.REPETITION, 1, False)
    assert of(filed.verdict, "NO-CHANGE")


def test_a_repetition_is_answered_once_whatever_has_been_accepted_since(town: UnitYear, plain: Context) -> None:
    again = sent(prepared_by="另一人")
    (first,) = decided(replace(town, revisions=(revision(sent()),)), plain, again)
    known = RepeatedFile("x.json", again.file.sha256, ON_TIME, 1, first.verdict.findings)
    standing = replace(town, revisions=(revision(sent()), revision(corrected(13), 2)), repeated=(known,))
    (filed,) = decided(standing, plain, again)
    assert (filed.role, filed.number, filed.answered) == (Role.REPETITION, 1, True)
    assert (filed.verdict.findings, filed.verdict.status) == (first.verdict.findings, Status.ACCEPTED)


def test_an_accepted_revision_is_not_undone_by_a_report_that_came_since(town: UnitYear, plain: Context) -> None:
    known = sent()
    standing = replace(town, revisions=(revision(known),))
    since = replace(plain, published=published_reports([report(13)], YEAR))
    (filed,) = decided(standing, since, known)
    assert (filed.number, filed.verdict.status) == (1, Status.ACCEPTED)
    (fresh,) = decided(town, since, known)
    assert (fresh.number, fresh.verdict.status) == (1, Status.RETURNED)


def test_in_a_locked_year_what_was_decided_stands(town: UnitYear, plain: Context) -> None:
    known = sent()
    returned = replace(SOUND, status=Status.RETURNED)
    standing = replace(town, revisions=(replace(revision(known, 1, returned), settled=True),))
    old, new = decided(standing, plain, known, corrected(13))
    assert (old.verdict, old.answered) == (returned, True)
    assert (new.number, new.answered) == (2, False)


def test_a_report_alone_is_the_submission(town: UnitYear, plain: Context) -> None:
    assert said(decided(town, plain, report())) == [(Role.REVISION, 1)]
    standing = replace(town, revisions=(revision(report()),))
    assert said(decided(standing, plain, sent(), report())) == [(Role.REVISION, 1), (Role.REVISION, 2)]


def test_a_report_beside_a_submission_is_attached_and_held_against_what_was_accepted_before(
    town: UnitYear, plain: Context
) -> None:
    assert said(decided(town, plain, report(), sent())) == [(Role.REVISION, 1), (Role.ATTACHED_REPORT, 1)]
    standing = replace(town, revisions=(revision(sent()),))
    (attached,) = decided(standing, plain, report(13))
    assert (attached.role, attached.number) == (Role.ATTACHED_REPORT, 1)
    assert [one.where for one in of(attached.verdict, "PUBLISHED-DIFFERS")] == [LICENCES]


def test_an_attached_report_that_is_known_keeps_its_answer(town: UnitYear, plain: Context) -> None:
    standing = replace(town, revisions=(revision(sent()),))
    (first,) = decided(standing, plain, report(13))
    file = first.reading.file
    known = PublishedReport(
        file.name, file.sha256, ON_TIME, None, first.verdict.status, first.verdict.findings, first.number
    )
    later = replace(standing, revisions=(*standing.revisions, revision(corrected(13), 2)), published=(known,))
    (again,) = decided(later, plain, report(13))
    assert (again.role, again.number, again.answered) == (Role.ATTACHED_REPORT, 1, True)
    assert again.verdict.findings == first.verdict.findings


def test_a_file_judged_alone_is_what_it_is_among_others(town: UnitYear, plain: Context) -> None:
    known = YearState(
        year=YEAR,
        as_of=ON_TIME,
        profile=plain.profile,
        profile_sha256="",
        rules_version="",
        units=(replace(town, revisions=(revision(sent()),)),),
        inspections=(),
        office_files=(),
        unassigned=(),
        previous={},
    )
    files = [sent(prepared_by="另一人"), corrected(13), report(14)]
    alone = [judge_alone(one, plain, known) for one in files]
    assert said(alone) == [(Role.REPETITION, 1), (Role.REVISION, 2), (Role.ATTACHED_REPORT, 1)]
    assert alone == [decided(known.units[0], plain, one)[0] for one in files]


def test_a_file_of_no_expected_unit_has_no_number(plain: Context) -> None:
    filed = judge_alone(read(sound("OLD"), "OLD"), plain)
    assert (filed.number, filed.verdict.status) == (None, Status.QUARANTINED)


def test_what_is_no_form_is_attached_and_an_unread_form_told_and_neither_takes_a_number(
    town: UnitYear, plain: Context
) -> None:
    first = sent()
    picture, sealed = (
        Reading(replace(first.file, name=f"T01/{name}", sha256=mark * 64), None, (ReadingIssue(rule="WRONG-TEMPLATE"),))
        for name, mark in (("现场.jpg", "b"), ("表.xlsx", "c"))
    )
    filed = decided(town, plain, picture, sealed, first)
    assert said(filed) == [(Role.REVISION, 1), (Role.UNREADABLE, None), (Role.ATTACHMENT, None)]
    assert said(decided(town, plain, picture, sealed)) == [(Role.REVISION, 1), (Role.ATTACHMENT, None)]


def loose(reading: Reading) -> Reading:
    """The same file, lying in the inbox itself and in no unit's folder."""
    return replace(reading, file=replace(reading.file, folder=None))


def test_a_loose_file_that_would_replace_an_accepted_revision_waits(town: UnitYear, plain: Context) -> None:
    standing = replace(town, revisions=(revision(sent()),))
    (filed,) = decided(standing, plain, loose(corrected(13)))
    assert (filed.number, filed.verdict.status, filed.verdict.waiting) == (2, Status.QUARANTINED, True)
    assert "已受理的第 1 次报送" in of(filed.verdict, "ADMISSION-WAITING")[0].message


def test_a_mailed_file_whose_sender_nobody_vouches_for_waits_likewise(town: UnitYear, plain: Context) -> None:
    standing, file = replace(town, revisions=(revision(sent()),)), corrected(13)
    mailed = replace(file, file=replace(file.file, proven=False))
    (filed,) = decided(standing, plain, mailed)
    assert (filed.verdict.status, filed.verdict.waiting) == (Status.QUARANTINED, True)
    assert "发件人未经证实" in of(filed.verdict, "ADMISSION-WAITING")[0].message
    assert decided(town, plain, mailed)[0].verdict.status is Status.ACCEPTED  # it replaces nothing


def test_it_waits_until_the_office_admits_this_very_file(town: UnitYear, plain: Context) -> None:
    file = loose(corrected(13))
    (waits,) = decided(replace(town, revisions=(revision(sent()),)), plain, file)
    standing = replace(town, revisions=(revision(sent()), revision(file, 2, waits.verdict)))
    judged = [JudgedReading(file, validate([file], plain)[0])]
    for admitted, status in (
        (frozenset(["0" * 64]), Status.QUARANTINED),
        (frozenset([file.file.sha256]), Status.ACCEPTED),
    ):
        (filed,) = decide_roles(judged, standing, Decisions(admitted=admitted))
        assert (filed.number, filed.verdict.status) == (2, status)


def test_a_loose_file_that_replaces_nothing_is_taken_as_it_is(town: UnitYear, plain: Context) -> None:
    assert decided(town, plain, loose(sent()))[0].verdict.status is Status.ACCEPTED
    standing = replace(town, revisions=(revision(sent()),))
    (returned,) = decided(standing, plain, loose(corrected(13, reason=None)))
    assert (returned.verdict.status, returned.verdict.waiting) == (Status.RETURNED, False)
