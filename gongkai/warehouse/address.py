"""The warehouse's address: from an SQLAlchemy URL to an engine's URL that can be shown, and the secrets apart.

A password may stand in the URL's user part or in its query (`?password=`, `sslpassword=`, `passfile=`). None stays in
the URL that the engine keeps, so that no message, log or repr of it can tell one.
"""

from typing import Any, NamedTuple

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from gongkai.errors import CallError

_SECRET = ("pass", "secret", "token", "key", "credential")  # part of a query's name: its value is nobody's business
_SQLITE_KNOWS = frozenset({"uri", "mode", "cache", "immutable", "nolock", "timeout"})


class Address(NamedTuple):
    """Where the warehouse is.

    Attributes:
        url: without anything secret in its query; a password in the user part is hidden when it is rendered.
        secrets: what the driver gets beside the URL, by its own names.
    """

    url: URL
    secrets: dict[str, Any]

    @property
    def shown(self) -> str:
        """The address as a message names it."""
        return self.url.render_as_string(hide_password=True)


def parse(text: str) -> Address:
    """Takes an address apart.

    Raises:
        CallError: no URL, or no database that we work with; the message repeats nothing of the address.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # a port that is no number is a ValueError that would quote it
        raise CallError("数据库地址（--warehouse）不是有效的 SQLAlchemy URL，例如 sqlite:///gongkai.db。") from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise CallError(f"不支持的数据库 {url.drivername}：请使用 sqlite:///… 或 postgresql://…。")
    if url.get_backend_name() == "sqlite" and (strange := sorted(set(url.query) - _SQLITE_KNOWS)):
        raise CallError(f"数据库地址（--warehouse）中有 SQLite 不认识的参数 {'、'.join(strange)}，请删去。")
    secrets = {name: value for name, value in url.query.items() if _is_secret(name, value)}
    url = url.difference_update_query(secrets)
    if isinstance(password := secrets.pop("password", None), str):
        url = url.set(password=password)
    return Address(url, secrets)


def _is_secret(name: str, value: str | tuple[str, ...]) -> bool:
    """Whether a part of a query is nobody's business: by its name, or where it sets another thing's password."""
    return any(part in name.lower() for part in _SECRET) or "passw" in str(value).lower()
