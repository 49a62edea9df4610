"""What a database refuses is told in Chinese, and a warehouse file is its owner's alone."""

import sqlite3
import stat

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from gongkai.errors import WarehouseError
from gongkai.warehouse.engine import open_warehouse, write
from gongkai.warehouse.refusals import refused


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("database or disk is full", "磁盘空间已满"),
        ("attempt to write a readonly database", "只读"),
        ("could not extend file: No space left on device\nHINT: Check free disk space.", "磁盘空间已满"),
        ("unable to open database file", "无法打开"),
    ],
)
def test_common_reasons_have_chinese_words(said, words):
    error = OperationalError("INSERT …", {}, sqlite3.OperationalError(said))
    message = str(refused(make_url("sqlite:///x.db"), error))
    assert words in message
    assert said.splitlines()[0] not in message


@pytest.mark.parametrize(
    "said", ["database or disk is full", "disk I/O error", "could not extend file: File too large"]
)
def test_a_full_disk_speaks_of_space_and_not_of_the_address(said):
    error = OperationalError("INSERT …", {}, sqlite3.OperationalError(said))
    message = str(refused(make_url("sqlite:///x.db"), error))
    assert "请腾出磁盘空间" in message
    assert "地址" not in message


def test_a_server_that_is_gone_speaks_of_the_server():
    said = "server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally"
    message = str(refused(make_url("postgresql://u@h/d"), OperationalError("SELECT …", {}, Exception(said))))
    assert "数据库停止了" in message
    assert "请确认数据库已启动" in message


def test_a_full_disk_stops_a_write_in_chinese(tmp_path):
    engine = open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")

    def fill(connection):
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))  # SQLite's own full disk
        connection.execute(text("CREATE TABLE filler AS SELECT zeroblob(1000000) AS data"))

    with pytest.raises(WarehouseError, match="磁盘空间已满"):
        write(engine, fill)


def test_a_warehouse_is_readable_by_its_owner_only(tmp_path):
    engine = open_warehouse(f"sqlite:///{tmp_path / 'new' / 'w.sqlite'}")
    with engine.connect():
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()}
    assert "w.sqlite" in modes
    assert set(modes.values()) == {0o600}
