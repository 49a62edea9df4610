"""The watch: looks at runs, worker and machine every half minute and sends one alert a cause.

What was told is kept in the state folder, so that neither the next look nor a restart says it again; what is mended is
forgotten, and would be told anew. An alert that could not be sent is tried again at the next look.
"""

import json
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import httpx

from gongkai.cli.server import causes
from gongkai.cli.server.api import Api
from gongkai.cli.server.causes import AlertCause
from gongkai.cli.server.deploying import POOL
from gongkai.delivery.alerts import send_alert
from gongkai.delivery.incoming.outages import outages
from gongkai.errors import CallError, ConfigurationError, GongkaiError, WarehouseError
from gongkai.profile import load_profile
from gongkai.profile.arrangement import arrangement
from gongkai.settings import ServerSettings, Settings, warehouse_url
from gongkai.warehouse.engine import is_there, looked_at, reading
from gongkai.warehouse.post.messages import messages

TOLD = "alerts.json"
_WAITS = "-"
_EVERY_SECONDS = 20
_AFTER_START_SECONDS = 60  # a worker needs that long to report
_LOOKED_BACK = timedelta(days=2)

Send = Callable[[str, str], None]


def keep_watch(once: bool) -> int:
    """Looks, tells, and waits, until it is ended; or looks once."""
    settings = ServerSettings()
    ledger = Told(settings.state / TOLD)
    send = _sender(settings)
    if once:
        ledger.tell(look(settings), send)
        return 0
    time.sleep(_AFTER_START_SECONDS)
    while True:
        ledger.tell(look(settings), send)
        time.sleep(_EVERY_SECONDS)


def look(settings: ServerSettings) -> list[AlertCause]:
    """Everything that is wrong now. While no worker is there, what is late has that cause and no other."""
    down = causes.sources_down(outages(Settings().inbox.absolute()))
    found = [*_machine(settings), *_calendar(), *down, *_mails()]
    api = Api(settings)
    try:
        if not api.ready():
            return [*found, causes.server_silent()]
        gone = causes.worker_gone(api.post(f"work_pools/{POOL}/workers/filter", {}))
        ended = _runs(api, ["COMPLETED", "FAILED", "CRASHED"])
        late = api.post("flow_runs/filter", {"flow_runs": {"state": {"name": {"any_": ["Late"]}}}})
    except httpx.HTTPError:
        return [*found, causes.server_silent()]
    now = datetime.now(UTC)
    found += [*causes.failed_runs(ended, settings.address), *gone]
    return found if gone else [*found, *causes.late_runs(late, now, settings.address)]


def _runs(api: Api, states: list[str]) -> list[dict[str, Any]]:
    since = (datetime.now(UTC) - _LOOKED_BACK).isoformat()
    wanted = {"state": {"type": {"any_": states}}, "end_time": {"after_": since}}
    found: list[dict[str, Any]] = api.post(
        "flow_runs/filter", {"flow_runs": wanted, "sort": "END_TIME_DESC", "limit": 200}
    )
    return found


def _machine(settings: ServerSettings) -> list[AlertCause]:
    ours = Settings()
    folders = {
        "输出目录": ours.out,
        "服务目录": settings.state,
        "收件目录": ours.inbox,
        "备份目录": settings.backups_folder,
    }
    return causes.disk_nearly_full({word: folder.absolute() for word, folder in folders.items()})


def _calendar() -> list[AlertCause]:
    try:
        profile = load_profile(Settings().profile)
    except ConfigurationError as error:
        return [AlertCause("profile", "配置有误", str(error))]
    today = datetime.now(profile.district.zone).date()
    return causes.calendar_missing(arrangement(profile, today.year - 1, today).notice)


def _mails() -> list[AlertCause]:
    """Mails that did not arrive, as the warehouse knows them, whoever sent them: a run, a form or a command."""
    url = warehouse_url(Settings().out.absolute())
    if not is_there(url):
        return []
    try:
        with looked_at(url) as engine, reading(engine) as connection:
            return causes.mails_refused(messages(connection, None, states=["failed", "sending", "uncertain"]))
    except CallError:  # nothing in it yet, or of another version of the program: the next run says so
        return []
    except WarehouseError as error:
        return [causes.warehouse_unreachable(str(error))]


class Told:
    """What was told already: cause by name, since when; with a minus before it, one that has not lasted long enough."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def tell(self, found: Iterable[AlertCause], send: Send, now: datetime | None = None) -> None:
        """Sends what is new and has lasted; forgets what is mended."""
        now = now or datetime.now(UTC)
        known, lasting = self._read(), {}
        for cause in found:
            since = known.get(cause.name, f"{_WAITS}{now.isoformat(timespec='seconds')}")
            if since.startswith(_WAITS):
                began = datetime.fromisoformat(since.removeprefix(_WAITS))
                if now - began >= cause.patience and _sent(cause, send):
                    since = since.removeprefix(_WAITS)
            lasting[cause.name] = since
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(lasting, ensure_ascii=False, indent=1), encoding="utf-8")
        new.replace(self._file)

    def _read(self) -> dict[str, str]:
        try:
            known: dict[str, str] = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # none yet, or half of one: to tell twice is better than not at all
            return {}
        return known


def _sent(cause: AlertCause, send: Send) -> bool:
    try:
        send(f"【公开】{cause.title}", cause.text)
    except GongkaiError as error:
        click.echo(f"报警没有送达（{cause.title}）：{error}", err=True)
        return False
    click.echo(f"已报警：{cause.title}")
    return True


def _sender(settings: ServerSettings) -> Send:
    if settings.alerts is None:
        return lambda title, text: click.echo(f"{title}：{text}（没有设置 GONGKAI_ALERTS，只写在这里）")
    to = settings.alerts.get_secret_value()
    return lambda title, text: send_alert(to, title, text)
