"""Writes the findings pages: `findings/index.html` of the district, `<unit>.html` of each unit, and `findings.json`.

They are for the operator and the leaders and stay in the office; what a unit gets is its receipt.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.national_format import for_year
from gongkai.reporting.findings.kinds import (
    Choices,
    FindingKind,
    MatrixCell,
    OpenCounts,
    Shown,
    cell_of,
    choices,
    counts_of,
    kinds_of,
    shown,
)
from gongkai.reporting.findings.lines import RuleSection, sections
from gongkai.reporting.findings.view import district_view
from gongkai.reporting.shared.wording import Wordings, wording_of
from gongkai.reporting.shared.write import write_json, write_text
from gongkai.reporting.style import moment, page_of, render
from gongkai.submission.places import place
from gongkai.warehouse.records import UnitYear, YearState

TITLE = "核对结果"


def write_findings(state: YearState, basis: str, wordings: Wordings, folder: Path) -> list[Path]:
    """Writes the pages and the list; a unit that has sent nothing has no page of its own.

    Args:
        state: the year.
        basis: `basis_sha256(state)`.
        wordings: rule → title, family, source and reasons, in the order to print them.
        folder: `OUT/<year>`.
    """
    place_of = folder / "findings"
    html = render("findings.html", page_of(state, basis, TITLE), said=district_view(state, wordings))
    written = [
        write_json(place_of / "findings.json", findings_json(state, basis, wordings)),
        write_text(place_of / "index.html", html),
    ]
    for unit in state.units:
        if unit.latest is not None:
            page = page_of(state, basis, TITLE, unit.unit, f"第 {unit.latest.number} 次报送")
            html = render("findings_unit.html", page, said=unit_view(unit, state, wordings))
            written.append(write_text(place_of / f"{unit.unit.code}.html", html))
    return written


@dataclass(frozen=True)
class RevisionHead:
    """One revision over its column."""

    number: int
    status: str
    received_at: str


@dataclass(frozen=True)
class RuleRow:
    """What one rule said of each revision."""

    kind: FindingKind
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class UnitFindings:
    """Everything `findings_unit.html` prints: rule by revision, then each finding of the latest."""

    code: str
    name: str
    counts: OpenCounts
    accepted: int | None
    revisions: tuple[RevisionHead, ...]
    rows: tuple[RuleRow, ...]
    sections: tuple[RuleSection, ...]
    choices: Choices


def unit_view(unit: UnitYear, state: YearState, wordings: Wordings) -> UnitFindings:
    """The findings page of a unit that has sent something."""
    found = [one for revision in unit.revisions for one in shown(unit, revision)]
    latest = [one for one in found if one.revision is unit.latest]
    kinds, ever = kinds_of(latest, wordings), kinds_of(found, wordings)
    return UnitFindings(
        code=unit.unit.code,
        name=unit.unit.name,
        counts=counts_of(latest),
        accepted=unit.accepted.number if unit.accepted else None,
        revisions=tuple(
            RevisionHead(one.number, one.verdict.state.word, moment(state.profile.local(one.received_at)))
            for one in unit.revisions
        ),
        rows=tuple(RuleRow(kind, tuple(cell_of(kind, one.verdict) for one in unit.revisions)) for kind in ever),
        sections=sections(kinds, latest, state),
        choices=choices(ever),
    )


def findings_json(state: YearState, basis: str, wordings: Wordings) -> dict[str, Any]:
    """One row a finding of every unit's latest submission, in registry order."""
    found = [one for unit in state.units if unit.latest for one in shown(unit, unit.latest)]
    return {
        "year": state.year,
        "as_of": state.profile.local(state.as_of).isoformat(),
        "basis_sha256": basis,
        "rules_version": state.rules_version,
        "findings": [_row(one, state, wordings) for one in found],
    }


def _row(one: Shown, state: YearState, wordings: Wordings) -> dict[str, Any]:
    said = wording_of(one.finding.rule, wordings)
    return {
        "unit": one.unit.unit.code,
        "revision": one.revision.number,
        "status": one.revision.verdict.status.value,
        "settlement": one.settlement,
        **one.finding.to_json(),
        "place": place(one.finding.where, for_year(state.year)),
        "title": said.title,
        "family": said.family,
        "source": said.source,
    }
