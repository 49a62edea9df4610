"""Writes `summary.html` and `summary.pdf` for the leaders. Like the ranking, they go to the office, never to a unit."""

from pathlib import Path

from gongkai.assessment.scorecard import Assessment
from gongkai.reporting.shared.write import write_bytes, write_text
from gongkai.reporting.style import compile_pdf, page_of, render
from gongkai.reporting.summary.view import summary_view
from gongkai.warehouse.records import YearState

NAME = "summary.html"


def write_summary(assessment: Assessment, state: YearState, basis: str, folder: Path) -> list[Path]:
    """Writes both forms; returns their paths.

    Args:
        assessment: all scorecards of the year.
        state: the year it belongs to.
        basis: the run's `basis_sha256`.
        folder: `OUT/<year>`.
    """
    page, view = page_of(state, basis, "政务公开考核情况摘要"), summary_view(assessment, state)
    place = folder / NAME
    return [
        write_text(place, render("summary.html", page, summary=view)),
        write_bytes(
            place.with_suffix(".pdf"),
            compile_pdf("summary.typ", {"page": page.to_json(), "summary": view}, state.as_of),
        ),
    ]
