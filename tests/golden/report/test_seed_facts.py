"""The thirteen published facts of the reference district, computed from the demonstration's submissions."""

from typing import Any

import jinja2
import pytest
from jinja2 import meta

from gongkai.reporting.report.facts import collect_facts
from gongkai.reporting.report.json_form import report_json
from gongkai.reporting.report.text import names_in
from gongkai.reporting.report.view import ReportView
from tests.unit.reporting.report.sentences import all_sentences


@pytest.fixture(scope="module")
def view(demonstration: Any) -> ReportView:
    made: ReportView = demonstration.view
    return made


@pytest.fixture(scope="module")
def text(view: ReportView) -> str:
    parts = [*view.preface, *(part for section in view.sections for part in section.parts)]
    return "".join(p.lead + p.text for part in parts for p in part.paragraphs)


@pytest.mark.parametrize(
    "sentence",
    [
        "区政府办公室通过政府门户网站主动公开政府信息255条",
        "编发政府公报（电子版）4期",
        "行政规范性文件16件",
        "主动公开区政府文件14份、区政府办公室文件18份",
        "新闻发布会4场",
        "区政府办公室新收政府信息公开申请70件，上年结转0件，当年办结70件，均在法定期限内办结",
        "区政府办公室因政府信息公开被申请行政复议2件、被提起行政诉讼1件，均无被纠正情形",
        "全区平均答复用时7.29个工作日，比法定20个工作日缩短63.55%",
        "全区各报送单位均未收取信息处理费",
        "区政府办公室政策解读案例1件获评“良好”",
        "自2021年1月1日起至2021年12月31日止",
    ],
)
def test_the_fact_is_in_the_report(text: str, sentence: str) -> None:
    assert sentence in text


def test_the_figures_stand_in_report_json_too(demonstration: Any) -> None:
    report = report_json(demonstration.state, demonstration.totals, "0" * 64)
    assert report["indicators"]["average_reply_working_days"] == "7.29"
    assert report["indicators"]["reply_shortening_percent"] == "63.55"
    assert report["office"]["activities"]["portal_items"] == 255
    assert report["office"]["activities"]["gazette_issues"] == 4
    assert report["office"]["activities"]["press_conferences"] == 4
    kinds = report["office"]["documents_by_kind"]
    assert (kinds["normative"], kinds["government"], kinds["office"]) == (16, 14, 18)
    assert report["office"]["tables"]["requests"]["new_requests"]["total"] == 70
    assert report["office"]["tables"]["disputes"]["reconsideration"]["total"] == 2
    assert report["activities"]["processing_fees_yuan"] == "0"


def test_a_figure_of_the_whole_district_stands_beside_last_years(text: str) -> None:
    assert "全区新收430件（上年421件，增加9件）" in text


def test_every_name_in_the_sentences_is_a_fact(demonstration: Any) -> None:
    facts = collect_facts(demonstration.state, demonstration.totals)
    environment = jinja2.Environment(autoescape=True)
    for sentence in all_sentences():
        conditions = environment.parse("{{ " + sentence.get("when", "1") + " }}")
        assert {*names_in(sentence["text"]), *meta.find_undeclared_variables(conditions)} <= set(facts), sentence
