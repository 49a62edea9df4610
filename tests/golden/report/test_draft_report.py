"""A report that is not final, not complete, or not of the usual district."""

import io
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import docx
import pypdf
import pytest

from gongkai.reporting.report.adoption.adopted_text import AdoptedText
from gongkai.reporting.report.annex.view import annex_tables
from gongkai.reporting.report.docx_writer import report_docx
from gongkai.reporting.report.json_form import report_json
from gongkai.reporting.report.view import ReportView
from gongkai.reporting.report.writer import report_html, report_pdf
from gongkai.submission.references import nearest
from gongkai.warehouse.report_standing import Adoption, Approval, Publication, ReportStanding, ReportState
from tests.golden.report.conftest import document

APPROVED_AT = datetime(2022, 3, 8, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def said(view: ReportView) -> str:
    return view.text()


def test_a_draft_says_so_on_every_page_and_names_who_is_missing(draft_year: Any) -> None:
    view = draft_year.view
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(report_pdf(view))).pages]
    assert all("送审稿（数据未齐）" in page for page in pages)
    assert "附：填报单位情况" in pages[-1]
    assert "A05 救灾" in pages[-1]
    assert "应报送37家，其中已受理34家，退回修改1家，未报2家。" in pages[-1].replace("\n", "")
    assert "3家单位的数据未纳入" in said(view)


def test_the_draft_says_so_in_word_and_html_too(draft_year: Any) -> None:
    view = draft_year.view
    word = docx.Document(io.BytesIO(report_docx(view)))
    assert "送审稿（数据未齐）" in word.sections[0].header.paragraphs[0].text
    assert word.tables[-1].rows[-1].cells[2].text == "A07 国土空间规划、T03 新桥街道"
    assert "送审稿（数据未齐）" in report_html(view)


def test_a_draft_is_one_until_somebody_approves_it_though_every_unit_is_in(plain_year: Any) -> None:
    view = plain_year.view
    assert view.not_included is None
    assert view.notices == ("送审稿", "演示数据，不代表任何真实单位")
    assert all("送审稿" in page.extract_text() for page in pypdf.PdfReader(io.BytesIO(report_pdf(view))).pages)


def approved(year: Any, **values: Any) -> Approval:
    said = {"number": 1, "at": APPROVED_AT, "by": "王主任", "reason": "会议审定", "manifest_sha256": "m" * 64}
    return Approval(
        **{
            **said,
            "basis_sha256": "b" * 64,
            "as_of": year.state.as_of,
            "content_sha256": year.view.content_sha256,
            **values,
        }
    )


def test_an_approved_report_has_nothing_at_the_head_and_the_day_of_its_approval(make_year: Any) -> None:
    before, year = make_year(), make_year()
    district = year.profile.district.model_copy(update={"demonstration": False})
    year.profile = before.profile = year.profile.model_copy(update={"district": district})
    year.standing = ReportStanding((approved(before),))
    word = docx.Document(io.BytesIO(report_docx(year.view)))
    assert "".join(p.text for p in word.sections[0].header.paragraphs) == ""
    assert year.view.signature == ("示例区人民政府", "2022年3月8日")
    assert "送审稿" not in report_html(year.view)
    assert report_json(year.report)["approved"]["by"] == "王主任"


def test_what_was_approved_holds_for_that_content_only(make_year: Any) -> None:
    before, year = make_year(), make_year()
    year.office()["activities"]["portal_items"] += 1
    year.standing = ReportStanding((approved(before),))
    assert (year.view.state, year.view.notices[0]) == (ReportState.DRAFT, "送审稿")


def test_published_then_corrected(make_year: Any) -> None:
    before = make_year()
    first, second = approved(before), approved(before, number=2, changes=["表三…"])
    told = datetime.fromisoformat("2022-03-21T09:00+08:00")
    where = Publication(number=1, on=date(2022, 3, 20), url="https://a.example.invalid/1", by="李四", recorded_at=told)
    for standing, state in (
        (ReportStanding((first,)), "approved"),
        (ReportStanding((first,), (where,)), "published"),
        (ReportStanding((first, second), (where,)), "corrected"),
        (ReportStanding((first, second)), "approved"),
    ):
        year = make_year()
        year.standing = standing
        assert year.view.state == state


def test_the_annex_tells_the_whole_chain_in_the_order_of_time(plain_year: Any) -> None:
    """Every text that was adopted, with what it replaced; every approval, publication and correction."""
    at = [datetime(2022, 3, day, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")) for day in range(1, 6)]
    told = AdoptedText(plain_year.report.texts).to_json()
    texts = [
        {**told, "problems": [{"heading": "", "paragraphs": [[[said, None]]]}]} for said in ("目录偏旧。", "解读偏少。")
    ]
    first, second = (
        Adoption(number=n, at=at[3 * n - 3], by="张三", file=f"稿{n}.docx", sha256="0", text=text, confirmed=confirmed)
        for n, text, confirmed in zip(
            (1, 2), texts, ([], [{"confirmed_by": "李四", "sentence": "解读3件。", "observed": "3"}]), strict=True
        )
    )
    plain_year.standing = ReportStanding(
        (approved(plain_year, at=at[1]), approved(plain_year, at=at[4], number=2, changes=["文字有改动"])),
        (Publication(number=1, on=date(2022, 3, 2), url="https://a.invalid/1", by="赵六", recorded_at=at[2]),),
        adoptions=(first, second),
    )
    del plain_year.report, plain_year.totals, plain_year.state
    assert [(row[0], row[1], row[4]) for row in annex_tables(plain_year.report)[0].rows] == [
        ("—", "采用", "第 1 次采用修改稿 稿1.docx"),
        (1, "审定", "会议审定"),
        (1, "发布", "https://a.invalid/1"),
        (
            "—",
            "采用",
            "第 2 次采用修改稿 稿2.docx；取代第 1 次采用的文字，其中 1 句改写或删去；李四确认“解读3件。”中的3",
        ),
        (2, "更正", "会议审定；文字有改动"),
    ]


def test_with_nothing_accepted_every_figure_is_missing_and_none_is_zero(plain_year: Any) -> None:
    plain_year.missing = set(plain_year.submissions)
    view = plain_year.view
    figures = {text for section in view.sections if section.grid for text in section.grid.figures().values()}
    assert figures == {"未报"}
    assert {"compiled", "period", "contact"} >= set(view.sentences) - {
        "assessed",
        "none_held",
        "patrolled",
        "patrolled_only",
        "visited_only",
        "ordered_all",
    }
    assert report_html(view)


def test_without_the_office_nothing_is_said_of_it(plain_year: Any) -> None:
    plain_year.missing = {"OFFICE"}
    assert "区政府办公室" not in said(plain_year.view).replace("区政府办公室政务公开科", "")


def test_a_cell_nobody_can_have_is_not_applicable(plain_year: Any) -> None:
    for submission in plain_year.submissions.values():
        submission["tables"]["proactive_disclosure"]["rules"]["in_force"] = "不适用"
    figures = plain_year.view.grid("proactive_disclosure").figures()
    assert figures["proactive_disclosure.rules.in_force"] == "不适用"


def test_changes_are_said_of_the_same_units_only(draft_year: Any, make_year: Any) -> None:
    draft_year.missing, draft_year.status = set(), {}
    assert "全区新收政府信息公开申请140件（比上年增加103件，增长278.38%）" in said(draft_year.view)
    others = make_year()
    others.previous = {code: document(code, 2020, 1) for code in others.submissions if code != "T03"}
    assert "比上年" not in said(others.view)  # T03 is new: equal numbers would not be the same units either


def test_a_draft_that_waits_for_units_and_a_year_without_predecessor_compare_nothing(
    draft_year: Any, plain_year: Any
) -> None:
    assert "上年" not in said(draft_year.view).replace("无上年结转", "")
    assert "比上年" not in said(plain_year.view)


def test_the_offices_blocks_stand_where_a_report_has_them(plain_year: Any) -> None:
    blocks = {
        "opening": "开篇。", "overview": "总述。", "channels": "渠道。", "measures": "做法。",
        "problems": "解读偏少。\n目录偏旧。", "next_steps": "补齐图解。", "other_matters": "社会评议满意。",
        "section_2": "表二说明。", "section_4": "表四说明。",
    }  # fmt: skip
    plain_year.office()["narrative"] = blocks
    view = plain_year.view
    assert view.text().startswith("开篇。")
    lines = {section.key: [p.text for part in section.parts for p in part.paragraphs] for section in view.sections}
    assert lines["overview"][0] == "总述。"
    assert lines["proactive"] == ["表二说明。"]
    assert lines["requests"] == []
    assert lines["disputes"] == ["表四说明。"]
    assert (lines["problems"][:2], lines["problems"][-1]) == (["解读偏少。", "目录偏旧。"], "补齐图解。")
    assert lines["other_matters"][-1] == "社会评议满意。"
    assert all(line in view.text() for text in blocks.values() for line in text.splitlines())
    assert "区政府办公室报告。" not in view.text()


def test_a_figure_in_the_offices_words_is_a_reference_and_follows_the_data(plain_year: Any) -> None:
    plain_year.office()["narrative"] = {
        "measures": "全区新收{{ requests.new_requests.total }}件，本级{{office.tables.requests.new_requests.total}}件，"
        "平均{{ indicators.average_reply_working_days }}个工作日。"
    }
    assert "全区新收140件，本级70件，平均7.00个工作日。" in said(plain_year.view)
    assert nearest("office.activities.gazette_issue", 2021) == "office.activities.gazette_issues"


def test_a_reference_without_a_value_is_a_lack(plain_year: Any) -> None:
    """Its sentence stays away from the public text, and is told."""
    unfilled = "全区门户网站公开{{ activities.portal_items_district }}条。"
    plain_year.office()["narrative"] = {"measures": f"编印问答。{unfilled}", "problems": unfilled}
    assert "编印问答。" in said(plain_year.view)
    assert "全区门户网站公开" not in said(plain_year.view)
    assert "problems" not in plain_year.report.words.blocks
    (lack,) = plain_year.report.lacks
    assert lack.id == "REFERENCE-activities.portal_items_district"
    assert lack.what.endswith(f"这一句没有写入公开文本：“{unfilled}”、“{unfilled}”")


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
    assert "数据由1家单位汇总" in text
    assert "试点领域" not in text
    assert "考核" not in text
    assert plain_year.report.lacks == ()


def test_a_list_of_four_hundred_missing_units_runs_over_pages_with_its_heading(plain_year: Any) -> None:
    unit = plain_year.profile.units[0]
    many = [unit.model_copy(update={"code": f"U{n:03}", "name": f"名称较长的第{n}个单位"}) for n in range(400)]
    plain_year.profile = plain_year.profile.model_copy(update={"units": tuple(many)})
    plain_year.missing = {u.code for u in many}
    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(report_pdf(plain_year.view))).pages]
    assert "U399" in pages[-1]
