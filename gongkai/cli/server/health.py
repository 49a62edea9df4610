"""Whether each service does its work: what `就绪` waits for, and what systemd, compose or a monitor may ask.

The API answers with its database; a worker has reported; the pages answer.
"""

from collections.abc import Callable

import httpx

from gongkai.cli.server.api import Api
from gongkai.cli.server.deploying import POOL
from gongkai.settings import ServerSettings


def api_answers(settings: ServerSettings) -> bool:
    """Whether Prefect's API answers, database included."""
    return Api(settings).ready()


def worker_online(settings: ServerSettings) -> bool:
    """Whether a worker has reported for the pool and is there."""
    try:
        workers = Api(settings).post(f"work_pools/{POOL}/workers/filter", {})
    except httpx.HTTPError:
        return False
    return any(worker["status"] == "ONLINE" for worker in workers)


def pages_answer(settings: ServerSettings) -> bool:
    """Whether the file pages answer."""
    try:
        return httpx.get(f"http://127.0.0.1:{settings.pages_port}/health", trust_env=False).is_success
    except httpx.HTTPError:
        return False


SERVICES: dict[str, tuple[str, Callable[[ServerSettings], bool]]] = {
    "api": ("Prefect 服务", api_answers),
    "worker": ("执行进程", worker_online),
    "site": ("成果页面", pages_answer),
}


def health(settings: ServerSettings, only: str | None) -> dict[str, bool]:
    """Each service by its Chinese name: whether it does its work."""
    return {word: asked(settings) for name, (word, asked) in SERVICES.items() if only in (None, name)}
