"""How a run ends, in words: everybody not accepted by name, and first of all the unit that it was started for."""

from errno import EACCES, ENOSPC

import pytest
from prefect import State

from flows.final_state import StepFailures, final_state, told_plainly
from gongkai.errors import CallError
from gongkai.warehouse.records import YearState
from tests.unit.reporting.conftest import make_revision, make_state, make_verdict


def year() -> YearState:
    return make_state({"A01": (make_revision("A01", make_verdict()),), "A02": ()})


def message(state: YearState, asked: str | None = None) -> str:
    return str(final_state(state, StepFailures(), asked=asked).message)


def test_everybody_who_is_not_accepted_is_named() -> None:
    said = message(year())
    assert "已受理 36 个" in said
    assert "A02 " in said
    assert "（未报）" in said


def test_a_rule_in_doubt_is_said_before_all_that_is_not_about_the_unit_that_was_asked_for() -> None:
    state, alarm = year(), ["规则报警：BLANK。"]
    assert str(final_state(state, StepFailures(), first=alarm).message).startswith("规则报警：BLANK。未受理 ")
    said = str(final_state(state, StepFailures(), asked="A02", first=alarm).message)
    assert said.startswith(f"A02 {state.unit('A02').unit.name}：未报。规则报警：BLANK。")


def test_a_rerun_of_one_unit_says_first_what_became_of_it() -> None:
    state = year()
    assert message(state, "A01").startswith(
        f"A01 {state.unit('A01').unit.name}：已受理（第 1 次报送，错误 0 · 疑点 0）。"
    )
    assert message(state, "A02").startswith(f"A02 {state.unit('A02').unit.name}：未报。")


def test_the_first_seventy_characters_say_who_is_not_accepted() -> None:
    """More than that Prefect's UI hides behind "See More"."""
    missing = [f"A{number:02}" for number in range(1, 13)]
    shown = message(make_state(dict.fromkeys(missing, ())))[:70]
    assert shown.startswith("未受理 12 个：")
    assert all(code in shown for code in missing)


def test_a_machine_s_failure_says_that_nothing_was_published() -> None:
    failures = StepFailures()
    failures._units[("出稿", "磁盘空间已满")] = ["T01"]
    assert "其余单位已照常处理" in str(final_state(year(), failures).message)
    failures.machine = True
    said = str(final_state(year(), failures).message)
    assert "本次没有发布，此前的成果原样保留" in said
    assert "其余单位已照常处理" not in said


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (CallError("没有这个单位。"), "没有签发：没有这个单位。"),
        (OSError(ENOSPC, "No space left on device", "/srv/out"), "请腾出磁盘空间"),
        (PermissionError(EACCES, "Permission denied", "/srv/out"), "请核对路径和权限"),
    ],
    ids=["a call that is wrong", "a full disk", "a folder that is closed"],
)
def test_whatever_a_form_runs_into_ends_it_as_a_sentence(trouble: Exception, words: str) -> None:
    def work() -> State[None]:
        raise trouble

    ended = told_plainly(work, "没有签发：")
    assert ended.is_failed()
    assert str(ended.message).startswith("没有签发：")
    assert words in str(ended.message)
