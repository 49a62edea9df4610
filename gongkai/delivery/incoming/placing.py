"""Puts a fetched file into the inbox: under a harmless name, whole or not at all, never over another file.

What a sender calls a file is no path: of `../../T02/报表.xlsx` only `报表.xlsx` is left.
"""

import hashlib
import os
import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from gongkai.delivery.incoming.journal import COMING, ArrivalOrigin, Journal

_HARMFUL = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 200  # bytes of a name; file systems take 255, and a number may be added


class PlacedFile(NamedTuple):
    """What became of bytes: where they lie, and whether they lay there, or anywhere, before."""

    place: str
    sha256: str
    known: bool


def harmless(name: str, otherwise: str = "附件") -> str:
    """A sender's file name as a name and nothing else; what the inbox would pass over (`.x`, `~$x`) is made visible."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = _HARMFUL.sub("_", last.encode("utf-8", "replace").decode()).strip(" .")
    plain = re.sub(r"^(?:~\$|\.)+", "", plain).strip() or otherwise
    if _RESERVED.match(plain) or plain.lower() in ("thumbs.db", "desktop.ini"):
        plain = f"_{plain}"
    stem, suffix = Path(plain).stem, Path(plain).suffix
    while len((stem + suffix).encode()) > _LONGEST:
        stem, suffix = (stem[:-1], suffix) if len(suffix.encode()) < _LONGEST // 2 else (stem, suffix[:20])
    return stem + suffix


class FetchInbox:
    """The inbox as fetched files are put into it."""

    def __init__(self, folder: Path, journal: Journal) -> None:
        self.folder, self._journal = folder, journal

    @property
    def coming(self) -> Path:
        """Where a file is brought to before it is whole: beside the journal, on the inbox's disk."""
        return self._journal.folder / COMING

    def put(self, data: bytes | Path, below: str, name: str, modified: datetime, origin: ArrivalOrigin) -> PlacedFile:
        """Puts bytes, or a file that was brought into the journal's folder, where they belong.

        Args:
            data: the bytes, or the file, which is taken away.
            below: the folder below the inbox; empty for the inbox itself.
            name: how the sender called the file.
            modified: the moment that the file gets as its modification time.
            origin: where it comes from.
        """
        sha256 = _hash(data)
        target = self.folder / below / harmless(name)
        if known := self._known(sha256, target):
            by_hand = known not in self._journal.places_of(sha256)  # whoever put it into the folder vouches for it
            self._journal.comes_from(sha256, known, origin._replace(proven=origin.proven or by_hand))
            if isinstance(data, Path):
                data.unlink()
            return PlacedFile(known, sha256, known=True)
        whole = self._written(data, modified)
        target.parent.mkdir(parents=True, exist_ok=True)
        for number in range(2, 10_000):
            place = target.relative_to(self.folder).as_posix()
            if not os.path.lexists(target):
                self._journal.comes_from(sha256, place, origin)
                try:
                    _move(whole, target)
                except FileExistsError:
                    continue
                return PlacedFile(place, sha256, known=False)
            first = Path(harmless(name))
            target = target.with_name(f"{first.stem}（{number}）{first.suffix}")
        raise FileExistsError(17, "too many files of one name", str(target))

    def kept_apart(self) -> int:
        """How many bytes are kept apart."""
        return sum(one.stat().st_size for one in (self._journal.folder / "apart").rglob("*") if one.is_file())

    def keep_apart(self, data: bytes | Path, below: str, name: str, modified: datetime) -> PlacedFile:
        """Keeps a file that is nobody's beside the journal, where no run looks; a person may move it to its unit."""
        whole, sha256 = self._written(data, modified), _hash(data)
        target = self._journal.folder / "apart" / below / f"{sha256[:8]}-{harmless(name)}"
        target.parent.mkdir(parents=True, exist_ok=True)
        known = target.exists()
        whole.replace(target)
        return PlacedFile(target.relative_to(self.folder).as_posix(), sha256, known)

    def _known(self, sha256: str, target: Path) -> str | None:
        """Where these bytes lie already, brought by any way or put there by hand, for the same unit.

        Another unit that sends the same bytes is a file of its own: it wants an answer. A loose file is one of any.
        """
        folder, *inside = target.relative_to(self.folder).parts
        for place in self._journal.places_of(sha256):
            if (not inside or place.startswith(f"{folder}/")) and (self.folder / place).is_file():
                return place
        beside = target.parent.iterdir() if target.parent.is_dir() else ()
        same = (one for one in beside if one.is_file() and not one.is_symlink() and _hash(one) == sha256)
        return next((one.relative_to(self.folder).as_posix() for one in same), None)

    def _written(self, data: bytes | Path, modified: datetime) -> Path:
        """The bytes as a whole file beside the journal, on the same disk."""
        if isinstance(data, Path):
            whole = data
        else:
            whole = self.coming
            with whole.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        os.utime(whole, (modified.timestamp(), modified.timestamp()))
        return whole


def _move(whole: Path, target: Path) -> None:
    """Moves a file to a name that is free; never over another."""
    try:
        os.link(whole, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise FileExistsError(17, "exists", str(target)) from None
        whole.rename(target)
        return
    whole.unlink()


def _hash(data: bytes | Path) -> str:
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    with data.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
