"""The services of the server and the command line of each: API, worker, file pages, watch.

One owner of how each is started, for the laptop (all of them under one roof) and for systemd and compose (one each).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from gongkai.cli.server.deploying import POOL
from gongkai.cli.server.environment import server_environment, state_folder, worker_environment
from gongkai.cli.server.processes import Looked
from gongkai.settings import ServerSettings

_US = ("gongkai.cli", "server")
WORKER = "gongkai-worker"


def api_command() -> tuple[str, ...]:
    """Prefect's server with its UI, on loopback, behind our doors."""
    return ("gongkai.cli.server.prefect_api",)


def worker_command() -> tuple[str, ...]:
    """The worker; always of one name, so that one that was started again is no second one."""
    return ("prefect", "worker", "start", "--pool", POOL, "--type", "process", "--name", WORKER)


def site_command() -> tuple[str, ...]:
    """The file pages."""
    return (*_US, "site")


def watch_command() -> tuple[str, ...]:
    """What looks for causes of an alert."""
    return (*_US, "watch")


class Services:
    """The services of a laptop, not started yet."""

    def __init__(self, settings: ServerSettings, database: str) -> None:
        folder = state_folder(settings)
        self.environment = server_environment(settings)
        self.logs = folder

        def service(name: str, command: tuple[str, ...], log: str) -> Looked:
            return Looked(name, command, self.environment, folder / log)

        whole = server_environment(settings, database)
        self.api = Looked("Prefect 服务", api_command(), whole, folder / "server.log")
        self.worker = Looked("执行进程", worker_command(), worker_environment(settings), folder / "worker.log")
        self.site = service("成果页面", site_command(), "site.log")
        self.watch = service("巡视", watch_command(), "watch.log")

    @property
    def all(self) -> tuple[Looked, ...]:
        return (self.api, self.worker, self.site, self.watch)

    @contextmanager
    def ended_at_last(self) -> Iterator[None]:
        """Ends them when this is left: the worker before its server, without which it would not end."""
        try:
            yield
        finally:
            for one in (self.watch, self.worker, self.site, self.api):
                one.stop()
