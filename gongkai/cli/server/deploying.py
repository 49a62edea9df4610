"""Tells Prefect what there is to run: the work pool, the deployments, their schedules, and what marks a dead run.

Done at every start and once a day, so that forms show the units, the year and the deadlines of the profile in force.
Nothing but the pool's own template decides how a run is started: no caller can bring a command, a folder or variables.
"""

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import httpx

from gongkai.cli.server.api import Api
from gongkai.cli.server.dead_runs import AUTOMATIONS
from gongkai.cli.server.doors import KEY_HEADER, deploy_key
from gongkai.cli.server.environment import server_environment, state_folder
from gongkai.cli.server.schedules import hourly_crons, weekly_crons
from gongkai.errors import GongkaiError
from gongkai.profile import load_profile
from gongkai.settings import ServerSettings, Settings

POOL = "gongkai"
_PATIENCE_SECONDS = 300
DEFINITIONS = Path(__file__).parents[3] / "deployments" / "prefect.yaml"

BASE_JOB_TEMPLATE = {
    "job_configuration": {"command": None, "env": {}, "labels": {}, "name": None, "stream_output": True},
    "variables": {"type": "object", "properties": {}, "additionalProperties": False},
}
"""How the worker starts a run, with nothing left open: a caller who may create runs cannot make it run a program."""


def deploy(api: Api, environment: Mapping[str, str], log: Path) -> None:
    """Makes or renews everything that the server runs.

    Raises:
        GongkaiError: Prefect refuses; the log says why.
    """
    try:
        _make_pool(api)
        _make_deployments(environment, log)
        _make_schedules(api)
        _make_automations(api)
    except httpx.HTTPError as error:
        raise GongkaiError(f"Prefect 服务没有接受部署：{error}") from None


def deploy_when_ready(daily: bool) -> None:
    """Deploys once the API answers; with `daily` again after every midnight, until it is ended.

    Raises:
        GongkaiError: the API does not answer, or refuses.
    """
    settings = ServerSettings()
    while True:
        api, give_up = Api(settings), time.monotonic() + _PATIENCE_SECONDS
        while not api.ready():
            if time.monotonic() > give_up:
                raise GongkaiError("Prefect 服务没有应答，没有登记部署。请查看它的日志。")
            time.sleep(2)
        deploy(api, server_environment(settings), state_folder(settings) / "deploy.log")
        click.echo("部署、日程和自动化已更新。")
        if not daily:
            return
        time.sleep(until_tomorrow(datetime.now().astimezone()).total_seconds())


def _make_pool(api: Api) -> None:
    pool = {"base_job_template": BASE_JOB_TEMPLATE, "description": "公开：一台机器上的运行，一律按固定的方式启动。"}
    try:
        api.post("work_pools/", {"name": POOL, "type": "process", **pool})
    except httpx.HTTPStatusError as refused:
        if refused.response.status_code != httpx.codes.CONFLICT:
            raise
        api.patch(f"work_pools/{POOL}", pool)


def _make_deployments(environment: Mapping[str, str], log: Path) -> None:
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--prefect-file", str(DEFINITIONS), "--all"]
    key = json.dumps({KEY_HEADER: deploy_key(ServerSettings())})
    brought = {**environment, "PREFECT_CLIENT_CUSTOM_HEADERS": key}
    with log.open("wb") as said:
        done = subprocess.run(  # noqa: S603  # Prefect's own
            command, env=brought, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=DEFINITIONS.parent
        )
    if done.returncode:
        raise GongkaiError(f"部署失败，详见 {log}")


def _make_schedules(api: Api) -> None:
    """The schedules that follow from the profile's `cycle.yaml`: made anew where they are not what they should be."""
    profile = load_profile(Settings().profile)
    zone = profile.district.zone
    year = datetime.now(zone).year - 1
    wanted = {
        "逐时核验/hourly": hourly_crons(profile.cycle.soft_deadline(year)),
        "催报/weekly-reminders": weekly_crons(profile.cycle.hard_deadline(year)),
    }
    for name, crons in wanted.items():
        place = f"deployments/{api.get(f'deployments/name/{name}')['id']}/schedules"
        known = api.get(place)
        if [one["schedule"].get("cron") for one in known] == crons:
            continue
        for schedule in known:
            api.delete(f"{place}/{schedule['id']}")
        api.post(place, [{"active": True, "schedule": {"cron": cron, "timezone": str(zone)}} for cron in crons])


def _make_automations(api: Api) -> None:
    """Those that are ours are made anew; what an operator made by hand stays."""
    known: list[dict[str, Any]] = api.post("automations/filter", {"limit": 200})
    for name, automation in AUTOMATIONS.items():
        same = [one for one in known if one["name"] == name]
        if same:
            api.put(f"automations/{same[0]['id']}", {"name": name, **automation})
            for double in same[1:]:
                api.delete(f"automations/{double['id']}")
        else:
            api.post("automations/", {"name": name, **automation})


def until_tomorrow(now: datetime) -> timedelta:
    """How long until the forms are renewed: shortly after midnight, when the year may have changed."""
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=5, second=0, microsecond=0)
    return tomorrow - now
