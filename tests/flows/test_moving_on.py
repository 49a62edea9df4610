"""What is published is what the warehouse says at that moment, and nothing that moved while it was read."""

import json
import os
import shutil
from contextlib import nullcontext

import pytest

import flows.annual
from gongkai.demonstration import inboxes
from gongkai.submission.inbox import received_files
from tasks.report import has_moved_on


@pytest.fixture
def inbox(made, tmp_path):
    """T01 and A05 as they are accepted."""
    for unit in ("T01", "A05"):
        shutil.copytree(made.second_round / unit, tmp_path / "inbox" / unit)
    return tmp_path / "inbox"


def board(district):
    units = json.loads((district.out / "2021" / "board.json").read_text(encoding="utf-8"))["units"]
    return {one["unit"]: one["state"] for one in units}


def test_what_has_moved_on_meanwhile_is_written_again(fresh, made, inbox, monkeypatch, caplog):
    """A file that somebody else's run stores between the reading of the year and its publishing is on the board."""
    ask = has_moved_on
    asked = []

    def another_run_was_faster(workspace, snapshot):
        asked.append(True)
        if len(asked) == 1:
            fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["A05"], stages=["merge"])
        return ask(workspace, snapshot)

    monkeypatch.setattr(flows.annual, "has_moved_on", another_run_was_faster)
    monkeypatch.setattr(flows.annual, "claimed", lambda *_: nullcontext())
    fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01"])
    assert len(asked) == 2
    assert (board(fresh)["T01"], board(fresh)["A05"]) == ("accepted", "accepted")
    assert "重新写出" in caplog.text


def test_a_warehouse_that_never_rests_is_told_and_the_last_outputs_stand(fresh, inbox, monkeypatch):
    fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01"])
    before = (fresh.out / "2021").resolve()
    monkeypatch.setattr(flows.annual, "has_moved_on", lambda *_: True)
    ended = fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["A05"])
    assert ended.is_failed()
    assert "一再变化（3 次），本次没有发布" in ended.message
    assert (fresh.out / "2021").resolve() == before
    assert list((fresh.out / ".runs").glob("2021-*")) == [before], "nothing of the three tries is left"


@pytest.mark.parametrize("what", ["changes", "vanishes"])
def test_a_file_that_moves_while_it_is_read_is_told_and_left_to_the_next_run(fresh, inbox, monkeypatch, what):
    """It is no revision, not even an unreadable one: the next run finds it as if it had come then."""
    (file,) = list((inbox / "A05").iterdir())[-1:]
    whole, times = file.read_bytes(), file.stat()
    read = received_files.read

    def disturbed(one, year=None):
        if one.folder == "A05":
            file.write_bytes(whole[:-9]) if what == "changes" else file.unlink(missing_ok=True)
        return read(one, year)

    with monkeypatch.context() as patch:
        patch.setattr(received_files, "read", disturbed)
        ended = fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01", "A05"])
    assert "本次没有收取，下次运行会重新读取" in ended.message
    file.write_bytes(whole)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01", "A05"])
    receipt = json.loads((fresh.out / "2021" / "receipts" / "A05.json").read_text(encoding="utf-8"))
    assert (receipt["revision"], receipt["status"]) == (len(list((inbox / "A05").iterdir())), "accepted")
