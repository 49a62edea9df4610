"""The face of fsspec: remote folders (SFTP, S3, WebDAV) and local ones, listed and copied; nothing is changed there."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import fsspec

from gongkai.delivery.incoming.source import Source
from gongkai.errors import GongkaiError

_PART = 2**20  # bytes that are held at a time
_SECONDS = 60
_IGNORED = frozenset({"thumbs.db", "desktop.ini"})
_HALF = (".part", ".partial", ".filepart", ".crdownload", ".tmp", ".uploading")  # names that programs upload under
_TIMES = ("mtime", "modified", "LastModified", "created")


class SourceDown(GongkaiError):
    """A source that cannot be reached, or broke off; what was fetched before stays."""


class Remote(NamedTuple):
    """One file of a source: its path below the source, and what tells this content of it from another."""

    path: str
    size: int
    modified: datetime | None
    version: str

    @property
    def key(self) -> str:
        return f"{self.path}@{self.version}"


class RemoteFolder:
    """A remote folder.

    Raises:
        SourceDown: every method, when the server does not answer as it should.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        with speaking_to(source):
            self._system, self._root = _opened(source)

    def files(self) -> list[Remote]:
        """What lies there, in the order of change, then path; hidden and half-uploaded files are not there yet."""
        with speaking_to(self._source):
            if self._root and not self._system.exists(self._root):
                raise FileNotFoundError(2, "no such folder", self._root)
            found = self._system.find(self._root, detail=True)
        first = datetime.fromtimestamp(0, UTC)
        listed = [_remote(self._below(path), info) for path, info in found.items() if _is_file(info)]
        return sorted((one for one in listed if _is_meant(one.path)), key=lambda r: (r.modified or first, r.path))

    def bring(self, remote: Remote, to: Path) -> bool:
        """Copies a file; False when it cannot be had now: it changed meanwhile, is gone, or is not for us to read."""
        path = f"{self._root}/{remote.path}" if self._root else remote.path
        to.touch()
        with speaking_to(self._source), suppress(FileNotFoundError, PermissionError):
            with (
                self._system.open(path, "rb", block_size=_PART, cache_type="readahead") as there,
                to.open("wb") as here,
            ):
                shutil.copyfileobj(there, here, _PART)
            self._system.invalidate_cache()
            now = _remote(remote.path, self._system.info(path))
            return now.version == remote.version and to.stat().st_size == remote.size
        return False

    def _below(self, path: str) -> str:
        root = str(self._system._strip_protocol(self._root)).strip("/")  # how fsspec itself writes paths
        return path.strip("/").removeprefix(root).strip("/")


@contextmanager
def speaking_to(source: Source) -> Iterator[None]:
    """Whatever a library raises while it speaks to a server becomes one sentence that names the source."""
    try:
        yield
    except SourceDown:
        raise
    except Exception as error:  # noqa: BLE001  # five libraries, each with a tree of its own
        raise SourceDown(
            f"收件来源 {source.label} 暂时不可用（{_told(error)}），其余来源照常收取，下次会从断开处接着收。"
        ) from None


def _told(error: BaseException) -> str:
    """A library's error by its kind and, where it is short and plain, its words; never an address with a password."""
    text = " ".join(str(error).split())
    return type(error).__name__ if not text or len(text) > 120 or "://" in text else f"{type(error).__name__}: {text}"


def _opened(source: Source) -> tuple[fsspec.AbstractFileSystem, str]:
    """The file system of a source, and the folder in it that is meant."""
    options, path = source.options, source.path
    match source.scheme:
        case "file":
            return fsspec.filesystem("file", skip_instance_cache=True), path
        case "s3":
            told = {"region_name": options["region"]} if "region" in options else {}
            system = fsspec.filesystem(
                "s3",
                key=source.user,
                secret=source.password,
                endpoint_url=options.get("endpoint"),
                client_kwargs=told,
                config_kwargs={"connect_timeout": 10, "read_timeout": _SECONDS, "retries": {"max_attempts": 2}},
                skip_instance_cache=True,
            )
            return system, f"{source.host}/{path}".rstrip("/")
        case "sftp":
            return _sftp(source), f"/{path}" if path else ""  # without a path: the folder of the login
        case _:
            from webdav4.fsspec import WebdavFileSystem

            secure = "https" if source.scheme == "webdavs" else "http"
            port = f":{source.port}" if source.port else ""
            login = (source.user, source.password or "") if source.user else None
            base = f"{secure}://{source.host}{port}/{path}"
            return WebdavFileSystem(base, auth=login, timeout=_SECONDS, skip_instance_cache=True), ""


def _sftp(source: Source) -> fsspec.AbstractFileSystem:
    """SFTP, whose server must prove who it is: sshfs by itself would believe any."""
    from sshfs import SSHFileSystem

    more: dict[str, Any] = {"client_keys": [source.options["key"]]} if "key" in source.options else {}
    if source.port:
        more["port"] = source.port
    return SSHFileSystem(
        source.host,
        username=source.user,
        password=source.password,
        known_hosts=source.options.get("known_hosts", ()),
        connect_timeout=10,
        login_timeout=_SECONDS,
        skip_instance_cache=True,
        **more,
    )


def _remote(path: str, info: Mapping[str, Any]) -> Remote:
    modified = next((moment for name in _TIMES if (moment := _moment(info.get(name))) is not None), None)
    size = int(info.get("size") or 0)
    version = info.get("ETag") or info.get("etag") or f"{size}-{modified.timestamp() if modified else 0}"
    return Remote(path, size, modified, str(version).strip('"'))


def _moment(said: Any) -> datetime | None:
    if isinstance(said, int | float):
        return datetime.fromtimestamp(said, UTC)
    if isinstance(said, datetime):
        return said if said.tzinfo else said.replace(tzinfo=UTC)
    return None


def _is_file(info: Mapping[str, Any]) -> bool:
    """Whether an entry is a file itself; a link might lead anywhere on the machine that shares it."""
    return info.get("type") == "file" and not info.get("islink")


def _is_meant(path: str) -> bool:
    steps = path.split("/")
    hidden = any(step.startswith((".", "~$")) or step.lower() in _IGNORED for step in steps)
    return not hidden and not steps[-1].lower().endswith(_HALF)
