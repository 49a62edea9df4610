"""Writes the district's annual report: JSON, Word, HTML and PDF of one view, side by side in one folder."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gongkai.reporting.report.docx_writer import report_docx
from gongkai.reporting.report.grid import Grid
from gongkai.reporting.report.json_form import report_bytes, report_json
from gongkai.reporting.report.view import ReportView, build_report
from gongkai.reporting.shared.wording import Wording
from gongkai.reporting.shared.write import write_bytes, write_text
from gongkai.reporting.style import compile_pdf, render
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import Totals

__all__ = ["build_report", "report_json", "write_report"]


def write_report(
    state: YearState, totals: Totals, basis: str, folder: Path, wording: Mapping[str, Wording] | None = None
) -> list[Path]:
    """Writes `report.json`, `.docx`, `.html` and `.pdf`.

    Args:
        state: the year.
        totals: of the same state.
        basis: `gongkai.reporting.manifest.basis_sha256(state)`.
        folder: `OUT/<year>/report`.
        wording: rule → the wording of its accepted reasons, for the footnotes.

    Returns:
        The four paths.
    """
    place = folder / "report.json"
    view = build_report(state, totals, basis, wording)
    return [
        write_bytes(place, report_bytes(report_json(state, totals, basis, wording))),
        write_bytes(place.with_suffix(".docx"), report_docx(view)),
        write_text(place.with_suffix(".html"), report_html(view)),
        write_bytes(place.with_suffix(".pdf"), report_pdf(view)),
    ]


def report_html(view: ReportView) -> str:
    """The report as one self-contained page."""
    return render("report.html", view.page, report=view)


def report_pdf(view: ReportView) -> bytes:
    """The report as a PDF with the fonts that ship with the product."""
    report = {
        "title": view.title,
        "notices": view.notices,
        "preface": [asdict(part) for part in view.preface],
        "sections": [
            {
                "heading": section.heading,
                "parts": [asdict(part) for part in section.parts],
                "grid": section.grid and _grid(section.grid),
                "mark": section.mark,
                "notes": [{"label": note.label, "text": note.text} for note in section.notes],
            }
            for section in view.sections
        ],
        "signature": view.signature,
        "annex": view.annex and {**asdict(view.annex), "grid": _grid(view.annex.grid)},
    }
    return compile_pdf("report.typ", {"page": view.page.to_json(), "report": report}, view.page.as_of)


def _grid(grid: Grid) -> dict[str, Any]:
    """A grid for Typst: its cells with the place of each."""
    cells = [{"x": column, "y": row, **asdict(cell)} for row, column, cell in grid.placed()]
    return {**asdict(grid), "cells": cells}
