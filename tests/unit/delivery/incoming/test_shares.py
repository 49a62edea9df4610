"""Remote folders: laid out there as here, each content once, nothing half; one that is down costs others nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.cli.server.causes import sources_down
from gongkai.delivery.incoming.arrivals import ArrivalOutcome, Fetched
from gongkai.delivery.incoming.collecting import fetch
from gongkai.delivery.incoming.journal import arrivals, origins
from gongkai.delivery.incoming.outages import outages
from gongkai.delivery.incoming.source import read_sources
from gongkai.profile import Profile

NOW = datetime(2022, 1, 20, 9, tzinfo=UTC)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    there = tmp_path / "there"
    (there / "T01").mkdir(parents=True)
    (there / "T01" / "报表.xlsx").write_bytes(b"one")
    return there


@pytest.fixture
def into(tmp_path: Path, default_profile: Profile):
    def into(*urls: str) -> Fetched:
        return fetch(read_sources(urls), tmp_path / "inbox", default_profile, NOW)

    return into


def _files(inbox: Path) -> dict[str, bytes]:
    found = inbox.rglob("*")
    return {p.relative_to(inbox).as_posix(): p.read_bytes() for p in found if p.is_file() and ".fetched" not in p.parts}


def test_each_content_comes_once_and_a_changed_one_lies_beside_the_first(into, share, tmp_path):
    assert into(f"file://{share}").taken == 1
    assert into(f"file://{share}").arrivals == []
    (share / "T01" / "报表.xlsx").write_bytes(b"second")
    assert into(f"file://{share}").taken == 1
    assert _files(tmp_path / "inbox") == {"T01/报表.xlsx": b"one", "T01/报表（2）.xlsx": b"second"}


def test_the_same_bytes_by_two_ways_are_one_file_and_two_arrivals(into, share, tmp_path):
    other = tmp_path / "other" / "T01"
    other.mkdir(parents=True)
    (other / "copy.xlsx").write_bytes(b"one")
    came = into(f"file://{share}", f"file://{other.parent}")
    assert [one.done for one in came.arrivals] == [ArrivalOutcome.TAKEN, ArrivalOutcome.KNOWN]
    assert _files(tmp_path / "inbox") == {"T01/报表.xlsx": b"one"}
    assert [one.source for one in origins(tmp_path / "inbox")] == [f"file://{share}", f"file://{other.parent}"]


def test_a_file_that_somebody_put_there_by_hand_is_not_doubled(into, share, tmp_path):
    mine = tmp_path / "inbox" / "T01"
    mine.mkdir(parents=True)
    (mine / "by hand.xlsx").write_bytes(b"one")
    assert [one.done for one in into(f"file://{share}").arrivals] == [ArrivalOutcome.KNOWN]
    assert _files(tmp_path / "inbox") == {"T01/by hand.xlsx": b"one"}


def test_hidden_and_half_uploaded_files_are_not_there_yet(into, share):
    for name in (".hidden", "~$报表.xlsx", "报表.xlsx.part", "Thumbs.db"):
        (share / "T01" / name).write_bytes(b"x")
    assert into(f"file://{share}").taken == 1


def test_whoever_can_write_to_a_share_makes_no_entry_of_the_office(into, share, tmp_path):
    (share / "_office").mkdir()
    (share / "_office" / "加分.json").write_bytes(b"{}")
    came = into(f"file://{share}")
    (one,) = [one for one in came.arrivals if "加分" in one.title]
    assert one.done is ArrivalOutcome.APART
    assert (tmp_path / "inbox" / str(one.pieces[0].place)).read_bytes() == b"{}"
    assert not (tmp_path / "inbox" / "_office").exists()
    assert [alert for alert in came.alerts if "冒充办公室" in alert and "加分.json" in alert]


def test_a_link_is_not_followed(into, share, tmp_path):
    (tmp_path / "secret").write_bytes(b"secret")
    (share / "T01" / "a.xlsx").symlink_to(tmp_path / "secret")
    assert into(f"file://{share}").taken == 1


def test_a_source_that_is_down_is_told_and_the_others_are_taken(into, share, tmp_path):
    came = into("file:///nowhere/at/all", f"file://{share}")
    assert came.taken == 1
    (told,) = came.down.values()
    assert "file:///nowhere/at/all 暂时不可用" in told
    assert "其余来源照常收取" in told


def test_an_outage_is_one_alert_since_it_began_and_over_once_the_source_answers(into, tmp_path):
    there, inbox = tmp_path / "away", tmp_path / "inbox"
    into(f"file://{there}")
    into(f"file://{there}")
    (cause,) = sources_down(outages(inbox))
    assert cause.name == f"source:file://{there}"
    assert "自 2022-01-20T09:00+00:00 起" in cause.text
    there.mkdir()
    into(f"file://{there}")
    assert sources_down(outages(inbox)) == []


def test_a_file_too_large_is_named_with_the_way_out_and_left_there(into, share):
    with (share / "T01" / "大.xlsx").open("wb") as stream:
        stream.truncate(51 * 2**20)
    (large,) = (one for one in into(f"file://{share}").arrivals if one.done is ArrivalOutcome.LEFT)
    assert "51 MB" in large.note
    assert "手工放入" in large.note


def test_the_moment_of_change_comes_along(into, share, tmp_path):
    import os

    os.utime(share / "T01" / "报表.xlsx", (1_642_000_000, 1_642_000_000))
    into(f"file://{share}")
    assert (tmp_path / "inbox" / "T01" / "报表.xlsx").stat().st_mtime == 1_642_000_000


def test_the_journal_remembers_everything_and_survives_a_torn_last_line(into, share, tmp_path):
    (first,) = into(f"file://{share}").arrivals
    journal = tmp_path / "inbox" / ".fetched" / "journal.jsonl"
    with journal.open("ab") as stream:
        stream.write(b'{"is":"item","sou')
    assert arrivals(tmp_path / "inbox") == [first]
    (share / "T01" / "新.xlsx").write_bytes(b"new")
    assert into(f"file://{share}").taken == 1
    assert len(arrivals(tmp_path / "inbox")) == 2
