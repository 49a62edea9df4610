"""Great Expectations: the rules of the catalogue over batches that hold every unit's rows.

One batch and one expectation a comparison and severity, whatever the number of units, rules and frames: an
expectation costs some 10 ms, a row next to nothing. A row is a pair of exact numbers that one rule compares. The
only module that imports pandas and Great Expectations; `validation` imports it when it runs.
"""

import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from threading import Lock
from typing import Any, NamedTuple, cast

os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")

import great_expectations as gx
import numpy as np
import pandas as pd
from great_expectations.core import ExpectationValidationResult
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.expectations.expectation import Expectation
from great_expectations.validator.v1_validator import Validator

from expectations.catalogue import Rule
from expectations.comparisons import ExpectPairToBeEqual, ExpectPairToBeInOrder
from expectations.frames import Frame
from expectations.frames.columns.compared import Columns, Compared, Ints
from expectations.frames.shapes import Number
from gongkai.errors import RuleCrashed
from gongkai.findings import Severity

_COMPLETE = {"result_format": "COMPLETE", "partial_unexpected_count": 0, "exclude_unexpected_values": True}
_SEVERITIES = {Severity.ERROR: "critical", Severity.QUERY: "warning", Severity.NOTICE: "info"}
_ALONE = Lock()  # a batch definition that two threads share gives one of them the other's result


class Failure(NamedTuple):
    """A row of a frame that fails a rule."""

    rule: Rule
    row: Any
    frame: Frame


class BatchOutcome(NamedTuple):
    """What one batch showed.

    Attributes:
        batch: comparison and severity.
        failures: every row that failed, in the order of the frames and their rows.
        result: Great Expectations' own result, as plain JSON values.
    """

    batch: str
    failures: Sequence[Failure]
    result: Mapping[str, Any]


class _RuleInColumns(NamedTuple):
    """What one rule compares in rows of a frame that were compared together."""

    rule: Rule
    frame: Frame
    columns: Columns
    found: Compared

    def failure(self, at: int) -> Failure:
        """One of its rows that failed, read by itself: nobody is accused by a column alone."""
        row = self.columns.row(int(self.found.at[at]))
        said = (self.rule.id, int(self.found.left[at]), int(self.found.right[at]))
        if said not in [(rule, left, right) for rule, left, right in row.pairs()]:
            raise RuleCrashed(f"规则 {self.rule.id} 成批核对与逐行核对的结果不同：{said[1]} 与 {said[2]}。")
        return Failure(self.rule, row, self.frame)


class _Batch(NamedTuple):
    """The rows that rules of one comparison and severity look at; three columns of one length, then the parts.

    A number that may be at most its bound is a bound that has to be at least the number: its columns are exchanged.
    """

    equal: bool
    severity: Severity
    rules: list[str]
    subjects: list[tuple[Rule, Any, Frame]]
    left: list[Number | None]
    right: list[Number | None]
    parts: list[_RuleInColumns]

    @property
    def size(self) -> int:
        """How many rows it has."""
        return len(self.subjects) + sum(len(part.found.at) for part in self.parts)

    def failure(self, position: int) -> Failure:
        """The row at a position."""
        if position < len(self.subjects):
            return Failure(*self.subjects[position])
        position -= len(self.subjects)
        for part in self.parts:
            if position < len(part.found.at):
                return part.failure(position)
            position -= len(part.found.at)
        raise IndexError(position)

    def columns(self) -> "pd.DataFrame":
        """Both numbers of every row, exact."""
        ways = [
            (p.found.right, p.found.left) if _exchanged(p.rule) else (p.found.left, p.found.right) for p in self.parts
        ]
        return pd.DataFrame(
            {
                "left": _column(self.left, [left for left, _ in ways]),
                "right": _column(self.right, [right for _, right in ways]),
            }
        )

    @property
    def name(self) -> str:
        """What the evidence calls it."""
        return f"{'equal' if self.equal else 'at_least'}-{self.severity.value}"


def evaluate(frames: Sequence[Frame], rules: Sequence[Rule]) -> list[BatchOutcome]:
    """Runs the rules over all rows of their frames, batch by batch.

    Raises:
        RuleCrashed: a rule could not be evaluated, or looked at another number of rows than planned. A passed
            expectation over rows that are not there would be worth nothing.
    """
    for frame in frames:
        if frame.count != frame.planned:
            raise RuleCrashed(f"核对数据不完整：{frame.name} 应有 {frame.planned} 行，实有 {frame.count} 行。")
    with _ALONE:
        return [_outcome(batch) for batch in _batches(frames, rules)]


def _batches(frames: Sequence[Frame], rules: Sequence[Rule]) -> Iterator[_Batch]:
    by_shape: dict[tuple[bool, Severity], _Batch] = {}
    looking: dict[str, dict[str, tuple[Rule, _Batch]]] = {frame.name: {} for frame in frames}
    for rule in rules:
        if rule.check is None:
            raise RuleCrashed(f"规则 {rule.id} 没有可核对的条件。")
        shape = (rule.check.expect == "equal", rule.severity)
        batch = by_shape.setdefault(shape, _Batch(*shape, [], [], [], [], []))
        looking.setdefault(rule.frame, {})[rule.id] = rule, batch
        batch.rules.append(rule.id)
    turned = {rule.id for rule in rules if _exchanged(rule)}
    for frame in frames:
        here = looking[frame.name]
        for row in frame.rows:
            for rule_id, left, right in row.pairs():
                if rule_id in here:
                    rule, batch = here[rule_id]
                    batch.subjects.append((rule, row, frame))
                    exchanged = rule_id in turned
                    batch.left.append(right if exchanged else left)
                    batch.right.append(left if exchanged else right)
        for part in frame.columns:
            for rule_id, found in part.compared.items():
                if rule_id in here:
                    rule, batch = here[rule_id]
                    batch.parts.append(_RuleInColumns(rule, frame, part, found))
    return (batch for batch in by_shape.values() if batch.size)


def _exchanged(rule: Rule) -> bool:
    return rule.check is not None and rule.check.expect == "at_most"


def _outcome(batch: _Batch) -> BatchOutcome:
    frame = batch.columns()
    maybe_missing = any(column.hasobject for column in frame.dtypes)
    suite = gx.ExpectationSuite(name=batch.name, expectations=[_expectation(batch, maybe_missing)])
    # What a batch's `validate` does, without first loading (and hashing) the same rows once more as a batch.
    validator = Validator(_definition(), result_format=_COMPLETE, batch_parameters={"dataframe": frame})
    (outcome,) = validator.validate_expectation_suite(suite).results
    failed = [batch.failure(at) for at in _positions(batch, outcome)]
    return BatchOutcome(batch.name, failed, outcome.to_json_dict())


def _column(values: list[Number | None], parts: Sequence[Ints]) -> "pd.Series[Any]":
    """Counts as machine integers; anything else as the Python object it is. Either way compared exactly, no float."""
    try:
        return pd.Series(np.concatenate([np.asarray(array("q", cast(list[int], values))), *parts]))
    except (TypeError, OverflowError):  # whatever is no int64 raises
        return pd.Series([*values, *(number for part in parts for number in part.tolist())], dtype=object)


def _positions(batch: _Batch, outcome: ExpectationValidationResult) -> Sequence[int]:
    """The positions of the failed rows, after making sure that every row was looked at."""
    crashed = outcome.exception_info.get("raised_exception") is not False
    result = {} if crashed else outcome.result
    looked_at = result.get("element_count", 0) - result.get("missing_count", 0)
    positions = result.get("unexpected_index_list") or ()
    if looked_at != batch.size or len(positions) != result["unexpected_count"]:
        rules = "、".join(sorted(batch.rules))
        raise RuleCrashed(f"规则 {rules} 未能核对：应核对 {batch.size} 处，实际核对 {looked_at} 处。")
    return positions


def _expectation(batch: _Batch, maybe_missing: bool) -> Expectation:
    shared: dict[str, Any] = {
        "ignore_row_if": "both_values_are_missing" if maybe_missing else "neither",
        "severity": _SEVERITIES[batch.severity],
        "meta": {"rules": sorted(batch.rules)},
    }
    if batch.equal:
        return ExpectPairToBeEqual(column_A="left", column_B="right", **shared)
    return ExpectPairToBeInOrder(column_A="left", column_B="right", or_equal=True, **shared)


@cache
def _definition() -> BatchDefinition[Any]:
    """Any frame as one batch, in a context in memory: no site of documentation, no progress bars, nothing sent."""
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
        analytics_enabled=False,
    )
    source = gx.get_context(project_config=config, mode="ephemeral").data_sources.add_pandas("submissions")
    return source.add_dataframe_asset("rows").add_batch_definition_whole_dataframe("all")
