"""The sentences as data: each can be filled, none is printed with a hole, and the format's sub-topics are covered."""

from collections import defaultdict
from typing import Any

import jinja2
import pytest
from jinja2 import meta

from gongkai.national_format import for_year
from gongkai.reporting.report.counts import Facts
from gongkai.reporting.report.text import names_in, text_data, write_parts
from tests.unit.reporting.report.sentences import all_sentences


def names() -> set[str]:
    environment = jinja2.Environment(autoescape=True)
    found = {name for sentence in all_sentences() for name in names_in(sentence["text"])}
    for sentence in all_sentences():
        parsed = environment.parse("{{ " + sentence.get("when", "1") + " }}")
        found |= meta.find_undeclared_variables(parsed)
    return found


def said(section: str, facts: Facts) -> str:
    return "".join(p.text for part in write_parts(section, facts) for p in part.paragraphs)


def known(**facts: Any) -> Facts:
    """Everything unreported except what is given and the names every report has."""
    nothing: Facts = dict.fromkeys(names())
    return nothing | {"year": 2021, "whole": "全区", "office": "区政府办公室", "own_government": "区政府"} | facts


def test_every_subtopic_of_the_format_has_a_paragraph() -> None:
    covered = {topic for part in text_data()["overview"] for p in part["paragraphs"] for topic in p["covers"]}
    assert covered == set(for_year(2021).sections[0].subtopics)


def test_the_subheadings_are_those_of_the_reference_report() -> None:
    assert [part["heading"] for part in text_data()["overview"]] == [
        "（一）主动公开",
        "（二）标准化规范化与依申请公开",
        "（三）指导与督办考核",
    ]


def test_a_sentence_without_its_figure_is_not_printed() -> None:
    assert "平均答复用时" not in said("overview", known(shortening_percent=None))


def test_a_headline_figure_that_nobody_reported_says_so() -> None:
    text = said("overview", known())
    assert "主动公开政府信息的条数未报" in text
    assert "收到和办理政府信息公开申请的件数未报" in text


def test_zero_is_printed_and_is_not_missing() -> None:
    text = said("overview", known(office_portal_items=0, portal_items=0))
    assert "主动公开政府信息0条" in text


def test_a_fee_is_none_only_when_every_unit_said_so() -> None:
    fees = {"processing_fees_yuan": 0, "fees_in_register_yuan": None, "units_accepted": 37, "units_expected": 37}
    everyone = known(**fees, fees_reported_by=37, fees_not_reported_by=0)
    some = known(**fees, fees_reported_by=35, fees_not_reported_by=2)
    assert said("other_matters", everyone) == "2021年，全区各报送单位均未收取信息处理费。"
    assert said("other_matters", some) == "2021年，全区报送该项数据的35家单位均未收取信息处理费，其余2家未报。"
    assert said("other_matters", known()) == "2021年信息处理费收取情况未报。"


def test_a_draft_speaks_of_fees_for_the_accepted_units_only() -> None:
    fees = {"processing_fees_yuan": 0, "fees_reported_by": 26, "units_accepted": 26, "units_expected": 37}
    assert said("other_matters", known(**fees)) == "2021年，全区已受理的26家报送单位均未收取信息处理费。"


def test_a_fee_that_was_charged_is_named_with_its_amount() -> None:
    assert said("other_matters", known(processing_fees_yuan=36)) == "2021年，全区收取信息处理费36元。"


def test_a_slower_average_is_no_shortening() -> None:
    slow = known(average_days="21.00", shortening_percent=-5, reply_limit=20)
    text = said("overview", slow)
    assert "平均答复用时21.00个工作日。" in text
    assert "缩短" not in text


def test_overdue_cases_are_said_with_their_counts() -> None:
    text = said("problems", known(cases_closed=432, cases_overdue=8))
    assert "432件办结申请中有8件超过法定期限" in text


@pytest.mark.parametrize("given", [defaultdict(lambda: None), defaultdict(int), defaultdict(lambda: 3)])
def test_no_condition_fails_whatever_was_reported(given: defaultdict[str, Any]) -> None:
    facts = {name: given[name] for name in names()} | {"contact_phone": "020-1"}
    for section in text_data():
        write_parts(section, facts)
