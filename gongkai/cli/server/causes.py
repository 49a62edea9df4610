"""What an operator must be told at once, read from Prefect's runs and from the machine: causes, each with a name.

Pure but for the disk: what the API answered comes in, causes go out. A cause lasts until it is mended, so the same
failure of the next hour is no second one.
"""

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from gongkai.delivery.incoming.outages import Outage
from gongkai.warehouse.post.messages import Message

_LATE = timedelta(minutes=5)
_REFUSED = timedelta(minutes=5)  # by then whoever sends has tried again and again, and ended
_UNREACHABLE = timedelta(minutes=1)  # a database that is started anew
_TOLD_BY_THEIR_RUN = {"issued", "reminder"}  # their run fails, which is a cause of its own
_FEW_BYTES = 1 << 30
_SOME_BYTES = 10 << 30
_SMALL_SHARE = 0.05
_WORDS = {"FAILED": "运行失败", "CRASHED": "运行中断"}


class AlertCause(NamedTuple):
    """One thing that is wrong.

    Attributes:
        name: the same for as long as it is the same trouble.
        title: what, in a few words; `text` the whole of it, with the way out.
        patience: how long it must last before it is told.
    """

    name: str
    title: str
    text: str
    patience: timedelta = timedelta(0)


def failed_runs(runs: Iterable[Mapping[str, Any]], address: str) -> list[AlertCause]:
    """Failures and crashes that no later run of the same deployment has mended.

    Args:
        runs: ended runs as the API gives them, newest first.
        address: of Prefect's UI.
    """
    mended: set[str] = set()
    found: dict[str, AlertCause] = {}
    for run in runs:
        deployment = run.get("deployment_id") or run["flow_id"]
        if run["state_type"] == "COMPLETED":
            mended.add(deployment)
        elif deployment not in mended and run["state_type"] in _WORDS:
            said = (run.get("state") or {}).get("message") or "没有说明"
            name = f"{run['state_type']}:{deployment}:{hashlib.sha256(said.encode()).hexdigest()[:12]}"
            title = f"{_WORDS[run['state_type']]}：{run['name']}"
            text = f"{run['name']}：{said}\n{address}/runs/flow-run/{run['id']}"
            found.setdefault(name, AlertCause(name, title, text))
    return list(found.values())


def late_runs(runs: Iterable[Mapping[str, Any]], now: datetime, address: str) -> list[AlertCause]:
    """Runs that should have started a while ago: one cause for all of them."""
    late = [run for run in runs if now - datetime.fromisoformat(run["expected_start_time"]) > _LATE]
    if not late:
        return []
    names = "、".join(sorted({run["name"] for run in late})[:5])
    return [
        AlertCause(
            "late",
            f"{len(late)} 次运行迟迟没有开始",
            f"应在五分钟以前开始的 {len(late)} 次运行还没有开始（{names}）。请看执行进程是否在、前一次运行是否结束："
            f"{address}/runs",
        )
    ]


def worker_gone(workers: Sequence[Mapping[str, Any]]) -> list[AlertCause]:
    """No worker reports any more, or none ever has."""
    if any(worker["status"] == "ONLINE" for worker in workers):
        return []
    return [
        AlertCause(
            "worker",
            "执行进程不在",
            "没有执行进程在接活，到点的运行不会开始。请在服务器上查看并重新启动 gongkai-worker（make serve 会自己重启；"
            "日志 worker.log）。",
        )
    ]


def server_silent() -> AlertCause:
    """Prefect's API does not answer."""
    return AlertCause(
        "server", "Prefect 服务没有应答", "Prefect 服务没有应答，界面打不开，到点的运行不会开始。请查看 server.log。"
    )


def disk_nearly_full(folders: Mapping[str, Path]) -> list[AlertCause]:
    """Folders whose disk has little room left; of folders on one disk the first is named."""
    found: dict[int, AlertCause] = {}
    for word, folder in folders.items():
        place = next(path for path in (folder, *folder.parents) if path.exists())
        usage = shutil.disk_usage(place)
        if is_nearly_full(usage.total, usage.free):
            left = f"{usage.free / (1 << 20):,.0f} MB"
            text = f"{word} {folder} 所在磁盘只剩 {left}。写满之后运行会失败；请清理或扩容。"
            found.setdefault(place.stat().st_dev, AlertCause(f"disk:{word}", f"磁盘将满：只剩 {left}", text))
    return list(found.values())


def is_nearly_full(total: int, free: int) -> bool:
    """Less than a gigabyte, or less than a twentieth of a disk and not much in itself."""
    return free < _FEW_BYTES or (free < _SOME_BYTES and free < total * _SMALL_SHARE)


def sources_down(known: Mapping[str, Outage]) -> list[AlertCause]:
    """Mailboxes and folders that could not be read when a run last asked; one cause for as long as each is down."""
    return [
        AlertCause(
            f"source:{label}", f"收件来源连不上：{label}", f"自 {one.since} 起：{one.said}请核对网络、地址和口令。"
        )
        for label, one in known.items()
    ]


def calendar_missing(notice: str | None) -> list[AlertCause]:
    """The next year's arrangement of holidays is not supplied though it is out."""
    return [AlertCause("calendar", "缺下一年的放假安排", notice)] if notice else []


def mails_refused(messages: Iterable[Message]) -> list[AlertCause]:
    """Mails to units that a server refused, or of which nobody knows; a later one is a cause of its own, with all.

    Args:
        messages: those that failed, are uncertain, or are being sent, of any year.
    """
    by_year: dict[int, list[Message]] = {}
    for one in messages:
        if one.kind not in _TOLD_BY_THEIR_RUN:
            by_year.setdefault(one.year, []).append(one)
    return [
        AlertCause(
            f"mail:{year}:{max(one.id for one in found)}",
            f"{year} 年度有 {len(found)} 封给单位的邮件没有送达",
            "\n".join(f"{one.unit}（{one.address or '没有邮箱'}）：{one.answer or '没有说明'}" for one in found)
            + f"\n请核对名录中的邮箱和发信设置，再运行 gongkai notify --year {year}；逐封见界面“给单位的邮件”页。",
            _REFUSED,
        )
        for year, found in sorted(by_year.items())
    ]


def warehouse_unreachable(said: str) -> AlertCause:
    """The warehouse's database does not answer."""
    return AlertCause("warehouse", "数据仓库打不开", said, _UNREACHABLE)
