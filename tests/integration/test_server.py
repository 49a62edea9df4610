"""A real Prefect server, worker and the deployments, as `make serve` starts them.

Proves the pair of pins in pyproject.toml: with a newer SQLAlchemy no scheduled run ever appears, with a newer
fastapi the server does not come up.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from gongkai.demonstration import inboxes

ROOT = Path(__file__).parents[2]


class Server:
    """The API of the running server."""

    def __init__(self, port, folder, process):
        self.url = f"http://127.0.0.1:{port}/api"
        self.folder = folder
        self.process = process

    def ask(self, path, body=None, tries=10):
        """The API's answer; 503 means "again, please" (Prefect's SQLite was busy), and Prefect's own clients do so."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310  # loopback only
            f"{self.url}/{path}", data=data, headers={"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  # loopback only
                return json.loads(answer.read())
        except urllib.error.HTTPError as refusal:
            if refusal.code != 503 or tries == 1:
                raise
        time.sleep(0.5)
        return self.ask(path, body, tries - 1)

    def deployments(self):
        return {found["name"]: found for found in self.ask("deployments/filter", {})}

    def wait(self, ask, seconds):
        """Asks until the answer is truthy; the process must stay alive."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, (self.folder / "serve.log").read_text()
            if answer := ask():
                return answer
            time.sleep(0.5)
        raise AssertionError(f"no answer within {seconds} s\n" + (self.folder / "serve.log").read_text())


def _ready(server):
    try:
        return {"annual-assessment", "unit-rerun", "issue"} <= server.deployments().keys()
    except OSError:
        return False


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    made = inboxes.generate(folder / "input")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")},
        "GONGKAI_KEY": str(folder / "key.pem"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GONGKAI_PORT": str(port),
        "GONGKAI_STATE": str(folder / "state"),
        "GONGKAI_INBOX": str(made.second_round),
        "GONGKAI_OUT": str(folder / "out"),
        "GONGKAI_PROFILE": str(made.profile),
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        "PREFECT_WORKER_PREFETCH_SECONDS": "1",
    }
    with (folder / "serve.log").open("w") as log:
        process = subprocess.Popen(
            ["sh", "deployments/serve.sh"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    running = Server(port, folder, process)
    try:
        running.wait(lambda: _ready(running), 150)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def test_a_scheduled_run_appears(server):
    nightly = server.deployments()["annual-assessment"]
    (schedule,) = nightly["schedules"]
    assert schedule["active"]
    assert schedule["schedule"]["timezone"] == "Asia/Shanghai"
    wanted = {
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
        "deployments": {"id": {"any_": [nightly["id"]]}},
    }
    runs = server.wait(lambda: server.ask("flow_runs/filter", wanted), 60)
    assert all(run["auto_scheduled"] for run in runs)


def test_the_operator_chooses_units_from_a_list_with_chinese_labels(server):
    properties = server.deployments()["annual-assessment"]["parameter_openapi_schema"]["properties"]
    assert properties["units"]["title"] == "单位"
    assert properties["units"]["items"]["enum"][0] == "A01"
    assert len(properties["units"]["items"]["enum"]) == 37
    rerun = server.deployments()["unit-rerun"]["parameter_openapi_schema"]
    assert rerun["required"] == ["unit"]
    assert "T01" in rerun["properties"]["unit"]["enum"]


def test_nobody_issues_without_a_name_and_a_reason(server):
    issue = server.deployments()["issue"]
    assert issue["parameter_openapi_schema"]["required"] == ["by", "reason"]
    with pytest.raises(urllib.error.HTTPError) as refusal:
        server.ask(f"deployments/{issue['id']}/create_flow_run", {"parameters": {"by": "", "reason": "定稿"}})
    assert refusal.value.code == 409


def test_the_server_refuses_a_unit_that_is_not_on_the_list(server):
    rerun = server.deployments()["unit-rerun"]
    with pytest.raises(urllib.error.HTTPError) as refusal:
        server.ask(f"deployments/{rerun['id']}/create_flow_run", {"parameters": {"unit": "X99", "year": 2021}})
    assert refusal.value.code == 409


def test_a_triggered_rerun_of_one_unit_finishes(server):
    rerun = server.deployments()["unit-rerun"]
    started = server.ask(
        f"deployments/{rerun['id']}/create_flow_run",
        {"parameters": {"unit": "T01", "year": 2021}, "state": {"type": "SCHEDULED"}},
    )

    def ended():
        run = server.ask(f"flow_runs/{started['id']}")
        return run if run["state_type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None

    run = server.wait(ended, 150)
    assert run["state_type"] == "COMPLETED", run["state"]["message"]
    assert run["state"]["message"].startswith("T01 ")  # what became of the unit that was asked for, first of all
    assert "：已受理（第 1 次报送" in run["state"]["message"]
    receipt = json.loads((server.folder / "out" / "2021" / "receipts" / "T01.json").read_text(encoding="utf-8"))
    assert receipt["status"] == "accepted"
