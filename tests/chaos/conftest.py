"""A small district of five units on the second day: what stood before, what an undisturbed run makes of it, and tools.

Day one (the first round) is run once for each database; every test works on a copy of it.
"""

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from prefect.settings import PREFECT_API_URL
from prefect.testing.utilities import prefect_test_harness

from gongkai.demonstration import Demonstration, inboxes
from tests.chaos.commands import Command, Commands
from tests.chaos.content import content, leftovers, manifest
from tests.few_units import profile_of

UNITS = ("A02", "A05", "T01", "T03", "OFFICE")
DAY_ONE, DAY_TWO = inboxes.AS_OF_FIRST_ROUND, inboxes.AS_OF_SECOND_ROUND
_NUMBER = count(1)


@pytest.fixture(scope="session")
def api() -> Iterator[str]:
    with prefect_test_harness(server_startup_timeout=180):
        yield str(PREFECT_API_URL.value())


@pytest.fixture(scope="session")
def commands(api: str) -> Iterator[Commands]:
    folder = Path(tempfile.mkdtemp(prefix="gk-chaos-"))
    environment = {
        "PREFECT_API_URL": api,
        "PREFECT_HOME": str(folder / "prefect"),
        "GONGKAI_KEY": str(folder / "key.pem"),
    }
    started = Commands(folder, environment)
    yield started
    started.close()
    shutil.rmtree(folder, ignore_errors=True)


_PUBLISHED = frozenset({"run", "output", "score", "paper", "verdict", "finding", "message"})
"""What a run that ends writes about itself and the state it found, and what it queues: which verdicts hold, the
manifest shows."""


@dataclass
class Few:
    """The inboxes of both days and the profile, all of the few units."""

    first: Path
    second: Path
    profile: Path


@pytest.fixture(scope="session")
def few(made: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Few:
    folder = tmp_path_factory.mktemp("few")
    profile = profile_of(UNITS, made.profile, folder / "profile")
    for day, inbox in (("first", made.first_round), ("second", made.second_round)):
        for name in (*UNITS, "_office"):
            if (inbox / name).is_dir():
                shutil.copytree(inbox / name, folder / day / name)
    return Few(folder / "first", folder / "second", profile)


@dataclass
class District:
    """A district's folders and warehouse; `run` starts the second day's run."""

    folder: Path
    warehouse: str
    profile: Path
    inbox: Path
    commands: Commands

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def start(self, *further: object, as_of: Any = DAY_TWO, out: Path | None = None, **mishaps: Any) -> Command:
        """The run of day two, with what goes wrong in it; without `as_of` the clock's moment."""
        moment = ("--as-of", as_of.isoformat()) if as_of else ()
        asked = ("run", "--year", 2021, "--inbox", self.inbox, "--out", out or self.out, "--warehouse", self.warehouse)
        return self.commands.start(*asked, "--profile", self.profile, *moment, *further, **mishaps)

    def run(self, *further: object, **mishaps: Any) -> str:
        """The same to its end, which must be a good one; gives what it printed."""
        command = self.start(*further, **mishaps)
        assert command.wait() in (0, 3), command.said
        return command.said

    def rebuilt(self) -> dict[str, Any]:
        """The manifest of day two as the warehouse alone gives it, in a folder of its own."""
        out = self.folder / "rebuilt"
        asked = ("rebuild", "--year", 2021, "--out", out, "--warehouse", self.warehouse, "--as-of", DAY_TWO.isoformat())
        command = self.commands.start(*asked)
        assert command.wait() in (0, 3), command.said
        return manifest(out)


@dataclass
class Undisturbed:
    """Day two as it goes when nothing breaks.

    Attributes:
        before: the manifest of day one.
        after: the manifest of day two, and `content`: the warehouse then.
        seconds: how long the run took.
    """

    before: dict[str, Any]
    after: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Counter[str]] = field(default_factory=dict)
    seconds: float = 0.0

    def is_whole(self, district: District) -> None:
        """Whatever happened: the old year stands whole, or the new one does."""
        assert manifest(district.out) in (self.before, self.after)

    def is_reached(self, district: District, one_more: bool = False) -> None:
        """The next run has ended as if nothing had happened, and has tidied up.

        Args:
            district: where.
            one_more: a run came to its end between, with what it could have: what it published then is on record too.
        """
        assert manifest(district.out) == self.after
        found = content(district.warehouse)
        between = _PUBLISHED if one_more else frozenset()
        for table, rows in self.content.items():
            if table in between:
                continue
            assert found[table] == rows, f"{table}: lacks {rows - found[table]}, has besides {found[table] - rows}"
        assert leftovers(district.out) == []


@dataclass
class Stage:
    """Day one on one database: gives districts that stand there, and what day two makes of them undisturbed."""

    made: Few
    commands: Commands
    folder: Path
    copy_warehouse: Callable[[str], str]
    undisturbed: Undisturbed

    def district(self, folder: Path, inbox: Path | None = None) -> District:
        """A copy of day one with the second day's inbox; `inbox`: lay a copy of that one there, to be meddled with."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(self.folder / "out", folder / "out", symlinks=True)
        if inbox is not None:
            shutil.copytree(self.made.second, inbox)
        url = self.copy_warehouse(str(folder / "warehouse.sqlite"))
        return District(folder, url, self.made.profile, inbox or self.made.second, self.commands)


def staged(few: Few, commands: Commands, folder: Path, url: str, copy: Callable[[str], str]) -> Stage:
    """Runs day one, and day two on a copy of it."""
    first = District(folder, url, few.profile, few.first, commands)
    first.run(as_of=DAY_ONE)
    stage = Stage(few, commands, folder, copy, Undisturbed(manifest(first.out)))
    second = stage.district(folder / "undisturbed")
    at = time.monotonic()
    second.run()
    known = stage.undisturbed
    known.seconds = time.monotonic() - at
    known.after, known.content = manifest(second.out), content(second.warehouse)
    assert known.after != known.before
    return stage


@pytest.fixture(scope="session")
def stage(few: Few, commands: Commands, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """On SQLite."""
    folder = tmp_path_factory.mktemp("sqlite")
    first = folder / "warehouse.sqlite"

    def copy(path: str) -> str:
        shutil.copy(first, path)
        return f"sqlite:///{path}"

    return staged(few, commands, folder, f"sqlite:///{first}", copy)
