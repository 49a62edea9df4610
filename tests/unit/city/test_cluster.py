"""Many districts over many processes: what a missing extra and a wrong address are told, and one process alone."""

import socket
import sys
from concurrent.futures import CancelledError
from threading import Thread
from types import SimpleNamespace

import pytest

from gongkai.city import cluster
from gongkai.city.cluster import distributed, refuse_missing
from gongkai.errors import CallError, GongkaiError


def test_one_worker_is_this_process_and_needs_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert list(distributed(str.lower, ["A", "B"], workers=1, cluster=None)) == [("A", "a"), ("B", "b")]


def test_nothing_to_do_needs_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_client", None)
    assert list(distributed(str.lower, [], workers=2, cluster=None)) == []


@pytest.mark.parametrize(("workers", "cluster"), [(2, None), (1, "tcp://127.0.0.1:1")])
def test_without_the_extra_many_processes_are_refused_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, workers: int, cluster: str | None
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CallError, match=r"gongkai\[city\].*--workers 1"):
        refuse_missing(workers, cluster)


def test_an_address_that_is_none_is_a_wrong_call() -> None:
    with pytest.raises((CallError, GongkaiError), match="集群"):
        list(distributed(str.lower, ["A"], workers=1, cluster="nonsense://x"))


def test_another_service_at_that_address_is_told_so() -> None:
    """The port of the dashboard, for one, speaks HTTP: what the cluster's client makes of that is no message."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            taken, _ = server.accept()
            taken.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n" * 20)
            taken.close()

        Thread(target=answer, daemon=True).start()
        with pytest.raises(GongkaiError, match=r"没有应答.*不是网页看板的端口"):
            list(distributed(str.lower, ["A"], workers=1, cluster=f"tcp://127.0.0.1:{server.getsockname()[1]}"))


@pytest.mark.parametrize(("workers", "trouble"), [({}, TimeoutError), ({"w": 1}, CancelledError), ({"w": 1}, OSError)])
def test_a_cluster_that_nobody_works_in_any_more_is_no_endless_wait(
    workers: dict[str, int], trouble: type[Exception]
) -> None:
    def wait(_pending: list[object], **_how: object) -> None:
        raise trouble

    client = SimpleNamespace(status="running", scheduler_info=lambda: {"workers": workers})
    with pytest.raises(GongkaiError, match="重新运行：已完成的区县不会重做"):
        cluster._done(client, wait, [object()], "tcp://10.0.0.5:8786")


def test_a_district_that_takes_long_is_waited_for() -> None:
    def wait(_pending: list[object], **_how: object) -> None:
        raise TimeoutError

    client = SimpleNamespace(status="running", scheduler_info=lambda: {"workers": {"w": 1}})
    assert cluster._done(client, wait, [object()], None) == []
