"""The file of a backup: a zip whose last 64 bytes are the hash of all bytes before them.

Every member's hash stands in `backup.json` as well. A file that was cut off, or in which one bit is not as it was, is
told before anything is taken out of it.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from gongkai.errors import CallError

SCHEMA = "gongkai/backup/1"
ABOUT = "backup.json"
_SEAL = 64  # a SHA-256 in hex, kept as the zip's comment
_PART = 1 << 20


class NewArchive:
    """A backup that is being written; `about` is what the caller wants to say of it."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self.members: dict[str, str] = {}
        self.about: dict[str, Any] = {}

    @contextmanager
    def member(self, name: str) -> Iterator["Hashed"]:
        """A member to write to."""
        with self._packed.open(_dated(name), "w", force_zip64=True) as stream:
            hashed = Hashed(stream)
            yield hashed
        self.members[name] = hashed.hexdigest()

    def add(self, name: str, data: bytes) -> None:
        """Adds a member at once."""
        with self.member(name) as stream:
            stream.write(data)


class Hashed:
    """A stream that is hashed while it is written."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._hash = stream, hashlib.sha256()

    def write(self, data: bytes) -> None:
        self._stream.write(data)
        self._hash.update(data)

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


@contextmanager
def new_archive(place: Path) -> Iterator[NewArchive]:
    """Writes a backup beside its place, and puts it there when it is whole; a backup that lies there is replaced.

    Raises:
        CallError: something else lies there.
        OSError: the disk refuses; nothing is left.
    """
    if place.exists() and not is_backup(place):
        raise CallError(f"{place} 已存在，而且不是 gongkai 的备份，没有覆盖。请换一个文件名。")
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.new")
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600)  # the district's private key is in it
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.comment = b"0" * _SEAL
            archive = NewArchive(packed)
            yield archive
            about = {"schema": SCHEMA, **archive.about, "members": archive.members}
            packed.writestr(_dated(ABOUT), json.dumps(about, ensure_ascii=False, indent=1).encode())
        _seal(beside)
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


class Archive:
    """A backup that was found whole."""

    def __init__(self, packed: zipfile.ZipFile, about: Mapping[str, Any]) -> None:
        self._packed = packed
        self.about = about

    def under(self, folder: str) -> list[str]:
        """The names of the members below a folder."""
        return [name for name in self.about["members"] if name.startswith(f"{folder}/")]

    def has(self, name: str) -> bool:
        return name in self.about["members"]

    def read(self, name: str) -> bytes:
        return self._packed.read(name)

    def lines(self, name: str) -> Iterator[bytes]:
        """A member line by line: it never stands in memory as a whole."""
        with self._packed.open(name) as stream:
            yield from stream


@contextmanager
def whole_archive(place: Path) -> Iterator[Archive]:
    """Opens a backup after looking at every byte of it.

    Raises:
        CallError: it is none, or it is damaged.
    """
    if not place.is_file():
        raise CallError(f"备份不存在：{place}。")
    if not is_backup(place):
        raise CallError(f"{place} 不是 gongkai 的备份，或者已损坏。没有恢复任何内容，请换一份备份。")
    damaged = f"备份 {place} 已损坏（校验码不符）。没有恢复任何内容，请换一份备份。"
    if _sealed_as(place) != _hash_of(place):
        raise CallError(damaged)
    try:
        with zipfile.ZipFile(place) as packed:
            about = json.loads(packed.read(ABOUT))
            for name, sha256 in about["members"].items():
                path = PurePosixPath(name)
                if path.is_absolute() or ".." in path.parts or _member_hash(packed, name) != sha256:
                    raise CallError(damaged)
            yield Archive(packed, about)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError):
        raise CallError(damaged) from None


def is_backup(place: Path) -> bool:
    """Whether a file looks like a backup of ours: a zip that ends with a seal."""
    with place.open("rb") as file:
        head = file.read(4)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _SEAL))
        seal = file.read()
    return head == b"PK\x03\x04" and len(seal) == _SEAL and set(seal) <= set(b"0123456789abcdef")


def _dated(name: str) -> zipfile.ZipInfo:
    """A member without a moment of its own: `backup.json` says when the whole was made."""
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _seal(place: Path) -> None:
    seal = _hash_of(place).encode()
    with place.open("r+b") as file:
        file.seek(-_SEAL, os.SEEK_END)
        file.write(seal)
        file.flush()
        os.fsync(file.fileno())


def _sealed_as(place: Path) -> str:
    with place.open("rb") as file:
        file.seek(-_SEAL, os.SEEK_END)
        return file.read().decode()


def _hash_of(place: Path) -> str:
    """The hash of all but the seal."""
    left, digest = place.stat().st_size - _SEAL, hashlib.sha256()
    with place.open("rb") as file:
        while left > 0 and (part := file.read(min(_PART, left))):
            digest.update(part)
            left -= len(part)
    return digest.hexdigest()


def _member_hash(packed: zipfile.ZipFile, name: str) -> str:
    with packed.open(name) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
