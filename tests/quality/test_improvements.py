"""A score never falls by doing better, is nobody else's business, and rises by what the card promises.

`GONGKAI_IMPROVED` generated years (make quality: 60); a few in make test.
"""

import os
import re
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from gongkai.assessment.assess import total_of
from gongkai.assessment.scorecard import Scorecard
from gongkai.profile import Profile
from tests.quality.improvements import better
from tests.unit.assessment.conftest import Year, small_district
from tests.unit.assessment.test_silence import content, drawn

YEARS = int(os.environ.get("GONGKAI_IMPROVED", "3"))
INSPECTED = ("A2", "C2", "D2", "D3", "E3", "F4", "G3")
PROMISED = re.compile(r"做到可得回 ([\d.]+) 分，总分增加 ([\d.]+) 分。$")
Checks = dict[str, int]


@pytest.fixture(scope="module")
def towns() -> Profile:
    return small_district()


def checked(rng: Random) -> Checks:
    return {code: rng.randint(3, 10) for code in INSPECTED}


def card_of(profile: Profile, said: dict[str, Any], checks: Checks, **others: dict[str, Any]) -> Scorecard:
    year = Year(profile).submit("T01", **said)
    for code, passed in checks.items():
        year.inspect("checked", "T01", indicator=code, passed=passed, checked=10, reason="抽查")
    for unit, content_of in others.items():
        year.submit(unit, **content_of)
    return year.card("T01")


def lower(before: Scorecard, after: Scorecard) -> list[str]:
    """The total, and every line that is worth less."""
    pairs = [(one.code, one.score, two.score) for one, two in zip(before.indicators, after.indicators, strict=True)]
    pairs.append(("total", before.total, after.total))
    return [code for code, was, now in pairs if was is not None and (now is None or now < was)]


@pytest.mark.parametrize("seed", range(YEARS))
def test_nothing_done_better_lowers_the_total_or_a_line(towns: Profile, seed: int) -> None:
    said, checks = content(drawn(500 + seed)), checked(drawn(seed))
    whole = card_of(towns, said, checks)
    assert whole.total is not None
    assert 0 <= whole.total <= 100 + towns.scheme.bonus_cap
    steps = [(name, card_of(towns, best, checks)) for name, best in better(said)]
    steps += [(code, card_of(towns, said, {**checks, code: n + 1})) for code, n in checks.items() if n < 10]
    assert {name: worse for name, card in steps if (worse := lower(whole, card))} == {}


@pytest.mark.parametrize("seed", range(YEARS))
def test_what_a_unit_has_earned_does_not_depend_on_the_others(towns: Profile, seed: int) -> None:
    said, checks = content(drawn(500 + seed)), checked(drawn(seed))
    alone = card_of(towns, said, checks)
    beside = card_of(towns, said, checks, T02=content(drawn(seed)), T03=content(drawn(seed + 1)))
    assert (alone.total, alone.grade, alone.bonus, alone.penalty) == (
        beside.total,
        beside.grade,
        beside.bonus,
        beside.penalty,
    )
    assert [(one.code, one.score, one.deductions, one.to_raise) for one in alone.indicators] == [
        (one.code, one.score, one.deductions, one.to_raise) for one in beside.indicators
    ]


@pytest.mark.parametrize("seed", range(YEARS))
def test_what_a_card_promises_for_an_indicator_is_what_the_total_gains(towns: Profile, seed: int) -> None:
    card = card_of(towns, content(drawn(500 + seed)), checked(drawn(seed)))
    assert card.total is not None
    for line in card.indicators:
        if not line.deductions:
            assert line.to_raise is None
            continue
        promised = PROMISED.search(line.to_raise or "")
        assert promised is not None, line.to_raise
        full = tuple(one if one is not line else Year.full(one) for one in card.indicators)
        gained = total_of(full, card.bonus, card.penalty, 2)
        assert gained is not None
        assert [Decimal(n) for n in promised.groups()] == [line.max - (line.score or 0), gained - card.total]


def test_following_the_advice_on_an_inspection_brings_exactly_that(towns: Profile) -> None:
    said = content(drawn(500))
    before = card_of(towns, said, {**dict.fromkeys(INSPECTED, 10), "D2": 7})
    after = card_of(towns, said, dict.fromkeys(INSPECTED, 10))
    (line,) = (one for one in before.indicators if one.code == "D2")
    promised = PROMISED.search(line.to_raise or "")
    assert promised is not None
    assert after.total is not None
    assert before.total is not None
    assert after.total - before.total == Decimal(promised[2])
