"""Many districts over many processes: Dask's own client, one task a district, whoever is free takes the next.

A worker that is killed loses nothing: its district is given to another, which finds what the warehouse has and ends the
same. Nothing of Prefect, and nothing of what a district's run is: that is the function handed in.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack
from importlib import import_module
from typing import Any, TypeVar

from gongkai.errors import CallError, GongkaiError

A = TypeVar("A")
R = TypeVar("R")
HERE = 1  # so many workers need no cluster: this process does one after the other
_CONNECT_SECONDS = 30
_LOOK_SECONDS, _LOOKS = 20, 6  # so long nothing has got done and nobody was there who could: nobody will come
_KILLED = (
    "处理它的进程一再中途退出（多为内存不足，或被系统终止）。请查看该机器的内存和系统日志，"
    "再用 gongkai run 单独运行这个区县"
)
_MISSING = (
    "没有安装多个区县并行所需的组件：请运行 pip install 'gongkai[city]'（或按 requirements-city.lock 安装），"
    "或者用 --workers 1 在本进程内逐个处理。"
)


def usual_workers() -> int:
    """How many workers a local cluster has when nobody says."""
    return max(1, os.cpu_count() or 1)


def distributed(
    work: Callable[[A], R], orders: Sequence[A], workers: int, cluster: str | None
) -> Iterator[tuple[A, R | str]]:
    """Does the work for every order, as each gets done.

    Args:
        work: a function that any process can import by its name.
        orders: what each call gets.
        workers: processes of a local cluster; with one, this process does them one after the other.
        cluster: the address of a running cluster instead.

    Yields:
        An order and what the work gave, or in Chinese why it gave nothing.

    Raises:
        CallError: the extra is not installed, or the address is none.
        GongkaiError: the cluster does not answer.
    """
    if cluster is None and workers <= HERE:
        for order in orders:
            yield order, work(order)
        return
    if not orders:
        return
    with ExitStack() as held:
        client, wait = _client(held, min(workers, len(orders)), cluster)
        waiting = {client.submit(work, order, pure=False): order for order in orders}
        while waiting:
            for future in _done(client, wait, list(waiting), cluster):
                failed = future.exception() if future.status != "finished" else None
                yield waiting.pop(future), (future.result() if failed is None else f"{_why(failed)}")
                future.release()


def refuse_missing(workers: int, cluster: str | None) -> None:
    """Says before anything is begun that what many processes need is not installed.

    Raises:
        CallError: the extra `city` is missing.
    """
    if cluster is None and workers <= HERE:
        return
    try:
        import_module("distributed")
    except ImportError:
        raise CallError(_MISSING) from None


def _client(held: ExitStack, workers: int, cluster: str | None) -> tuple[Any, Any]:
    refuse_missing(workers, cluster)
    dask: Any = import_module("distributed")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # who joins and leaves is no news for the operator
    try:
        if cluster is None:
            made = dask.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                memory_limit=0,
                silence_logs=logging.CRITICAL,
            )
            return held.enter_context(dask.Client(held.enter_context(made))), dask.wait
        return held.enter_context(dask.Client(cluster, timeout=_CONNECT_SECONDS)), dask.wait
    except ValueError as error:
        raise CallError(f"集群地址 {cluster} 无效：{error}。写法例如 tcp://10.0.0.5:8786。") from None
    except Exception as error:  # noqa: BLE001  # what answers may be anything, also another service at that port
        raise GongkaiError(
            f"集群 {cluster or '（本机）'} 没有应答：{error}。"
            "请核对地址和端口（不是网页看板的端口），确认调度进程在运行。"
        ) from None


def _done(client: Any, wait: Any, pending: list[Any], cluster: str | None) -> Sequence[Any]:
    """Those that are done, as soon as one is; none where somebody is still at work after a while.

    Raises:
        GongkaiError: the cluster is gone, or there has been no worker for a while.
    """
    for _ in range(_LOOKS):
        try:
            return list(wait(pending, timeout=_LOOK_SECONDS, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            if client.status == "running" and client.scheduler_info()["workers"]:
                return []
        except (CancelledError, OSError):
            break
    minutes = _LOOK_SECONDS * _LOOKS // 60
    raise GongkaiError(
        f"集群 {cluster or '（本机）'} 断开，或者已有 {minutes} 分钟没有 worker。"
        "请启动 worker（每个节点 dask worker 地址 --nthreads 1）后重新运行：已完成的区县不会重做。"
    )


def _why(failed: BaseException) -> str:
    return _KILLED if type(failed).__name__ == "KilledWorker" else f"{type(failed).__name__}：{failed}"
