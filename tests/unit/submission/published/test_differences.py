"""A submission beside the unit's published report: which figures differ, and how the rule says it."""

from typing import Any

import pytest

from expectations.results import issue_finding
from gongkai.findings import Severity
from gongkai.national_format import for_year
from gongkai.submission.published import differences
from tests.unit.submission.published.conftest import disputes, fifteen, page, read


def test_only_figures_that_both_have_and_that_differ_are_named(desk: Any) -> None:
    published = read(page(disputes(fifteen(c1="<td></td>", c2="<td>无</td>", c3="<td>0</td>")))).submission
    assert published is not None
    found = differences(desk.submission(), published)
    assert [(d.submitted.value, d.published.value) for d in found] == [(0, n) for n in range(4, 15)]


def test_the_finding_names_both_values_and_both_places(desk: Any) -> None:
    published = read(page(disputes(fifteen()))).submission
    assert published is not None
    first = differences(desk.submission(), published)[0]
    finding = issue_finding(first.issue(), for_year(2021))
    assert finding.severity is Severity.QUERY
    assert finding.message == (
        "表四“行政复议”的“结果纠正”填写 0，公开的年度报告（第 1 个表 4行2格）为 1，两者不同。"
        "请核对后更正其中一处，或说明原因。"
    )


def test_another_year_is_no_difference_but_a_wrong_call(desk: Any) -> None:
    published = read(page(disputes(fifteen()), title="2022年政府信息公开工作年度报告")).submission
    assert published is not None
    with pytest.raises(ValueError, match="same unit and year"):
        differences(desk.submission(), published)
