"""Rows of a printed table that are no data, titles in other orders, numbered headings, text beside the tables."""

import pytest

from gongkai.submission.published import report_title, report_year
from gongkai.submission.published.printed import PrintedReport
from tests.unit.submission.published.conftest import disputes, fifteen, page, read


@pytest.mark.parametrize(
    "row",
    [
        "<td colspan=15>注：数据截至12月31日。</td>",
        "<td colspan=15>填报单位：某镇</td>",
        "<td colspan=15>复议诉讼情况</td>",
    ],
)
def test_a_row_that_is_one_text_across_the_table_is_no_data_row_and_a_notice_says_so(row: str) -> None:
    reading = read(page(disputes(fifteen(), row)))
    assert reading.submission is not None
    assert len(reading.submission.cells) == 15
    assert [issue.rule for issue in reading.issues if issue.where == "disputes"] == ["PUBLISHED-FORM"]


def test_a_column_that_nothing_stands_in_does_not_move_the_others() -> None:
    reading = read(page(disputes(f"{fifteen()}<td></td>")))
    assert reading.submission is not None
    assert [cell.value for cell in reading.submission.cells if cell.table == "disputes"] == list(range(15))


@pytest.mark.parametrize(
    ("title", "year", "whose"),
    [
        ("2021年某某街道政府信息公开工作年度报告", 2021, "某某街道"),
        ("某某街道办事处政府信息公开工作2021年度报告", 2021, "某某街道办事处"),
        ("关于2021年度政府信息公开情况的报告", 2021, ""),
        ("某某街道2021年政府信息公开工作年度报告", 2021, "某某街道"),
    ],
)
def test_the_year_may_stand_first_behind_or_after_an_about(title: str, year: int, whose: str) -> None:
    report = PrintedReport((title,))
    assert (report_year(report), report_title(report)) == (year, whose)


def test_a_long_text_without_a_title_is_looked_through_once() -> None:
    """Looked at from every sign anew, a hundred thousand of them take minutes of a processor."""
    report = PrintedReport(("某" * 100_000, "某某街道2021年政府信息公开工作年度报告"))
    assert (report_year(report), report_title(report)) == (2021, "某某街道")


def test_a_heading_may_be_numbered_with_a_figure_and_text_beside_the_tables_is_kept() -> None:
    body = (
        "<p>1、 总体情况</p><p>工作平稳。</p><p>4、政府信息公开行政复议、行政诉讼情况</p><p>全年行政复议3件。</p>"
        + disputes(fifteen())
    )
    reading = read(page(body))
    assert reading.submission is not None
    texts = {cell.column: cell.value for cell in reading.submission.cells if cell.table == "narrative"}
    assert texts == {"overview": "工作平稳。", "section_4": "全年行政复议3件。"}
