"""Writes receipts: the verdict on a unit's latest revision, and on every file that is no unit's, as JSON and page.

`receipt.json` follows contract.md (extra keys are marked below); what the page says is in `receipt.view`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gongkai.reporting.receipt.advice import advice_json, advise
from gongkai.reporting.receipt.appeals_received import appeal_files_json, appeals_json
from gongkai.reporting.receipt.attachments_only import write_attachments_receipt
from gongkai.reporting.receipt.changed_cells import changes_json
from gongkai.reporting.receipt.entries_replaced import replaced_json
from gongkai.reporting.receipt.files_beside import attachments_json, unreadable_json
from gongkai.reporting.receipt.open_cases import open_cases, open_cases_json
from gongkai.reporting.receipt.returned_office import returned_names, returned_office
from gongkai.reporting.receipt.returned_workbook import Returned, returned_workbook
from gongkai.reporting.receipt.view import files_view, receipt_page, receipt_view
from gongkai.reporting.shared.granted import extensions_json, waivers_json
from gongkai.reporting.shared.own_basis import OwnBases, OwnBasis, seen_at
from gongkai.reporting.shared.settled_explanations import explained
from gongkai.reporting.shared.wording import Wordings
from gongkai.reporting.shared.write import write_bytes, write_json, write_text
from gongkai.reporting.style import page_of, render
from gongkai.submission.repair.parts import Repair
from gongkai.submission.verdict import Verdict
from gongkai.warehouse.records import PublishedReport, RepeatedFile, Revision, StoredFile, UnitYear, YearState

OFFICE_FILES = "_office"
UNASSIGNED = "unassigned"
RECEIPTS = "receipts"
_TITLES = {OFFICE_FILES: "主管部门录入文件回执", UNASSIGNED: "未能归入单位的文件"}


def write_receipt(
    unit_year: UnitYear,
    state: YearState,
    folder: Path,
    wording: Wordings | None = None,
    own: OwnBasis | None = None,
) -> list[Path]:
    """Writes `receipts/<unit>.json` and `.html`, and `<unit>-returned.xlsx` for a workbook that was returned.

    Nothing for a unit that has sent nothing; the list of its attachments for one that has sent nothing else.

    Args:
        unit_year: one expected unit.
        state: the year it belongs to.
        folder: `OUT/<year>`.
        wording: rule → title and accepted reasons, for the returned workbook.
        own: the basis that it prints; without it the content is new now.
    """
    revision = unit_year.latest
    own = own or OwnBasis(OwnBases(state).receipt(unit_year), state.as_of)
    state = seen_at(state, own)
    if revision is None:
        return write_attachments_receipt(unit_year, state, folder, own)
    place = folder / RECEIPTS / f"{unit_year.unit.code}.json"
    page = receipt_page(unit_year, revision, state, own.sha256)
    repairs = advise(unit_year, revision, state)
    view = receipt_view(unit_year, revision, state, repairs, wording)
    html = render("receipt.html", page, receipt=view)
    written = [
        write_json(place, receipt_json(unit_year, revision, state, own.sha256, repairs, wording)),
        write_text(place.with_suffix(".html"), html),
    ]
    if view.marked and revision.submission is not None:
        returned = Returned(
            findings=revision.verdict.findings,
            repairs=repairs,
            heading=f"{page.unit} {state.year} 年度报送修改清单（第 {revision.number} 次报送退回）",
            until=f"{view.until.sentence}（{page.stamp}）",
            wording=wording or {},
        )
        before = state.previous.get(unit_year.unit.code)
        data = returned_workbook(
            revision.submission, returned, state.profile, unit_year.unit, before.alone if before else None
        )
        written.append(write_bytes(place.with_name(view.marked), data))
    return written


def other_files(state: YearState) -> dict[str, tuple[StoredFile, ...]]:
    """The office's own input, and files that nobody could place, by the name of their receipt; as there are."""
    both = {OFFICE_FILES: state.office_files, UNASSIGNED: state.unassigned}
    return {name: files for name, files in both.items() if files}


def write_other_receipt(
    name: str,
    state: YearState,
    folder: Path,
    own: OwnBasis | None = None,
    wording: Wordings | None = None,
    rules: Mapping[str, str] | None = None,
) -> list[Path]:
    """Writes the receipt for files that are no unit's revision, and the office's workbooks that go back marked.

    Args:
        name: one of `other_files`; it becomes `receipts/<name>.json` and `.html`.
        state: the year.
        folder: `OUT/<year>`.
        own: the basis that it prints; without it the content is new now.
        wording: rule → its title, for a workbook that goes back.
        rules: id → title of the rules that a waiver may let pass, likewise.
    """
    files = other_files(state)[name]
    own = own or OwnBasis(OwnBases(state).files(name, files), state.as_of)
    state = seen_at(state, own)
    place = folder / RECEIPTS / f"{name}.json"
    back = returned_names(files, name)
    page = page_of(state, own.sha256, _TITLES[name], own=True)
    html = render("receipt_files.html", page, files=files_view(files, state, back))
    written = [
        write_json(place, _files_json(name, files, state, own.sha256, back)),
        write_text(place.with_suffix(".html"), html),
    ]
    for file in files:
        if (marked := back.get(file.sha256)) is not None:
            data = returned_office(file, state.profile, state.year, rules or {}, wording or {}, page.stamp)
            written.append(write_bytes(place.with_name(marked), data))
    return written


def receipt_json(
    unit_year: UnitYear,
    revision: Revision,
    state: YearState,
    basis: str,
    repairs: Sequence[Repair] = (),
    wording: Wordings | None = None,
) -> dict[str, Any]:
    """`receipt.json` of contract.md; `profile_rules` to `open_cases` and from `name` on are beyond it."""
    accepted = unit_year.accepted
    return {
        "unit": unit_year.unit.code,
        "year": state.year,
        "revision": revision.number,
        "accepted_revision": accepted.number if accepted else None,
        **_file_json(revision.file, revision.sha256, revision, state),
        "advice": advice_json(repairs),
        "explanations": [one.to_json() for one in explained(revision, unit_year.revisions, wording)],
        "waivers": waivers_json(revision.verdict, state.inspections),
        "extensions": extensions_json(unit_year.unit, state.inspections),
        "changes": changes_json(unit_year, revision),
        "repeated": [_repeated_json(one, state) for one in unit_year.repeated],
        "published": [_published_json(one, state) for one in unit_year.published],
        "attachments": attachments_json(unit_year),
        "unreadable": unreadable_json(unit_year, state),
        "appeals": appeals_json(unit_year, state),
        "appeal_files": appeal_files_json(unit_year, state),
        "open_cases": open_cases_json(open_cases(revision, state)),
        "name": unit_year.unit.name,
        "as_of": state.profile.local(state.as_of).isoformat(),
        "basis_sha256": basis,
        "rules_version": revision.verdict.rules_version,
    }


def _repeated_json(one: RepeatedFile, state: YearState) -> dict[str, Any]:
    """A file that only repeated an accepted revision, which it names."""
    return {
        "file": one.file,
        "sha256": one.sha256,
        "received_at": state.profile.local(one.received_at).isoformat(),
        "revision": one.number,
        "findings": [finding.to_json() for finding in one.findings],
    }


def _published_json(one: PublishedReport, state: YearState) -> dict[str, Any]:
    """A report that came beside a submission, the revision it was compared with, and what was found."""
    return {
        "file": one.file,
        "sha256": one.sha256,
        "received_at": state.profile.local(one.received_at).isoformat(),
        "status": one.status.value,
        "revision": one.number,
        "findings": [finding.to_json() for finding in one.findings],
    }


def _files_json(
    name: str, files: Sequence[StoredFile], state: YearState, basis: str, back: Mapping[str, str]
) -> dict[str, Any]:
    """The receipt; `returned` names the marked workbook beside it, null where nothing goes back."""
    return {
        "unit": name,
        "year": state.year,
        "files": [
            _file_json(stored.name, stored.sha256, stored, state)
            | replaced_json(stored, files)
            | {"returned": back.get(stored.sha256)}
            for stored in files
        ],
        "as_of": state.profile.local(state.as_of).isoformat(),
        "basis_sha256": basis,
    }


def _file_json(name: str, sha256: str, received: Revision | StoredFile, state: YearState) -> dict[str, Any]:
    verdict: Verdict = received.verdict
    return {
        "file": name,
        "sha256": sha256,
        "received_at": state.profile.local(received.received_at).isoformat(),
        "status": verdict.status.value,
        "on_time": verdict.on_time,
        "findings": [finding.to_json() for finding in verdict.findings],
        "coercions": [coercion.to_json() for coercion in verdict.coercions],
        "rules_not_applied": [{"rule": rule.rule, "reason": rule.reason} for rule in verdict.rules_not_applied],
        "profile_rules": [asdict(change) for change in verdict.profile_rules],
        "text": asdict(verdict.text),
    }
