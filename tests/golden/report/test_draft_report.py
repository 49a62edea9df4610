"""A report that is not final, not complete, or not of the usual district."""

import io
from typing import Any

import docx
import pypdf
import pytest

from gongkai.reporting.report.docx_writer import report_docx
from gongkai.reporting.report.view import ReportView
from gongkai.reporting.report.writer import report_html, report_pdf


def said(view: ReportView) -> str:
    parts = [*view.preface, *(part for section in view.sections for part in section.parts)]
    return "".join(p.lead + p.text for part in parts for p in part.paragraphs)


def test_a_draft_says_so_on_every_page_and_names_who_is_missing(draft_year: Any) -> None:
    view = draft_year.view
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(report_pdf(view))).pages]
    assert all("送审稿（数据未齐）" in page for page in pages)
    assert "附：填报单位情况" in pages[-1]
    assert "A05 救灾" in pages[-1]
    assert "应报送37家，其中已受理34家，退回修改1家，未报2家。" in pages[-1].replace("\n", "")
    assert "尚有3家未纳入" in said(view)


def test_the_draft_says_so_in_word_and_html_too(draft_year: Any) -> None:
    view = draft_year.view
    word = docx.Document(io.BytesIO(report_docx(view)))
    assert "送审稿（数据未齐）" in word.sections[0].header.paragraphs[0].text
    assert word.tables[-1].rows[-1].cells[2].text == "A07 国土空间规划、T03 新桥街道"
    assert "送审稿（数据未齐）" in report_html(view)


def test_a_final_report_has_no_annex_and_no_draft_notice(plain_year: Any) -> None:
    view = plain_year.view
    assert view.annex is None
    assert view.notices == ("演示数据，不代表任何真实单位",)


def test_a_real_district_has_nothing_at_the_head(plain_year: Any) -> None:
    district = plain_year.profile.district.model_copy(update={"demonstration": False})
    plain_year.profile = plain_year.profile.model_copy(update={"district": district})
    word = docx.Document(io.BytesIO(report_docx(plain_year.view)))
    assert "".join(p.text for p in word.sections[0].header.paragraphs) == ""


def test_with_nothing_accepted_every_figure_is_missing_and_none_is_zero(plain_year: Any) -> None:
    plain_year.missing = set(plain_year.submissions)
    view = plain_year.view
    figures = {text for section in view.sections if section.grid for text in section.grid.figures().values()}
    assert figures == {"未报"}
    assert "平均答复用时" not in said(view)
    assert report_html(view)


def test_without_the_office_its_headline_figures_are_unreported(plain_year: Any) -> None:
    plain_year.missing = {"OFFICE"}
    text = said(plain_year.view)
    assert "区政府办公室通过政府门户网站主动公开政府信息的条数未报。" in text
    assert "区政府办公室因政府信息公开引起的行政复议和行政诉讼件数未报。" in text


def test_a_cell_nobody_can_have_is_not_applicable(plain_year: Any) -> None:
    for submission in plain_year.submissions.values():
        submission["tables"]["proactive_disclosure"]["rules"]["in_force"] = "不适用"
    figures = plain_year.view.grid("proactive_disclosure").figures()
    assert figures["proactive_disclosure.rules.in_force"] == "不适用"


def test_changes_stand_beside_what_they_changed_from(draft_year: Any) -> None:
    draft_year.missing, draft_year.status = set(), {}
    assert "全区新收140件（上年37件，增加103件）" in said(draft_year.view)


def test_a_draft_shows_last_years_figure_and_computes_no_change(draft_year: Any) -> None:
    text = said(draft_year.view)
    assert "全区新收132件（上年37件）" in text
    assert "括注的上年数为37家单位的合计。" in text


def test_a_year_without_predecessor_compares_nothing(plain_year: Any) -> None:
    assert "上年为" not in said(plain_year.view)
    assert "（上年" not in said(plain_year.view)


def test_the_offices_own_words_stand_under_its_name(plain_year: Any) -> None:
    plain_year.office()["narrative"] = {
        "problems": "解读偏少。\n下一步补齐图解。",
        "other_matters": "社会评议满意。",
    }
    view = plain_year.view
    problems = [p for part in view.sections[4].parts for p in part.paragraphs]
    assert [(p.lead, p.text) for p in problems[-2:]] == [
        ("区政府办公室报告。", "解读偏少。"),
        ("", "下一步补齐图解。"),
    ]
    assert "社会评议结果未报" not in said(view)


def test_markup_in_the_offices_words_stays_text(plain_year: Any) -> None:
    plain_year.office()["narrative"] = {"problems": "<b>#strong[x]</b> {year} *不足*"}
    view = plain_year.view
    assert "&lt;b&gt;#strong[x]&lt;/b&gt; {year} *不足*" in report_html(view)
    pdf = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(report_pdf(view))).pages)
    assert "<b>#strong[x]</b> {year} *不足*" in pdf.replace("\n", " ").replace("  ", " ")


@pytest.mark.parametrize(("year", "number"), [(2020, "国办公开办函〔2019〕60号"), (2021, "国办公开办函〔2021〕30号")])
def test_the_report_follows_the_format_of_its_year(year: int, number: str, make_year: Any) -> None:
    view = make_year(year).view
    assert number in said(view)
    assert view.title == ("示例区人民政府", f"{year}年政府信息公开工作年度报告")
    assert len(view.grid("requests").figures()) == (161 if year == 2020 else 175)


def test_a_district_of_one_office_and_no_areas_has_a_report(plain_year: Any) -> None:
    only = [unit for unit in plain_year.profile.units if unit.code == "OFFICE"]
    plain_year.profile = plain_year.profile.model_copy(update={"units": tuple(only), "areas": {}})
    plain_year.inspections = ()
    text = said(plain_year.view)
    assert "数据由1家报送单位汇总" in text
    assert "试点领域" not in text
    assert "考核" not in text.replace("工作考核、社会评议和责任追究。", "").replace("依据年度考核和检查结果", "")


def test_an_annex_of_four_hundred_units_runs_over_pages_with_its_heading(plain_year: Any) -> None:
    unit = plain_year.profile.units[0]
    many = [unit.model_copy(update={"code": f"U{n:03}", "name": f"名称较长的第{n}个单位"}) for n in range(400)]
    plain_year.profile = plain_year.profile.model_copy(update={"units": tuple(many)})
    plain_year.missing = {u.code for u in many}
    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(report_pdf(plain_year.view))).pages]
    assert "U399" in pages[-1]
