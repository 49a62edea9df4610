"""`gongkai issue`: a person releases the drafts that stand in `OUT/<year>`, and is on record with a reason."""

import json
from datetime import datetime
from pathlib import Path

import click

from gongkai.errors import CallError
from gongkai.profile import load_profile
from gongkai.reporting.manifest import NAME, basis_sha256
from gongkai.reporting.outbox import fill_outbox
from gongkai.settings import Settings, warehouse_url
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.queries import load_year


def issue_year(year: int, out: Path, by: str, reason: str, warehouse: str | None, as_of: datetime | None) -> int:
    """Fills `OUT/<year>/outbox/<unit>/` from the current drafts.

    Raises:
        CallError: there are no drafts, or the warehouse has moved on since they were written.
    """
    folder = out / str(year)
    manifest = folder / NAME
    if not manifest.is_file():
        raise CallError(f"{folder} 中没有可签发的成果。请先运行 gongkai run 或 gongkai rebuild。")
    drafted = json.loads(manifest.read_text(encoding="utf-8"))
    engine = open_warehouse(warehouse_url(out, warehouse), create=False)
    state = load_year(engine, year, datetime.fromisoformat(drafted["as_of"]))
    if basis_sha256(state) != drafted["basis_sha256"]:
        raise CallError(f"{folder} 中的成果与数据仓库不一致（可能已有新的材料入库）。请重新运行后再签发。")
    district = load_profile(Settings().profile).district
    placed = fill_outbox(folder, state, by, reason, as_of or datetime.now(district.zone))
    click.echo(f"已签发 {len({path.parent for path in placed})} 个单位的材料：{folder / 'outbox'}")
    return 0
