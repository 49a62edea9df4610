"""Where a server finds its things: folders and addresses, from `GONGKAI_…` in the environment or a `.env` file.

What a district is stands in its profile; what one run does stands in its parameters.
"""

import os
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from gongkai.errors import CallError


class Settings(BaseSettings):
    """The defaults of the flows and of the command line.

    Attributes:
        inbox: folder that units' files arrive in.
        out: folder that receives the outputs, a folder a year.
        profile: the district's configuration folder; None means the default profile.
        warehouse: SQLAlchemy URL; None means SQLite below `out`.
        key: the private key that signs receipts; made on first use, outside outputs and profile.
        wait: seconds a run waits for another that holds the year.
        districts: folder of a city's districts, each with profile and inbox.
        sources: where `fetch` and the head of a run bring files from: URLs, separated by spaces, commas or lines.
        authserv_id: what the office's mail server calls itself in `Authentication-Results`; without it no mailed file
            may replace an accepted revision before somebody admits it.
        smtp_sender: the address that our own mails come from; one of ours that comes back is no report.
    """

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", env_file=".env", extra="ignore")

    inbox: Path = Path("inbox")
    out: Path = Path("out")
    profile: Path | None = None
    warehouse: str | None = None
    key: Path = Field(default_factory=lambda: _state_folder() / "signing-key.pem")
    wait: float = 600
    districts: Path | None = None
    sources: SecretStr | None = None  # their passwords
    authserv_id: str | None = None
    smtp_sender: str | None = None


class MailSettings(BaseSettings):
    """The office's mail server, from `GONGKAI_SMTP_…`; nothing is sent while it is not set.

    Attributes:
        security: `starttls` (port 587), `tls` (port 465) or `none` (a relay inside the house).
        sender: the address that mails to the units come from.
    """

    model_config = SettingsConfigDict(env_prefix="GONGKAI_SMTP_", env_file=".env", extra="ignore")

    host: str | None = None
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: SecretStr | None = None
    sender: str | None = None


class ServerSettings(BaseSettings):
    """What stands around the flows: Prefect's server, its worker, the file pages and the alerts.

    Attributes:
        port: where API and UI answer, on loopback.
        state: the server's own folder: Prefect's database and logs, logins, what was alerted.
        api_auth: `user:password` of API and UI; made on first start and kept below `state` when absent.
        prefect_database: SQLAlchemy URL of Prefect's own database; None for the PostgreSQL that comes with gongkai.
        site_port: where the file pages answer; None for the port after `port`.
        site_url: how people reach the file pages, for the links to them; behind nginx its address.
        ui_url: how people reach Prefect's UI; None for loopback.
        notify: whether a deployment sends mail; the commands send when they are called.
        backups: folder of the nightly backups; None for one below `state`. Better on another disk.
        alerts: addresses as apprise writes them (`mailtos://…`, `json://…`), separated by spaces or commas.
    """

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", env_file=".env", extra="ignore", env_ignore_empty=True)

    port: int = 4200
    state: Path = Path(".state")
    api_auth: SecretStr | None = None
    prefect_database: SecretStr | None = None
    site_port: int | None = None
    site_url: str | None = None
    ui_url: str | None = None
    alerts: SecretStr | None = None
    backups: Path | None = None
    notify: Literal["off", "on"] = "off"

    @property
    def backups_folder(self) -> Path:
        """Where the nightly backups lie."""
        return self.backups or self.state / "backups"

    @property
    def pages_port(self) -> int:
        """The port of the file pages."""
        return self.site_port or self.port + 1

    @property
    def pages_url(self) -> str:
        """The address that links to the file pages begin with, without a slash at its end."""
        return (self.site_url or f"http://127.0.0.1:{self.pages_port}").rstrip("/")

    @property
    def address(self) -> str:
        """The address of Prefect's UI, without a slash at its end."""
        return (self.ui_url or f"http://127.0.0.1:{self.port}").rstrip("/")


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


def named_warehouse(out: Path | None, url: str | None) -> str | None:
    """The warehouse that options or settings name, or that lies below the settings' output folder; None for none."""
    settings = Settings()
    if url or out or settings.warehouse or (settings.out / "warehouse.sqlite").is_file():
        return warehouse_url(out or settings.out, url)
    return None


def asked_warehouse(out: Path | None, url: str | None) -> str:
    """The same, for a command that cannot do without.

    Raises:
        CallError: none is named.
    """
    if found := named_warehouse(out, url):
        return found
    raise CallError("请用 --warehouse 或 --out 指明数据仓库。")


def exported() -> dict[str, str]:
    """The settings as environment variables, folders absolute: a flow run works in a folder of its own."""
    found, server = Settings(), ServerSettings()
    folders = {
        "INBOX": found.inbox,
        "OUT": found.out,
        "PROFILE": found.profile,
        "KEY": found.key,
        "DISTRICTS": found.districts,
        "STATE": server.state,
    }
    given = {**dotenv_values(".env"), **os.environ}
    kept = {name: value for name, value in given.items() if name.startswith("GONGKAI_") and value}
    return kept | {f"GONGKAI_{name}": str(folder.absolute()) for name, folder in folders.items() if folder}
