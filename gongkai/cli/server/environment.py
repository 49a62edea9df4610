"""The environment of the processes that the server is made of: our settings, and Prefect's in terms of ours.

Everything that makes Prefect quiet, closed and reachable is said here once, for the laptop and for production.
"""

import os
from pathlib import Path

from gongkai.cli.server.login import api_login
from gongkai.settings import ServerSettings, exported

HEARTBEAT_SECONDS = 30
"""How often a run says that it lives; no less, says Prefect."""

_QUIET = {
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "False",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PYTHONUNBUFFERED": "1",
    "TZ": "Asia/Shanghai",
}
_RETENTION_DAYS = 400  # a year's runs stay until the next year's are over
_DATABASE_SECONDS = 45  # after Prefect's 5 (to connect) and 10 (a statement) a busy machine's runs were answered 500


_WORKER = {"PREFECT_LOGGING_LOGGERS_PREFECT_FLOW_RUNS_LEVEL": "ERROR"}
"""The worker's remarks do not belong into a run's log; the run itself speaks again (`flows.plain_logs`)."""

_PATIENCE = {"PREFECT_WORKER_QUERY_SECONDS": "2"}
"""How often the worker asks for work, unless the account says otherwise: whoever has clicked waits for it."""


def worker_environment(settings: ServerSettings) -> dict[str, str]:
    """What the worker, and by it every run, is started with."""
    return _PATIENCE | server_environment(settings) | _WORKER


def server_environment(settings: ServerSettings, database: str | None = None) -> dict[str, str]:
    """What every process of the server is started with.

    Args:
        settings: the server's.
        database: the URL of Prefect's database; only its API needs it.
    """
    login = api_login(settings)
    address = f"http://127.0.0.1:{settings.port}"
    prefect = {
        "PREFECT_HOME": str(settings.state.absolute() / "prefect"),
        "PREFECT_API_URL": f"{address}/api",
        "PREFECT_API_AUTH_STRING": login,
        "PREFECT_UI_URL": settings.address,
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
    }
    return {**_without_profile(), **_QUIET, **exported(), **prefect, **(_api(settings, login, database))}


def _api(settings: ServerSettings, login: str, database: str | None) -> dict[str, str]:
    """What the API alone needs: its login, what a browser may send it, and where it keeps things."""
    if database is None:
        return {}
    return {
        "PREFECT_SERVER_API_AUTH_STRING": login,
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": settings.address,
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database,
        "PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT": str(_DATABASE_SECONDS),
        "PREFECT_SERVER_DATABASE_TIMEOUT": str(_DATABASE_SECONDS),
        "PREFECT_SERVER_UI_API_URL": f"{settings.address}/api",
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(settings.state.absolute() / "ui"),
        "PREFECT_SERVER_BLOCKS_REGISTER_ON_START": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(_RETENTION_DAYS * 86400),
    }


def _without_profile() -> dict[str, str]:
    """This process's environment without Prefect settings of the account, but those of a worker's patience."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PREFECT_") or name.startswith(("PREFECT_WORKER_", "PREFECT_LOGGING_"))
    }


def state_folder(settings: ServerSettings) -> Path:
    """The state folder, made if need be, ours alone."""
    folder = settings.state.absolute()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
