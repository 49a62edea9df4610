"""The login of API and UI, made on first start and kept where only our own account reads it.

Without one, every account of the machine, and every web page that somebody opens on it, could start what it likes.
"""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from gongkai.errors import ConfigurationError
from gongkai.settings import ServerSettings

NAME = "api-auth"
_USER = "gongkai"


def api_login(settings: ServerSettings) -> str:
    """`user:password`: the setting, else what the state folder keeps, else a new one.

    Raises:
        ConfigurationError: what is given is not of that form.
    """
    given = settings.api_auth or SecretStr(
        kept_secret(settings.state / NAME, lambda: f"{_USER}:{secrets.token_urlsafe(18)}")
    )
    login = given.get_secret_value().strip()
    user, _, password = login.partition(":")
    if not user or not password:
        raise ConfigurationError("GONGKAI_API_AUTH 应写成“用户名:口令”，两样都不能为空。")
    return login


def kept_secret(file: Path, make: Callable[[], str]) -> str:
    """What a file of ours keeps, which only our own account reads; made, whole, by whoever first asks for it."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        new = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as made:
            made.write(f"{make()}\n")
        with contextlib.suppress(FileExistsError):
            os.link(new, file)
        new.unlink()
    file.chmod(0o600)
    return file.read_text(encoding="utf-8").strip()
