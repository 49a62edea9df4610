"""Fetching: brings what units have sent since the last run into the inbox, and keeps where every file came from."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from gongkai.delivery.incoming.arrivals import Arrival, Fetched
from gongkai.delivery.incoming.collecting import fetch
from gongkai.delivery.incoming.journal import origins
from gongkai.delivery.incoming.source import Source
from gongkai.errors import BusyError
from gongkai.file_access import refusal
from gongkai.profile import Profile
from gongkai.settings import Settings
from gongkai.submission.form import ReceivedFile
from gongkai.submission.privacy.personal_data import mask
from gongkai.warehouse.rows.fetched import record_fetched
from tasks.step import run_logger, step
from tasks.values import Opaque
from tasks.workspace import Workspace


@step("自动收件")
def fetch_files(
    sources: Opaque[Sequence[Source]], inbox: Path, profile: Opaque[Profile], now: datetime
) -> Opaque[Fetched]:
    """Fetches from every source; what keeps all of them from being fetched is an alert as well."""
    settings, log = Settings(), run_logger()

    def say(one: Arrival) -> None:
        log.info("%s：%s（%s）", one.source, one.done.word, "、".join(one.units) or "无单位")

    try:
        return Opaque(
            fetch(
                sources.value, inbox, profile.value, now, settings.wait, settings.authserv_id, settings.smtp_sender, say
            )
        )
    except BusyError as error:
        return Opaque(Fetched(down={"": str(error)}))
    except OSError as error:
        return Opaque(Fetched(down={"": f"收件目录不能写入，没有收取新到的文件：{refusal(error)}"}))


@step("记录收件来源")
def keep_origins(workspace: Workspace, inbox: Path, files: Opaque[Sequence[ReceivedFile]]) -> None:
    """Stores where the files of this run came from; a sender's own names are kept without personal data."""
    here = {file.sha256 for file in files.value}
    ways = [one._replace(place=mask(one.place)[0], key=mask(one.key)[0]) for one in origins(inbox)]
    record_fetched(workspace.engine, (one for one in ways if one.sha256 in here), workspace.run_id)
