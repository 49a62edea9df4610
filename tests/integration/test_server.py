"""A real Prefect server, worker, file pages and the deployments, as `make serve` starts them.

Proves the pair of pins in pyproject.toml: with a newer SQLAlchemy no scheduled run ever appears, with a newer
fastapi the server does not come up. And proves the doors: who may do what without and with a login.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.first_day import LAST_YEAR, begun, hand_out, set_up_by_workbook, take_in_last_year
from tests.live import login, processes_of

NOBODY = "00000000-0000-0000-0000-000000000000"


def test_it_says_when_it_is_ready_and_where(server):
    assert f"就绪：{server.site} " in server.said
    assert server.pages in server.said


def test_a_scheduled_run_appears(server):
    nightly = server.deployments()["annual-assessment"]
    (schedule,) = nightly["schedules"]
    assert schedule["active"]
    assert schedule["schedule"]["timezone"] == "Asia/Shanghai"
    wanted = {
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
        "deployments": {"id": {"any_": [nightly["id"]]}},
    }
    runs = server.wait(lambda: server.ask("flow_runs/filter", wanted), 120)
    assert all(run["auto_scheduled"] for run in runs)


def test_the_last_week_is_the_profiles(server):
    (schedule,) = server.deployments()["hourly"]["schedules"]
    assert schedule["schedule"]["cron"].endswith(" 25-31 1 *")
    assert schedule["schedule"]["timezone"] == "Asia/Shanghai"


def test_every_route_of_the_api_needs_the_login(server):
    token = _token(server)
    routes = server.ask("openapi.json")["paths"]
    assert len(routes) > 100
    opened = {
        (method, path)
        for path, methods in routes.items()
        for method in methods
        if server.status(_place(path), method.upper(), token) != 401
    }
    assert {path.removeprefix("/api") for _, path in opened} == {"/health", "/ready"}


def _place(path):
    named = re.sub(r"\{[^}]*\}", NOBODY, path)
    return named if named.startswith("/api/") else f"/api{named}"


def _token(server):
    server.deployments()
    return dict(server.token)


def test_a_change_needs_the_token_and_the_login(server):
    assert server.status("/api/deployments/filter", "POST", login()) == 403
    assert server.status("/api/deployments/filter", "POST", _token(server)) == 401
    assert server.status("/api/deployments/filter", "POST", _token(server) | login()) == 200
    assert server.status("/api/csrf-token?client=x") == 401


@pytest.mark.parametrize(
    "brought", [{"command": "touch {}"}, {"env": {"PYTHONPATH": "/srv"}}, {"working_dir": "/srv"}, {"env.PATH": "/srv"}]
)
def test_nobody_brings_a_command_to_a_run(server, brought):
    """What any account of the machine could post before: the worker would have run it with the signing key at hand."""
    rerun = server.deployments()["unit-rerun"]
    order = {"parameters": {"unit": "T01"}, "job_variables": brought}
    with pytest.raises(urllib.error.HTTPError) as refusal:
        server.ask(f"deployments/{rerun['id']}/create_flow_run", order)
    assert refusal.value.code == 422


def test_nobody_but_the_server_says_what_is_run_and_how(server):
    """A deployment's `pull_steps` are shell commands, its `entrypoint` any program, a pool's template a command."""
    how = {"pull_steps", "entrypoint", "base_job_template"}
    said = server.ask("openapi.json")
    routes = [
        (method, path)
        for path, methods in said["paths"].items()
        for method, told in methods.items()
        if how & _fields(said["components"]["schemas"], told.get("requestBody", {}))
    ]
    assert len(routes) == 4, routes
    brought = _token(server) | login()
    assert {server.status(_place(path), method.upper(), brought) for method, path in routes} == {403}
    rerun = f"/api/deployments/{server.deployments()['unit-rerun']['id']}"
    assert server.status(rerun, "PATCH", brought) == 403
    assert server.status(rerun, "PATCH", brought | {"X-Gongkai-Deploy": "guessed"}) == 403
    assert server.status("/api/admin/storage", "PUT", brought) == 403
    assert server.status(f"{rerun}/resume_deployment", "POST", brought) == 200  # an operator's


def _fields(schemas, part):
    """The names of all fields of a request, through its references."""
    if isinstance(part, list):
        return set().union(*(_fields(schemas, one) for one in part))
    if not isinstance(part, dict):
        return set()
    name = str(part.get("$ref", "")).rpartition("/")[2]
    if name.startswith(("Deployment", "WorkPool")):
        return set(schemas[name]["properties"])
    return set().union(*(_fields(schemas, one) for one in part.values()))


def test_the_ui_is_told_to_speak_with_nobody_else(server):
    told = server.headers("/")["Content-Security-Policy"]
    assert f"connect-src 'self' {server.site} ws://127.0.0.1:{server.port};" in told
    assert "default-src 'self'" in told


def test_no_form_has_a_path_or_a_moment(server):
    for deployment in server.deployments().values():
        fields = deployment["parameter_openapi_schema"]["properties"]
        assert not [name for name, field in fields.items() if field.get("format") in {"path", "date-time"}]
        assert not set(fields) & {"inbox", "out", "profile", "as_of", "warehouse"}


def test_the_operator_chooses_from_lists_with_chinese_labels_and_names(server):
    fields = server.deployments()["annual-assessment"]["parameter_openapi_schema"]["properties"]
    assert fields["units"]["title"] == "单位"
    assert fields["units"]["items"]["enum"][0] == "A02"
    assert re.search(r"T01 \S+", fields["units"]["description"])
    assert fields["stages"]["items"]["enum"] == ["收件", "核验", "合并", "报告", "评分", "出稿"]
    assert fields["year"]["default"] > 2020
    rerun = server.deployments()["unit-rerun"]["parameter_openapi_schema"]
    assert rerun["required"] == ["unit"]
    assert "T01" in rerun["properties"]["unit"]["enum"]


@pytest.mark.parametrize(
    ("deployment", "parameters"),
    [("issue", {"by": "", "reason": "定稿"}), ("unit-rerun", {"unit": "X99", "year": 2021})],
    ids=["an issue without a name", "a unit that is not on the list"],
)
def test_the_server_refuses_before_a_run(server, deployment, parameters):
    place = f"deployments/{server.deployments()[deployment]['id']}/create_flow_run"
    with pytest.raises(urllib.error.HTTPError) as refusal:
        server.ask(place, {"parameters": parameters})
    assert refusal.value.code == 409


def test_what_marks_a_dead_run_is_there(server):
    names = {found["name"] for found in server.ask("automations/filter", {})}
    assert {"公开：失去音讯的运行", "公开：没有起来的运行"} <= names


def test_a_triggered_rerun_of_one_unit_finishes_and_its_page_is_behind_the_login(server):
    run = server.ended(server.start("unit-rerun", unit="T01", year=2021))
    assert run["state_type"] == "COMPLETED", run["state"]["message"]
    assert run["name"] == "2021 年度考核 T01"
    assert run["state"]["message"].startswith("T01 ")  # what became of the unit that was asked for, first of all
    assert "：已受理（第 1 次报送" in run["state"]["message"]
    receipt = json.loads((server.folder / "out" / "2021" / "receipts" / "T01.json").read_text(encoding="utf-8"))
    assert receipt["status"] == "accepted"
    assert json.loads(server.page("/2021/receipts/T01.json")) == receipt
    with pytest.raises(urllib.error.HTTPError) as refusal:
        server.page("/2021/receipts/T01.json", "gongkai:wrong")
    assert refusal.value.code == 401
    assert not [line for line in server.logs(run["id"]) if re.match(r"[A-Za-z ]+$|Finished|Traceback", line)]


def test_a_worker_that_is_killed_is_started_again_and_it_is_said(server):
    (worker,) = [number for number, command in processes_of(server.port).items() if " worker start " in command]
    os.kill(worker, signal.SIGKILL)
    server.wait(lambda: "执行进程意外停止" in server.said, 30)


def test_many_runs_at_once_are_taken_without_a_refusal(server):
    """Prefect's SQLite answered 503 under a minutely queue; the database that comes with gongkai does not."""
    place = f"deployments/{server.deployments()['unit-rerun']['id']}/create_flow_run"
    later = {"type": "SCHEDULED", "state_details": {"scheduled_time": "2099-01-01T00:00:00Z"}}
    order = {"parameters": {"unit": "T01", "year": 2021}, "state": later}
    with ThreadPoolExecutor(16) as callers:
        taken = list(callers.map(lambda _: server.ask(place, order)["id"], range(32)))  # a 503 would be raised
    assert len(set(taken)) == 32


def test_a_database_that_is_slow_to_answer_is_waited_for(server):
    """On a busy machine a new connection takes longer than Prefect's five seconds: it answered 500."""
    postmaster = int((server.folder / "state" / "postgresql" / "postmaster.pid").read_text().split()[0])
    processes = [postmaster, *map(int, _children(postmaster))]
    with ThreadPoolExecutor(24) as callers:
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            answers = [callers.submit(server.status, "/api/work_pools/gongkai", "GET", login()) for _ in range(24)]
            time.sleep(7)
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)
        assert {answer.result() for answer in answers} == {200}


def test_a_database_that_is_killed_is_started_again_and_it_is_said(server):
    written = server.folder / "state" / "postgresql" / "postmaster.pid"
    os.kill(int(written.read_text().split()[0]), signal.SIGKILL)
    server.wait(lambda: "PostgreSQL 意外停止" in server.said, 30)
    server.wait(lambda: server.status("/api/ready") == 200, 120)
    assert server.deployments()


def _children(parent):
    return Path(f"/proc/{parent}/task/{parent}/children").read_text().split()


def test_the_first_day_from_an_empty_folder_to_the_forms_of_the_server(server, call, tmp_path):
    """docs/first-day.md as a small district lives it; the last test here, since the server's district is then this."""
    district = begun(call, tmp_path)
    set_up_by_workbook(call, district, "T07", "T08", "T09", "T10")
    take_in_last_year(call, district)
    hand_out(call, district)

    code, out, err = call("demo", "--profile", district.profile, "--out", "演练", "--year", LAST_YEAR + 1)
    assert code == 0, (out, err)
    assert "calendar/2027.csv），演练只按法定节假日计算" in out
    board = json.loads((tmp_path / "演练" / "2026" / "board.json").read_text(encoding="utf-8"))
    assert {unit["state"] for unit in board["units"]} == {"accepted"}
    assert {"T11", "T01", "OFFICE"} < {unit["unit"] for unit in board["units"]}

    command = [sys.executable, "-m", "gongkai.cli", "server", "deploy"]
    environment = {**server.environment, "GONGKAI_PROFILE": str(district.profile)}
    done = subprocess.run(command, cwd=server.folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    fields = server.deployments()["annual-assessment"]["parameter_openapi_schema"]["properties"]
    assert fields["units"]["items"]["enum"] == ["T01", "T02", "T03", "T04", "T05", "T06", "OFFICE", "T11"]
    assert "T11 柳林镇" in fields["units"]["description"]
