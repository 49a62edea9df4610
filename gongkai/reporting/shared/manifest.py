"""What a year's outputs were made from, and their hashes: `basis_sha256` and `manifest.json` (contract.md).

Documents print the basis, never the manifest's own hash. Signatures and logs are not listed.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from gongkai import __version__
from gongkai.reporting.shared.standing import lock_of
from gongkai.reporting.shared.write import write_json
from gongkai.reporting.style import fields_of
from gongkai.warehouse.records import (
    AppealFile,
    FileBeside,
    PublishedReport,
    RepeatedFile,
    Revision,
    UnitYear,
    YearState,
)
from gongkai.warehouse.report_standing import ReportStanding
from gongkai.warehouse.rows.issued_cards import IssuedCard

NAME = "manifest.json"
LOGS = "validation"
"""What a run writes about itself; no output of the year."""

_UNLISTED_SUFFIXES = frozenset({".sig", ".pub", ".log", ".tmp"})


def basis_sha256(state: YearState) -> str:
    """Hash of everything that the outputs follow from: equal for equal grounds, on any machine."""
    return sha256_of({**grounds(state), **decided(state)})


def write_manifest(state: YearState, basis: str, folder: Path) -> list[Path]:
    """Writes `manifest.json` over what lies in the year's folder; call it after every other output.

    Args:
        state: the year as the outputs were made from it.
        basis: `basis_sha256(state)`.
        folder: `OUT/<year>`.
    """
    outputs = [
        {"path": path.relative_to(folder).as_posix(), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in _outputs(folder)
    ]
    outputs.sort(key=lambda output: output["path"])
    return [
        write_json(folder / NAME, {**grounds(state), "basis_sha256": basis, "year": state.year, "outputs": outputs})
    ]


def grounds(state: YearState) -> dict[str, Any]:
    """As-of, program, profile, rules version and inputs: what the manifest names of what a year stands on."""
    return {
        "program": __version__,
        "as_of": state.profile.local(state.as_of).isoformat(),
        "profile_sha256": state.profile_sha256,
        "rules_version": state.rules_version,
        "inputs": [
            *(
                {"unit": unit.unit.code, "revision": revision.number, "sha256": revision.sha256}
                for unit in state.units
                for revision in unit.revisions
            ),
            *(
                {"unit": unit.unit.code, "revision": one.number, "sha256": one.sha256}
                for unit in state.units
                for one in unit.repeated
            ),
            *(
                {"unit": unit.unit.code, "revision": one.number, "sha256": one.sha256}
                for unit in state.units
                for one in unit.published
            ),
            *_files("_office", state),
            *_files("_unassigned", state),
        ],
    }


def decided(state: YearState) -> dict[str, Any]:
    """What was decided about the inputs: verdicts and entries in force, and last year as it was chosen and scored."""
    return {
        "verdicts": [[unit.unit.code, *_judged(one)] for unit in state.units for one in unit.revisions],
        "beside": [[unit.unit.code, *said] for unit in state.units for said in _beside(unit)],
        "files": [[one.name, one.sha256, one.verdict.sha256] for one in (*state.office_files, *state.unassigned)],
        "entries": [entry.said() for entry in state.inspections],
        "previous": [[last.unit, last.revision, last.accepted] for last in state.last_reports],
        "previous_scores": state.previous_scores,
        "scored_anew": basis_sha256(state.last_state) if state.last_state is not None else None,
        "not_comparable": state.not_comparable,
        "decided": state.decided,
        "issued": {code: [*_issued(card), card.windows] for code, card in state.issued.items()},
        "looked_back_on": {code: [_issued(card) for card in cards] for code, cards in state.issued_before.items()},
        "report": _decided_on(state.report),
        "locked": [lock.at.astimezone(UTC), lock.by, lock.reason] if (lock := lock_of(state)) else None,
        "mended_before": {unit: [one.said() for one in entries] for unit, entries in state.mended_before.items()},
        "earlier_years": state.earlier_years,
        "papers": state.papers,
        "draws": [[one.seed, one.share, one.at.astimezone(UTC), one.by, one.plan] for one in state.draws],
    }


def _beside(unit: UnitYear) -> Iterator[list[Any]]:
    """The files of a unit that are no revision, and what is said of each."""
    files: tuple[RepeatedFile | PublishedReport | FileBeside | AppealFile, ...]
    files = (*unit.repeated, *unit.published, *unit.beside, *unit.appealing)
    for one in files:
        said = [found.to_json() for found in one.findings]
        yield [one.file, one.sha256, one.received_at.astimezone(UTC), said]


def _judged(one: Revision) -> list[Any]:
    """A revision as the outputs tell of it: the file, when it came, what was decided about it and since when."""
    moments = [one.received_at.astimezone(UTC), one.accepted_at.astimezone(UTC) if one.accepted_at else None]
    return [one.number, one.file, *moments, one.verdict.sha256, one.first_verdict.sha256, one.masked]


def _issued(card: IssuedCard) -> list[Any]:
    return [card.unit, card.version, card.state.value, card.issued_at.astimezone(UTC)]


def _decided_on(report: ReportStanding) -> list[Any]:
    """What was decided about the district's report, and how many units were told their cards when it was drafted."""
    published = [[one.to_json(), one.recorded_at.astimezone(UTC)] for one in report.publications]
    approved, adopted = ([one.to_json() for one in those] for those in (report.approvals, report.adoptions))
    return [approved, published, adopted, report.units_told]


def sha256_of(said: dict[str, Any]) -> str:
    """Hash of grounds as canonical JSON; a record is its fields, a day its text."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return fields_of(value) if is_dataclass(value) else str(value)


def _files(unit: str, state: YearState) -> Iterator[dict[str, Any]]:
    """Files that are no unit's revision, numbered in the state's order."""
    files = state.office_files if unit == "_office" else state.unassigned
    return ({"unit": unit, "revision": number, "sha256": file.sha256} for number, file in enumerate(files, 1))


def _outputs(folder: Path) -> Iterator[Path]:
    """Every file of the run but the manifest itself, signatures and logs."""
    for path in folder.rglob("*"):
        first = path.relative_to(folder).parts[0]
        if path.is_file() and first not in (NAME, LOGS) and path.suffix not in _UNLISTED_SUFFIXES:
            yield path
