"""Silence is told: how many figures of a text were compared, and which were not."""

from typing import Any

from expectations.frames.narrative.text_compared import text_compared
from expectations.frames.shapes import SubmissionUnderCheck
from expectations.ruleset import RuleSet
from gongkai.profile import Profile, Unit
from tests.unit.expectations.conftest import ON_TIME, read, sound

BUREAU = Unit(code="T01", name="社会救助", kind="area", level="department", authority="区民政局")


def compared(profile: Profile, **texts: str) -> Any:
    submission = read({**sound(), "narrative": texts}).submission
    assert submission is not None
    entry = SubmissionUnderCheck(0, submission, BUREAU, ON_TIME)
    return text_compared(entry, profile.working_days(), RuleSet(profile.rules))


def test_a_figure_that_was_not_compared_is_listed_with_its_sentence(profile: Profile) -> None:
    found = compared(profile, overview="收到政府信息公开申请12件，报送信息300条。", other_matters="办结12件。")
    assert (found.figures, found.compared) == (3, 1)
    assert [(one.figure, one.sentence) for one in found.not_compared] == [
        ("300条", "收到政府信息公开申请12件，报送信息300条"),
        ("12件", "办结12件"),
    ]


def test_a_figure_of_something_that_was_not_reported_is_not_compared(profile: Profile) -> None:
    assert compared(profile, overview="编发政府公报4期。").compared == 0


def test_the_texts_of_sections_two_to_four_count_too(profile: Profile) -> None:
    assert compared(profile, section_2="制发规范性文件2件。").compared == 1
