"""The nightly backup: the whole system in one file of the day; the last thirty stay."""

from datetime import datetime
from typing import Any

from prefect import State, flow
from prefect.states import Completed

from flows.final_state import told_plainly
from flows.plain_logs import speak_plainly
from gongkai.profile import default_folder, load_profile
from gongkai.settings import ServerSettings, Settings, warehouse_url
from gongkai.warehouse.backup.keeping import System, keep_system
from gongkai.warehouse.engine import is_there

speak_plainly()

KEPT = 30
_NAME = "gongkai-{:%Y-%m-%d}.backup"


def _run_name() -> str:
    return f"备份 {datetime.now(load_profile(Settings().profile).district.zone):%Y-%m-%d}"


@flow(
    name="备份",
    flow_run_name=_run_name,
    description="把数据仓库、配置、签名私钥和收件清单备份为一个文件（当天一份，保留最近三十份）。",
    persist_result=False,
)
def back_up() -> State[Any]:
    """备份整套系统。"""
    return told_plainly(_back_up, "没有备份：")


def _back_up() -> State[Any]:
    settings, folder = Settings(), ServerSettings().backups_folder
    now = datetime.now(load_profile(settings.profile).district.zone)
    url = warehouse_url(settings.out)
    if not is_there(url):
        return Completed(message="数据仓库还没有建立，没有可备份的。")
    place = folder / _NAME.format(now)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = keep_system(
        System(warehouse=url, profile=settings.profile or default_folder(), key=settings.key, inbox=settings.inbox),
        place,
        now,
    )
    for old in sorted(folder.glob("gongkai-*.backup"))[:-KEPT]:
        old.unlink()
    private = "含签名私钥" if kept.has_key else "没有签名私钥"
    return Completed(message=f"已备份到 {place}：{kept.rows} 行，{private}。请按制度另存到别处。")
