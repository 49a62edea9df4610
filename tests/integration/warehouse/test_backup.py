"""A backup holds one state of the whole system; restored, it is that system again, in either kind of database."""

import json
import os
import sqlite3
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from gongkai.cli import main
from gongkai.errors import CallError
from gongkai.profile import Profile, default_folder
from gongkai.reporting.shared.manifest import basis_sha256
from gongkai.submission.form import ReceivedFile
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse import models
from gongkai.warehouse.audit import entries
from gongkai.warehouse.audit.chain import verify
from gongkai.warehouse.backup.backup_file import whole_archive
from gongkai.warehouse.backup.keeping import Kept, System, keep_system
from gongkai.warehouse.backup.restoring import Restored, restore_system
from gongkai.warehouse.engine import HEAD, connect, open_warehouse, write
from gongkai.warehouse.locks import lock_year
from gongkai.warehouse.merge import merge_inspection, merge_submission
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.runs import start_run
from gongkai.warehouse.schema import migrate, version_of
from tests.integration.warehouse.conftest import NOON

Make = Callable[..., Any]


@pytest.fixture
def lived(engine: Engine, url: str, begin: Make, reading: Make, in_sheet: Make, verdict: Make, profile: Profile) -> str:
    """A warehouse with submissions, an office file, exact points, a lock and a log."""
    run = begin(engine)
    for unit, status in (("T01", "accepted"), ("T02", "returned"), ("A01", "accepted")):
        merge_submission(engine, in_sheet(reading(unit)), verdict(status, "说明\u3000“一”"), unit, 2021, run)
    said = InspectionEntry(id="k1", unit="T01", kind="penalty", points=Decimal("1.50"), by="张三", on=date(2022, 1, 9))
    office = ReceivedFile(Path("x"), "_office/x.json", "_office", "f" * 64, 1, NOON)
    merge_inspection(engine, office, (said,), verdict("accepted"), 2021, run)
    start_run(engine, 2021, NOON, profile, "rules-1", {}, None, "{}")
    lock_year(engine, 2021, NOON, "李主任", "已报市办")
    return url


@pytest.fixture
def system(lived: str, tmp_path: Path) -> System:
    """The warehouse, the default profile, a key and an inbox of one file."""
    (tmp_path / "key.pem").write_text("private")
    (tmp_path / "inbox/T01").mkdir(parents=True)
    (tmp_path / "inbox/T01/报送.xlsx").write_bytes(b"bytes")
    return System(warehouse=lived, profile=default_folder(), key=tmp_path / "key.pem", inbox=tmp_path / "inbox")


@pytest.fixture
def kept(system: System, tmp_path: Path) -> Path:
    keep_system(system, tmp_path / "all.backup", NOON)
    return tmp_path / "all.backup"


def restore(place: Path, folder: Path, warehouse: str | None = None) -> Restored:
    return restore_system(place, folder, warehouse, NOON, "李主任")


def state(url: str) -> Any:
    engine = open_warehouse(url, create=False)
    try:
        return load_year(engine, 2021, NOON)
    finally:
        engine.dispose()


def test_a_restored_warehouse_knows_what_the_old_one_knew(kept: Path, lived: str, tmp_path: Path) -> None:
    restored = restore(kept, tmp_path / "new")
    assert restored.warehouse == f"sqlite:///{tmp_path / 'new/warehouse.sqlite'}"
    before, after = state(lived), state(restored.warehouse)
    assert after == before
    assert basis_sha256(after) == basis_sha256(before)


def test_a_restored_warehouse_works_on(
    kept: Path, tmp_path: Path, create_database: Make, begin: Make, reading: Make, verdict: Make
) -> None:
    restore(kept, tmp_path / "new", url := create_database("restored"))
    engine = open_warehouse(url)
    assert merge_submission(engine, reading("T03"), verdict(), "T03", 2022, begin(engine, 1, 2022)).new
    log = [entry.kind for entry in entries(engine)]
    assert (log[:2], log[-2:], verify(engine).broken) == (["accepted", "accepted"], ["restored", "accepted"], ())
    with engine.connect() as connection:
        points = connection.execute(select(models.InspectionEntryRow.points)).scalar_one()
    assert points == Decimal("1.50")
    engine.dispose()


def test_profile_key_and_index_come_back_the_key_for_its_owner_alone(
    kept: Path, system: System, tmp_path: Path
) -> None:
    restored = restore(kept, tmp_path / "new")
    for path in default_folder().rglob("*.yaml"):
        assert (restored.profile / path.relative_to(default_folder())).read_bytes() == path.read_bytes()
    assert restored.key is not None
    assert (restored.key.read_text(), restored.key.stat().st_mode & 0o077) == ("private", 0)
    (listed,) = json.loads(restored.inbox_index.read_text(encoding="utf-8"))
    assert (listed["path"], listed["bytes"]) == ("T01/报送.xlsx", 5)
    assert kept.stat().st_mode & 0o077 == 0
    assert not [path for path in (tmp_path / "new").iterdir() if path.name.startswith(".")]


def test_a_backup_is_one_state_whatever_a_run_writes_meanwhile(
    system: System, tmp_path: Path, begin: Make, reading: Make, verdict: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_warehouse(system.warehouse)
    seen: list[int] = []

    def meanwhile(*_: object) -> list[Path]:
        if not seen:
            seen.append(merge_submission(other, reading("T09"), verdict(), "T09", 2022, begin(other, 2, 2022)).number)
        return []

    from gongkai.warehouse.backup import dumped_tables

    real = dumped_tables._plain
    monkeypatch.setattr(dumped_tables, "_plain", lambda value: (meanwhile(), real(value))[1])
    keep_system(system, tmp_path / "all.backup", NOON)
    assert seen == [1]
    other.dispose()
    restored = open_warehouse(restore(tmp_path / "all.backup", tmp_path / "new").warehouse)
    with restored.connect() as connection:
        assert "T09" not in connection.execute(select(models.RevisionRow.unit)).scalars().all()
    assert verify(restored).broken == ()
    restored.dispose()


def test_a_damaged_backup_is_refused_before_anything_is_touched(kept: Path, tmp_path: Path) -> None:
    whole = kept.read_bytes()
    for at in (3, 14, len(whole) // 5, len(whole) // 2, len(whole) - 200, len(whole) - 30):
        kept.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(CallError, match="没有恢复任何内容"):
            restore(kept, tmp_path / "new")
    for left in (0, 40, len(whole) // 2, len(whole) - 1):
        kept.write_bytes(whole[:left])
        with pytest.raises(CallError, match="没有恢复任何内容"):
            restore(kept, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_nothing_that_is_there_is_replaced(kept: Path, lived: str, tmp_path: Path) -> None:
    (tmp_path / "new/profile").mkdir(parents=True)
    with pytest.raises(CallError, match="已有 profile"):
        restore(kept, tmp_path / "new")
    with pytest.raises(CallError, match="不是空的"):
        restore(kept, tmp_path / "other", lived)
    assert list((tmp_path / "new").iterdir()) == [tmp_path / "new/profile"]
    (tmp_path / "report.docx").write_text("no backup")
    with pytest.raises(CallError, match="不是 gongkai 的备份"):
        keep_system(
            System(warehouse=lived, profile=tmp_path, key=tmp_path, inbox=tmp_path), tmp_path / "report.docx", NOON
        )


def test_a_disk_that_is_full_leaves_the_backup_of_yesterday(
    system: System, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        keep_system(system, kept, NOON)
    assert kept.read_bytes() == before
    assert not [path for path in kept.parent.iterdir() if path.name.endswith(".new")]


def test_an_older_schema_is_kept_as_it_is_and_upgraded_by_the_next_run(empty_url: str, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir(exist_ok=True)
    (tmp_path / "new/warehouse.db").touch()
    engine = connect(empty_url)
    write(engine, lambda connection: migrate(connection, "0012"))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO rules_snapshot VALUES ('a', '{}', '2022-01-01 00:00:00')"))
    engine.dispose()
    system = System(warehouse=empty_url, profile=default_folder(), key=tmp_path / "no", inbox=tmp_path / "no")
    kept: Kept = keep_system(system, tmp_path / "old.backup", NOON)
    assert (kept.version, kept.has_key, kept.inbox_files) == ("0012", False, 0)
    url = restore(tmp_path / "old.backup", tmp_path / "restored").warehouse
    engine = connect(url)
    with engine.connect() as connection:
        assert version_of(connection) == "0012"
    engine.dispose()
    open_warehouse(url).dispose()
    with sqlite3.connect(tmp_path / "restored/warehouse.sqlite") as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)


def test_the_commands_say_what_they_did(
    system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GONGKAI_KEY", str(system.key))
    monkeypatch.setenv("GONGKAI_INBOX", str(system.inbox))

    def call(*line: object) -> tuple[object, str]:
        with pytest.raises(SystemExit) as leaving:
            main([str(part) for part in line])
        said = capsys.readouterr()
        return leaving.value.code, said.out + said.err

    code, said = call("backup", "--to", tmp_path / "b", "--warehouse", system.warehouse)
    assert (code, f"结构版本 {HEAD}" in said, "清单 1 个文件" in said) == (0, True, True)
    code, said = call("restore", tmp_path / "b", "--to", tmp_path / "new", "--by", "李主任")
    assert (code, f"GONGKAI_KEY={tmp_path / 'new/signing-key.pem'}" in said) == (0, True)
    (tmp_path / "b").write_bytes((tmp_path / "b").read_bytes()[:-9])
    code, said = call("restore", tmp_path / "b", "--to", tmp_path / "newer")
    assert (code, "没有恢复任何内容" in said, (tmp_path / "newer").exists()) == (2, True, False)


def test_what_is_packed_is_listed_with_its_hash(kept: Path) -> None:
    with whole_archive(kept) as archive:
        assert archive.about["warehouse"]["rows"]["revision"] == 3
        assert {"keys/signing-key.pem", "inbox.json", "profile/units.yaml"} < set(archive.about["members"])
