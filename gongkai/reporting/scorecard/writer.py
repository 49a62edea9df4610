"""Writes one assessed unit's scorecard: JSON, HTML, PDF and xlsx in a folder that holds nothing of another unit."""

from pathlib import Path

from gongkai.assessment.export import scorecard_json
from gongkai.assessment.scorecard import Scorecard
from gongkai.reporting.scorecard.view import scorecard_page, scorecard_view
from gongkai.reporting.scorecard.workbook import scorecard_workbook
from gongkai.reporting.shared.own_basis import OwnBases, OwnBasis, seen_at
from gongkai.reporting.shared.write import write_bytes, write_json, write_text
from gongkai.reporting.style import compile_pdf, render
from gongkai.warehouse.records import YearState

SCORECARDS = "scorecards"


def write_scorecard(card: Scorecard, state: YearState, folder: Path, own: OwnBasis | None = None) -> list[Path]:
    """Writes `scorecards/<unit>/scorecard.json`, `.html`, `.pdf` and `.xlsx`.

    Args:
        card: the unit's scorecard.
        state: the year it belongs to.
        folder: `OUT/<year>`.
        own: the basis that it prints; without it the content is new now.

    Returns:
        The four paths.
    """
    own = own or OwnBasis(OwnBases(state).card(card), state.as_of)
    state = seen_at(state, own)
    place = folder / SCORECARDS / card.unit / "scorecard.json"
    page = scorecard_page(card, state, own.sha256)
    view = scorecard_view(card, state)
    return [
        write_json(place, {**scorecard_json(card, own.sha256), "as_of": state.as_of.isoformat()}),
        write_text(place.with_suffix(".html"), render("scorecard.html", page, card=view)),
        write_bytes(
            place.with_suffix(".pdf"),
            compile_pdf("scorecard.typ", {"page": page.to_json(), "card": view}, state.as_of),
        ),
        write_bytes(place.with_suffix(".xlsx"), scorecard_workbook(card, state.profile.scheme, page)),
    ]
