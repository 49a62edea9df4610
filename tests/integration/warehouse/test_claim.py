"""One at a time works on a year, whoever it is; a claim ends with its holder. And what tells that it has moved on."""

import multiprocessing
import os
import signal
import time

import pytest

from gongkai.errors import BusyError
from gongkai.warehouse.audit import Decision, Kind, record
from gongkai.warehouse.claim import RUNS, claimed
from gongkai.warehouse.district_keys import DistrictKey, take_into_use
from gongkai.warehouse.engine import write
from gongkai.warehouse.pulse import pulse, signed_pulse


def hold(url, out, year, who, ready, wait=0.0):
    with claimed(url, out, year, who, wait, print):
        ready.set()
        time.sleep(60)


@pytest.fixture
def holder(url, tmp_path):
    """Another process that holds 2021, killed at the end of the test."""
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Event()
    process = spawn.Process(target=hold, args=(url, tmp_path, 2021, "单位重收 T03", ready))
    process.start()
    assert ready.wait(60)
    yield process
    process.kill()
    process.join()


def test_a_second_one_is_told_for_whom_it_waits_and_gives_up(holder, url, tmp_path):
    said = []
    with (
        pytest.raises(BusyError, match=r"单位重收 T03.*等候超时"),
        claimed(url, tmp_path, 2021, "签发", 0.6, said.append),
    ):
        pytest.fail("two hold one year")
    assert len(said) == 1
    assert "单位重收 T03" in said[0]


def test_another_year_and_another_folder_of_another_warehouse_are_free(holder, url, tmp_path):
    with claimed(url, tmp_path, 2020, "年度考核", 0, print), claimed("sqlite://", tmp_path / "b", 2021, "x", 0, print):
        pass


def test_another_output_folder_does_not_help_against_the_same_warehouse(holder, url, tmp_path):
    with pytest.raises(BusyError), claimed(url, tmp_path / "elsewhere", 2021, "年度考核", 0, print):
        pytest.fail("two hold one year of a warehouse")


def test_a_killed_holder_blocks_nobody(holder, url, tmp_path):
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    began = time.monotonic()
    with claimed(url, tmp_path, 2021, "年度考核", 60, print):
        assert time.monotonic() - began < 60


def test_claims_leave_nothing_behind(url, tmp_path):
    with claimed(url, tmp_path / "out", 2021, "年度考核", 0, print):
        assert (tmp_path / "out" / RUNS / "2021.lock").is_file()
    assert list((tmp_path / "out").rglob("*")) == []
    with claimed(url, None, 2021, "锁定", 0, print):
        pass


def test_a_key_moves_the_signed_outputs_and_not_the_year(engine, moment):
    before, signed = pulse(engine), signed_pulse(engine)
    take_into_use(engine, DistrictKey("ab" * 32, "-----", moment(0), "（程序）", "首次使用"), replaces=None)
    assert pulse(engine) == before
    assert signed_pulse(engine) != signed


def test_a_run_and_a_decision_move_the_year(engine, moment, begin):
    known = {pulse(engine)}
    said = Decision(kind=Kind.APPROVED, at=moment(0), by="王五", typed_in="command", year=2021, reason="核对无误")
    write(engine, lambda connection: record(connection, said))
    known.add(pulse(engine))
    begin(engine)
    assert len({*known, pulse(engine)}) == 3
