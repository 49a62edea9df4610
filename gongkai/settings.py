"""Where a server finds its things: folders and addresses, from `GONGKAI_…` in the environment or a `.env` file.

What a district is stands in its profile; what one run does stands in its parameters.
"""

import os
import shlex
import sys
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The defaults of the flows and of the command line.

    Attributes:
        inbox: folder that units' files arrive in.
        out: folder that receives the outputs, a folder a year.
        profile: the district's configuration folder; None means the default profile.
        warehouse: SQLAlchemy URL; None means SQLite below `out`.
        key: the private key that signs receipts; made on first use, outside outputs and profile.
        wait: seconds a run waits for another that holds the year.
    """

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", env_file=".env", extra="ignore")

    inbox: Path = Path("inbox")
    out: Path = Path("out")
    profile: Path | None = None
    warehouse: str | None = None
    key: Path = Field(default_factory=lambda: _state_folder() / "signing-key.pem")
    wait: float = 600


class MailSettings(BaseSettings):
    """The office's mail server, from `GONGKAI_SMTP_…`; nothing is sent while it is not set.

    Attributes:
        security: `starttls` (port 587), `tls` (port 465) or `none` (a relay inside the house).
        sender: the address that reminders come from.
    """

    model_config = SettingsConfigDict(env_prefix="GONGKAI_SMTP_", env_file=".env", extra="ignore")

    host: str | None = None
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: SecretStr | None = None
    sender: str | None = None


def _state_folder() -> Path:
    """Where a person's programs keep their state; below the working folder for an account that has no home."""
    try:
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    except RuntimeError:
        state = Path(".state")
    return Path(state) / "gongkai"


def warehouse_url(out: Path, url: str | None = None) -> str:
    """The given SQLAlchemy URL, else the setting, else a SQLite file below the output folder."""
    return url or Settings().warehouse or f"sqlite:///{(out / 'warehouse.sqlite').resolve()}"


def shell_exports() -> str:
    """The settings as `export` lines for a shell, folders absolute: what `deployments/serve.sh` hands to the worker."""
    found = Settings()
    folders = {"INBOX": found.inbox, "OUT": found.out, "PROFILE": found.profile, "KEY": found.key}
    values = {name: str(folder.absolute()) for name, folder in folders.items() if folder} | {
        "WAREHOUSE": found.warehouse
    }
    return "".join(f"export GONGKAI_{name}={shlex.quote(value)}\n" for name, value in values.items() if value)


if __name__ == "__main__":
    sys.stdout.write(shell_exports())
