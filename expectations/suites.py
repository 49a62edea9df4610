"""Great Expectations: a suite built from the catalogue, run over one batch that holds every unit's rows.

One expectation a rule and frame, whatever the number of units: an expectation costs 10-20 ms, a row next to
nothing. The only module that imports pandas and Great Expectations; `validation` imports it when it runs.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")

import great_expectations as gx
import pandas as pd
from great_expectations.core import ExpectationValidationResult
from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.expectations.core.expect_column_pair_values_a_to_be_greater_than_b import (
    ExpectColumnPairValuesAToBeGreaterThanB,
)
from great_expectations.expectations.core.expect_column_pair_values_to_be_equal import ExpectColumnPairValuesToBeEqual
from great_expectations.expectations.core.expect_column_values_to_be_between import ExpectColumnValuesToBeBetween
from great_expectations.expectations.core.expect_column_values_to_be_in_set import ExpectColumnValuesToBeInSet
from great_expectations.expectations.core.expect_column_values_to_not_be_in_set import ExpectColumnValuesToNotBeInSet
from great_expectations.expectations.expectation import Expectation

from expectations.catalogue import Check, Rule
from expectations.frames import Frame
from gongkai.errors import RuleCrashed

_COMPLETE = {"result_format": "COMPLETE", "partial_unexpected_count": 0, "exclude_unexpected_values": True}
_SEVERITIES = {"error": "critical", "query": "warning", "notice": "info"}


class _Task(NamedTuple):
    """One rule over one frame: how many rows it looks at, and what it compares in each (None in the others)."""

    rule: Rule
    planned: int
    columns: Mapping[str, Sequence[Any]]

    def name(self, column: str) -> str:
        """A rule's own copy of a column: empty in the rows it does not look at.

        Three times quicker than a row condition on a shared column (Great Expectations filters anew each time).
        """
        return f"{self.rule.id} {column}"


def failures(frame: Frame, rules: Sequence[Rule]) -> Mapping[str, tuple[int, ...]]:
    """Runs the rules of one frame over all its rows in one batch.

    Returns:
        Rule id → positions in `frame.rows` of the rows that fail it; every rule is present.

    Raises:
        RuleCrashed: a rule could not be evaluated, or looked at another number of rows than planned. A passed
            expectation over rows that are not there would be worth nothing.
    """
    if len(frame.rows) != frame.planned:
        raise RuleCrashed(f"核对数据不完整：{frame.name} 应有 {frame.planned} 行，实有 {len(frame.rows)} 行。")
    tasks = [task for rule in rules if (task := _task(frame, rule)).planned]
    found: dict[str, tuple[int, ...]] = {rule.id: () for rule in rules}
    if not tasks:
        return found
    suite = gx.ExpectationSuite(name=frame.name, expectations=[_expectation(task) for task in tasks])
    results = _batch(tasks).validate(suite, result_format=_COMPLETE).results
    by_rule = {_rule_of(result): result for result in results}
    for task in tasks:
        found[task.rule.id] = _failed(task, by_rule.get(task.rule.id), frame.planned)
    return found


def _failed(task: _Task, outcome: ExpectationValidationResult | None, rows: int) -> tuple[int, ...]:
    """The positions of the failed rows, after making sure that the rule looked at every row it should."""
    raised = outcome is None or outcome.exception_info.get("raised_exception") is not False
    result = {} if outcome is None or raised else outcome.result
    looked_at = result.get("element_count", 0) - result.get("missing_count", 0)
    positions = tuple(result.get("unexpected_index_list") or ())
    if result.get("element_count") != rows or looked_at != task.planned or len(positions) != result["unexpected_count"]:
        raise RuleCrashed(f"规则 {task.rule.id} 未能核对：应核对 {task.planned} 处，实际核对 {looked_at} 处。")
    return positions


def _rule_of(outcome: ExpectationValidationResult) -> str | None:
    config = outcome.expectation_config
    return (config.meta or {}).get("rule") if config else None


def _task(frame: Frame, rule: Rule) -> _Task:
    check = _check(rule)
    if check.expect is not None:
        pairs = [row.pair(rule.id) for row in frame.rows]
        sides = {side: [pair and pair[at] for pair in pairs] for at, side in enumerate(("left", "right"))}
        return _Task(rule, sum(pair is not None for pair in pairs), sides)
    names = [name for name in (check.column, check.equals) if name is not None]
    flags = [getattr(row, check.when or "") for row in frame.rows]
    columns = {
        name: [getattr(row, name) if flag else None for row, flag in zip(frame.rows, flags, strict=True)]
        for name in names
    }
    return _Task(rule, sum(flags), columns)


def _batch(tasks: Sequence[_Task]) -> Batch:
    """Every task's columns over all rows. Numbers stay Python objects: comparisons are exact, no float, no int64."""
    columns = {
        task.name(column): pd.Series(values, dtype=object) for task in tasks for column, values in task.columns.items()
    }
    return _context().data_sources.pandas_default.read_dataframe(pd.DataFrame(columns))


def _expectation(task: _Task) -> Expectation:
    check = _check(task.rule)
    build = next(build for name, build in _BUILDERS.items() if getattr(check, name) is not None)
    names = [task.name(column) for column in task.columns]
    return build(check, *names, meta={"rule": task.rule.id}, severity=_SEVERITIES[task.rule.severity])


def _pair(check: Check, left: str, right: str, **options: Any) -> Expectation:
    both = {"ignore_row_if": "both_values_are_missing", **options}
    if check.expect in ("equal", None):
        return ExpectColumnPairValuesToBeEqual(column_A=left, column_B=right, **both)
    greater, less = (left, right) if check.expect == "at_least" else (right, left)
    return ExpectColumnPairValuesAToBeGreaterThanB(column_A=greater, column_B=less, or_equal=True, **both)


_BUILDERS: dict[str, Callable[..., Expectation]] = {
    "expect": _pair,
    "equals": _pair,
    "is_in": lambda c, n, **o: ExpectColumnValuesToBeInSet(column=n, value_set=list(c.is_in), **o),
    "not_in": lambda c, n, **o: ExpectColumnValuesToNotBeInSet(column=n, value_set=list(c.not_in), **o),
    "least": lambda c, n, **o: ExpectColumnValuesToBeBetween(column=n, min_value=c.least, **o),
}


def _check(rule: Rule) -> Check:
    if rule.check is None:
        raise RuleCrashed(f"规则 {rule.id} 没有可核对的条件。")
    return rule.check


@cache
def _context() -> EphemeralDataContext:
    """A context in memory: no documentation site on disk, no progress bars, nothing sent anywhere."""
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
        analytics_enabled=False,
    )
    return gx.get_context(project_config=config, mode="ephemeral")
