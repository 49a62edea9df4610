"""The three documents say the same: their tables, read back, are report.json cell by cell."""

import hashlib
import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn

from gongkai.national_format import for_year
from gongkai.reporting.report.annex.documents import annex_xlsx
from gongkai.reporting.report.annex.view import annex_tables
from gongkai.reporting.report.docx_writer import report_docx
from gongkai.reporting.report.grid import figure_text
from gongkai.reporting.report.json_form import report_json
from gongkai.reporting.report.writer import report_html, report_pdf, write_report
from gongkai.reporting.style.page import DEMONSTRATION

BASIS = "5f0c" * 16


@pytest.fixture(scope="module")
def view(demonstration: Any) -> Any:
    return demonstration.view


@pytest.fixture(scope="module")
def expected(demonstration: Any) -> dict[str, str]:
    """`<table>.<row>.<column>` → the text that must be printed, from report.json."""
    tables = report_json(demonstration.report)["tables"]
    found = {}
    for spec in for_year(2021).cells:
        value = tables[spec.table][spec.row][spec.column]
        found[spec.where] = value if isinstance(value, str) else figure_text(value)
    return found


@pytest.fixture(scope="module")
def word(view: Any) -> Any:
    return docx.Document(io.BytesIO(report_docx(view)))


@pytest.fixture(scope="module")
def html(view: Any) -> str:
    return report_html(view)


@pytest.fixture(scope="module")
def pages(view: Any) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(report_pdf(view))).pages]


def test_the_tables_in_word_are_report_json(view: Any, word: Any, expected: dict[str, str]) -> None:
    printed = {}
    grids = [section.grid for section in view.sections if section.grid]
    for grid, table in zip(grids, word.tables, strict=True):
        rows = [row.cells for row in table.rows]
        printed |= {cell.where: printed_in(rows[row][column]._tc) for row, column, cell in grid.placed() if cell.where}
    assert printed == expected


def test_the_merged_labels_in_word_are_the_official_ones(view: Any, word: Any) -> None:
    rows = [row.cells for row in word.tables[1].rows]
    assert rows[5][0].text == rows[26][0].text == "三、本年度办理结果"
    assert rows[0][0]._tc is rows[0][2]._tc
    assert {rows[n][1].text for n in range(7, 15)} == {"（三）不予公开"}


class _Cells(HTMLParser):
    """The text of every element that carries `data-cell`, and the names of everything that is fetched or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.fetched: list[str] = []
        self._where: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._where = dict(attrs).get("data-cell")
        if tag in {"script", "link", "img", "iframe"}:
            self.fetched.append(tag)

    def handle_data(self, data: str) -> None:
        if self._where:
            self.found[self._where] = data
            self._where = None


def test_the_tables_in_html_are_report_json(html: str, expected: dict[str, str]) -> None:
    reader = _Cells()
    reader.feed(html)
    assert reader.found == expected


def test_the_page_fetches_nothing_and_runs_nothing(html: str) -> None:
    reader = _Cells()
    reader.feed(html)
    assert reader.fetched == []
    assert "url(" not in html


def test_table_three_in_the_pdf_is_report_json_on_one_page(pages: list[str], expected: dict[str, str]) -> None:
    (page,) = [text for text in pages if "三、收到和处理政府信息公开申请情况" in text]
    rows = [found.split() for found in re.findall(r"(?:\d+ ){6}\d+", page)]
    columns = [column.key for column in for_year(2021).requests.columns]
    keys = [row.key for row in for_year(2021).requests.rows]
    assert rows == [[expected[f"requests.{key}.{column}"] for column in columns] for key in keys]


def test_tables_two_and_four_in_the_pdf_are_report_json(pages: list[str], expected: dict[str, str]) -> None:
    text = "\n".join(pages)
    row = re.search(r"(?:\d+ ){14}\d+", text)
    assert row is not None
    assert row.group().split() == [text for where, text in expected.items() if where.startswith("disputes.")]
    for label, key in (("行政许可", "administrative_licences"), ("行政处罚", "administrative_penalties")):
        assert f"\n{label} {expected[f'proactive_disclosure.{key}.decisions']}\n" in text
    fees = expected["proactive_disclosure.administrative_fees.amount_wan_yuan"]
    assert f"行政事业性收费 {fees}" in text


def test_all_three_have_the_six_official_headings_in_order(word: Any, html: str, pages: list[str]) -> None:
    official = [section.heading for section in for_year(2021).sections]
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 1"] == official
    assert re.findall(r"<h2>(.*?)</h2>", html) == official
    text = "\n".join(pages)
    places = [text.index(heading) for heading in official]
    assert places == sorted(places)


def test_every_page_says_that_it_is_a_demonstration_and_no_page_has_a_machines_line(
    pages: list[str], html: str, word: Any
) -> None:
    for number, page in enumerate(pages, 1):
        assert "演示数据，不代表任何真实单位" in page
        assert f"— {number} —" in page
        assert BASIS[:12] not in page
    assert BASIS[:12] not in re.sub(r"<head>.*?</head>", "", html, flags=re.DOTALL)
    assert word.core_properties.identifier == BASIS


def test_every_sheet_of_the_annex_says_that_it_is_a_demonstration(demonstration: Any) -> None:
    book = annex_xlsx(demonstration.report, annex_tables(demonstration.report))
    for sheet in openpyxl.load_workbook(io.BytesIO(book)):
        assert DEMONSTRATION in sheet["A1"].value
        assert DEMONSTRATION in sheet.oddHeader.right.text


def test_the_word_file_has_the_form_of_an_official_document(word: Any) -> None:
    section = word.sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    body = word.styles["Normal"]
    assert (body.font.size.pt, body.paragraph_format.line_spacing.pt) == (16, 28)
    assert body.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert body.element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert word.styles["Title"].element.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert word.styles["Heading 1"].element.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    assert word.styles["Heading 2"].element.rPr.rFonts.get(qn("w:eastAsia")) == "楷体_GB2312"
    assert "PAGE" in section.footer._element.xml
    assert "演示数据" in section.header.paragraphs[0].text


def test_header_rows_repeat_and_no_row_splits_in_word(word: Any) -> None:
    rows = [row._tr.trPr for row in word.tables[1].rows]
    assert [properties.find(qn("w:tblHeader")) is not None for properties in rows[:4]] == [True, True, True, False]
    assert all(properties.find(qn("w:cantSplit")) is not None for properties in rows)


def test_the_table_properties_stand_in_the_order_word_insists_on(word: Any) -> None:
    order = ["tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook"]
    for table in word.tables:
        assert [child.tag.split("}")[1] for child in table._tbl.tblPr] == order


def test_no_cell_of_any_table_is_empty(word: Any) -> None:
    assert all(printed_in(cell._tc) for table in word.tables for row in table.rows for cell in row.cells)


def printed_in(element: Any) -> str:
    """The text below an element, that of its content controls too (which python-docx passes over)."""
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def test_every_figure_in_word_is_one_locked_control_with_its_path(demonstration: Any) -> None:
    word = docx.Document(io.BytesIO(report_docx(demonstration.view)))
    controls = list(word.element.body.iter(qn("w:sdt")))
    tags = [(_property(control, "tag"), printed_in(control)) for control in controls]
    cells = {where: text for section in demonstration.view.sections if section.grid
             for where, text in section.grid.figures().items()}  # fmt: skip
    assert cells.items() <= dict(tags).items()
    pieces = [
        (piece.path, piece.text)
        for part in (*demonstration.view.preface, *(part for s in demonstration.view.sections for part in s.parts))
        for paragraph in part.paragraphs
        for piece in paragraph.pieces
        if piece.path
    ]
    assert len(pieces) > 40
    assert sorted(tags) == sorted([*pieces, *cells.items()])
    assert {_property(control, "lock") for control in controls} == {"contentLocked"}
    assert len({_property(control, "id") for control in controls}) == len(controls)


def _property(control: Any, name: str) -> str:
    return control.find(f"{qn('w:sdtPr')}/{qn(f'w:{name}')}").get(qn("w:val"))


def test_equal_years_give_equal_bytes(demonstration: Any, tmp_path: Path) -> None:
    def written(name: str) -> list[tuple[str, str]]:
        paths = write_report(demonstration.report, tmp_path / name)
        return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths]

    first = written("first")
    public = ["report.json", "report.docx", "report.html", "report.pdf"]
    names = [name for name, _ in first]
    assert names[:8] == [*public, "public.html", "annex.docx", "annex.xlsx", "references.html"]
    assert {"requests.html", "cases.html", "datapackage.json", "requests.csv"} <= set(names[8:])
    assert first == written("second")


def test_the_word_file_carries_no_time_of_its_writing(view: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(report_docx(view))) as packed:
        assert {member.date_time for member in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = packed.read("docProps/core.xml").decode()
    assert re.findall(r">(\d{4}-[^<]+)</dcterms", core) == ["2022-02-15T10:00:00Z"] * 2
