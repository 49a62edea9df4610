"""Fills the outbox: what a person has released, unit by unit, with an issue note that says who, when and why.

Nothing is made here; files that the manifest lists are copied, and one that no longer has the manifest's hash
stops the release. Issuing the same files again for the same reason changes nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from gongkai.errors import CallError
from gongkai.profile import Unit
from gongkai.reporting.receipt.signature import PUBLIC_KEY
from gongkai.reporting.shared.manifest import NAME as MANIFEST
from gongkai.reporting.shared.write import write_bytes, write_json, write_text
from gongkai.reporting.style import moment
from gongkai.warehouse.records import YearState

_DESPITE = {"UNSIGNED": "回执没有签名"}
NOTE = "签发单.json"
NOTE_TEXT = "签发单.txt"
UNSIGNED = "UNSIGNED"
"""The id by which somebody releases receipts without a signature."""


def unsigned_receipts(year_folder: Path, state: YearState) -> list[str]:
    """The units whose receipt has no signature beside it, in registry order."""
    receipts = year_folder / "receipts"
    codes = [unit.unit.code for unit in state.units]
    return [c for c in codes if (receipts / f"{c}.json").is_file() and not (receipts / f"{c}.sig").is_file()]


def fill_outbox(
    year_folder: Path,
    outbox: Path,
    state: YearState,
    by: str,
    reason: str,
    issued_at: datetime,
    despite: Mapping[str, str] | None = None,
) -> list[Path]:
    """Copies each unit's receipt and scorecard, and the report for the office, into a folder of its own.

    Args:
        year_folder: `OUT/<year>` with a complete manifest.
        outbox: `OUT/outbox/<year>`.
        state: the year; its registry says who the units are.
        by: who releases.
        reason: why, for the note.
        issued_at: when.
        despite: what is wrong with it and released all the same, id → why; printed on every note.

    Returns:
        Everything that is issued now, in registry order. What was issued before stands in `第<n>次签发/`.

    Raises:
        CallError: nobody or no reason is named, there is nothing to issue, or a file differs from the manifest.
    """
    by, reason = " ".join(by.split()), " ".join(reason.split())
    if not by or not reason:
        raise CallError("签发须写明签发人（by）和理由（reason）。")
    manifest = _manifest(year_folder)
    listed = {output["path"]: output["sha256"] for output in manifest["outputs"]}
    parcels = {unit.unit: _parcel(unit.unit, listed) for unit in state.units}
    listed |= (unlisted := _signatures(year_folder, parcels))
    for unit, paths in parcels.items():
        if f"receipts/{unit.code}.sig" in unlisted:
            paths += [f"receipts/{unit.code}.sig", f"receipts/{PUBLIC_KEY}"]
    contents = {path: _checked(year_folder, path, listed[path]) for paths in parcels.values() for path in paths}
    placed: list[Path] = []
    for unit, paths in parcels.items():
        if paths:
            note = _note(unit, state, manifest, by, reason, issued_at, [(path, listed[path]) for path in paths])
            note["despite"] = dict(despite or {})
            placed += _place(outbox / unit.code, note, {Path(p).name: contents[p] for p in paths})
    return placed


def _manifest(year_folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((year_folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CallError(f"{year_folder} 中没有可签发的成果：缺少 {MANIFEST}。请先运行 gongkai run。") from None
    return manifest


def _parcel(unit: Unit, listed: dict[str, str]) -> list[str]:
    """Paths of a unit's own files among the manifest's outputs: nothing of another unit's."""
    prefixes = [f"receipts/{unit.code}.", f"receipts/{unit.code}-returned.", f"scorecards/{unit.code}/"]
    if unit.kind == "office":
        prefixes.append("report/")
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


def _note(
    unit: Unit,
    state: YearState,
    manifest: dict[str, Any],
    by: str,
    reason: str,
    issued_at: datetime,
    files: list[tuple[str, str]],
) -> dict[str, Any]:
    return {
        "unit": unit.code,
        "name": unit.name,
        "district": state.profile.district.name,
        "year": state.year,
        "by": by,
        "reason": reason,
        "issued_at": state.profile.local(issued_at).isoformat(),
        "as_of": manifest["as_of"],
        "basis_sha256": manifest["basis_sha256"],
        "demonstration": state.profile.district.demonstration,
        "files": [{"name": Path(path).name, "sha256": sha256} for path, sha256 in files],
        "earlier": [],
    }


def _place(folder: Path, note: dict[str, Any], files: dict[str, bytes]) -> list[Path]:
    """Writes a unit's parcel unless the very same one lies there; what was issued before moves aside."""
    last: dict[str, Any] | None = None
    if (folder / NOTE).is_file():
        last = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    same = ("by", "reason", "basis_sha256", "files")
    if last is not None and all(last[key] == note[key] for key in same):
        note = last  # issued already: the first note stands, the files are put back if somebody moved them
    elif last is not None:
        _keep(folder, last)
        note["earlier"] = [*last.pop("earlier"), last]
    placed = [write_bytes(folder / name, data) for name, data in files.items()]
    return [*placed, write_json(folder / NOTE, note), write_text(folder / NOTE_TEXT, _note_text(note))]


def _keep(folder: Path, last: dict[str, Any]) -> None:
    """Moves the parcel that was issued last, its note at the end: what a unit was told stays readable (domain.md)."""
    kept = folder / f"第{len(last['earlier']) + 1}次签发"
    kept.mkdir(exist_ok=True)
    for name in (*(file["name"] for file in last["files"]), NOTE_TEXT, NOTE):
        if (folder / name).is_file():
            (folder / name).replace(kept / name)


def _note_text(note: dict[str, Any]) -> str:
    lines = [
        "签发单",
        *(["演示数据，不代表任何真实单位"] if note["demonstration"] else []),
        "",
        f"单位　　{note['unit']} {note['name']}",
        f"年度　　{note['district']} {note['year']} 年度",
        f"签发人　{note['by']}",
        f"时间　　{moment(datetime.fromisoformat(note['issued_at']))}",
        f"理由　　{note['reason']}",
        *(f"例外　　{_DESPITE.get(name, name)}：{why}" for name, why in note.get("despite", {}).items()),
        f"依据　　{note['basis_sha256'][:12]}（数据截至 {moment(datetime.fromisoformat(note['as_of']))}）",
        f"此前　　已签发 {len(note['earlier'])} 次{'，原件在“第1次签发”等文件夹中' if note['earlier'] else ''}",
        "",
        "文件及校验码（sha256）",
        *(f"{file['sha256']}  {file['name']}" for file in note["files"]),
    ]
    return "\n".join(lines) + "\n"
