"""No page of a report is nearly empty, whatever the length of its text: neither the last one nor one before it."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from gongkai.reporting.report.docx_writer import report_docx
from gongkai.reporting.report.view import ReportView
from gongkai.reporting.report.writer import report_pdf

_TOP, _BOTTOM = (297 - 37) / 25.4 * 72, 35 / 25.4 * 72  # of the text area, in points from the foot of the page
LENGTHS = range(0, 24, 4)  # lines: more than a page of them


@pytest.fixture(scope="module")
def views(demonstration: Any) -> list[ReportView]:
    """One year in many lengths: a paragraph of the office's grows by four lines from one to the next."""
    grown = []
    for lines in LENGTHS:
        year = type(demonstration)()
        year.submissions = {code: dict(said) for code, said in demonstration.submissions.items()}
        year.previous, year.inspections = demonstration.previous, demonstration.inspections
        narrative = dict(year.office()["narrative"])
        narrative["measures"] += "\n" + "逐项核对" * 7 * lines + "。"
        year.office()["narrative"] = narrative
        grown.append(year.view)
    return grown


def filled(pdf: bytes) -> list[float]:
    """How far down each page is written on, as a share of its text area."""
    return [
        max(map(_share, heights)) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages if (heights := [*_heights(page)])
    ]


def _share(height: float) -> float:
    return (_TOP - height) / (_TOP - _BOTTOM)


def _heights(page: Any) -> Iterator[float]:
    found: list[float] = []

    def see(text: str, cm: Any, tm: Any, *_: object) -> None:
        height = cm[3] * tm[5] + cm[5]
        if text.strip() and _BOTTOM <= height <= _TOP:
            found.append(height)

    page.extract_text(visitor_text=see)
    return iter(found)


def test_no_page_of_the_pdf_is_nearly_empty(views: list[ReportView]) -> None:
    for view in views:
        *before, last = filled(report_pdf(view))
        assert len(before) >= 5
        assert min(before) > 0.6, before
        assert last > 0.3, last


def test_in_word_enough_lines_are_kept_with_the_signature(views: list[ReportView]) -> None:
    document = docx.Document(io.BytesIO(report_docx(views[0])))
    *body, government, day = document.paragraphs
    assert (government.text, day.text) == views[0].signature
    assert [one.paragraph_format.keep_with_next for one in (government, day)] == [True, None]
    kept = [one for one in body if one._p.pPr is not None and one._p.pPr.find(qn("w:keepLines")) is not None]
    assert kept == body[-len(kept) :]
    assert len(kept) >= 3
    assert all(one.paragraph_format.keep_with_next for one in kept)


@pytest.mark.libreoffice
def test_no_page_of_the_word_file_is_nearly_empty(views: list[ReportView], tmp_path: Path) -> None:
    for number, view in enumerate(views):
        (tmp_path / f"{number}.docx").write_bytes(report_docx(view))
    soffice = shutil.which("soffice")
    assert soffice is not None
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    files = [str(tmp_path / f"{number}.docx") for number in range(len(views))]
    subprocess.run(
        [soffice, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    for number in range(len(views)):
        *before, last = filled((tmp_path / f"{number}.pdf").read_bytes())
        assert min(before) > 0.5, before
        assert last > 0.3, last
