"""`gongkai trace`: a figure of the report, followed to units, revisions, cells and cases from the warehouse alone."""

import json

from click.testing import CliRunner

from gongkai.cli.office.report_commands import trace
from gongkai.errors import CallError


def traced(year, *arguments):
    district, _ = year
    return CliRunner().invoke(trace, [*arguments, "--year", "2021", "--warehouse", district.warehouse])


def test_a_figure_is_followed_by_what_is_printed(year):
    said = json.loads(traced(year, "7.29", "--json").output)
    (figure,) = said["figures"]
    assert figure["path"] == "indicators.average_reply_working_days"
    days = [case["used"] for case in figure["cases"]]
    assert f"{sum(days) / len(days):.2f}" == "7.29"


def test_a_cell_names_unit_revision_sheet_and_cell(year):
    district, _ = year
    said = json.loads(traced(year, "requests.granted.total", "--json").output)
    report = json.loads((district.out / "2021/report/report.json").read_text(encoding="utf-8"))
    (figure,) = said["figures"]
    given = [{key: one[key] for key in ("unit", "revision", "value")} for one in figure["sources"]]
    assert given == report["sources"]["requests.granted.total"]
    of_t01 = next(one for one in figure["sources"] if one["unit"] == "T01")
    assert (of_t01["sheet"], of_t01["cell"]) == ("表三", "J8")


def test_in_the_terminal_the_same_is_told_in_words(year):
    said = traced(year, "indicators.reply_shortening_percent").output
    assert "（20 − 7.29）÷ 20" in said
    assert "平均答复用时（工作日）：7.29" in said
    assert "第 1 次报送" in said


def test_a_figure_that_is_printed_often_is_told_by_its_names(year):
    said = traced(year, "0").output
    assert "请写明名称" in said
    assert "proactive_disclosure.rules.issued" in said


def test_a_figure_that_is_nowhere_is_refused_with_the_nearest_names(year):
    refused = traced(year, "requests.granted.totl").exception
    assert isinstance(refused, CallError)
    assert "requests.granted.total" in str(refused)
