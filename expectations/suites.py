"""Great Expectations: a suite built from the catalogue, run over one batch that holds every unit's rows.

One expectation a rule and frame, whatever the number of units: an expectation costs 10-20 ms, a row next to
nothing. The only module that imports pandas and Great Expectations; `validation` imports it when it runs.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")

import great_expectations as gx
import pandas as pd
from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.expectations.core.expect_column_pair_values_a_to_be_greater_than_b import (
    ExpectColumnPairValuesAToBeGreaterThanB,
)
from great_expectations.expectations.core.expect_column_pair_values_to_be_equal import ExpectColumnPairValuesToBeEqual
from great_expectations.expectations.core.expect_column_values_to_be_between import ExpectColumnValuesToBeBetween
from great_expectations.expectations.core.expect_column_values_to_be_in_set import ExpectColumnValuesToBeInSet
from great_expectations.expectations.core.expect_column_values_to_not_be_in_set import ExpectColumnValuesToNotBeInSet
from great_expectations.expectations.core.expect_table_row_count_to_equal import ExpectTableRowCountToEqual
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.row_conditions import Column

from expectations.catalogue import Check, Rule
from expectations.frames import Frame
from gongkai.errors import RuleCrashed

_COMPLETE = {"result_format": "COMPLETE", "partial_unexpected_count": 0, "exclude_unexpected_values": True}
_FLAGS = ("mandatory", "unsigned", "counted", "no_rules", "decided")
_SEVERITIES = {"error": "critical", "query": "warning", "notice": "info"}


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
    table = _table(frame)
    applicable = {rule.id: _applicable(table, rule) for rule in rules}
    run = [rule for rule in rules if applicable[rule.id]]
    suite = gx.ExpectationSuite(
        name=frame.name,
        expectations=[ExpectTableRowCountToEqual(value=frame.planned), *(_expectation(rule) for rule in run)],
    )
    results = _batch(frame.name, table).validate(suite, result_format=_COMPLETE).results
    found: dict[str, tuple[int, ...]] = {rule.id: () for rule in rules}
    for result in results:
        config = result.expectation_config
        rule_id = (config.meta or {}).get("rule") if config else None
        counted = result.result.get("element_count" if rule_id else "observed_value")
        planned = applicable[rule_id] if rule_id else frame.planned
        if result.exception_info.get("raised_exception") is not False or counted != planned:
            raise RuleCrashed(f"规则 {rule_id or frame.name} 未能核对（应核对 {planned} 行，实际 {counted} 行）。")
        if rule_id:
            found[rule_id] = tuple(result.result.get("unexpected_index_list") or ())
            if len(found[rule_id]) != result.result["unexpected_count"]:
                raise RuleCrashed(f"规则 {rule_id} 的结果不完整。")
    if len(results) != len(run) + 1:
        raise RuleCrashed(f"{frame.name} 应有 {len(run) + 1} 项核对结果，实有 {len(results)} 项。")
    return found


def _table(frame: Frame) -> pd.DataFrame:
    """The rows as columns. Numbers stay Python objects, so that every comparison is exact (no float, no int64)."""
    fields: tuple[str, ...] = type(frame.rows[0])._fields if frame.rows else ("key",)
    columns = zip(*frame.rows, strict=True) if frame.rows else iter([()])
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=bool if name in _FLAGS else object)
            for name, values in zip(fields, columns, strict=True)
            if name not in ("subject", "origin")
        }
    )


def _applicable(table: pd.DataFrame, rule: Rule) -> int:
    if table.empty:
        return 0
    check = _check(rule)
    flags = table[check.when] if check.when else (table["rule"] == rule.id) & table["decided"]
    return int(flags.sum())


def _expectation(rule: Rule) -> Expectation:
    check = _check(rule)
    condition = Column(check.when) == True if check.when else _decided(rule)  # noqa: E712 (a condition, not a value)
    build = next(build for name, build in _BUILDERS.items() if getattr(check, name) is not None)
    return build(check, row_condition=condition, meta={"rule": rule.id}, severity=_SEVERITIES[rule.severity])


def _decided(rule: Rule) -> Any:
    return (Column("rule") == rule.id) & (Column("decided") == True)  # noqa: E712 (a condition, not a value)


def _compare(check: Check, **options: Any) -> Expectation:
    if check.expect == "equal":
        return ExpectColumnPairValuesToBeEqual(column_A="left", column_B="right", **options)
    greater, less = ("left", "right") if check.expect == "at_least" else ("right", "left")
    return ExpectColumnPairValuesAToBeGreaterThanB(column_A=greater, column_B=less, or_equal=True, **options)


_BUILDERS: dict[str, Callable[..., Expectation]] = {
    "expect": _compare,
    "is_in": lambda c, **o: ExpectColumnValuesToBeInSet(column=c.column, value_set=list(c.is_in), **o),
    "not_in": lambda c, **o: ExpectColumnValuesToNotBeInSet(column=c.column, value_set=list(c.not_in), **o),
    "least": lambda c, **o: ExpectColumnValuesToBeBetween(column=c.column, min_value=c.least, **o),
    "equals": lambda c, **o: ExpectColumnPairValuesToBeEqual(column_A=c.column, column_B=c.equals, **o),
}


def _check(rule: Rule) -> Check:
    if rule.check is None:
        raise RuleCrashed(f"规则 {rule.id} 没有可核对的条件。")
    return rule.check


def _batch(name: str, table: pd.DataFrame) -> Batch:
    context = _context()
    source = context.data_sources.add_or_update_pandas("gongkai")
    definition = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe(name)
    return definition.get_batch({"dataframe": table})


@cache
def _context() -> EphemeralDataContext:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context
