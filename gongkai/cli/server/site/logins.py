"""Who may look: names with a salted scrypt hash of their password, in the state folder; no password is kept.

The login of the API is the office's as well, so a server that has just been set up has one. A unit's login names its
unit.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.cli.server.login import api_login
from gongkai.cli.server.site.access import Visitor
from gongkai.errors import CallError
from gongkai.settings import ServerSettings

NAME = "site-logins.json"
_COST = {"n": 2**14, "r": 8, "p": 1}


@dataclass
class Logins:
    """The logins of one server; read anew when somebody has changed them."""

    settings: ServerSettings

    def __post_init__(self) -> None:
        self._file = self.settings.state / NAME
        self._seen: dict[bytes, Visitor] = {}
        self._stamp = 0
        self._secret = secrets.token_bytes(32)  # what was verified is remembered under a name that only we can make

    def visitor(self, name: str, password: str) -> Visitor | None:
        """Who this is, None for nobody."""
        if (stamp := self._changed_at()) != self._stamp:
            self._seen, self._stamp = {}, stamp
        key = hmac.digest(self._secret, f"{name}\0{password}".encode(), "sha256")
        if key not in self._seen and (found := self._verified(name, password)):
            self._seen[key] = found
        return self._seen.get(key)

    def names(self) -> dict[str, str | None]:
        """Name → its unit, None for the office's own."""
        return {name: kept["unit"] for name, kept in self._read().items()}

    def set_password(self, name: str, unit: str | None) -> str:
        """A new login, or a new password for a known one; the password, which is not kept.

        Raises:
            CallError: the name is empty, holds a colon, or is another unit's.
        """
        if not name.strip() or ":" in name:
            raise CallError("登录名不能为空，也不能含有冒号。")
        known = self._read()
        if name in known and known[name]["unit"] != unit:
            raise CallError(f"登录名 {name} 已有，属于{known[name]['unit'] or '办公室'}。请先删除，或另取一个。")
        password, salt = secrets.token_urlsafe(12), secrets.token_bytes(16)
        known[name] = {"unit": unit, "salt": _text(salt), "scrypt": _text(_hash(password, salt))}
        self._write(known)
        return password

    def remove(self, name: str) -> None:
        """Takes a login away.

        Raises:
            CallError: there is none of that name.
        """
        known = self._read()
        if name not in known:
            raise CallError(f"没有登录名 {name}。")
        del known[name]
        self._write(known)

    def _verified(self, name: str, password: str) -> Visitor | None:
        if hmac.compare_digest(f"{name}:{password}".encode(), api_login(self.settings).encode()):
            return Visitor(name, None)
        kept = self._read().get(name)
        salt = base64.b64decode(kept["salt"]) if kept else b"nobody of that name"
        given = _hash(password, salt)  # also for nobody, so that the time says nothing
        if kept and hmac.compare_digest(given, base64.b64decode(kept["scrypt"])):
            return Visitor(name, kept["unit"])
        return None

    def _changed_at(self) -> int:
        return self._file.stat().st_mtime_ns if self._file.exists() else 0

    def _read(self) -> dict[str, dict[str, Any]]:
        known: dict[str, dict[str, Any]] = {}
        if self._file.exists():
            known = json.loads(self._file.read_text(encoding="utf-8"))
        return known

    def _write(self, known: dict[str, dict[str, Any]]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = Path(f"{self._file}.new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(known, file, ensure_ascii=False, indent=1, sort_keys=True)
        new.replace(self._file)


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, **_COST)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
