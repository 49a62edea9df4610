"""What marks a dead run: automations of Prefect's, made with the deployments.

A run whose worker and process are gone says nothing any more, and Prefect would show it as running for ever. Two
silences are told apart: one that ran and stopped speaking, and one that never came to run.
"""

from typing import Any

from gongkai.cli.server.environment import HEARTBEAT_SECONDS

_RUN = "prefect.flow-run"
_BEAT = f"{_RUN}.heartbeat"
_ENDED = [f"{_RUN}.{state}" for state in ("Completed", "部分受理", "Failed", "Cancelled", "Crashed")]
_STARTING = [f"{_RUN}.{state}" for state in ("Submitting", "InfrastructurePending", "Pending")]
_SILENT_SECONDS = 3 * HEARTBEAT_SECONDS
_START_SECONDS = 90


def _silence(after: list[str], expect: list[str], seconds: int) -> dict[str, Any]:
    """A trigger: none of the expected events within so many seconds, for each run by itself."""
    return {
        "type": "event",
        "posture": "Proactive",
        "match": {"prefect.resource.id": f"{_RUN}.*"},
        "for_each": ["prefect.resource.id"],
        "after": after,
        "expect": expect,
        "threshold": 1,
        "within": seconds,
    }


def _crashed(message: str) -> list[dict[str, Any]]:
    return [
        {"type": "change-flow-run-state", "state": "CRASHED", "name": "Crashed", "message": message, "force": False}
    ]


AUTOMATIONS: dict[str, dict[str, Any]] = {
    "公开：失去音讯的运行": {
        "description": "运行途中进程被杀、机器重启等：一分半钟没有音讯，标为 Crashed，名额随即让出。",
        "enabled": True,
        "trigger": _silence([f"{_RUN}.Running", _BEAT], [_BEAT, *_ENDED], _SILENT_SECONDS),
        "actions": _crashed("进程已不在（一分半钟没有音讯）：上一次的成果原样保留，请重新运行。"),
    },
    "公开：没有起来的运行": {
        "description": "已交给执行进程而没有起来：一分半钟没有开始，标为 Crashed，名额随即让出。",
        "enabled": True,
        "trigger": _silence(_STARTING, [f"{_RUN}.Running", _BEAT, *_ENDED], _START_SECONDS),
        "actions": _crashed("没有起来（交出一分半钟后仍未开始）：没有读写任何文件，请重新运行。"),
    },
}
"""Name → what Prefect's API takes; the names are how they are found again."""
