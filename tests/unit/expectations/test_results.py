"""From an issue or facts to a finding: there is always a whole sentence, or the run stops."""

from dataclasses import replace
from decimal import Decimal

import pytest

from expectations.catalogue import load_catalogue
from expectations.frames import Facts
from expectations.results import finding, issue_finding, ordered
from gongkai.errors import RuleCrashed
from gongkai.findings import ReadingIssue
from gongkai.national_format import for_year

FORMAT = for_year(2021)
READ = ("SHAPE", "WRONG-TEMPLATE", "WRONG-UNIT", "WRONG-YEAR", "PERSONAL-DATA", "UNKNOWN-KEY")


@pytest.mark.parametrize("rule", READ)
def test_the_barest_issue_of_a_reader_has_a_sentence(rule: str) -> None:
    assert issue_finding(ReadingIssue(rule=rule), FORMAT).message.endswith("。")


@pytest.mark.parametrize("rule", [*READ, "NOT-A-NUMBER"])
def test_an_issue_at_a_place_names_it_in_the_finding(rule: str) -> None:
    found = issue_finding(ReadingIssue(rule=rule, where="register[3].pages", sheet="依申请台账", cell="R5"), FORMAT)
    assert (found.table, found.row, found.column) == ("register", "3", "pages")
    assert (found.sheet, found.cell, found.cells) == ("依申请台账", "R5", ("register[3].pages",))


def test_an_issue_of_a_rule_that_is_not_in_the_catalogue_stops_the_run() -> None:
    with pytest.raises(RuleCrashed, match="NO-SUCH-RULE"):
        issue_finding(ReadingIssue(rule="NO-SUCH-RULE"), FORMAT)


def test_a_message_that_lacks_a_value_stops_the_run() -> None:
    with pytest.raises(RuleCrashed, match="REQ-BALANCE 的说明文字缺少内容"):
        finding(load_catalogue().rule("REQ-BALANCE"), Facts(), FORMAT)


def test_braces_in_a_value_are_text() -> None:
    issue = ReadingIssue(rule="UNKNOWN-KEY", where="{place}", values={"label": "{0}"})
    assert "“{place}”" in issue_finding(issue, FORMAT).message


def test_decimals_are_written_plainly() -> None:
    facts = Facts(where="requests.granted.total", observed=Decimal("1E+3"), expected=0, difference=Decimal("1E+3"))
    assert "填写 1000，" in finding(load_catalogue().rule("NONNEG"), facts, FORMAT).message


def test_the_order_is_severity_then_the_form_then_the_catalogue() -> None:
    places = [
        "-",
        "requests.granted.total",
        "proactive_disclosure.rules.issued",
        "register[10].pages",
        "register[9].pages",
    ]
    made = [issue_finding(ReadingIssue(rule="SHAPE", where=where, observed="x"), FORMAT) for where in places]
    notice = issue_finding(ReadingIssue(rule="UNKNOWN-KEY", where="-"), FORMAT)
    blank = replace(made[1], rule="BLANK")
    assert [(f.rule, f.where) for f in ordered([notice, blank, *made], FORMAT)] == [
        ("SHAPE", "-"),
        ("SHAPE", "proactive_disclosure.rules.issued"),
        ("SHAPE", "requests.granted.total"),
        ("BLANK", "requests.granted.total"),
        ("SHAPE", "register[9].pages"),
        ("SHAPE", "register[10].pages"),
        ("UNKNOWN-KEY", "-"),
    ]
