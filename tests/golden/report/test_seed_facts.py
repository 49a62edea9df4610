"""The thirteen published facts of the reference district, computed from the demonstration's submissions."""

import re
from typing import Any

import pytest

from gongkai.reporting.report.json_form import report_json
from gongkai.reporting.report.view import ReportView


@pytest.fixture(scope="module")
def view(demonstration: Any) -> ReportView:
    made: ReportView = demonstration.view
    return made


@pytest.fixture(scope="module")
def text(view: ReportView) -> str:
    return view.text()


@pytest.mark.parametrize(
    "sentence",
    [
        "区政府办公室通过政府门户网站主动公开政府信息255条",
        "编发政府公报（电子版）4期",
        "行政规范性文件16件",
        "主动公开区政府文件14份、区政府办公室文件18份",
        "服务保障疫情防控新闻发布会4场",
        "区政府办公室新收政府信息公开申请70件，无上年结转，当年办结70件，均在法定期限内办结",
        "区政府办公室被申请行政复议2件、被提起行政诉讼1件，无被纠正情形",
        "全区平均答复用时7.29个工作日，比法定20个工作日缩短63.55%",
        "全区各报送单位均未收取信息处理费",
        "区政府办公室政策解读案例1件获评“良好”",
        "自2021年1月1日起至2021年12月31日止",
    ],
)
def test_the_fact_is_in_the_report(text: str, sentence: str) -> None:
    assert sentence in text


def test_the_figures_stand_in_report_json_too(demonstration: Any) -> None:
    report = report_json(demonstration.report)
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
    counts = report["counts"]
    assert f"{counts['reply_working_days'] / counts['closed']:.2f}" == "7.29"


def test_a_figure_of_the_whole_district_is_compared_with_last_years_in_words(text: str) -> None:
    assert "全区新收政府信息公开申请430件（比上年增加9件，增长2.14%）" in text


def test_there_is_one_contact_notice_and_section_five_ends_with_the_next_steps(view: ReportView, text: str) -> None:
    assert text.count("有疑问") == 1
    (problems,) = [section for section in view.sections if section.key == "problems"]
    lines = [paragraph.text for part in problems.parts for paragraph in part.paragraphs]
    assert lines[0].startswith("一是部分政策解读")
    assert lines[-1].startswith("下一步")


def test_nothing_inside_the_house_and_no_zero_in_figures_stands_in_the_public_text(text: str) -> None:
    assert not [word for word in ("未报", "扣分", "一票否决", "{{", "None") if word in text]
    assert not re.search(r"(?<!\d)0(?:件|份|条|场|次)", text)
    assert not re.search(r"\d/\d", text)
