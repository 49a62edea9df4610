"""`gongkai status`: one line a unit, from the warehouse as it is now."""

import json
from datetime import datetime
from pathlib import Path

import click

from gongkai.errors import CallError
from gongkai.profile import load_profile
from gongkai.settings import Settings, warehouse_url
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.records import UnitYear

_WORDS = {"accepted": "已受理", "returned": "已退回", "quarantined": "无法读取", "missing": "未报"}


def show_status(year: int, warehouse: str | None, out: Path | None, as_json: bool) -> int:
    """Prints expected, received, returned, accepted and late; exit code 3 while somebody is not accepted."""
    if warehouse is None and out is None and Settings().warehouse is None:
        raise CallError("请用 --warehouse 或 --out 指明数据仓库。")
    now = datetime.now(load_profile(Settings().profile).district.zone)
    state = load_year(open_warehouse(warehouse_url(out or Path(), warehouse), create=False), year, now)
    lines = [_line(unit) for unit in state.units]
    if as_json:
        click.echo(json.dumps({"year": year, "units": lines}, ensure_ascii=False, indent=1))
    else:
        for line in lines:
            late = "" if line["on_time"] is not False else "  迟报"
            click.echo(
                f"{line['unit']:<8}{_WORDS[str(line['state'])]}  共 {line['revisions']} 版{late}  {line['name']}"
            )
        accepted = len(state.accepted)
        click.echo(f"应报 {len(lines)} · 已收 {sum(bool(u.revisions) for u in state.units)} · 已受理 {accepted}")
    return 3 if state.provisional else 0


def _line(unit: UnitYear) -> dict[str, object]:
    latest = unit.accepted or unit.latest
    return {
        "unit": unit.unit.code,
        "name": unit.unit.name,
        "state": unit.state,
        "revisions": len(unit.revisions),
        "on_time": latest.verdict.on_time if latest else None,
        "received_at": latest.received_at.isoformat() if latest else None,
    }
