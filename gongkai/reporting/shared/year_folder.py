"""Where a year's outputs stand, and the one instant at which new ones take their place.

`OUT/<year>` is a link to one run's folder below `OUT/.runs/`: a run fills a folder of its own, and turning the link is
all that anybody sees. The run before stays for readers that are still in it; what dead runs left is cleared. Whoever
writes holds the year (`gongkai.warehouse.claim`), so that two never do so at once.
"""

import ctypes
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from gongkai.reporting.shared.manifest import NAME as MANIFEST
from gongkai.reporting.shared.write import link_or_copy, private
from gongkai.warehouse.claim import RUNS

OUTBOX = "outbox"
_AT_WORKING_FOLDER = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE
_SIDE_BY_SIDE = 8


class YearFolder:
    """The outputs of one year below an output folder."""

    def __init__(self, out: Path, year: int) -> None:
        self.out = out
        self.year = year

    @property
    def place(self) -> Path:
        """`OUT/<year>`: what people and other programs read."""
        return self.out / str(self.year)

    @property
    def outbox(self) -> Path:
        """`OUT/outbox/<year>`: what a person released; it outlives every run and stands in no manifest."""
        return self.out / OUTBOX / str(self.year)

    def open_outbox(self) -> Path:
        """The year's outbox, made if need be; it and all outboxes are the office's alone."""
        private(self.outbox.parent)
        return private(self.outbox)

    def begin(self) -> Path:
        """A new folder for a run to fill; leftovers of runs that died are cleared first."""
        self._clear(keep=())
        runs = self._runs()
        number = max((self._number(path) for path in runs), default=0) + 1
        folder = self.out / RUNS / f"{self.year}-{number}"
        folder.mkdir(parents=True, mode=0o700)
        return folder

    def complete(self, filled: Path) -> None:
        """Adds what the run did not write from the outputs that stand now; nothing is copied where a link will do.

        A manifest speaks of one run's outputs, so it is not taken along: what is mixed is no set that can be issued.
        """
        for standing in self.place.iterdir() if self.place.is_dir() else ():
            if standing.name not in (OUTBOX, MANIFEST) and not (filled / standing.name).exists():
                if standing.is_dir():
                    shutil.copytree(standing, filled / standing.name, copy_function=_put)
                else:
                    link_or_copy(standing, filled / standing.name)

    def put_in_place(self, filled: Path) -> None:
        """Turns `OUT/<year>` to a filled folder, at one instant; the run before it stays, older ones go."""
        before = self.place.resolve() if self.place.is_symlink() else None
        _to_disk(filled)
        turned = self.out / RUNS / f"{self.year}.next"
        turned.unlink(missing_ok=True)
        try:
            turned.symlink_to(Path(RUNS) / filled.name)
        except OSError:  # a file system without links
            before = self._exchange(filled)
        else:
            if self.place.is_dir() and not self.place.is_symlink():
                before = self._exchange(turned)
            else:
                turned.replace(self.place)
        self._clear(keep=(filled, *([before] if before else ())))

    def _exchange(self, new: Path) -> Path:
        """Puts `new` where a folder stands, and that folder below the runs; returns where it is now."""
        aside = self.out / RUNS / f"{self.year}-0"
        if aside.exists():
            shutil.rmtree(aside)
        if not self.place.exists():
            new.rename(self.place)
        elif _exchanged(new, self.place):
            new.rename(aside)
        else:
            self.place.rename(aside)
            new.rename(self.place)
        if (aside / OUTBOX).is_dir() and not self.outbox.exists():
            self.outbox.parent.mkdir(exist_ok=True, mode=0o700)
            (aside / OUTBOX).rename(self.outbox)
        return aside

    def _clear(self, keep: tuple[Path, ...]) -> None:
        """Removes the year's runs but those that stand: the current one, the one before it, and `keep`."""
        standing = {path.name for path in keep} or self._standing()
        for path in self._runs():
            if path.name not in standing:
                shutil.rmtree(path, ignore_errors=True)

    def _standing(self) -> set[str]:
        """The current run, and the newest one before it."""
        if not self.place.is_symlink():
            return {path.name for path in self._runs() if self._number(path) == 0}
        current = self.place.resolve()
        before = [path for path in self._runs() if self._number(path) < self._number(current)]
        return {current.name, *(path.name for path in sorted(before, key=self._number)[-1:])}

    def _runs(self) -> list[Path]:
        folder = self.out / RUNS
        return [p for p in folder.iterdir() if self._number(p) >= 0] if folder.is_dir() else []

    def _number(self, path: Path) -> int:
        found = re.fullmatch(rf"{self.year}-(\d+)", path.name)
        return int(found[1]) if found else -1


def _put(standing: str, target: str) -> None:
    link_or_copy(Path(standing), Path(target))


def _exchanged(one: Path, other: Path) -> bool:
    """Lets two names change places at one instant, where the system can."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    arguments = (_AT_WORKING_FOLDER, os.fsencode(one), _AT_WORKING_FOLDER, os.fsencode(other), _EXCHANGE)
    return rename is not None and rename(*arguments) == 0


def _to_disk(folder: Path) -> None:
    """A run's files are on the disk before anything points at them.

    They are asked for side by side: a disk takes hundreds of files in a few writes of its journal, where one that
    waits for the other costs a write each.
    """
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as waiting:
        for _ in waiting.map(_synced, (*folder.rglob("*"), folder)):
            pass


def _synced(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
