"""Takes a system out of a backup: into a folder that has none of it yet, and a warehouse that is empty.

Nothing is written before the whole backup was found undamaged, and nothing that is there is replaced: whoever wants to
start over moves the old system away himself.
"""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect

from gongkai.errors import CallError
from gongkai.warehouse.audit import Decision, Kind, record
from gongkai.warehouse.backup.backup_file import Archive, whole_archive
from gongkai.warehouse.backup.dumped_tables import fill_tables
from gongkai.warehouse.backup.keeping import INBOX, KEY
from gongkai.warehouse.engine import HEAD, connect, reading, write
from gongkai.warehouse.schema import migrate

WAREHOUSE = "warehouse.sqlite"
_NAMES = {"profile": "profile", KEY: "signing-key.pem", INBOX: "inbox.json"}


@dataclass(frozen=True)
class Restored:
    """Where a restored system is, and of when; `key` is None for a backup without one."""

    warehouse: str
    profile: Path
    key: Path | None
    inbox_index: Path
    about: Mapping[str, Any]


def restore_system(place: Path, folder: Path, warehouse: str | None, at: datetime, by: str) -> Restored:
    """Restores a backup.

    Args:
        place: the backup.
        folder: where profile, key and index of the inbox go, and the warehouse unless another is named.
        warehouse: the URL of an empty database; None for SQLite in the folder.
        at: now, for the audit log.
        by: who restores.

    Raises:
        CallError: the backup is damaged or newer than this program; something of a system is in the folder already;
            the database is not empty. Nothing is touched.
        WarehouseError: the database refuses; nothing is left of what was begun.
    """
    with whole_archive(place) as archive:
        version = archive.about["warehouse"]["version"]
        if version > HEAD:
            raise CallError(f"备份的结构版本 {version} 比本程序（{HEAD}）新：请用新版程序恢复。没有恢复任何内容。")
        _refuse_occupied(folder, warehouse)
        staged = folder / ".restoring"
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True, mode=0o700)
        try:
            _unpack(archive, staged)
            said = Decision(
                kind=Kind.RESTORED,
                at=at,
                by=by,
                typed_in="command",
                reason=f"由 {archive.about['made_at']} 的备份恢复",
                identity=f"{at.isoformat()} {place.name}",
            )
            _fill(warehouse or f"sqlite:///{(staged / WAREHOUSE).resolve()}", archive, said)
            for path in sorted(staged.iterdir()):
                path.rename(folder / path.name)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
            with suppress(OSError):  # nothing was restored into a folder that was not there before
                folder.rmdir()
        key = folder / _NAMES[KEY]
        return Restored(
            warehouse=warehouse or f"sqlite:///{(folder / WAREHOUSE).resolve()}",
            profile=folder / "profile",
            key=key if archive.has(KEY) else None,
            inbox_index=folder / _NAMES[INBOX],
            about=archive.about,
        )


def _refuse_occupied(folder: Path, warehouse: str | None) -> None:
    names = [*_NAMES.values(), *([] if warehouse else [WAREHOUSE])]
    if taken := [name for name in names if (folder / name).exists()]:
        raise CallError(f"{folder} 中已有 {'、'.join(taken)}，没有恢复任何内容。请换一个目录，或先移走原来的。")
    if warehouse is None:
        return
    engine = connect(warehouse, create=True)
    try:
        with reading(engine) as connection:
            if inspect(connection).get_table_names():
                raise CallError("--warehouse 指明的数据库不是空的，没有恢复任何内容。请新建一个空库。")
    finally:
        engine.dispose()


def _unpack(archive: Archive, staged: Path) -> None:
    """Profile, key and index of the inbox, each with its name."""
    for name in archive.under("profile"):
        path = staged / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(archive.read(name))
    (staged / "profile").mkdir(exist_ok=True)
    for member in (KEY, INBOX):
        if archive.has(member):
            path = staged / _NAMES[member]
            path.touch(mode=0o600)
            path.write_bytes(archive.read(member))


def _fill(url: str, archive: Archive, said: Decision) -> None:
    """Makes the warehouse at the backup's own version, and its content, in one transaction."""

    def work(connection: Connection) -> None:
        migrate(connection, archive.about["warehouse"]["version"])
        fill_tables(connection, archive)
        if inspect(connection).has_table("audit_log"):
            record(connection, said)

    engine = connect(url, create=True)
    try:
        write(engine, work)
    finally:
        engine.dispose()
