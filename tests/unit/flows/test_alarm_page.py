"""The page of the rule alarm in the UI: what holds a run's mails back, or that nothing does."""

from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.profile import load_profile
from tasks import show
from tests.unit.reporting.conftest import AS_OF


@pytest.mark.parametrize(
    ("first_words", "says"),
    [(["规则报警：BLANK……"], "- **规则报警：BLANK……**"), ([], "没有规则报警，本次的邮件没有暂缓。")],
)
def test_the_page_says_which_rules_are_in_doubt(
    monkeypatch: pytest.MonkeyPatch, first_words: list[str], says: str
) -> None:
    shown: dict[str, Any] = {}
    monkeypatch.setattr(show, "create_markdown_artifact", lambda **page: shown.update(page))
    workspace: Any = SimpleNamespace(year=2021, as_of=AS_OF, first_words=first_words, profile=load_profile(None))
    show.show_alarm.fn(workspace)
    assert shown["key"] == "alarm-2021"
    assert says in shown["markdown"]
    assert "截至 2022-02-20 17:05" in shown["markdown"]
