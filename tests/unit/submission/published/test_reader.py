"""The reader as a whole: which year, whose, what is left out and how it is said."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from gongkai.findings import ReadingIssue
from gongkai.profile import Profile
from gongkai.submission.form import Reading
from gongkai.submission.inbox import received_files
from gongkai.submission.published import report_title, report_year
from gongkai.submission.published.printed import PrintedReport
from tests.unit.submission.published.conftest import RECEIVED, RESULTS, TITLE, W, disputes, fifteen, page, read


def unread(reading: Reading, table: str) -> list[ReadingIssue]:
    return [issue for issue in reading.issues if issue.rule == "PUBLISHED-UNREAD" and issue.where == table]


@pytest.mark.parametrize(
    ("parts", "year"),
    [
        (["某区政府", "2023 年政府信息公开工作年度报告"], 2023),
        (["某区政府二〇二三年度政府信息公开年度报告"], 2023),
        (["政府信息公开工作年度报告", "统计期限自 2023 年 1 月 1 日起至 2023 年 12 月 31 日止"], 2023),
        (["2022年政府信息公开工作年度报告（链接）", TITLE, "2021年1月1日至12月31日"], 2021),
        (["2022年政府信息公开工作年度报告", "2021年政府信息公开工作年度报告"], None),
        (["2022年政府信息公开工作年度报告", "自2021年1月1日起至2021年12月31日止"], None),
        (["政府信息公开工作年度报告"], None),
    ],
)
def test_the_year_is_the_periods_or_the_titles_and_none_when_they_disagree(parts: list[str], year: int | None) -> None:
    assert report_year(PrintedReport(tuple(parts))) == year


def test_the_title_names_the_authority_on_its_line_or_the_line_above() -> None:
    assert report_title(PrintedReport((TITLE,))) == "某镇人民政府"
    assert report_title(PrintedReport(("某区 政府", "2023 年政府信息公开工作年度报告"))) == "某区政府"


def test_a_report_with_one_table_gives_it_and_names_the_others() -> None:
    reading = read(page(disputes(fifteen())))
    assert reading.kind == "published"
    assert reading.submission is not None
    assert (reading.submission.unit, reading.submission.year, len(reading.submission.cells)) == ("T01", 2021, 15)
    assert [issue.where for issue in reading.issues if issue.rule == "PUBLISHED-UNREAD"] == [
        "proactive_disclosure",
        "requests",
    ]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "0 行"),
        ([fifteen(), fifteen()], "2 行"),
        ([fifteen(c14="")], "对不上"),
        ([fifteen(c3="<td colspan=2>3</td>", c4="")], "对不上"),
    ],
)
def test_table_four_without_exactly_one_row_below_its_heads_is_left_out(rows: list[str], why: str) -> None:
    reading = read(page(disputes(*rows)))
    assert reading.submission is not None
    assert reading.submission.cells == ()
    assert why in str(unread(reading, "disputes")[0].observed)


@pytest.mark.parametrize(
    ("head", "value"),
    [("本年收费金额（单位：万元）", "7730.28"), ("本年收费金额（单位：元）", None), ("本年收费金额", None)],
)
def test_an_amount_is_read_only_under_the_formats_unit(head: str, value: str | None) -> None:
    rows = f"<tr><td>信息内容</td><td>{head}</td></tr><tr><td>行政事业性收费</td><td>7730.28</td></tr>"
    reading = read(page(f"<table>{rows}</table>"))
    assert reading.submission is not None
    found = reading.submission.value("proactive_disclosure.administrative_fees.amount_wan_yuan")
    assert (str(found) if found else None) == value
    assert bool(unread(reading, "proactive_disclosure")) == (value is None)


def test_the_narrative_is_what_stands_between_the_headings() -> None:
    text = "<p>总体情况</p><p>平稳。</p><p>（一）主动公开政府信息情况。</p><p>很多。</p>"
    text += "<h2>五、存在的主要问题及改进情况</h2><p>人手少。</p>"
    reading = read(page(text, disputes(fifteen())))
    assert reading.submission is not None
    assert reading.submission.value("narrative.overview") == "平稳。\n（一）主动公开政府信息情况。\n很多。"
    assert reading.submission.value("narrative.problems") == "人手少。"
    assert any(issue.where == "narrative.other_matters" for issue in reading.issues)


def test_personal_data_of_the_narrative_is_masked() -> None:
    reading = read(page("<p>一、总体情况</p><p>电话 13800000000。</p>", disputes(fifteen())))
    assert reading.submission is not None
    assert "13800000000" not in reading.submission.value("narrative.overview")
    assert "PERSONAL-DATA" in reading.issue_rules()


def word_file(**parts: str) -> bytes:
    """A Word report with table four, with further parts beside its text."""
    document = Document()
    document.add_paragraph("某镇人民政府2021年政府信息公开工作年度报告")
    table = document.add_table(4, 15)
    table.cell(0, 0).merge(table.cell(1, 4)).text = "行政复议"
    table.cell(0, 5).merge(table.cell(0, 14)).text = "行政诉讼"
    table.cell(1, 5).merge(table.cell(1, 9)).text = "未经复议直接起诉"
    table.cell(1, 10).merge(table.cell(1, 14)).text = "复议后起诉"
    for column, result in enumerate(RESULTS * 3):
        table.cell(2, column).text, table.cell(3, column).text = result, "0"
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out, "a") as package:
        for name, text in parts.items():
            package.writestr(f"word/{name}.xml", f'<w:x xmlns:w="{W}"><w:p>{text}</w:p></w:x>')
    return out.getvalue()


IDENTITY = "11010519491231002X"
RUNS = f"<w:r><w:t>{IDENTITY[:6]}</w:t></w:r><w:r><w:t>{IDENTITY[6:]}</w:t></w:r>"


@pytest.mark.parametrize(
    "data",
    [
        page("<p>一、总体情况</p>", disputes(fifteen()), f"<!-- 申请人 {IDENTITY} -->"),
        page("<p>一、总体情况</p>", disputes(fifteen()), f"<p title='{IDENTITY}'></p>"),
        page("<p>一、总体情况</p>", disputes(fifteen()), f"<p style='display:none'>{IDENTITY}</p>"),
        word_file(comments=RUNS),
        word_file(footnotes=RUNS),
        word_file(header1=f"<w:del><w:r><w:delText>{IDENTITY}</w:delText></w:r></w:del>"),
    ],
)
def test_an_identity_number_that_no_reader_of_the_report_sees_sends_it_back_all_the_same(data: bytes) -> None:
    reading = read(data)
    assert reading.submission is not None
    assert [issue.observed for issue in reading.issues if issue.rule == "PERSONAL-DATA"] == ["身份证号码"]


def test_the_offices_own_telephone_may_stand_anywhere_in_its_report() -> None:
    for data in (word_file(header1="电话 13800000000"), page(disputes(fifteen()), "<!-- 电话 13800000000 -->")):
        assert "PERSONAL-DATA" not in read(data).issue_rules()


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (page("<p>通知</p>"), "WRONG-TEMPLATE"),
        (page(disputes(fifteen()), title="年度报告"), "WRONG-YEAR"),
        (page(disputes(fifteen()), title="2015年政府信息公开工作年度报告"), "WRONG-YEAR"),
    ],
)
def test_what_is_no_report_of_a_known_year_is_refused(data: bytes, rule: str) -> None:
    reading = read(data)
    assert reading.submission is None
    assert [issue.rule for issue in reading.issues] == [rule]


def test_a_report_in_a_units_folder_is_that_units_submission(tmp_path: Path, profile: Profile) -> None:
    (tmp_path / "T02").mkdir()
    for name in ("T02/年报.xlsx", "年报.xlsx"):  # what it is, its content tells
        (tmp_path / name).write_bytes(page(disputes(fifteen())))
    found = received_files.scan(tmp_path, profile, RECEIVED.received_at)
    filed, loose = received_files.read(found.units["T02"][0]), received_files.read(found.loose[0])
    assert filed.submission is not None
    assert (filed.submission.unit, filed.kind) == ("T02", "published")
    assert (loose.submission, loose.issues[0].rule) == (None, "SHAPE")
