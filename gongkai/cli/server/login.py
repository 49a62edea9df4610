"""The login of API and UI, made on first start and kept where only our own account reads it.

Without one, every account of the machine, and every web page that somebody opens on it, could start what it likes.
"""

import os
import secrets
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
    given = settings.api_auth or SecretStr(_kept(settings.state / NAME))
    login = given.get_secret_value().strip()
    user, _, password = login.partition(":")
    if not user or not password:
        raise ConfigurationError("GONGKAI_API_AUTH 应写成“用户名:口令”，两样都不能为空。")
    return login


def _kept(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        file.chmod(0o600)
        return file.read_text(encoding="utf-8")
    with os.fdopen(descriptor, "w", encoding="utf-8") as new:
        new.write(f"{_USER}:{secrets.token_urlsafe(18)}\n")
    return file.read_text(encoding="utf-8")
