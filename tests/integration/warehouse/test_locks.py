"""Locking a year: once, with what was kept of its rules; what was known then stays as it was judged."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from gongkai.cli.office.locking import close_year
from gongkai.errors import CallError, Refused
from gongkai.national_format.figures import NEW_REQUESTS
from gongkai.profile import Profile
from gongkai.submission.verdict import ChangedRule, Status, Verdict
from gongkai.warehouse.audit import entries
from gongkai.warehouse.locks import kept_rules, load_lock, lock_year
from gongkai.warehouse.merge import Merged, merge_submission
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.runs import start_run

Make = Callable[..., Any]
RULES = '{"rules":[],"reasons":[]}'


@pytest.fixture
def run(engine: Engine, profile: Profile, moment: Make) -> Callable[[float], int]:
    """A run of 2021 on a day, which keeps its rules."""
    return lambda day: start_run(engine, 2021, moment(day), profile, "rules-1", {}, None, RULES)


def test_a_lock_is_on_record_with_the_rules_and_the_profile_of_the_last_run(
    engine: Engine, run: Make, moment: Make, profile: Profile
) -> None:
    run(0)
    last = run(1)
    made = lock_year(engine, 2021, moment(2), "李主任", "已报市办")
    assert load_lock(engine, 2021) == made
    assert (made.at, made.by, made.reason, made.run_id) == (moment(2), "李主任", "已报市办", last)
    assert (made.rules_version, made.rules, made.profile) == ("rules-1", RULES, profile)
    assert load_lock(engine, 2020) is None
    assert kept_rules(engine, "rules-1") == RULES
    assert kept_rules(engine, "rules-2") is None


def test_what_cannot_be_locked_says_why(engine: Engine, run: Make, begin: Make, moment: Make) -> None:
    with pytest.raises(CallError, match="没有 2021 年度的运行记录"):
        lock_year(engine, 2021, moment(0), "李主任", "定稿")
    begin(engine)
    with pytest.raises(CallError, match="没有留存规则"):
        lock_year(engine, 2021, moment(0), "李主任", "定稿")
    run(3)
    with pytest.raises(CallError, match="晚于锁定的时刻"):
        lock_year(engine, 2021, moment(2), "李主任", "定稿")
    lock_year(engine, 2021, moment(3), "李主任", "定稿")
    with pytest.raises(CallError, match="由李主任锁定，不能重复锁定"):
        lock_year(engine, 2021, moment(4), "王主任", "再锁一次")


def test_a_year_in_which_a_unit_is_neither_accepted_nor_excused_is_locked_only_by_name(
    engine: Engine, url: str, run: Make, moment: Make, reading: Make, verdict: Make, profile: Profile
) -> None:
    first = run(0)
    for unit in profile.expected(2021):
        if unit.code not in ("T02", "T03"):
            merge_submission(engine, reading(unit.code), verdict(), unit.code, 2021, first)
    merge_submission(engine, reading("T02"), verdict(Status.RETURNED), "T02", 2021, first)

    def close(**despite: str) -> int:
        return close_year(2021, None, "李主任", "已报市办", url, moment(1), despite)

    with pytest.raises(Refused, match=r"(?s)尚有 2 项缺项，不能锁定.*UNIT-T02：.*（退回修改）.*UNIT-T03：.*（未报）"):
        close()
    with pytest.raises(Refused, match="UNIT-T03"):
        close(**{"UNIT-T02": "逾期未改，按未报处理"})
    assert load_lock(engine, 2021) is None
    assert close(**{"UNIT-T02": "逾期未改，按未报处理", "UNIT-T03": "该单位已撤销"}) == 0
    said = [(one.kind, one.subject, one.reason) for one in entries(engine, 2021) if one.kind in ("released", "locked")]
    assert said == [
        ("released", "UNIT-T02", "逾期未改，按未报处理"),
        ("released", "UNIT-T03", "该单位已撤销"),
        ("locked", "", "已报市办"),
    ]
    with pytest.raises(CallError, match="不能重复锁定"):
        close()


def test_a_too_short_reason_is_told_its_minimum(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="锁定说明“好”过短，不少于 4 个字"):
        close_year(2021, tmp_path, "李主任", " 好 ", None, None, {})


@pytest.mark.parametrize("day", [1, 9], ids=["as of a moment before the lock", "after it"])
def test_what_was_known_at_the_lock_is_never_judged_again(
    engine: Engine, run: Make, reading: Make, verdict: Make, moment: Make, day: int
) -> None:
    merge_submission(engine, reading(), verdict(), "T01", 2021, run(2))
    lock_year(engine, 2021, moment(3), "李主任", "定稿")
    later = verdict("returned", "后来的规则", rules_version="rules-2")
    merged = merge_submission(engine, reading(), later, "T01", 2021, run(day))
    assert merged == Merged(1, new=False, settled=True)
    (known,) = load_year(engine, 2021, moment(10)).unit("T01").revisions
    assert (known.verdict, known.settled) == (verdict(), True)


def test_what_comes_after_the_lock_may_be_judged_again(
    engine: Engine, run: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    run(0)
    lock_year(engine, 2021, moment(1), "李主任", "定稿")
    merge_submission(engine, reading(), verdict("returned", "年度已锁定"), "T01", 2021, run(2))
    merge_submission(engine, reading(), verdict(), "T01", 2021, run(3))
    (known,) = load_year(engine, 2021, moment(3)).unit("T01").revisions
    assert (known.verdict, known.settled) == (verdict(), False)


def test_another_year_stays_open(
    engine: Engine, run: Make, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    old = begin(engine, year=2020)
    merge_submission(engine, reading(year=2020), verdict(), "T01", 2020, old)
    run(1)
    lock_year(engine, 2021, moment(1), "李主任", "定稿")
    merge_submission(engine, reading(year=2020), verdict("returned"), "T01", 2020, old)
    (known,) = load_year(engine, 2020, moment(1)).unit("T01").revisions
    assert known.verdict == verdict("returned")


def test_what_the_profile_changed_about_the_rules_comes_back_with_the_verdict(
    engine: Engine, run: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    changed = ChangedRule("YOY-JUMP", "与上年相差", 5, 3, "倍", "区划调整")
    given = Verdict(**{**vars(verdict()), "profile_rules": (changed,)})
    merge_submission(engine, reading(), given, "T01", 2021, run(0))
    assert load_year(engine, 2021, moment(0)).unit("T01").revisions[0].verdict == given


def test_the_years_before_are_summed_over_who_was_there_then_and_a_locked_year_learns_nothing_more(
    engine: Engine, run: Make, begin: Make, reading: Make, verdict: Make, moment: Make, profile: Profile
) -> None:
    first = begin(engine, -9, year=2019)
    for unit in ("T01", "T02"):
        merge_submission(engine, reading(unit, year=2019, cell=3), verdict(), unit, 2019, first)
    run(0)
    left = profile.model_copy(update={"units": tuple(one for one in profile.units if one.code != "T02")})
    assert load_year(engine, 2021, moment(0), left).earlier_years[2019][NEW_REQUESTS] == 6
    lock_year(engine, 2021, moment(1), "李主任", "定稿")
    late = begin(engine, 5, year=2019)
    merge_submission(engine, reading("T01", year=2019, cell=8, reason="更正"), verdict(), "T01", 2019, late)
    assert load_year(engine, 2021, moment(6)).earlier_years[2019][NEW_REQUESTS] == 6
    assert load_year(engine, 2021, moment(6), left).earlier_years[2019][NEW_REQUESTS] == 6
