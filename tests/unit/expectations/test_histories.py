"""Mergers, splits and reused codes: what a unit's figures and texts are held against, and whom a message names."""

from dataclasses import replace
from datetime import timedelta

import pytest

from expectations.context import Context
from expectations.others.concerned import concerned
from expectations.validation import validate
from gongkai.findings import Finding, Severity
from gongkai.profile import Profile
from gongkai.profile.unit import Unit
from gongkai.submission.form import Reading
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.years.last_year import Previous, last_year
from tests.unit.expectations.conftest import ON_TIME, SOUND, YEAR, change, clean, of, read, revision, sound

CARRIED_OUT, CARRIED_IN = "requests.carried_out.natural_person", "requests.carried_in.natural_person"
RETURNED = replace(SOUND, status=Status.RETURNED)
LONG = "本单位围绕群众关心的事项主动公开信息，逐项核对目录，及时更新栏目内容，认真回应群众提出的问题。" * 6


def town(code: str, **further: object) -> Unit:
    said = {"code": code, "name": f"{code}镇", "kind": "town", "level": "town", "authority": f"{code}镇人民政府"}
    return Unit.model_validate({**said, **further})


def reported(code: str, year: int = YEAR, text: str | None = None, **cells: int) -> Reading:
    """A sound file of a unit; the open cases of its natural persons may be others."""
    document = clean(year=year)
    document["unit"] = code
    document.pop("authority", None)
    for where, value in cells.items():
        for column in ("natural_person", "total"):
            change(document, f"requests.{where}.{column}", value)
    if text is not None:
        document.setdefault("narrative", {})["overview"] = text
    return read(document, code)


def last(code: str, accepted: bool = True, text: str | None = None, **cells: int) -> Previous:
    submission = reported(code, YEAR - 1, text, **cells).submission
    assert submission is not None
    return Previous(submission, 1, accepted)


def among(profile: Profile, units: list[Unit], *reports: Previous) -> Context:
    """The year of those units, with the last year that follows from the registry."""
    registry = profile.model_copy(update={"units": tuple(units)})
    before = profile.model_copy(update={"units": tuple(town(one.submission.unit) for one in reports)})
    found = last_year(YEAR, registry, {one.submission.unit: one for one in reports}, before)
    return Context(YEAR, registry, ON_TIME, previous=found.of)


def person(verdict: Verdict, rule: str = "YOY-CARRY") -> list[Finding]:
    return [found for found in of(verdict, rule) if found.where == CARRIED_IN]


def test_a_merger_carries_in_what_its_parts_carried_out_and_the_message_names_them(profile: Profile) -> None:
    merged = [town("T01", succeeds=["T01", "T02"]), town("T02", to_year=YEAR - 1)]
    right, wrong = validate(
        [reported("T01", carried_in=3), reported("T01", carried_in=1)],
        among(profile, merged, last("T01", carried_out=1), last("T02", carried_out=2)),
    )
    assert person(right) == []
    (found,) = person(wrong)
    assert (found.severity, found.observed, found.expected) == (Severity.ERROR, 1, 3)
    assert "2021年度报告（T01镇（T01） 第 1 版 已受理、T02镇（T02） 第 1 版 已受理，合计）" in found.message


def test_a_merger_with_a_missing_part_proves_no_error(profile: Profile) -> None:
    merged = [town("T01", succeeds=["T01", "T02"]), town("T02", to_year=YEAR - 1)]
    context = among(profile, merged, last("T01", carried_out=1), last("T02", carried_out=2, accepted=False))
    (verdict,) = validate([reported("T01", carried_in=1)], context)
    (found,) = person(verdict)
    assert found.severity is Severity.QUERY
    assert "未受理" in found.message


@pytest.fixture
def split(profile: Profile) -> Context:
    """T01 was split into T01 and N01; it left four cases open."""
    units = [town("T01"), town("N01", from_year=YEAR, succeeds=["T01"])]
    return among(profile, units, last("T01", carried_out=4))


def test_each_part_of_a_split_waits_for_the_others(split: Context) -> None:
    (alone,) = validate([reported("T01", carried_in=1)], split)
    assert person(alone) == []
    reasons = {one.reason for one in alone.rules_not_applied if one.rule == "YOY-CARRY"}
    said = "共同承接上年度报告的 N01 合并核对，N01 尚未报齐（上年结转合计应为 4 件）。"
    assert reasons == {f"有 7 处须与{said}"}
    jump = {one.reason for one in alone.rules_not_applied if one.rule == "YOY-JUMP"}
    assert jump == {"上年度报告由多个单位共同承接，只合并核对。"}


def test_the_parts_of_a_split_together_are_what_was_left(split: Context) -> None:
    for verdict in validate([reported("T01", carried_in=1), reported("N01", carried_in=3)], split):
        assert person(verdict) == []


def test_a_split_that_does_not_add_up_is_a_query_to_every_part_with_both_values(split: Context) -> None:
    for verdict in validate([reported("T01", carried_in=1), reported("N01", carried_in=1)], split):
        (found,) = person(verdict)
        assert (found.severity, found.observed, found.expected, found.difference) == (Severity.QUERY, 2, 4, 2)
        assert "T01 填写 1、N01 填写 1" in found.message
        assert verdict.status is Status.RETURNED


def test_it_makes_no_difference_whether_the_other_part_came_before(split: Context) -> None:
    first, second = reported("T01", carried_in=1), reported("N01", carried_in=1)
    together = validate([first, second], split)[1]
    known = replace(split, revisions=(revision(first),))
    assert validate([second], known) == [together]


def test_a_code_given_to_another_authority_has_no_last_year(profile: Profile) -> None:
    units = [town("T01", from_year=YEAR, authority="另一局"), town("T02", to_year=YEAR - 1)]
    (verdict,) = validate([reported("T01", carried_in=1)], among(profile, units, last("T01", carried_out=4)))
    assert person(verdict) == []
    assert "没有上年度报告。" in {one.reason for one in verdict.rules_not_applied if one.rule == "YOY-JUMP"}


def test_a_message_names_the_authority_of_then_where_it_differs(profile: Profile) -> None:
    other, renamed = town("T01", authority="另一局"), town("T01", authority="新镇", former_names=["T01镇人民政府"])
    said = []
    for unit in (other, renamed):
        (verdict,) = validate([reported("T01", carried_in=1)], among(profile, [unit], last("T01", carried_out=4)))
        said.append(person(verdict)[0].message)
    assert "（第 1 版，已受理，当时的报送机关为T01镇人民政府）" in said[0]
    assert "（第 1 版，已受理）" in said[1]


def test_a_text_is_compared_with_those_of_all_predecessors(profile: Profile) -> None:
    merged = [town("T01", succeeds=["T01", "T02"]), town("T02", to_year=YEAR - 1)]
    context = among(profile, merged, last("T01"), last("T02", text=LONG))
    (verdict,) = validate([reported("T01", text=LONG)], context)
    (found,) = of(verdict, "TEXT-REUSED")
    assert "本单位承接的 T02镇（T02） 2021 年度的同一部分" in found.message


# ── parts of a split that correct what they have sent ─────────────────────────────────────────────────────────────


def part(code: str, open_: int, *, corrects: bool = False, explained: bool = False) -> Reading:
    """A part's report that nothing else is wrong with: so many cases carried in, which stay open, and its stock."""
    document = {**sound(code, YEAR), "unit": code}
    document.pop("authority", None)
    change(document, "proactive_disclosure.normative_documents.in_force", {"T01": 4, "N01": 2}[code])
    for column in ("natural_person", "total"):
        change(document, f"requests.carried_in.{column}", open_)
        change(document, f"requests.carried_out.{column}", open_)
    if corrects:
        document["reason"] = "复核后更正"
    if explained:
        places = [f"requests.carried_in.{column}" for column in ("natural_person", "total")]
        document["explanations"] = [{"finding": "YOY-CARRY", "where": w, "reason": "reorganised"} for w in places]
    return read(document, code)


def judged(context: Context, *readings: Reading) -> list[tuple[Status, int]]:
    """Each file's state and how many of its cases the other part does not match."""
    return [(verdict.status, len(person(verdict))) for verdict in validate(readings, context)]


def test_a_correction_that_mends_the_sum_clears_the_other_part_in_the_same_run(split: Context) -> None:
    first, other, corrected = part("T01", 1), part("N01", 1), part("T01", 3, corrects=True)
    known = replace(split, revisions=(revision(first), revision(other, verdict=RETURNED)))
    assert judged(known, first, corrected, other) == [
        (Status.RETURNED, 1),  # what was accepted before, which `keep_acceptance` keeps
        (Status.ACCEPTED, 0),
        (Status.ACCEPTED, 0),
    ]


def test_parts_that_correct_a_sum_together_do_not_wait_for_each_other(split: Context) -> None:
    known = replace(split, revisions=(revision(part("T01", 1)), revision(part("N01", 3))))
    both = part("T01", 2, corrects=True), part("N01", 2, corrects=True)
    assert judged(known, *both) == [(Status.ACCEPTED, 0)] * 2
    assert judged(known, both[0]) == [(Status.RETURNED, 1)], "alone it does not fit"


def test_an_explained_correction_is_what_the_other_part_is_held_against_at_once(split: Context) -> None:
    first, other = part("T01", 1), part("N01", 3)
    known = replace(split, revisions=(revision(first), revision(other)))
    explained = part("T01", 2, corrects=True, explained=True)
    assert judged(known, explained, other) == [(Status.ACCEPTED, 1), (Status.RETURNED, 1)]
    without_reason = part("T01", 2, explained=True)  # so it is returned, and the other part is as it was
    assert judged(known, without_reason, other)[1] == (Status.ACCEPTED, 0)


def test_a_new_file_concerns_who_shares_its_last_year_and_who_had_its_text_no_sooner(split: Context) -> None:
    units = (*split.profile.units, town("T02"), town("T03"))
    known = [revision(reported(code, text=LONG)) for code in ("T01", "T02")]
    known.append(replace(revision(reported("T03", text=LONG)), received_at=ON_TIME - timedelta(days=1)))
    context = replace(split, profile=split.profile.model_copy(update={"units": units}), revisions=known)
    new = reported("N01", text="本单位" + LONG)
    assert concerned({"N01": [new]}, context) == {"T01", "T02"}, "T03 had it before"
    assert concerned({"N01": [reported("N01")]}, context) == {"T01"}
    assert concerned({"N01": [new]}, replace(context, revisions=(*known, revision(new)))) == frozenset(), (
        "known already"
    )
    assert concerned({"T02": [reported("T02")], "T01": []}, context) == frozenset()
