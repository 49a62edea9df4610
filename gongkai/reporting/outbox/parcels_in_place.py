"""Puts a parcel into its unit's outbox, each file by rename. What was issued before is kept beside it, never changed.

What was issued is told by the notes of the warehouse: a note that is half-written, altered or gone here decides
nothing. Placing the same parcel again, after whatever stopped it, comes to the same end.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gongkai.reporting.outbox.issue_note import NOTE, NOTE_TEXT, earlier_notes, note_text
from gongkai.reporting.shared.write import json_text, private, put_by_rename

_BEFORE = "签发前已有"
SUPERSEDED = "本版已被取代.txt"
"""Says beside an issued card that a later version stands; what was issued is never changed itself."""


def place(folder: Path, note: Mapping[str, Any], files: Mapping[str, bytes]) -> list[Path]:
    """Writes a unit's parcel; returns where its files stand.

    Args:
        folder: the unit's outbox.
        note: the issue's note, with those before it.
        files: name → content.
    """
    wanted = {**files, NOTE: json_text(note).encode(), NOTE_TEXT: note_text(note).encode()}
    before = earlier_notes(note)
    issued = _Issued(private(folder), before)
    issued.keep()
    _tell_superseded(folder, note, before)
    for name in {*wanted, *issued.names}:
        if (path := folder / name).is_file():
            _clear(path, wanted.get(name), issued)
    return [put_by_rename(folder / name, data) for name, data in wanted.items()]


def _tell_superseded(folder: Path, note: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> None:
    """Says beside every earlier version of the card which one stands now."""
    now = note.get("card")
    for number, earlier in enumerate(before, 1):
        card = earlier.get("card")
        if now and card and card["version"] < now["version"]:
            said = (
                f"本文件夹中的评分表为第 {card['version']} 版，已由第 {now['version']} 版取代"
                f"（{note['issued_at'][:10]} 签发）。现行的在上一级文件夹中。\n"
            )
            put_by_rename(folder / _kept(number) / SUPERSEDED, said.encode())


class _Issued:
    """What was issued to the unit before, and where it is kept."""

    def __init__(self, folder: Path, notes: Any) -> None:
        self._folder = folder
        self._notes = notes
        self._known = {(file["name"], file["sha256"]) for note in notes for file in note["files"]}
        self.names = {name for name, _ in self._known}

    @property
    def last(self) -> Path:
        """Where something that was laid here since the last issue goes."""
        return self._folder / (_kept(len(self._notes)) if self._notes else _BEFORE)

    def keep(self) -> None:
        """Puts a copy of everything of earlier issues that lies here still to its issue, with the note of then."""
        for number, note in enumerate(self._notes, 1):
            kept = self._folder / _kept(number)
            for file in note["files"]:
                here = self._folder / file["name"]
                if not (kept / file["name"]).exists() and here.is_file() and _sha256(here) == file["sha256"]:
                    put_by_rename(kept / file["name"], here.read_bytes())
            for name, text in ((NOTE, json_text(note)), (NOTE_TEXT, note_text(note))):
                if not (kept / name).exists():
                    put_by_rename(kept / name, text.encode())

    def knows(self, path: Path) -> bool:
        """Whether the file is as it was issued."""
        if path.name == NOTE:
            return _parsed(path) in self._notes
        if path.name == NOTE_TEXT:
            return path.read_bytes() in [note_text(note).encode() for note in self._notes]
        return (path.name, _sha256(path)) in self._known


def _clear(path: Path, wanted: bytes | None, issued: _Issued) -> None:
    """Takes a file away that is not the one to be placed; one that nobody issued is kept under a name of its own."""
    if wanted is not None and path.read_bytes() == wanted:
        return
    if not issued.knows(path):
        issued.last.mkdir(parents=True, exist_ok=True)
        path.replace(_free(issued.last, path))
    elif wanted is None:
        path.unlink()


def _free(folder: Path, path: Path) -> Path:
    """A name that nothing in the folder has yet."""
    names = (f"{path.stem}-改动{'' if n == 1 else n}{path.suffix}" for n in range(1, 10_000))
    return next(folder / name for name in names if not (folder / name).exists())


def _kept(number: int) -> str:
    return f"第{number}次签发"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _parsed(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
