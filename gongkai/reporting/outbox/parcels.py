"""Fills the outbox: what a person has released, unit by unit, with an issue note that says who, when and why.

Nothing is made here; files that the manifest lists are copied, and one that no longer has the manifest's hash
stops the release. The warehouse learns of an issue first, then the files are put in place (`placing`). Issuing the
same files again for the same reason changes nothing.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine

from gongkai.errors import CallError
from gongkai.profile import Unit
from gongkai.reporting.outbox.issue_note import NOTE, Release, issues_the_same, name_of, note_of
from gongkai.reporting.outbox.parcels_in_place import place
from gongkai.reporting.receipt.signature import PUBLIC_KEY
from gongkai.reporting.shared.manifest import NAME as MANIFEST
from gongkai.warehouse.audit import Decision, Kind, head_of, record
from gongkai.warehouse.engine import write
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.issued import Note, last_notes, store_notes

UNSIGNED = "UNSIGNED"
"""The id by which somebody releases receipts without a signature."""


def unsigned_receipts(year_folder: Path, state: YearState) -> list[str]:
    """The units whose receipt has no signature beside it, in registry order."""
    receipts = year_folder / "receipts"
    codes = [unit.unit.code for unit in state.units]
    return [c for c in codes if (receipts / f"{c}.json").is_file() and not (receipts / f"{c}.sig").is_file()]


class Filled(NamedTuple):
    """An outbox after an issue.

    Attributes:
        placed: every file that stands issued, in registry order.
        new: the codes of the units to which something is issued for the first time.
    """

    placed: list[Path]
    new: tuple[str, ...]


def fill_outbox(
    engine: Engine,
    year_folder: Path,
    outbox: Path,
    state: YearState,
    release: Release,
    along: Callable[[Connection], None] = lambda _: None,
) -> Filled:
    """Issues each unit's receipt and scorecard into a folder of its own; the report is approved, not issued.

    Args:
        engine: the warehouse; it has the issue before any file is touched.
        year_folder: `OUT/<year>` with a complete manifest.
        outbox: `OUT/outbox/<year>`.
        state: the year; its registry says who the units are, `issued` which cards are issued with this.
        release: who releases, why, when.
        along: what else is stored in the transaction of the issue.

    Returns:
        What stands issued now, and to whom something new. What was issued before stands in `第<n>次签发/`.

    Raises:
        CallError: nobody or no reason is named, there is nothing to issue, or a file differs from the manifest.
        WarehouseError: the database refuses; nothing is issued.
    """
    release = replace(release, by=" ".join(release.by.split()), reason=" ".join(release.reason.split()))
    if not release.by or not release.reason:
        raise CallError("签发须写明签发人（by）和理由（reason）。")
    manifest = _manifest(year_folder)
    parcels = _parcels(year_folder, manifest, state)
    notes = {
        unit.code: {
            "note": note_of(unit, state, manifest, release, files),
            "legacy": _note_here(outbox / unit.code),
        }
        for unit, files in parcels.items()
    }

    def work(connection: Connection) -> tuple[dict[str, Note], tuple[str, ...]]:
        along(connection)
        return _issue(connection, state, release, notes)

    issued, new = write(engine, work)
    placed = (path for unit, files in parcels.items() for path in place(outbox / unit.code, issued[unit.code], files))
    return Filled(list(placed), new)


def _issue(
    connection: Connection, state: YearState, release: Release, notes: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Note], tuple[str, ...]]:
    """Puts the issue on record; of a unit to which the same was issued before, that note stands.

    Returns:
        Every unit's note, and the codes of the units to which something new is issued.
    """
    known = last_notes(connection, state.year)
    last = {code: known.get(code) or said["legacy"] for code, said in notes.items()}
    new = {
        code: said["note"]
        for code, said in notes.items()
        if not (last[code] and issues_the_same(said["note"], last[code]))
    }
    record(connection, *_decisions(state.year, release, new, last))
    head = head_of(connection)
    for code, note in new.items():
        before = _history(last[code])
        new[code] = {
            **note,
            "number": len(before) + 1,
            "audit": {"sequence": head.sequence, "hash": head.hash},
            "earlier": before,
        }
    store_notes(connection, new.values())
    return {code: new.get(code) or last[code] for code in notes}, tuple(new)


def _history(last: Note | None) -> list[Note]:
    """Every note up to the last, oldest first, none with those before it inside."""
    if last is None:
        return []
    return [*last["earlier"], {key: value for key, value in last.items() if key != "earlier"}]


def _decisions(
    year: int, release: Release, new: Mapping[str, Note], last: Mapping[str, Note | None]
) -> Iterator[Decision]:
    """What goes on the log: what is released although something is wrong, then every unit's issue."""
    if not new:
        return
    said: dict[str, Any] = {"at": release.at, "by": release.by, "typed_in": release.typed_in, "year": year}
    basis = next(iter(new.values()))["basis_sha256"]
    for name, why in release.despite.items():
        yield Decision(kind=Kind.RELEASED, subject=name, reason=why, after={"basis_sha256": basis}, **said)
    for code, note in new.items():
        before = last[code]
        after = {
            "number": len(_history(before)) + 1,
            "basis_sha256": note["basis_sha256"],
            "files": {file["name"]: file["sha256"] for file in note["files"]},
            "card": note["card"],
        }
        earlier = {"number": len(_history(before)), "basis_sha256": before["basis_sha256"]} if before else None
        yield Decision(kind=Kind.ISSUED, subject=code, reason=release.reason, before=earlier, after=after, **said)


def _note_here(folder: Path) -> Note | None:
    """The note that lies in an outbox: the only record of what a program before the table of issues had issued."""
    try:
        note: Note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        return note if {"by", "reason", "basis_sha256", "files", "earlier"} <= note.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


def _parcels(year_folder: Path, manifest: Mapping[str, Any], state: YearState) -> dict[Unit, dict[str, bytes]]:
    """Each unit's files as they are issued, in registry order; a unit without any is left out."""
    listed = {output["path"]: output["sha256"] for output in manifest["outputs"]}
    paths = {unit.unit: paths_of(unit.unit, listed) for unit in state.units}
    listed |= (unlisted := _signatures(year_folder, paths))
    for unit, own in paths.items():
        if f"receipts/{unit.code}.sig" in unlisted:
            own += [f"receipts/{unit.code}.sig", f"receipts/{PUBLIC_KEY}"]
    return {
        unit: {name_of(path): _checked(year_folder, path, listed[path]) for path in own}
        for unit, own in paths.items()
        if own
    }


def _manifest(year_folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((year_folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CallError(f"{year_folder} 中没有可签发的成果：缺少 {MANIFEST}。请先运行 gongkai run。") from None
    return manifest


def paths_of(unit: Unit, listed: Iterable[str]) -> list[str]:
    """Paths of a unit's own files among the manifest's outputs: nothing of another unit's."""
    prefixes = [f"receipts/{unit.code}.", f"receipts/{unit.code}-returned.", f"scorecards/{unit.code}/"]
    return [path for path in listed if path.startswith(tuple(prefixes))]


def _signatures(year_folder: Path, units: Iterable[Unit]) -> dict[str, str]:
    """Signatures and the public key beside the receipts, with their hashes: the manifest does not list them."""
    names = [f"{unit.code}.sig" for unit in units] + [PUBLIC_KEY]
    files = {f"receipts/{name}": year_folder / "receipts" / name for name in names}
    return {path: hashlib.sha256(file.read_bytes()).hexdigest() for path, file in files.items() if file.is_file()}


def _checked(year_folder: Path, path: str, sha256: str) -> bytes:
    file = year_folder / path
    data = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise CallError(f"{path} 与 {MANIFEST} 所列的校验码不一致，未签发任何文件。请重新运行后再签发。")
    return data
