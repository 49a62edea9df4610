"""Writes the board: `board.html` and `board.json` of contract.md; what the page says is in `board.view`.

A unit that has sent nothing stands in both as `missing`.
"""

from pathlib import Path
from typing import Any

from gongkai.findings import Severity
from gongkai.reporting.board.office_work import NOTHING, OfficeWork
from gongkai.reporting.board.view import board_view
from gongkai.reporting.shared.across_years import across_years_json
from gongkai.reporting.shared.manifest import basis_sha256
from gongkai.reporting.shared.standing import due_of, lock_of, standing
from gongkai.reporting.shared.wording import Wordings
from gongkai.reporting.shared.write import write_json, write_text
from gongkai.reporting.shared.year_calendar import arrangement_of
from gongkai.reporting.style import page_of, render
from gongkai.warehouse.records import Revision, UnitYear, YearState
from gongkai.warehouse.totals import Totals


def write_board(
    state: YearState,
    folder: Path,
    totals: Totals | None = None,
    wording: Wordings | None = None,
    office: OfficeWork = NOTHING,
) -> list[Path]:
    """Writes `board.json` and `board.html`.

    Args:
        state: the year.
        folder: `OUT/<year>`.
        totals: the district's figures for the strip under the head, if they are known.
        wording: rule → the wording of the reasons that settle its queries.
        office: what waits for the office itself.
    """
    page = page_of(state, basis_sha256(state), "报送情况一览")
    html = render("board.html", page, board=board_view(state, totals, wording, office))
    return [
        write_json(folder / "board.json", board_json(state, office)),
        write_text(folder / "board.html", html),
    ]


def board_json(state: YearState, office: OfficeWork = NOTHING) -> dict[str, Any]:
    """`board.json` of contract.md.

    Beyond it: what waits, unassigned, across_years, locked_at, and a unit's standing, due, kind and revisions.
    """
    lock = lock_of(state)
    return {
        "year": state.year,
        "as_of": state.profile.local(state.as_of).isoformat(),
        "units": [_unit_json(unit, state) for unit in state.units],
        "unassigned": len(state.unassigned),
        "waiting": [_waiting_json(unit.unit.code, unit.waiting) for unit in state.units if unit.waiting],
        "across_years": across_years_json(state),
        **office.to_json(),
        "calendar": arrangement_of(state).to_json(),
        "locked_at": lock.at.isoformat() if lock else None,
        "basis_sha256": basis_sha256(state),
    }


def _waiting_json(unit: str, waits: Revision) -> dict[str, Any]:
    """A file that the office must admit (`admission` with this hash), or leave."""
    return {"unit": unit, "revision": waits.number, "file": waits.file, "sha256": waits.sha256}


def _unit_json(unit: UnitYear, state: YearState) -> dict[str, Any]:
    """`since` is when the file that made the state arrived; errors and the like are those of the latest file."""
    latest, deciding = unit.latest, unit.accepted or unit.latest
    verdict = latest.verdict if latest else None
    return {
        "unit": unit.unit.code,
        "name": unit.unit.name,
        "state": unit.board_state.value,
        "since": state.profile.local(deciding.received_at).isoformat() if deciding else None,
        "errors": verdict.count(Severity.ERROR) if verdict else 0,
        "queries": verdict.count(Severity.QUERY) if verdict else 0,
        "notices": verdict.count(Severity.NOTICE) if verdict else 0,
        "on_time": deciding.verdict.on_time if deciding else None,
        "standing": standing(unit, state).value,
        "due": due_of(unit, state).isoformat(),
        "kind": unit.unit.kind,
        "revisions": len(unit.revisions),
        "accepted_revision": unit.accepted.number if unit.accepted else None,
        "attachments": len(unit.attachments),
        "unreadable": len(unit.unreadable),
        "accepted_at": since.isoformat() if unit.accepted and (since := unit.accepted.accepted_at) else None,
        "arisen": [found.to_json() for found in unit.accepted.arisen] if unit.accepted else [],
    }
