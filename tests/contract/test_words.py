"""One owner for each word: a state and a severity are named alike wherever they are printed."""

import ast
import re
from pathlib import Path

import pytest

from gongkai.findings import Severity
from gongkai.reporting.shared.standing import Standing
from gongkai.submission.verdict import Status, UnitState

ROOT = Path(__file__).parents[2]
OWNERS = {"gongkai/findings.py", "gongkai/submission/verdict.py"}
WORDS = {one.word for one in (*UnitState, *Severity)} - {UnitState.MISSING.word}  # 未报 is a blank figure's word too
OTHER_WORDS = {"已退回", "无法识别", "未报送", "待报"}  # what a state was called besides


def texts(path: Path) -> list[str]:
    """The texts of a module; of a page what people read in it, tag by tag."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return [
            node.value.strip()
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
    return [said.strip() for said in re.sub("<[^>]*>|{[{%].*?[%}]}", "\n", source).splitlines()]


def test_no_second_module_or_page_writes_the_word_of_a_state_or_a_severity():
    again = [
        (str(path.relative_to(ROOT)), said)
        for room in ("gongkai", "expectations", "tasks", "flows")
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in {".py", ".html", ".typ"} and str(path.relative_to(ROOT)) not in OWNERS
        for said in texts(path)
        if said in WORDS | OTHER_WORDS
    ]
    assert again == []


def test_a_standing_that_is_a_state_has_its_word():
    pairs = {
        Standing.EXPECTED: UnitState.MISSING,
        Standing.RECEIVED: UnitState.QUARANTINED,
        Standing.RETURNED: UnitState.RETURNED,
        Standing.ACCEPTED: UnitState.ACCEPTED,
    }
    assert all(standing.word == state.word for standing, state in pairs.items())


def test_the_states_are_those_of_the_contract():
    assert [one.value for one in UnitState] == ["accepted", "returned", "quarantined", "waiting", "missing"]
    assert [(one.word, one.sign) for one in UnitState] == [
        ("已受理", "✓"),
        ("退回修改", "✕"),
        ("未能受理", "✕"),
        ("待确认", "○"),
        ("未报", "○"),
    ]


@pytest.mark.parametrize("status", Status)
def test_a_file_has_the_word_of_the_state_that_it_makes(status):
    assert status.word == UnitState(status.value).word
