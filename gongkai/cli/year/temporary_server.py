"""A Prefect server for the length of one command, coming up while this process loads what it needs.

Prefect would start one by itself, but only once everything is loaded, and it takes the whole server into this process
for that (70 MB, 3 s). Where the address of a server is configured, that one is used.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import urlsplit

from gongkai.cli.year import prefect_home
from gongkai.errors import GongkaiError

QUIET = {
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "False",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    # The temporary server and its database driver complain about being stopped; nothing is lost by it.
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_ROOT_LEVEL": "CRITICAL",
}
_PATIENCE_SECONDS = 600  # alive it is only slow: ten minutes on a machine that has thirty other things to do
_CAUSES = {
    "no space left": "磁盘空间已满",
    "disk is full": "磁盘空间已满",
    "readonly database": "PREFECT_HOME 是只读的",
    "read-only file system": "PREFECT_HOME 是只读的",
    "permission denied": "没有写入 PREFECT_HOME 的权限",
    "address already in use": "端口被其他程序占用",
}
_PROCESS = ("-m", "gongkai.cli.year.server_process")
_SERVER = ("server", "start", "--host", "127.0.0.1", "--no-ui", "--no-services", "--port")


@contextmanager
def prefect_server() -> Iterator[Callable[[], None]]:
    """Gives a function that waits until the server answers; inside, flows run against it.

    Raises:
        GongkaiError: (from the function) the temporary server does not come up.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    # Somebody stands before this command and sees it fail; the thread that tells a server so ends a second late.
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        if PREFECT_API_URL.value():
            yield lambda: None
            return
        url = f"http://127.0.0.1:{_free_port()}/api"
        with temporary_settings({PREFECT_API_URL: url}), _server(url) as ready:
            yield ready


@contextmanager
def _server(url: str) -> Iterator[Callable[[], None]]:
    from prefect.settings import PREFECT_HOME

    port, home = str(urlsplit(url).port), PREFECT_HOME.value()
    prefect_home.prepare(home)
    first = prefect_home.FirstStart(home)
    with TemporaryFile() as said, ExitStack() as making:
        making.enter_context(first.alone())
        command = [sys.executable, *_PROCESS, str(os.getpid()), *_SERVER, port]
        process = subprocess.Popen(command, stdout=said, stderr=said, stdin=subprocess.DEVNULL)  # noqa: S603  # ours

        def ready() -> None:
            _wait(process, url, said)
            first.done()
            making.close()

        try:
            yield ready
        finally:
            _send_the_rest()
            _stop(process)


def is_failed_state(error: Exception) -> bool:
    """Whether an error is only Prefect's way of handing out the words of a state that failed."""
    from prefect.exceptions import FailedRun

    return isinstance(error, FailedRun)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(process: "subprocess.Popen[bytes]", url: str, said: IO[bytes]) -> None:
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < give_up:
        try:
            urllib.request.urlopen(f"{url}/ready", timeout=5).close()  # noqa: S310  # loopback
        except OSError:
            time.sleep(0.1)
        else:
            return
    said.seek(0)
    cause = _cause(said.read().decode(errors="replace"), ended=process.poll() is not None)
    raise GongkaiError(f"临时服务没有启动：{cause}。请重新运行，或先启动 Prefect 服务并设置 PREFECT_API_URL。")


def _cause(said: str, *, ended: bool) -> str:
    """What the server complained of: what an operator can mend in Chinese, anything else in its own last line.

    One that is still at work complains of nothing: its last line is a greeting, and the machine is slow.
    """
    low = said.lower()
    for part, words in _CAUSES.items():
        if part in low:
            return words
    if not ended:
        return f"{_PATIENCE_SECONDS} 秒内没有应答，机器可能繁忙"
    lines = said.strip().splitlines()
    return lines[-1] if lines else "没有应答"


def _send_the_rest() -> None:
    """What Prefect has not told the server yet; it would try for a minute after the server is gone, and complain."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    APILogWorker.drain_all(timeout=5)
    EventsWorker.drain_all(timeout=5)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
