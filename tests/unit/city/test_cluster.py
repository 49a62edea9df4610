"""Many districts over many processes: what a missing extra and a wrong address are told, and one process alone."""

import sys

import pytest

from gongkai.city.cluster import distributed, refuse_missing
from gongkai.errors import CallError, GongkaiError


def test_one_worker_is_this_process_and_needs_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert list(distributed(str.lower, ["A", "B"], workers=1, cluster=None)) == [("A", "a"), ("B", "b")]


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
