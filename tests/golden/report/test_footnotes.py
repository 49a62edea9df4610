"""Footnotes: a settled explanation that somebody released stands at its place in public; all of them in the annex."""

import io
import re
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from pypdf import PdfReader

from expectations.wording import rule_wording
from gongkai.findings import Finding, Severity
from gongkai.reporting.report.annex.view import annex_tables
from gongkai.reporting.report.docx_writer import report_docx
from gongkai.reporting.report.json_form import report_json
from gongkai.reporting.report.view import ReportView
from gongkai.reporting.report.writer import report_html, report_pdf
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import Status

STOCK = "proactive_disclosure.normative_documents.in_force"
DOCUMENT = "documents[示发〔2021〕3号].published_on"
RULE = "YOY-STOCK-NORMATIVE_DOCUMENTS"


def settled(rule: str, where: str, reason: str | None, **values: Any) -> Finding:
    return Finding(rule=rule, severity=Severity.QUERY, message="…", where=where, settled_by=reason, **values)


def explanation(rule: str, where: str, reason: str, text: str | None) -> dict[str, str | None]:
    return {"finding": rule, "where": where, "reason": reason, "text": text}


@pytest.fixture
def explained_year(plain_year: Any) -> Any:
    """T02 and T01 explain the same cell, A01 a document; A02's is not settled, A03's file is not accepted."""
    year = plain_year
    late, document = "DOC-LATE", DOCUMENT
    for unit, rule, where, reason, text in (
        ("T02", RULE, STOCK, "文件有效期届满，自动失效", None),
        ("T01", RULE, STOCK, "cleaned_up", "补记2019年废止的1件；联系人13800138000。"),
        ("A01", late, document, "late_rectified", "已整改"),
        ("A02", late, document, "late_rectified", "不该出现"),
        ("A03", late, document, "late_rectified", "也不该出现"),
    ):
        year.submissions[unit]["explanations"] = [explanation(rule, where, reason, text)]
        key = {"文件有效期届满，自动失效": "expired"}.get(reason, reason)
        year.findings[unit] = (settled(rule, where, key if unit != "A02" else None, observed=6, expected=5),)
    year.status["A03"] = Status.RETURNED
    return year


@pytest.fixture
def view(explained_year: Any) -> ReportView:
    """The report whose three footnotes somebody released."""
    explained_year.wording = rule_wording()
    explained_year.inspections += tuple(
        InspectionEntry(id=unit, unit=unit, kind="release_note", where=where)
        for unit, where in (("A01", DOCUMENT), ("T01", STOCK), ("T02", STOCK))
    )
    shown: ReportView = explained_year.view
    return shown


EXPECTED = [
    "注1　{A01}，“文件清单”第“示发〔2021〕3号”条的“公开日期”：确属逾期，已办结并整改。已整改。",
    "注2　{T01}，表二“行政规范性文件”行“现行有效件数”列：追溯清理，补记以前年度废止的文件。"
    "补记2019年废止的1件；联系人〔已屏蔽：手机号码〕。",
    "注3　{T02}，表二“行政规范性文件”行“现行有效件数”列：文件有效期届满，自动失效。",
]


def expected(year: Any) -> list[str]:
    names = {unit.code: unit.name for unit in year.profile.units}
    return [line.format(**names) for line in EXPECTED]


def test_the_notes_follow_the_report_and_name_unit_place_reason_and_words(
    view: ReportView, explained_year: Any
) -> None:
    (section,) = [section for section in view.sections if section.notes]
    assert section.key == "proactive"
    assert [f"{note.label}　{note.text}" for note in section.notes] == expected(explained_year)


def test_the_marks_stand_at_the_cell_and_at_the_tables_heading_and_leave_the_figure_alone(view: ReportView) -> None:
    (section,) = [section for section in view.sections if section.notes]
    assert section.mark == "注1"
    assert section.grid is not None
    (cell,) = [cell for row in section.grid.rows for cell in row if cell.mark]
    assert (cell.where, cell.mark) == (STOCK, "注2–3")
    assert cell.text.isdigit()


def test_word_prints_marks_raised_and_the_notes_below_the_table(view: ReportView, explained_year: Any) -> None:
    document: DocxDocument = Document(io.BytesIO(report_docx(view)))
    assert [p.text for p in document.paragraphs if p.style is not None and p.style.name == "注"] == expected(
        explained_year
    )
    runs = [run for table in document.tables for row in table.rows for c in row.cells for run in c.paragraphs[0].runs]
    assert {run.text for run in runs if run.font.superscript} == {"注2–3"}


def test_the_page_prints_marks_and_notes(view: ReportView, explained_year: Any) -> None:
    page = report_html(view)
    text = re.sub(r"<[^>]+>", "", page)
    assert all(line in text for line in expected(explained_year))
    assert re.search(rf'data-cell="{STOCK}">\d+<sup class="mark">注2–3</sup></td>', page)
    assert '二、主动公开政府信息情况<sup class="mark">注1</sup></h2>' in page


def test_the_pdf_prints_marks_and_notes(view: ReportView, explained_year: Any) -> None:
    pages = PdfReader(io.BytesIO(report_pdf(view))).pages
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    assert all(re.sub(r"\s", "", line) in text for line in expected(explained_year))
    assert "注2–3" in text


def test_report_json_lists_them_with_both_values(explained_year: Any) -> None:
    explained_year.wording = rule_wording()
    notes = report_json(explained_year.report)["footnotes"]
    assert [(note["number"], note["unit"], note["cell"], note["reason"]) for note in notes] == [
        (1, "A01", None, "late_rectified"),
        (2, "T01", STOCK, "cleaned_up"),
        (3, "T02", STOCK, "expired"),
    ]
    assert {(note["observed"], note["expected"], note["revision"]) for note in notes} == {(6, 5, 1)}
    assert "13800138000" not in str(notes)


def test_what_nobody_released_stands_in_the_annex_alone(explained_year: Any) -> None:
    assert not any(section.notes or section.mark for section in explained_year.view.sections)
    rows = next(table.rows for table in annex_tables(explained_year.report) if table.key == "说明")
    assert [row[0] for row in rows] == [explained_year.profile.unit(code).name for code in ("A01", "T01", "T02")]


def test_a_year_without_explanations_has_no_note(plain_year: Any) -> None:
    assert not any(section.notes or section.mark for section in plain_year.view.sections)
    assert report_json(plain_year.report)["footnotes"] == []
