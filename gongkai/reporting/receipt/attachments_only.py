"""The receipt of a unit that has sent attachments or appeals only: still 未报, it sees what came in and what to send.

Once a submission comes the ordinary receipt takes its place (`receipt.writer`).
"""

from pathlib import Path
from typing import Any

from gongkai.reporting.receipt.appeals_received import appeal_files, appeal_files_json, appeal_lines, appeals_json
from gongkai.reporting.receipt.files_beside import attachments_json, file_lines
from gongkai.reporting.shared.earlier_years import of_year
from gongkai.reporting.shared.own_basis import OwnBasis
from gongkai.reporting.shared.standing import due_of
from gongkai.reporting.shared.write import write_json, write_text
from gongkai.reporting.style import day, page_of, render
from gongkai.warehouse.records import UnitYear, YearState


def write_attachments_receipt(unit_year: UnitYear, state: YearState, folder: Path, own: OwnBasis) -> list[Path]:
    """Writes `receipts/<unit>.json` and `.html`; nothing where neither an attachment nor an appeal came."""
    if not (unit_year.attachments or unit_year.appealing):
        return []
    place, basis = folder / "receipts" / f"{unit_year.unit.code}.json", own.sha256
    view = {
        "unit": unit_year.unit,
        "state": unit_year.state,
        "until": day(due_of(unit_year, state)),
        "contact": state.profile.district.contact,
        "attachments": file_lines(unit_year.attachments, state),
        "appeals": appeal_lines(unit_year, state),
        "appeal_files": appeal_files(unit_year, state),
        "again": any(of_year(one) for one in unit_year.attachments),
    }
    page = page_of(state, basis, "年度报送回执", unit_year.unit, unit_year.state.word, own=True)
    return [
        write_json(place, _json(unit_year, state, basis)),
        write_text(place.with_suffix(".html"), render("receipt_attachments.html", page, receipt=view)),
    ]


def _json(unit_year: UnitYear, state: YearState, basis: str) -> dict[str, Any]:
    """The keys of a receipt, without a revision; `status` is the unit's state on the board."""
    absent = dict.fromkeys(("revision", "accepted_revision", "file", "sha256", "received_at", "on_time"))
    return {
        "unit": unit_year.unit.code,
        "year": state.year,
        **absent,
        "status": unit_year.state.value,
        "findings": [found.to_json() for one in unit_year.attachments if of_year(one) for found in one.findings],
        "coercions": [],
        "rules_not_applied": [],
        "attachments": attachments_json(unit_year),
        "appeals": appeals_json(unit_year, state),
        "appeal_files": appeal_files_json(unit_year, state),
        "name": unit_year.unit.name,
        "as_of": state.profile.local(state.as_of).isoformat(),
        "basis_sha256": basis,
        "rules_version": state.rules_version,
    }
