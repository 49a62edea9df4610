"""`gongkai backup` and `gongkai restore`: a whole system in one file, and back."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.profile import default_folder, load_profile
from gongkai.settings import Settings, asked_warehouse
from gongkai.warehouse.audit import account
from gongkai.warehouse.backup.keeping import System, keep_system
from gongkai.warehouse.backup.restoring import restore_system


def back_up(place: Path, profile: Path | None, warehouse: str | None, out: Path | None) -> int:
    """Writes a backup of the system that options and settings name, and says what is in it."""
    settings = Settings()
    folder = profile or settings.profile
    zone = load_profile(folder).district.zone  # a profile that does not hold is told before anything is written
    system = System(
        warehouse=asked_warehouse(out, warehouse),
        profile=folder or default_folder(),
        key=settings.key,
        inbox=settings.inbox,
    )
    kept = keep_system(system, place, datetime.now(zone))
    key = "签名私钥" if kept.has_key else f"没有签名私钥（{settings.key} 不存在）"
    click.echo(
        f"已备份到 {place}：数据仓库 {kept.rows} 行（结构版本 {kept.version}），配置 {kept.profile_files} 个文件，"
        f"{key}，收件目录 {settings.inbox} 的清单 {kept.inbox_files} 个文件。"
    )
    if kept.has_key:
        click.echo("备份中有签名私钥：请像私钥一样保管这个文件。")
    return 0


def restore(place: Path, folder: Path, warehouse: str | None, by: str | None) -> int:
    """Restores a backup and says how to work with what is there now."""
    at = datetime.now(load_profile(Settings().profile).district.zone)
    found = restore_system(place, folder, warehouse, at, (by or "").strip() or account())
    about = found.about
    shown = f"GONGKAI_WAREHOUSE={found.warehouse}" if warehouse is None else "GONGKAI_WAREHOUSE=（所指明的数据库）"
    click.echo(f"已恢复 {about['made_at']} 的备份（程序 {about['program']}）。此后请这样设置：")
    click.echo(f"{shown}\nGONGKAI_PROFILE={found.profile.resolve()}")
    if found.key:
        click.echo(f"GONGKAI_KEY={found.key.resolve()}")
    else:
        click.echo("备份中没有签名私钥：请从别处恢复，或用 gongkai key rotate 换一把。")
    click.echo(f"备份时收件目录中的文件列在 {found.inbox_index}；成果用 gongkai rebuild 重新写出。")
    return 0
