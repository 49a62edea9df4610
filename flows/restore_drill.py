"""The yearly restore drill: a backup, restored aside, must give the outputs that stand now, byte for byte.

The system that runs is only read: everything is made in a folder that is gone afterwards.
"""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from prefect import State, flow, get_run_logger
from prefect.states import Completed, Failed

from flows.annual import work
from flows.final_state import told_plainly
from flows.order import complete_order
from flows.plain_logs import speak_plainly
from gongkai.profile import default_folder, load_profile
from gongkai.reporting.shared.manifest import NAME
from gongkai.settings import Settings, warehouse_url
from gongkai.warehouse.audit import account
from gongkai.warehouse.backup.keeping import System, keep_system
from gongkai.warehouse.backup.restoring import Restored, restore_system

speak_plainly()


def _run_name() -> str:
    return f"恢复演练 {datetime.now(load_profile(Settings().profile).district.zone):%Y-%m-%d}"


@flow(
    name="恢复演练",
    flow_run_name=_run_name,
    description="备份现有系统，恢复到临时目录，重新写出各年度的成果，与现有的逐字节核对。现有系统只读不写。",
    persist_result=False,
)
def restore_drill() -> State[Any]:
    """备份、恢复、重新写出、核对。"""
    with TemporaryDirectory(prefix="gongkai-drill-") as folder:
        return told_plainly(lambda: _drill(Path(folder)), "恢复演练没有通过：")


def _drill(folder: Path) -> State[Any]:
    settings = Settings()
    now = datetime.now(load_profile(settings.profile).district.zone)
    system = System(
        warehouse=warehouse_url(settings.out),
        profile=settings.profile or default_folder(),
        key=settings.key,
        inbox=settings.inbox,
    )
    standing = {place.parent.name: _manifest(place) for place in sorted(settings.out.glob(f"[0-9]*/{NAME}"))}
    keep_system(system, folder / "drill.backup", now)
    restored = restore_system(folder / "drill.backup", folder / "system", None, now, account())
    differing: list[str] = []
    older: list[str] = []
    for year, known in standing.items():
        rebuilt, refused = _rebuild(restored, folder / "out", year, known)
        differing += [refused] if rebuilt is None else _differing(year, known, rebuilt)
        if rebuilt and rebuilt["program"] != known["program"]:
            older.append(f"{year} 年度现有的由 {known['program']} 版程序写出，只核对了收到的材料和成果的份数")
    if differing:
        return Failed(message=f"恢复演练没有通过，恢复后重新写出的成果与现有的不同：{'；'.join(differing)}。")
    if not standing:
        return Failed(message=f"恢复演练没有可核对的内容：{settings.out} 中没有任何年度的成果。")
    counted = "、".join(f"{year} 年度 {len(known['outputs'])} 份" for year, known in standing.items())
    same = f"由备份恢复后重新写出的成果与现有的{'' if older else '逐字节'}一致"
    return Completed(message=f"恢复演练通过：{same}（{'；'.join([counted, *older])}）。")


def _rebuild(restored: Restored, out: Path, year: str, known: dict[str, Any]) -> tuple[dict[str, Any] | None, str]:
    """Writes a year's outputs from the restored system, at their own moment; their manifest, or why there is none."""
    order = complete_order(
        year=int(year),
        units=[],
        stages=["report", "score", "draft"],
        inbox=None,
        out=out,
        profile=restored.profile,
        as_of=datetime.fromisoformat(known["as_of"]),
    )
    key = restored.key or restored.profile.parent / "signing-key.pem"
    ended = work(replace(order, warehouse=restored.warehouse, key=key, calendar=None))
    if not ended.is_completed():
        return None, f"{year} 年度没有写出（{ended.message}）"
    return _manifest(out / year / NAME), ""


def _differing(year: str, known: dict[str, Any], rebuilt: dict[str, Any]) -> list[str]:
    """What is not as it stands now. Another version of the program writes other bytes of the same content."""
    made, listed = ({one["path"]: one["sha256"] for one in said["outputs"]} for said in (rebuilt, known))
    if rebuilt["program"] != known["program"]:
        made, listed = dict.fromkeys(made, ""), dict.fromkeys(listed, "")
        if rebuilt["inputs"] != known["inputs"]:
            return [f"{year} 年度收到的材料"]
    wrong = sorted(path for path in made.keys() | listed.keys() if made.get(path) != listed.get(path))
    for path in wrong:
        get_run_logger().warning("恢复后不同：%s %s", year, path)
    return [f"{year} 年度 {len(wrong)} 份，如 {wrong[0]}"] if wrong else []


def _manifest(place: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return said
