"""How a run of the command line ends when it fails: in the words of the flow, without the names of a library."""

from prefect.states import Failed

from gongkai.cli.year.running import _reason
from gongkai.errors import WarehouseError


def test_a_state_that_failed_is_told_by_its_words_alone() -> None:
    assert str(_reason(Failed(message="技术故障：甲合并失败"))) == "运行失败：技术故障：甲合并失败"


def test_our_own_failure_is_told_as_it_was_raised() -> None:
    error = WarehouseError("磁盘空间已满")
    assert _reason(Failed(data=error)) is error
    assert str(_reason(Failed(data=KeyError("x")))) == "运行失败：KeyError：'x'"
