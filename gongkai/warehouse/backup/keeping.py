"""Puts a whole system into one file: what the warehouse knows at one moment, profile, signing key, index of the inbox.

Outputs are not in it: they are rebuilt. Nor are the received files themselves: the index says which there were.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gongkai import __version__
from gongkai.errors import CallError
from gongkai.warehouse.backup.backup_file import new_archive
from gongkai.warehouse.backup.dumped_tables import keep_tables
from gongkai.warehouse.engine import connect, reading
from gongkai.warehouse.schema import version_of

KEY = "keys/signing-key.pem"
INBOX = "inbox.json"


@dataclass(frozen=True, kw_only=True)
class System:
    """What is kept.

    Attributes:
        warehouse: its URL.
        profile: the district's configuration folder.
        key: the private key that signs receipts; it may not be there.
        inbox: the inbox's folder; it may not be there.
    """

    warehouse: str
    profile: Path
    key: Path
    inbox: Path


@dataclass(frozen=True)
class Kept:
    """What a backup holds: rows, schema version, and how many files of what."""

    rows: int
    version: str
    profile_files: int
    has_key: bool
    inbox_files: int


def keep_system(system: System, place: Path, made_at: datetime) -> Kept:
    """Writes a backup, whole or not at all; runs go on meanwhile.

    Raises:
        CallError: there is no such warehouse or nothing in it; something else lies at the place.
        WarehouseError: the database cannot be reached.
        OSError: the disk refuses; nothing is left.
    """
    engine = connect(system.warehouse)
    try:
        with reading(engine) as connection:
            version = version_of(connection)
            if version is None:
                raise CallError("数据库中没有 gongkai 的数据，没有可备份的内容。请核对 --warehouse 或 --out。")
            with new_archive(place) as archive:
                counts = keep_tables(connection, archive)
                profile = list(_files(system.profile))
                for path in profile:
                    archive.add(f"profile/{path.relative_to(system.profile).as_posix()}", path.read_bytes())
                if has_key := system.key.is_file():
                    archive.add(KEY, system.key.read_bytes())
                index = [_indexed(path, system.inbox) for path in _files(system.inbox)]
                archive.add(INBOX, json.dumps(index, ensure_ascii=False, indent=1).encode())
                archive.about = {
                    "made_at": made_at.isoformat(),
                    "program": __version__,
                    "warehouse": {"kind": engine.dialect.name, "version": version, "rows": counts},
                }
    finally:
        engine.dispose()
    return Kept(sum(counts.values()), version, len(profile), has_key, len(index))


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)


def _indexed(path: Path, inbox: Path) -> dict[str, Any]:
    """Which file, how large, of when, and its hash: the warehouse knows received files by it."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    found = path.stat()
    return {
        "path": path.relative_to(inbox).as_posix(),
        "bytes": found.st_size,
        "modified": found.st_mtime,
        "sha256": sha256,
    }
