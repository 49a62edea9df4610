"""Where a server finds its things: folders and addresses, from `GONGKAI_…` in the environment or a `.env` file.

What a district is stands in its profile; what one run does stands in its parameters.
"""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The defaults of the flows and of the command line.

    Attributes:
        inbox: folder that units' files arrive in.
        out: folder that receives the outputs, a folder a year.
        profile: the district's configuration folder; None means the default profile.
        warehouse: SQLAlchemy URL; None means SQLite below `out`.
        key: the private key that signs receipts; made on first use, outside outputs and profile.
    """

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", env_file=".env", extra="ignore")

    inbox: Path = Path("inbox")
    out: Path = Path("out")
    profile: Path | None = None
    warehouse: str | None = None
    key: Path = Field(default_factory=lambda: _state_folder() / "signing-key.pem")


def _state_folder() -> Path:
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "gongkai"


def warehouse_url(out: Path, url: str | None = None) -> str:
    """The given SQLAlchemy URL, else the setting, else a SQLite file below the output folder."""
    return url or Settings().warehouse or f"sqlite:///{(out / 'warehouse.sqlite').resolve()}"
