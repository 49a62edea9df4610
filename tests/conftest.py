"""What all tests share: quiet libraries and the default profile."""

import fcntl
import gc
import os
import pickle
import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_SERVER_BLOCKS_REGISTER_ON_START", "false")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")

# No test makes a signing key in the home of whoever runs it.
os.environ["GONGKAI_KEY"] = str(Path(tempfile.mkdtemp(prefix="gongkai-key-")) / "signing-key.pem")

import pytest
from hypothesis import settings

from gongkai.demonstration import Demonstration, generate
from gongkai.profile import Profile, load_profile
from tests.servers import MailServer, certificate, mail_server

pytest_plugins = ["tests.watchdog"]


def pytest_collection_finish() -> None:
    """What was imported by now stays: the collector need not walk a million objects of Prefect's over and over."""
    gc.freeze()


_LAST = "unit"  # many small files, which even out what the two workers have left


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first: left to the end it would run alone, beside an idle worker."""
    items.sort(key=lambda item: item.path.relative_to(Path(__file__).parent).parts[0] == _LAST)


def pytest_unconfigure() -> None:
    shutil.rmtree(Path(os.environ["GONGKAI_KEY"]).parent, ignore_errors=True)


@pytest.fixture(scope="session")
def default_profile() -> Profile:
    return load_profile()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The demonstration's files: written once for all workers, so nobody changes them."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    kept = shared / "demonstration.pickle"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(generate(shared / "demonstration")))
    return cast(Demonstration, pickle.loads(kept.read_bytes()))  # noqa: S301  # our own, of a minute ago


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="session")
def one_mailbox(pem: Path) -> Iterator[MailServer]:
    with mail_server(pem) as server:
        yield server


@pytest.fixture
def trusted(pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine trusts the servers' certificate, as an operator would make it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))


@pytest.fixture
def mailbox(one_mailbox: MailServer, trusted: None) -> MailServer:
    """The mailbox, empty."""
    one_mailbox.empty()
    return one_mailbox


# Speed is measured by `make bench`; a slow machine is no failure. Whoever runs the suite sees the same
# examples, so that a red run is the change's and not the day's; `make chance` looks at new ones.
settings.register_profile("gongkai", deadline=None, derandomize="GONGKAI_CHANCE" not in os.environ)
settings.load_profile("gongkai")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """File by file, and all files that look at the demonstration year of `tests/flows` in one worker."""
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

    class OneYear(LoadFileScheduling):  # type: ignore[misc]  # xdist ships no types
        def _split_scope(self, nodeid: str) -> str:
            file = str(super()._split_scope(nodeid))
            return "the demonstration year" if file in _looks_at_the_year() else file

    return OneYear(config, log)


@cache
def _looks_at_the_year() -> frozenset[str]:
    here = Path(__file__).parent
    files = (here / "flows").rglob("test_*.py")
    asked = re.compile(r"def \w+\([^)]*\byear\b[,)]")
    return frozenset(
        path.relative_to(here.parent).as_posix() for path in files if asked.search(path.read_text(encoding="utf-8"))
    )
