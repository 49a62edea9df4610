"""S3, WebDAV and SFTP, each a real server on this machine: what lies there comes once, whole, and stays as it is."""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.delivery.incoming.arrivals import ArrivalOutcome, Fetched
from gongkai.delivery.incoming.collecting import fetch
from gongkai.delivery.incoming.journal import origins
from gongkai.delivery.incoming.source import read_sources
from gongkai.profile import Profile
from tests.servers import PASSWORD, USER, bucket_server, cut_off, put_into_bucket, sftp_server, web_folder

NOW = datetime(2022, 1, 20, 9, tzinfo=UTC)


@pytest.fixture
def take(tmp_path: Path, default_profile: Profile, trusted: None):
    def take(url: str) -> Fetched:
        return fetch(read_sources([url]), tmp_path / "inbox", default_profile, NOW)

    return take


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the office shares: a folder a unit."""
    there = tmp_path_factory.mktemp("shared")
    (there / "收件" / "T01").mkdir(parents=True)
    (there / "收件" / "T01" / "报表 一.xlsx").write_bytes(b"one")
    (there / "收件" / "散件.json").write_bytes(b"{}")
    return there


def comes_once(take, url: str, inbox: Path) -> None:
    came = take(url)
    assert came.down == {}
    assert sorted(piece.place for one in came.arrivals for piece in one.pieces) == ["T01/报表 一.xlsx", "散件.json"]
    assert (inbox / "T01" / "报表 一.xlsx").read_bytes() == b"one"
    assert take(url).arrivals == []
    (label,) = {one.source for one in came.arrivals}
    kept = {(way.place, way.source, way.fetched_at) for way in origins(inbox)}
    assert {("T01/报表 一.xlsx", label, NOW), ("散件.json", label, NOW)} <= kept
    assert PASSWORD not in label


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with bucket_server("gongkai") as address:
        yield address


def test_a_bucket_brings_each_object_once_and_a_new_content_of_it_again(take, bucket, tmp_path):
    url = f"s3://{USER}:{PASSWORD}@gongkai/收件?endpoint={bucket}"
    put_into_bucket(bucket, "gongkai", "收件/T01/报表 一.xlsx", b"one")
    put_into_bucket(bucket, "gongkai", "收件/散件.json", b"{}")
    comes_once(take, url, tmp_path / "inbox")
    put_into_bucket(bucket, "gongkai", "收件/T01/报表 一.xlsx", b"two")
    assert take(url).taken == 1
    assert (tmp_path / "inbox" / "T01" / "报表 一（2）.xlsx").read_bytes() == b"two"


def test_a_bucket_that_is_not_there_is_an_alert(take, bucket):
    assert len(take(f"s3://{USER}:{PASSWORD}@nowhere/x?endpoint={bucket}").down) == 1


def test_a_folder_of_the_web_comes_over_tls(take, folder, pem, tmp_path):
    with web_folder(folder, pem) as host:
        comes_once(take, f"webdavs://{USER}:{PASSWORD}@{host}/收件", tmp_path / "inbox")
        (told,) = take(f"webdavs://{USER}:falsch@{host}/收件").down.values()
        assert "falsch" not in told


def test_sftp_comes_from_a_server_that_proves_who_it_is(take, folder, tmp_path):
    known = tmp_path / "known_hosts"
    with sftp_server(folder, known) as port:
        url = f"sftp://{USER}:{PASSWORD}@127.0.0.1:{port}/收件"
        comes_once(take, f"{url}?known_hosts={known}", tmp_path / "inbox")
        assert take(f"sftp://{USER}:{PASSWORD}@127.0.0.1:{port}?known_hosts={known}").taken == 2  # the login's folder
        known.write_text("")
        assert "HostKeyNotVerifiable" in next(iter(take(f"{url}?known_hosts={known}").down.values()))


@pytest.mark.parametrize(
    "url", ["sftp://{who}@127.0.0.1:{port}/x", "webdavs://{who}@127.0.0.1:{port}/x", "s3://{who}@x/y?endpoint={http}"]
)
def test_a_server_that_is_down_is_an_alert_and_costs_the_others_nothing(url, folder, tmp_path, default_profile):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    down = url.format(who=f"{USER}:{PASSWORD}", port=port, http=f"http://127.0.0.1:{port}")
    sources = read_sources([down, f"file://{folder}/收件"])
    came = fetch(sources, tmp_path / "inbox", default_profile, NOW)
    assert [*came.down] == [sources[0].label]
    assert "暂时不可用" in came.down[sources[0].label]
    assert came.taken == 2


def test_a_server_that_breaks_off_in_the_middle_of_a_file_leaves_nothing_half(take, pem, tmp_path):
    whole = os.urandom(3 * 2**20)
    (tmp_path / "shared" / "T01").mkdir(parents=True)
    (tmp_path / "shared" / "T01" / "大.xlsx").write_bytes(whole)
    with web_folder(tmp_path / "shared", pem) as host:
        with cut_off(host, after=2**20) as cut:
            assert len(take(f"webdavs://{USER}:{PASSWORD}@{cut}/").down) == 1
        assert [p for p in (tmp_path / "inbox").rglob("*") if p.suffix == ".xlsx"] == []
        assert take(f"webdavs://{USER}:{PASSWORD}@{host}/").taken == 1
    assert (tmp_path / "inbox" / "T01" / "大.xlsx").read_bytes() == whole


def test_the_same_file_by_two_servers_is_one_file(take, folder, pem, tmp_path):
    take(f"file://{folder}/收件")
    with web_folder(folder, pem) as host:
        came = take(f"webdavs://{USER}:{PASSWORD}@{host}/收件")
    assert {one.done for one in came.arrivals} == {ArrivalOutcome.KNOWN}
