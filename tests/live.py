"""A real server for the tests that need one: `make serve`'s own script, in a folder of its own, with a small district.

One for all of them (session). Whoever uses it sees what an operator sees: API with login, pages, logs.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from gongkai.demonstration import Demonstration
from tests.few_units import profile_of

ROOT = Path(__file__).parents[1]
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
UNITS = ("A02", "A08", "T01", "T03", "OFFICE")
LOGIN = "gongkai:office-word"


class Server:
    """The running server.

    Attributes:
        site: the address of UI and API; `pages` that of the file pages.
        folder: what is its own: `inbox`, `out`, `state`, `serve.log`.
        environment: what it was started with, and what a command beside it is given.
    """

    def __init__(
        self, port: int, folder: Path, process: "subprocess.Popen[bytes]", environment: dict[str, str]
    ) -> None:
        self.environment = environment
        self.port = port
        self.site = f"http://127.0.0.1:{port}"
        self.pages = f"http://127.0.0.1:{port + 1}"
        self.folder = folder
        self.process = process
        self.token: dict[str, str] = {}

    @property
    def said(self) -> str:
        return (self.folder / "serve.log").read_text(encoding="utf-8")

    def status(self, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> int:
        """The status of an answer to a request that brings these headers and nothing else."""
        try:
            return self._open(f"{self.site}{path}", method, b"{}" if method != "GET" else None, headers or {})[0]
        except urllib.error.HTTPError as refusal:
            return refusal.code

    def headers(self, path: str) -> Message:
        """The headers of an answer to somebody without a login."""
        with urllib.request.urlopen(f"{self.site}{path}", timeout=60) as answer:  # noqa: S310  # loopback only
            found: Message = answer.headers
        return found

    def ask(self, path: str, body: Any = None) -> Any:
        """The API's answer to somebody with the login, and with the token that a change needs."""
        if not self.token:
            token = json.loads(self._open(f"{self.site}/api/csrf-token?client=test", "GET", None, login())[1])["token"]
            self.token = {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "test"}
        data = None if body is None else json.dumps(body).encode()
        how = "GET" if body is None else "POST"
        return json.loads(self._open(f"{self.site}/api/{path}", how, data, login() | self.token)[1])

    def page(self, address: str, given: str = LOGIN) -> str:
        """A file page, by its whole address or its path."""
        where = address if address.startswith("http") else f"{self.pages}{address}"
        return self._open(where, "GET", None, login(given))[1].decode()

    def deployments(self) -> dict[str, Any]:
        return {found["name"]: found for found in self.ask("deployments/filter", {})}

    def start(self, deployment: str, **parameters: Any) -> str:
        """Asks for a run; gives its id."""
        place = f"deployments/{self.deployments()[deployment]['id']}/create_flow_run"
        return str(self.ask(place, {"parameters": parameters})["id"])

    def run(self, number: str) -> dict[str, Any]:
        found: dict[str, Any] = self.ask(f"flow_runs/{number}")
        return found

    def ended(self, number: str, seconds: float = 240) -> dict[str, Any]:
        """The run once it has ended."""
        self.wait(lambda: self.run(number)["state_type"] in ENDED, seconds)
        return self.run(number)

    def logs(self, number: str) -> list[str]:
        wanted = {"logs": {"flow_run_id": {"any_": [number]}}, "sort": "TIMESTAMP_ASC", "limit": 200}
        return [line["message"] for line in self.ask("logs/filter", wanted)]

    def wait(self, there: Any, seconds: float) -> Any:
        """Asks until the answer is truthy; the process must stay alive."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, self.said
            if answer := there():
                return answer
            time.sleep(0.5)
        raise AssertionError(f"no answer within {seconds} s\n{self.said}")

    def _open(self, url: str, method: str, data: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        request = urllib.request.Request(  # noqa: S310  # loopback only
            url, data=data, method=method, headers={"Content-Type": "application/json", **headers}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  # loopback only
            return answer.status, answer.read()


def login(given: str = LOGIN) -> dict[str, str]:
    """The header of somebody who has logged in."""
    return {"Authorization": f"Basic {b64encode(given.encode()).decode()}"}


def small_district(made: Demonstration, folder: Path) -> tuple[Path, Path]:
    """Inbox and profile of a few units of the demonstration, so that a run takes seconds."""
    profile, inbox = profile_of(UNITS, made.profile, folder / "profile"), folder / "inbox"
    for unit in UNITS:
        if (made.second_round / unit).is_dir():
            shutil.copytree(made.second_round / unit, inbox / unit)
    return inbox, profile


def two_free_ports() -> int:
    """A port that is free, as the one after it is."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@pytest.fixture(scope="session")
def server(made: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of a session."""
    with running_server(made, tmp_path_factory.mktemp("server")) as running:
        yield running


@contextmanager
def running_server(
    made: Demonstration, folder: Path, alerts: str = "", more: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """The server of a small district, ready; its worker asks for work more often than its own setting says.

    `more` are settings beside the usual ones.
    """
    inbox, profile = small_district(made, folder)
    patience = {"PREFECT_WORKER_QUERY_SECONDS": "2", "PREFECT_WORKER_PREFETCH_SECONDS": "1"}
    district = {"GONGKAI_PROFILE": str(profile), "GONGKAI_ALERTS": alerts}
    with serving(folder, inbox, {**district, **patience, **(more or {})}) as running:
        yield running


@contextmanager
def serving(folder: Path, inbox: Path, settings: dict[str, str]) -> Iterator[Server]:
    """`make serve`, ready; at the end it is asked to end, and must have ended everything that it started.

    Args:
        folder: receives outputs, state and log.
        inbox: the inbox.
        settings: whatever else is set.
    """
    port = two_free_ports()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "PREFECT_"))},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "GONGKAI_KEY": str(folder / "key.pem"),
        "GONGKAI_PORT": str(port),
        "GONGKAI_API_AUTH": LOGIN,
        "GONGKAI_STATE": str(folder / "state"),
        "GONGKAI_INBOX": str(inbox),
        "GONGKAI_OUT": str(folder / "out"),
        **settings,
    }
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            ["sh", str(ROOT / "deployments" / "serve.sh")],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    running = Server(port, folder, process, environment)
    try:
        running.wait(lambda: re.search(r"就绪：http\S+", running.said), 420)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert code == 0, running.said
    assert left_over(port) == []


def left_over(port: int) -> list[str]:
    """Command lines of processes that still belong to the server of that port."""
    return list(processes_of(port).values())


def processes_of(port: int) -> dict[int, str]:
    """The processes of the server of that port: number → command line."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            ours = f"GONGKAI_PORT={port}".encode() in (process / "environ").read_bytes().split(b"\0")
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if ours and command and int(process.name) != os.getpid():
            found[int(process.name)] = command
    return found
