"""Writes one assessed unit's scorecard: JSON, HTML and PDF in a folder that holds nothing of another unit."""

from dataclasses import asdict
from pathlib import Path

from gongkai.assessment.export import scorecard_json
from gongkai.assessment.scorecard import Scorecard
from gongkai.reporting.scorecard.view import scorecard_page, scorecard_view
from gongkai.reporting.shared.write import write_bytes, write_json, write_text
from gongkai.reporting.style import compile_pdf, render
from gongkai.warehouse.records import YearState


def write_scorecard(card: Scorecard, state: YearState, basis: str, folder: Path) -> list[Path]:
    """Writes `scorecards/<unit>/scorecard.json`, `.html` and `.pdf`.

    Args:
        card: the unit's scorecard.
        state: the year it belongs to.
        basis: `gongkai.reporting.manifest.basis_sha256(state)`.
        folder: `OUT/<year>`.

    Returns:
        The three paths.
    """
    place = folder / "scorecards" / card.unit / "scorecard.json"
    page = scorecard_page(card, state, basis)
    view = scorecard_view(card, state)
    return [
        write_json(place, scorecard_json(card, basis)),
        write_text(place.with_suffix(".html"), render("scorecard.html", page, card=view)),
        write_bytes(
            place.with_suffix(".pdf"),
            compile_pdf("scorecard.typ", {"page": page.to_json(), "card": asdict(view)}, state.as_of),
        ),
    ]
