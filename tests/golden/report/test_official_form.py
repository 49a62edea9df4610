"""The Word file has the form of GB/T 9704, holds nothing of the library's template, and follows the OOXML schema."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from gongkai.reporting.report.docx_writer import report_docx
from gongkai.reporting.report.writer import report_pdf


@pytest.fixture(scope="module")
def written(demonstration: Any) -> bytes:
    return report_docx(demonstration.view)


@pytest.fixture(scope="module")
def word(written: bytes) -> Any:
    return docx.Document(io.BytesIO(written))


def test_page_numbers_stand_outside_odd_right_and_even_left(word: Any) -> None:
    section = word.sections[0]
    assert word.settings.odd_and_even_pages_header_footer
    odd, even = (footer.paragraphs[0] for footer in (section.footer, section.even_page_footer))
    assert (odd.alignment, even.alignment) == (WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT)
    assert odd.text == even.text == "— 1 —"
    assert section.header.paragraphs[0].text == section.even_page_header.paragraphs[0].text != ""


def test_a_field_is_one_mark_a_run_so_that_every_program_computes_it(word: Any) -> None:
    runs = word.sections[0].footer.paragraphs[0].runs
    marks = [run._r.findall(qn("w:fldChar")) + run._r.findall(qn("w:instrText")) for run in runs]
    assert max(len(found) for found in marks) == 1
    assert sum(len(found) for found in marks) == 4


def test_quotation_marks_are_set_in_the_chinese_face(word: Any) -> None:
    quoting = [run for run in word.element.body.iter(qn("w:r")) if "“" in "".join(t.text for t in run.iter(qn("w:t")))]
    assert quoting
    assert {run.rPr.rFonts.get(qn("w:hint")) for run in quoting} == {"eastAsia"}


def test_nothing_of_the_librarys_template_is_left(written: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(written)) as packed:
        names = packed.namelist()
        said = b"".join(packed.read(name) for name in names).decode()
    assert [name for name in names if "thumbnail" in name or "WithEffects" in name or "customXml" in name] == []
    assert [word for word in ("ja-JP", "python-docx", "Macintosh") if word in said] == []


def test_the_word_file_follows_the_schema(written: bytes, tmp_path: Path) -> None:
    place = tmp_path / "report.docx"
    place.write_bytes(written)
    found = OpenXmlValidator().validate(str(place))
    assert found.is_valid, [error.description for error in found.errors]


def test_the_pdf_is_called_by_what_it_is_whose_and_of_which_year(demonstration: Any) -> None:
    title = pypdf.PdfReader(io.BytesIO(report_pdf(demonstration.view))).metadata.title
    district = demonstration.profile.district.name
    assert title == f"政府信息公开工作年度报告 · {district} 2021 年度"
