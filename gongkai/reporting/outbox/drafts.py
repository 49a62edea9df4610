"""The drafts that a person is about to release: they must be complete, the warehouse's, and of a run that ended.

What stands in `OUT/<year>` is read with the state that it was made from; a release or an approval of anything else is
refused as a wrong call.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from gongkai.errors import CallError
from gongkai.reporting.shared.manifest import NAME, basis_sha256
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.known import LATEST
from gongkai.warehouse.runs import last_run_state

_UNFINISHED = {"failed": "有技术故障（有的单位没有处理完）", "running": "没有结束"}


@dataclass(frozen=True)
class Drafts:
    """The drafts of a year.

    Attributes:
        folder: `OUT/<year>`.
        manifest: its manifest, and `manifest_sha256` of that file's bytes.
        state: the year as they were made from it.
    """

    folder: Path
    manifest: Mapping[str, Any]
    manifest_sha256: str
    state: YearState


def refuse_without_drafts(out: Path, year: int, doing: str) -> None:
    """Refuses before anything is opened.

    Raises:
        CallError: there are no drafts.
    """
    if not (out / str(year) / NAME).is_file():
        raise CallError(f"{out / str(year)} 中没有可{doing}的成果。请先运行 gongkai run 或 gongkai rebuild。")


def current_drafts(engine: Engine, year: int, out: Path, doing: str, at: datetime) -> Drafts:
    """The drafts as they stand.

    Args:
        engine: the warehouse.
        year: the report year.
        out: the output folder.
        doing: what somebody is about to do with them (签发), for the message.
        at: when.

    Raises:
        CallError: they are of a later moment or not complete, the last run did not come to its end, or the warehouse
            has moved on.
    """
    folder = out / str(year)
    text = (folder / NAME).read_bytes()
    drafted = json.loads(text)
    if (ended := last_run_state(engine, year)) in _UNFINISHED:
        raise CallError(f"{year} 年度最近一次运行{_UNFINISHED[ended]}，不能{doing}。请重新运行，完成后再{doing}。")
    state = load_year(engine, year, datetime.fromisoformat(drafted["as_of"]))
    latest = load_year(engine, year, LATEST, drawn_at=state.as_of)
    if {basis_sha256(state), basis_sha256(latest)} != {drafted["basis_sha256"]}:
        raise CallError(f"{folder} 中的成果与数据仓库不一致（可能已有新的材料入库）。请重新运行后再{doing}。")
    if at < state.as_of:
        now, then = (f"{one:%Y-%m-%d %H:%M}" for one in (state.profile.local(at), state.as_of))
        raise CallError(
            f"{doing}的时刻 {now} 早于成果的截至时刻 {then}，未{doing}任何文件。请核对 --as-of 或本机时钟。"
        )
    if missing := _missing(state, {output["path"] for output in drafted["outputs"]}):
        raise CallError(f"上一次运行没有写出：{'、'.join(missing)}。未{doing}任何文件，请重新运行后再{doing}。")
    return Drafts(folder, drafted, hashlib.sha256(text).hexdigest(), state)


def _missing(state: YearState, listed: set[str]) -> list[str]:
    """What a complete run writes and the manifest does not list: a step of that run failed, or was left out."""
    wanted = {"report/report.json": state.profile.district.says("全区报告")}
    for unit in state.units:
        code = unit.unit.code
        if unit.revisions:
            wanted[f"receipts/{code}.json"] = f"{code} 的回执"
        if unit.unit.kind != "office":
            wanted[f"scorecards/{code}/scorecard.json"] = f"{code} 的评分表"
    return [name for path, name in wanted.items() if path not in listed]
