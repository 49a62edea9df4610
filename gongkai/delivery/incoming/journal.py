"""The journal of an inbox: what was fetched into it, from where, when, and what became of it.

It lies beside the files, in `INBOX/.fetched/`, so that an inbox knows its own past whatever warehouse a run names.
Where a file came from is written before the file is put in place: no run sees a file of which it cannot know that.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from gongkai.delivery.incoming.arrivals import Arrival
from gongkai.errors import BusyError
from gongkai.warehouse.rows.fetched import FetchedFile

FOLDER = ".fetched"
COMING, MAIL, LOOKED_AT = "coming", "mail", "looked-at"
"""Beside the journal, on the inbox's disk: a file before it is whole, a mail, files whose inside is looked at."""
_JOURNAL, _LOCK = "journal.jsonl", "lock"
_SECONDS = 0.25


class ArrivalOrigin(NamedTuple):
    """Where the bytes of a file came from, and whether that is certain."""

    source: str
    key: str
    fetched_at: str
    proven: bool


class Journal:
    """The journal of one inbox, for whoever holds it."""

    def __init__(self, inbox: Path) -> None:
        self.folder = inbox / FOLDER
        self.file = self.folder / _JOURNAL
        self._done: dict[str, set[str]] = {}
        self._places: dict[str, list[str]] = {}
        for said in _lines(self.file):
            self._learn(said)

    def is_done(self, source: str, key: str) -> bool:
        """Whether an item was dealt with."""
        return key in self._done.get(source, ())

    def keys(self, source: str) -> set[str]:
        """The items of a source that were dealt with."""
        return self._done.get(source, set())

    def places_of(self, sha256: str) -> list[str]:
        """Where bytes were put that came before: once in every folder that they were meant for."""
        return self._places.get(sha256, [])

    def comes_from(self, sha256: str, place: str, origin: ArrivalOrigin) -> None:
        """Writes down where a file comes from that is about to be put in place."""
        self._write({"is": "file", "sha256": sha256, "place": place, **origin._asdict()})

    def dealt_with(self, arrival: Arrival) -> None:
        """Writes down that an item is done with; from now on it is passed over."""
        self._write({"is": "item", **arrival.as_json()})

    def _write(self, said: dict[str, Any]) -> None:
        line = json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
        with self.file.open("ab") as stream:
            stream.write(line.encode("utf-8", "replace"))
            stream.flush()
            os.fsync(stream.fileno())
        self._learn(said)

    def _learn(self, said: dict[str, Any]) -> None:
        if said["is"] == "file":
            self._places.setdefault(said["sha256"], []).append(said["place"])
        else:
            self._done.setdefault(said["source"], set()).add(said["key"])


@contextmanager
def held(inbox: Path, wait: float) -> Iterator[Journal]:
    """The journal, for one at a time.

    Raises:
        BusyError: another fetch of this inbox did not end in time.
    """
    folder = inbox / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    until = time.monotonic() + wait
    with (folder / _LOCK).open("w") as stream:
        while True:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise BusyError(f"另一个收取正在往 {inbox} 收件，没有等到它结束。请稍后再试。") from None
                time.sleep(_SECONDS)
        _mend(folder / _JOURNAL)
        _clear(folder)
        yield Journal(inbox)


def arrivals(inbox: Path) -> list[Arrival]:
    """Everything that was dealt with, in order."""
    return [
        Arrival.from_json(_without_kind(said)) for said in _lines(inbox / FOLDER / _JOURNAL) if said["is"] == "item"
    ]


def origins(inbox: Path) -> list[FetchedFile]:
    """Every way that a file of the inbox came, in order; one that somebody put there by hand has none."""
    files = (said for said in _lines(inbox / FOLDER / _JOURNAL) if said["is"] == "file")
    return [
        FetchedFile(**{**_without_kind(said), "fetched_at": datetime.fromisoformat(said["fetched_at"])})
        for said in files
    ]


def _without_kind(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key != "is"}


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    """The lines; the last one may be torn by a machine that stopped, and counts as not written."""
    try:
        stream = file.open("rb")
    except FileNotFoundError:
        return
    with stream:
        for line in stream:
            if line.endswith(b"\n"):
                yield json.loads(line)


def _clear(folder: Path) -> None:
    """Takes away what a fetch that was killed was about to put in place: never writes into it.

    It may be the placed file under a second name, and writing there would write into the inbox.
    """
    for name in (COMING, MAIL):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / LOOKED_AT, ignore_errors=True)


def _mend(file: Path) -> None:
    """Cuts off a torn last line, so that the next one is whole."""
    if not file.exists():
        return
    with file.open("r+b") as stream:
        size = stream.seek(0, os.SEEK_END)
        back = min(size, 1)
        stream.seek(size - back)
        if size and stream.read(1) != b"\n":
            stream.seek(0)
            content = stream.read()
            stream.truncate(content.rfind(b"\n") + 1)
