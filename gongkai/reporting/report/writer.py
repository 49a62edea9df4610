"""Writes the district's annual report: JSON, Word, HTML and PDF of one view, the annex, and the names to refer to."""

from collections.abc import Callable, Container, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gongkai.reporting.report.annex.documents import annex_docx, annex_xlsx
from gongkai.reporting.report.annex.view import annex_tables
from gongkai.reporting.report.data_package import write_data_package
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.docx_writer import report_docx
from gongkai.reporting.report.earlier import write_earlier
from gongkai.reporting.report.ending import ending_of
from gongkai.reporting.report.grid import Grid
from gongkai.reporting.report.html_headers import headed
from gongkai.reporting.report.json_form import report_bytes, report_json
from gongkai.reporting.report.provenance.figure_links import FOLDER, link_to
from gongkai.reporting.report.provenance.pages import write_provenance
from gongkai.reporting.report.provenance.tracer import Tracer
from gongkai.reporting.report.reference_page import write_references
from gongkai.reporting.report.view import ReportView
from gongkai.reporting.report.words.sections import Paragraph, Subsection
from gongkai.reporting.shared.write import write_bytes
from gongkai.reporting.style import MISSING, NOT_APPLICABLE, compile_pdf, render

PUBLIC = "public.html"

__all__ = ["DistrictReport", "report_json", "write_report"]


def write_report(report: DistrictReport, folder: Path, earlier: Mapping[int, bytes] | None = None) -> list[Path]:
    """Writes `report.json`, `.docx`, `.html`, `.pdf`, the annex, `references.html`, provenance and data.

    In `report.html` each figure leads to its page of provenance, which stays inside the house; `public.html` is the
    same page without a link, for the portal.

    Args:
        report: the year's report.
        folder: `OUT/<year>/report`.
        earlier: number of an approval → the zip of what was approved then; written into `earlier/`.

    Returns:
        What was written.
    """
    in_force = report.view.approval
    kept = {number: data for number, data in (earlier or {}).items() if not in_force or number != in_force.number}
    public, year, tables = public_files(report), report.state.year, annex_tables(report)
    followed = report_html(report.view, lambda path: f"{FOLDER}/{link_to(path, year)}")
    files = {**public, "report.html": followed.encode(), PUBLIC: public["report.html"]}
    return [
        *(write_bytes(folder / name, data) for name, data in files.items()),
        write_bytes(folder / "annex.docx", annex_docx(report, tables)),
        write_bytes(folder / "annex.xlsx", annex_xlsx(report, tables)),
        write_references(report.state, report.totals, report.basis, folder),
        *write_provenance(Tracer(report), folder),
        *write_data_package(report, folder),
        *write_earlier(kept, folder),
    ]


def public_files(report: DistrictReport) -> dict[str, bytes]:
    """The public report in its four forms, by name: what is kept of an approved one."""
    view = report.view
    return {
        "report.json": report_bytes(report_json(report)),
        "report.docx": report_docx(view),
        "report.html": report_html(view).encode(),
        "report.pdf": report_pdf(view),
    }


def report_html(view: ReportView, link: Callable[[str], str] | None = None) -> str:
    """The report as one self-contained page; `link`: from a figure's path to where it comes from (none in public)."""
    return render("report.html", view.page, report=view, link=link, headed=headed, unfollowed=(MISSING, NOT_APPLICABLE))


def report_pdf(view: ReportView) -> bytes:
    """The report as a PDF with the fonts that ship with the product."""
    kept = _kept(view)
    report = {
        "title": view.title,
        "notices": view.notices,
        "preface": [_part(part, kept) for part in view.preface],
        "sections": [
            {
                "heading": section.heading,
                "parts": [_part(part, kept) for part in section.parts],
                "grid": section.grid and _grid(section.grid),
                "mark": section.mark,
                "notes": [{"label": note.label, "text": note.text} for note in section.notes],
            }
            for section in view.sections
        ],
        "signature": view.signature,
        "not_included": view.not_included and {**asdict(view.not_included), "grid": _grid(view.not_included.grid)},
    }
    return compile_pdf("report.typ", {"page": view.page.to_json(), "report": report}, view.page.as_of)


def _kept(view: ReportView) -> set[int]:
    """The paragraphs that stay together before the signature, by identity: one text may stand twice."""
    last: list[tuple[str, Paragraph | None]] = []
    for section in view.sections:
        last = [] if section.grid else last
        last.append((section.heading, None))
        for part in section.parts:
            last += [(part.heading, None)] if part.heading else []
            last += [(one.text, one) for one in part.paragraphs]
        last += [(note.text, None) for note in section.notes]
    whole = ending_of([text for text, _ in last]).whole
    return {id(one) for _, one in last[len(last) - whole :] if one is not None}


def _part(part: Subsection, kept: Container[int]) -> dict[str, Any]:
    paragraphs = [{"text": one.text, "kept": id(one) in kept} for one in part.paragraphs]
    return {"heading": part.heading, "paragraphs": paragraphs}


def _grid(grid: Grid) -> dict[str, Any]:
    """A grid for Typst: its cells with the place of each."""
    cells = [{"x": column, "y": row, **asdict(cell)} for row, column, cell in grid.placed()]
    return {**asdict(grid), "cells": cells}
