"""A person releases the drafts that stand in `OUT/<year>`, and is on record with a reason.

`gongkai issue` and the deployment `issue` in the Prefect UI are the two ways to ask for it. Refused here: drafts that
are not complete, not the warehouse's, or left by a run that failed.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from gongkai.errors import CallError, Refused
from gongkai.profile import load_profile
from gongkai.reporting.outbox.issue_note import Release
from gongkai.reporting.outbox.parcels import UNSIGNED, fill_outbox, unsigned_receipts
from gongkai.reporting.shared.manifest import NAME, basis_sha256, decided, grounds
from gongkai.reporting.shared.year_folder import YearFolder
from gongkai.settings import Settings, warehouse_url
from gongkai.warehouse.audit import TypedIn
from gongkai.warehouse.claim import claimed
from gongkai.warehouse.engine import opened
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.records import YearState
from gongkai.warehouse.runs import last_run_state

_UNFINISHED = {"failed": "有技术故障（有的单位没有处理完）", "running": "没有结束"}
_ALWAYS = datetime(9000, 1, 1, tzinfo=UTC)


def release(
    year: int,
    out: Path,
    by: str,
    reason: str,
    warehouse: str | None,
    as_of: datetime | None,
    say: Callable[[str], None],
    despite: Mapping[str, str] | None = None,
    typed_in: TypedIn = "command",
) -> str:
    """Fills `OUT/outbox/<year>/<unit>/` from the current drafts, while nobody else works on the year.

    Args:
        year: the report year.
        out: the output folder.
        by: who releases.
        reason: why.
        warehouse: its URL; None for the one that the settings name.
        as_of: the moment of the release; None for the clock's.
        say: is told for whom this waits, if it has to.
        despite: id of a lack → why it is issued all the same.
        typed_in: where the name was typed.

    Returns:
        What was released and where, as a sentence.

    Raises:
        CallError: there are no drafts, they are not complete, or the warehouse has moved on since they were written;
            the last run did not come to its end.
        Refused: receipts are not signed, and nobody said to issue them all the same (`despite`: id → why).
        BusyError: another run holds the year and does not end.
    """
    url = warehouse_url(out, warehouse)
    if not (out / str(year) / NAME).is_file():
        raise CallError(f"{out / str(year)} 中没有可签发的成果。请先运行 gongkai run 或 gongkai rebuild。")
    with claimed(url, out, year, f"签发 {by.strip()}", Settings().wait, say):
        at = as_of or datetime.now(load_profile(Settings().profile).district.zone)
        asked = Release(by=by, reason=reason, at=at, despite=despite or {}, typed_in=typed_in)
        with opened(url) as engine:
            return _released(engine, year, out, asked)


def _released(engine: Engine, year: int, out: Path, asked: Release) -> str:
    folder = out / str(year)
    drafted = json.loads((folder / NAME).read_text(encoding="utf-8"))
    if (ended := last_run_state(engine, year)) in _UNFINISHED:
        raise CallError(f"{year} 年度最近一次运行{_UNFINISHED[ended]}，不能签发。请重新运行，完成后再签发。")
    state = load_year(engine, year, datetime.fromisoformat(drafted["as_of"]))
    latest = load_year(engine, year, _ALWAYS, today=state.as_of.date())
    if basis_sha256(state) != drafted["basis_sha256"] or _stands_on(latest) != _stands_on(state):
        raise CallError(f"{folder} 中的成果与数据仓库不一致（可能已有新的材料入库）。请重新运行后再签发。")
    if missing := _missing(state, {output["path"] for output in drafted["outputs"]}):
        raise CallError(f"上一次运行没有写出：{'、'.join(missing)}。未签发任何文件，请重新运行后再签发。")
    despite = released(unsigned_receipts(folder, state), asked.despite)
    outbox = YearFolder(out, year).outbox
    placed = fill_outbox(engine, folder, outbox, state, replace(asked, despite=despite))
    return f"已签发 {len({path.parent for path in placed})} 个单位的材料：{outbox}"


def released(unsigned: Sequence[str], despite: Mapping[str, str]) -> dict[str, str]:
    """What is issued although something is wrong with it, and why: id → reason."""
    if not unsigned:
        return {}
    why = (despite.get(UNSIGNED) or despite.get("all") or "").strip()
    if not why:
        raise Refused(
            f"{UNSIGNED}：{len(unsigned)} 个单位的回执没有签名（{'、'.join(unsigned)}），没有签发任何文件。"
            "请按上次运行的提示恢复签名私钥（gongkai key show）并重新运行；"
            f"确需不签名发出的，加 --despite {UNSIGNED}=理由，理由印在签发单上。"
        )
    return {UNSIGNED: why}


def _stands_on(state: YearState) -> dict[str, object]:
    """All but the moment: a later run over the same is no reason to draft again."""
    return {name: value for name, value in {**grounds(state), **decided(state)}.items() if name != "as_of"}


def _missing(state: YearState, listed: set[str]) -> list[str]:
    """What a complete run writes and the manifest does not list: a step of that run failed, or was left out."""
    wanted = {"report/report.json": "全区报告"}
    for unit in state.units:
        code = unit.unit.code
        if unit.revisions:
            wanted[f"receipts/{code}.json"] = f"{code} 的回执"
        if unit.unit.kind != "office":
            wanted[f"scorecards/{code}/scorecard.json"] = f"{code} 的评分表"
    return [name for path, name in wanted.items() if path not in listed]
