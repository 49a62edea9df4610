"""What a year tells at a moment: verdicts, totals, report, cards, ranking, identities, earlier years, as one value."""

from typing import Any

from gongkai.assessment.assess import assess_year
from gongkai.assessment.export import ranking_json, scorecard_json
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.json_form import report_json
from gongkai.reporting.shared.across_years import across_years_json
from gongkai.reporting.shared.manifest import basis_sha256
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import compute_totals

_OF_THE_MOMENT = {"as_of", "basis_sha256", "appeal_until"}


def told(state: YearState) -> dict[str, Any]:
    """Everything that follows from a state."""
    basis = basis_sha256(state)
    assessment = assess_year(state, state.previous_scores)
    return {
        "units": {
            unit.unit.code: [
                [one.number, one.sha256, one.verdict.sha256, one.first_verdict.sha256] for one in unit.revisions
            ]
            for unit in state.units
        },
        "states": {unit.unit.code: unit.state.value for unit in state.units},
        "report": report_json(DistrictReport(state, compute_totals(state), basis)),
        "cards": {card.unit: scorecard_json(card, basis) for card in assessment.scorecards},
        "ranking": ranking_json(assessment),
        "across": across_years_json(state),
        "earlier": {str(year): dict(figures) for year, figures in state.earlier_years.items()},
    }


def standing(said: Any) -> Any:
    """The same without what belongs to the moment of asking: two moments of a closed year tell the same."""
    if isinstance(said, dict):
        return {key: standing(value) for key, value in said.items() if key not in _OF_THE_MOMENT}
    return [standing(value) for value in said] if isinstance(said, list) else said
