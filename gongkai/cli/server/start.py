"""`gongkai server start`: everything on one machine, under one roof, until somebody ends it.

The order: database → API → deployments → worker, pages, watch → 就绪. From then on each is looked after.
"""

import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime

import click

from gongkai.cli.server.api import Api
from gongkai.cli.server.database import PrefectDatabase, prefect_database
from gongkai.cli.server.deploying import deploy, until_tomorrow
from gongkai.cli.server.health import pages_answer, worker_online
from gongkai.cli.server.login import NAME as LOGIN
from gongkai.cli.server.processes import Looked
from gongkai.cli.server.services import Services
from gongkai.errors import GongkaiError
from gongkai.file_access import refuse_unusable
from gongkai.settings import ServerSettings, Settings

_PATIENCE_SECONDS = 300
_LOOK_SECONDS = 1


def start_server() -> int:
    """Runs until SIGTERM or Ctrl-C.

    Raises:
        GongkaiError: the server does not come up; its log is named.
    """
    settings, folders = ServerSettings(), Settings()
    refuse_unusable(folders.out)
    for folder in (folders.inbox, folders.out):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ending = _ending()
    click.echo("启动 Prefect 服务（首次约半分钟）……")
    with prefect_database(settings, click.echo) as database:
        services = Services(settings, database.url)
        with services.ended_at_last():
            api = Api(settings)
            _bring_up(services, api, ending)
            if not ending.is_set():
                click.echo(_ready(settings, folders))
                _look_after(services, database, api, ending)
    click.echo("已停止。")
    return 0


def _ending() -> threading.Event:
    """Set once somebody asks us to end."""
    asked = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, lambda *_: asked.set())
    return asked


def _bring_up(services: Services, api: Api, ending: threading.Event) -> None:
    services.site.start()
    services.api.start()
    _wait(services.api, api.ready, ending)
    if ending.is_set():
        return
    deploy(api, services.environment, services.logs / "deploy.log")
    services.worker.start()
    services.watch.start()
    _wait(services.worker, lambda: worker_online(ServerSettings()), ending)
    _wait(services.site, lambda: pages_answer(ServerSettings()), ending)


def _wait(service: Looked, there: Callable[[], bool], ending: threading.Event) -> None:
    """Waits until a service does its work.

    Raises:
        GongkaiError: it ended, or time is up.
    """
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while not ending.is_set() and not there():
        if not service.alive or time.monotonic() > give_up:
            raise GongkaiError(f"{service.name}没有启动，详见 {service.log}")
        ending.wait(0.3)


def _look_after(services: Services, database: PrefectDatabase, api: Api, ending: threading.Event) -> None:
    """Each second: who has died is started again. After midnight: the forms are renewed."""
    renew = time.monotonic() + until_tomorrow(datetime.now().astimezone()).total_seconds()
    while not ending.wait(_LOOK_SECONDS):
        database.look(click.echo)
        for service in services.all:
            service.look(click.echo)
        if time.monotonic() > renew and api.ready():
            renew = time.monotonic() + until_tomorrow(datetime.now().astimezone()).total_seconds()
            try:
                deploy(api, services.environment, services.logs / "deploy.log")
            except GongkaiError as error:
                click.echo(f"表单没有更新：{error}")


def _ready(settings: ServerSettings, folders: Settings) -> str:
    kept = settings.state.absolute() / LOGIN
    login = "GONGKAI_API_AUTH" if settings.api_auth else str(kept)
    return (
        f"就绪：{settings.address} （成果页面 {settings.pages_url}，登录名和口令见 {login}；"
        f"收件目录 {folders.inbox}，输出目录 {folders.out}；按 Ctrl-C 停止；"
        "第一次使用见 docs/first-day.md）"
    )
