"""docs/rules.md is what the catalogue says today."""

from pathlib import Path

from expectations.catalogue import load_catalogue
from expectations.handbook import handbook

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == handbook(), "run: python -m expectations.handbook > docs/rules.md"


def test_every_rule_and_every_reason_is_on_the_page() -> None:
    text = handbook()
    for rule in load_catalogue().rules:
        assert f"### {rule.id} {rule.title}\n" in text
        assert rule.source in text
    for reason in load_catalogue().reasons:
        assert f"| `{reason.key}` | {reason.wording} |" in text


def test_a_message_shows_blanks_for_what_is_filled_in() -> None:
    assert "应于 ＿＿ 前答复，＿＿ 办结" in handbook()
    assert "{" not in handbook()
