"""The server of one command: `gongkai run` brings its own, and nothing of it phones home."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings

from gongkai.cli.year import running
from gongkai.cli.year.temporary_server import _PATIENCE_SECONDS, QUIET, _cause, prefect_server
from gongkai.errors import GongkaiError

STANDING = "http://127.0.0.1:9/api"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment in which nobody has switched anything off yet."""
    for name in QUIET:
        monkeypatch.setenv(name, "given back after the test")
        monkeypatch.delenv(name)


@pytest.mark.usefixtures("bare")
def test_a_run_works_inside_the_server_and_waits_for_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    @contextmanager
    def never_up() -> Iterator[Any]:
        def ready() -> None:
            raise GongkaiError("临时服务没有启动")

        yield ready

    monkeypatch.setattr(running, "prefect_server", never_up)
    with pytest.raises(GongkaiError, match="临时服务没有启动"):
        running.run_flow(year=2021, inbox=tmp_path, out=tmp_path / "out", warehouse="sqlite://")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("bare")
def test_statistics_are_off_before_anything_runs() -> None:
    with temporary_settings({PREFECT_API_URL: STANDING}), prefect_server():
        assert os.environ["DO_NOT_TRACK"] == "1"
        assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
        assert os.environ["GX_ANALYTICS_ENABLED"] == "False"


def test_a_configured_server_is_used_and_none_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("started a server"))
    with temporary_settings({PREFECT_API_URL: STANDING}), prefect_server() as ready:
        ready()
        assert get_current_settings().api.url == STANDING


def test_a_server_that_is_only_slow_is_called_slow_and_one_that_died_by_what_it_said() -> None:
    greeting = "Check out the dashboard at http://127.0.0.1:1\n"
    assert _cause(greeting, ended=False) == f"{_PATIENCE_SECONDS} 秒内没有应答，机器可能繁忙"
    assert _cause(f"{greeting}ValueError: x\n", ended=True) == "ValueError: x"
    assert {_cause("OSError: [Errno 28] No space left on device", ended=one) for one in (True, False)} == {
        "磁盘空间已满"
    }
