"""What lies in the inbox: whose it is, in which order it came, what it is by its content; and nothing is touched."""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gongkai.errors import CallError
from gongkai.profile import Profile
from gongkai.submission.form import ReceivedFile
from gongkai.submission.inbox import received_files

Receive = Callable[[str, bytes], ReceivedFile]


@pytest.fixture
def lay(tmp_path: Path, desk: Any) -> Callable[..., Path]:
    """Lays a file into the inbox, some minutes before the run."""

    def make(name: str, data: bytes = b"{}", minutes: float = 60) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        moment = (desk.as_of - timedelta(minutes=minutes)).timestamp()
        os.utime(path, (moment, moment))
        return path

    return make


@pytest.fixture
def scan(tmp_path: Path, profile: Profile, desk: Any) -> Callable[[], received_files.Inbox]:
    return lambda: received_files.scan(tmp_path, profile, desk.as_of)


def names(files: list[ReceivedFile]) -> list[str]:
    return [file.name for file in files]


def test_folders_tell_whose_a_file_is(lay: Any, scan: Any) -> None:
    for name in ("A01/报表.xlsx", "T01/旧/a.json", "_office/巡查.json", "直接放.json", "某局/a.json"):
        lay(name)
    found = scan()
    assert {code: names(files) for code, files in found.units.items()} == {
        "A01": ["A01/报表.xlsx"],
        "T01": ["T01/旧/a.json"],
    }
    assert names(found.office) == ["_office/巡查.json"]
    assert names(found.loose) == ["直接放.json"]
    assert found.loose[0].folder is None
    (stray,) = found.unplaced
    assert (stray.file.name, stray.submission, stray.issues[0].rule) == ("某局/a.json", None, "WRONG-UNIT")


@pytest.mark.parametrize("name", ["~$报表.xlsx", "Thumbs.db", "desktop.ini", "Desktop.ini", ".DS_Store", ".git/config"])
def test_what_programs_leave_behind_is_ignored(lay: Any, scan: Any, name: str) -> None:
    lay(f"A01/{name}")
    lay(name)
    assert scan() == received_files.Inbox()


def test_files_of_a_unit_come_in_the_order_of_time_then_name(lay: Any, scan: Any) -> None:
    lay("A01/a.json", b"1", minutes=1)
    lay("A01/c.json", b"2", minutes=9)
    lay("A01/b.json", b"3", minutes=9)
    assert names(scan().units["A01"]) == ["A01/b.json", "A01/c.json", "A01/a.json"]


def test_identity_is_the_content_and_nothing_is_received_after_the_run(lay: Any, scan: Any, desk: Any) -> None:
    lay("A01/early.json", b"abc", minutes=5)
    lay("A01/late.json", b"abc", minutes=-5)
    early, late = scan().units["A01"]
    assert early.sha256 == late.sha256 == hashlib.sha256(b"abc").hexdigest()
    assert early.size == 3
    assert early.received_at == desk.as_of - timedelta(minutes=5)
    assert late.received_at == desk.as_of
    assert str(early.received_at.tzinfo) == "Asia/Shanghai"


def test_links_and_devices_are_listed_and_never_opened(lay: Any, scan: Any, tmp_path: Path) -> None:
    secret = lay("../secret.json", b'{"secret": 1}')
    (tmp_path / "A01").mkdir()
    (tmp_path / "A01" / "link.json").symlink_to(secret)
    (tmp_path / "A01" / "folder").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "A01" / "pipe")
    (tmp_path / "loose.json").symlink_to(secret)
    found = scan()
    refused = found.units["A01"]
    assert sorted(names(refused)) == ["A01/folder", "A01/link.json", "A01/pipe"]
    link = next(file for file in refused if file.name == "A01/link.json")
    assert link.sha256 != hashlib.sha256(secret.read_bytes()).hexdigest()
    assert received_files.read(link).issues[0].observed == "符号链接（快捷方式），未打开"
    assert {received_files.read(file).issues[0].rule for file in refused} == {"SHAPE"}
    assert [(r.file.name, r.issues[0].rule) for r in found.unplaced] == [("loose.json", "SHAPE")]


def test_a_link_in_place_of_a_units_folder_is_that_units_and_not_followed(scan: Any, tmp_path: Path) -> None:
    (tmp_path.parent / "elsewhere").mkdir(exist_ok=True)
    (tmp_path / "A01").symlink_to(tmp_path.parent / "elsewhere")
    (file,) = scan().units["A01"]
    assert (file.name, file.folder) == ("A01", "A01")
    assert received_files.read(file).issues[0].observed == "符号链接（快捷方式），未打开"


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (PermissionError(13, "denied"), "“A01/旧”无法读取（没有权限），请核对权限和磁盘"),
        (FileNotFoundError(2, "gone"), "“A01/旧”在清点时被移走，本次没有收取"),
        (OSError(5, "io"), "“A01/旧”无法读取（磁盘读写出错），请核对权限和磁盘"),
    ],
)
def test_a_folder_that_cannot_be_listed_is_its_units_trouble_alone(
    lay: Any, scan: Any, monkeypatch: pytest.MonkeyPatch, error: OSError, why: str
) -> None:
    for name in ("A01/旧/a.json", "A01/b.json", "A02/c.json"):
        lay(name)
    listed = os.scandir

    def scandir(folder: Any) -> Any:
        if str(folder).endswith("旧"):
            raise error
        return listed(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    found = scan()
    assert {code: names(files) for code, files in found.units.items()} == {"A01": ["A01/b.json"], "A02": ["A02/c.json"]}
    assert found.troubles == {"A01": why}


def test_a_name_from_a_gbk_machine_is_readable(tmp_path: Path, scan: Any) -> None:
    (tmp_path / "A01").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "A01") + "/报表.json".encode("gb18030"))).write_bytes(b"{}")
    assert names(scan().units["A01"]) == ["A01/报表.json"]


def test_a_name_that_would_mislead_a_reader_is_shown_without_its_tricks(lay: Any, scan: Any) -> None:
    lay("A01/报\u202excod.exe\n已受理.json")
    lay("A01/" + "长" * 80 + ".json", minutes=-1)
    assert names(scan().units["A01"]) == ["A01/报xcod.exe\ufffd已受理.json", "A01/" + "长" * 80 + ".json"]


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\ufeff", "\u00ad"])
def test_what_nobody_can_see_leaves_a_name_and_is_told(lay: Any, scan: Any, sign: str) -> None:
    lay(f"A01/报{sign}表.json")
    (file,) = scan().units["A01"]
    assert file.name == "A01/报表.json"
    told = [c.why for c in received_files.read(file).coercions if c.raw == file.name]
    assert told == [f"文件名去掉不可见的字符（U+{ord(sign):04X}）"]


def test_a_file_that_goes_away_meanwhile_costs_nothing_else(
    lay: Any, scan: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lay("A01/a.json", b"{}")
    lay("A01/b.json", b"{}")
    one = scan().units["A01"][0]
    path.unlink()
    assert received_files.read(one).issues[0].observed == "读取期间文件被移走或无法打开"
    os.mkfifo(path)  # or gives its place to something that would never end
    assert received_files.read(one).issues[0].observed == "不是普通文件，未打开"
    monkeypatch.setattr(
        received_files, "_walk", lambda *_: iter([path.with_name("gone.json"), path.with_name("b.json")])
    )
    assert names(scan().units["A01"]) == ["A01/b.json"]


def test_a_file_nobody_may_read_is_listed_with_the_reason(lay: Any, scan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lay("A01/a.json", b"{}")
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # who runs the tests may be allowed everything
    (refused,) = scan().units["A01"]
    assert received_files.read(refused).issues[0].observed == "没有读取权限的文件"


def test_an_inbox_that_cannot_be_listed_is_a_wrong_call(tmp_path: Path, profile: Profile, desk: Any) -> None:
    with pytest.raises(CallError, match="收件目录无法读取"):
        received_files.scan(tmp_path / "nowhere", profile, desk.as_of)


def test_scanning_and_reading_change_nothing(lay: Any, scan: Any, blank: bytes) -> None:
    path = lay("A01/a.xlsx", blank)
    before = path.stat()
    received_files.read(scan().units["A01"][0])
    after = path.stat()
    assert (before.st_mtime_ns, before.st_size, before.st_ino) == (after.st_mtime_ns, after.st_size, after.st_ino)


def test_a_file_is_what_its_content_says(receive: Receive, blank: bytes, desk: Any) -> None:
    assert received_files.read(receive("a.json", blank)).kind == "workbook"
    assert received_files.read(receive("a.xlsx", json.dumps(desk.document()).encode("utf-8-sig"))).kind == "json"


OLD_XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512


@pytest.mark.parametrize(
    ("data", "rule", "observed"),
    [
        (b"", "SHAPE", "空文件"),
        (b" \n", "SHAPE", "空文件"),
        (OLD_XLS, "WRONG-TEMPLATE", "旧版 Office 文件"),
        (OLD_XLS + "EncryptedPackage".encode("utf-16-le"), "SHAPE", "打开密码"),
        (b"%PDF-1.7", "SHAPE", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "WRONG-TEMPLATE", "图片"),
        (b"\x00\x01\x02", "WRONG-TEMPLATE", "二进制"),
        ("单位,数量".encode("gb18030"), "WRONG-TEMPLATE", "文本文件"),
        (b"<html></html>", "WRONG-TEMPLATE", "网页"),
        (b"{", "SHAPE", "不是有效的 JSON"),
        (b"[]", "WRONG-TEMPLATE", ""),
        (b"PK\x03\x04", "SHAPE", "损坏"),
    ],
)
def test_what_is_no_submission_says_what_it_is(receive: Receive, data: bytes, rule: str, observed: str) -> None:
    reading = received_files.read(receive("T01.xlsx", data))
    assert reading.submission is None
    (issue,) = reading.issues
    assert issue.rule == rule
    assert observed in str(issue.observed or "")


def test_an_oversized_file_is_not_read(receive: Receive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(received_files, "MAX_SIZE", 2**20)
    file = receive("a.json", b" " * (2**20 + 1))
    monkeypatch.setattr(Path, "open", None)
    assert "文件过大（1 MB）" in str(received_files.read(file).issues[0].observed)


def test_a_file_that_changed_since_it_was_listed_is_not_taken_for_it(receive: Receive) -> None:
    file = receive("a.json", b"{}")
    file.path.write_bytes(b"[]")
    assert received_files.read(file).issues[0].observed == "读取期间文件发生了变化"


def test_a_plain_zip_is_named(receive: Receive) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("A01.xlsx", b"")
    assert "压缩包" in str(received_files.read(receive("a.zip", out.getvalue())).issues[0].observed)


def test_a_received_file_alone_has_no_folder(receive: Receive) -> None:
    file = receive("报表.json", b"{}")
    assert (file.name, file.folder) == ("报表.json", None)
    assert isinstance(file.received_at, datetime)
