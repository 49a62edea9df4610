"""The engine room: exact numbers, every row looked at, and a rule that crashes is a failure of the run."""

import gc
from dataclasses import replace
from decimal import Decimal

import pytest

from expectations.catalogue import Rule, load_catalogue
from expectations.frames import Comparison, Facts, Frame
from expectations.gx_library import load_engine
from expectations.suites import evaluate
from gongkai.errors import RuleCrashed

EQUAL = load_catalogue().rule("REQ-BALANCE")
AT_MOST = load_catalogue().rule("CARRYOUT-CEILING")
BLANK = load_catalogue().rule("BLANK")


def frame(*rows: Comparison, planned: int | None = None) -> Frame:
    return Frame("identities", rows, len(rows) if planned is None else planned, lambda row, rule: Facts())


def row(left: object, right: object, decided: bool = True, rule: Rule = EQUAL) -> Comparison:
    return Comparison(0, rule.id, "-", left, right, decided)  # type: ignore[arg-type] # the crash needs a wrong type


def failures(frame: Frame, rules: list[Rule]) -> dict[str, tuple[int, ...]]:
    """Rule id → positions of its failed rows."""
    found = [failure for outcome in evaluate([frame], rules) for failure in outcome.failures]
    at = {id(row): number for number, row in enumerate(frame.rows)}
    return {rule.id: tuple(at[id(row)] for failed, row, _ in found if failed is rule) for rule in rules}


def test_numbers_beyond_a_float_are_told_apart() -> None:
    big = 10**17
    rows = [
        row(big, big + 1),
        row(Decimal("0.1") + Decimal("0.2"), Decimal("0.3")),
        row(Decimal("1E-10"), 0),
        row(2**70, 2**70),
    ]
    assert failures(frame(*rows), [EQUAL]) == {"REQ-BALANCE": (0, 2)}


def test_an_undecided_row_is_neither_passed_nor_failed_and_another_rules_row_is_not_looked_at() -> None:
    rows = [row(1, 2, decided=False), row(3, 2, rule=AT_MOST), row(2, 2)]
    assert failures(frame(*rows), [EQUAL, AT_MOST]) == {"REQ-BALANCE": (), "CARRYOUT-CEILING": (1,)}


def test_more_than_two_hundred_failures_are_all_named() -> None:
    assert len(failures(frame(*(row(n, n + 1) for n in range(900))), [EQUAL])["REQ-BALANCE"]) == 900


def test_no_rows_and_nothing_planned_is_nothing_failed() -> None:
    assert failures(frame(), [EQUAL]) == {"REQ-BALANCE": ()}


def test_a_frame_that_lacks_rows_is_a_failure_of_the_run() -> None:
    with pytest.raises(RuleCrashed, match="应有 200 行，实有 0 行"):
        failures(frame(planned=200), [EQUAL])


def test_text_in_a_number_column_is_a_failure_of_the_run() -> None:
    with pytest.raises(RuleCrashed, match="CARRYOUT-CEILING 未能核对"):
        failures(frame(row(1, 2), row("1", 2, rule=AT_MOST)), [EQUAL, AT_MOST])


def test_a_number_that_went_missing_on_both_sides_is_a_failure_of_the_run() -> None:
    with pytest.raises(RuleCrashed, match="应核对 2 处，实际核对 1 处"):
        failures(frame(row(1, 1), row(None, None)), [EQUAL])


def test_a_frame_can_be_judged_again() -> None:
    once = frame(row(1, 2))
    assert failures(once, [EQUAL]) == failures(replace(once), [EQUAL])


def test_rules_of_one_comparison_and_severity_share_a_batch_and_each_looks_at_its_own_frame_s_rows() -> None:
    """Three rules on two frames, all errors: what must be equal in one batch, what may be at most in the other."""
    balance, blank = row(1, 2), row(1, 0, rule=BLANK)
    stray = row(1, 0, rule=BLANK)  # a rule of another frame than its row's
    over, under = row(3, 2, rule=AT_MOST), row(2, 3, rule=AT_MOST)
    frames = [frame(balance, stray, over, under), replace(frame(blank), name="cells")]
    outcomes = evaluate(frames, [EQUAL, AT_MOST, BLANK])
    failed = {outcome.batch: [failure.row for failure in outcome.failures] for outcome in outcomes}
    assert failed == {"equal-error": [balance, blank], "at_least-error": [over]}
    assert [len(outcome.result["result"]["unexpected_index_list"]) for outcome in outcomes] == [2, 1]


def test_the_engine_is_loaded_once_a_process_so_that_no_later_run_s_objects_are_given_up() -> None:
    load_engine()
    given_up = gc.get_freeze_count()
    load_engine()
    assert gc.get_freeze_count() == given_up
