"""The district's own words of its mails: one kind alone may be changed, and what there is not is refused early."""

import pytest

from gongkai.errors import ConfigurationError
from gongkai.profile import load_profile
from gongkai.profile.letters import LetterSettings, LetterText
from gongkai.reporting.letters.blocks import MessageBlock, as_html, as_text, from_json, to_json
from gongkai.reporting.letters.district_words import FACTS, check_letters, letter_text
from tests.unit.reporting.conftest import make_profile


def with_letters(**letters: LetterText):
    return make_profile().model_copy(update={"letters": LetterSettings(letters=dict(letters))})


def test_the_default_profile_words_every_kind_with_facts_that_there_are() -> None:
    profile = load_profile(None)
    assert set(profile.letters.letters) == set(FACTS)
    check_letters(profile)


def test_a_kind_that_a_district_does_not_word_is_the_defaults() -> None:
    own = with_letters(accepted=LetterText(subject="{unit}：收到了", opening="谢谢。"))
    facts = dict.fromkeys({name for names in FACTS.values() for name in names}, "X")
    assert letter_text(own, "accepted", facts).subject == "X：收到了"
    assert letter_text(own, "returned", facts).subject.startswith("【X】")


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("acepted", LetterText(subject="{unit}", opening="…"), "没有名为 acepted 的邮件"),
        ("accepted", LetterText(subject="{units}", opening="…"), "accepted.subject 中没有名为 units 的事实"),
        ("accepted", LetterText(subject="{unit", opening="…"), "accepted.subject 的花括号没有成对"),
        ("issued", LetterText(subject="…", opening="{verdict}"), "issued.opening 中没有名为 verdict 的事实"),
    ],
)
def test_what_a_text_may_not_name_is_refused_with_its_place(kind: str, text: LetterText, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        check_letters(with_letters(**{kind: text}))


def test_both_parts_say_the_same_and_html_is_escaped() -> None:
    blocks = [MessageBlock("lead", "退回修改", "✕"), MessageBlock("item", "<script>&", "✕", "表三 H9", "请核对。")]
    assert from_json(to_json(blocks)) == blocks
    assert as_text(blocks) == "✕ 退回修改\n\n✕ <script>& [表三 H9]\n　 请核对。\n"
    html = as_html(blocks, "标题")
    assert "&lt;script&gt;&amp;" in html
    assert "<script" not in html
    assert "http" not in html
