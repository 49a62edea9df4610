"""`gongkai template`: the workbooks to hand out, with last year's carry-over where the warehouse knows it."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.profile import load_profile
from gongkai.settings import Settings
from gongkai.submission.workbook_writer import write_templates as write_workbooks
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.queries import load_previous


def write_templates(year: int, out: Path, profile: Path | None, warehouse: str | None, codes: list[str]) -> int:
    """Writes one workbook a unit; without a warehouse last year's figures stay empty."""
    loaded = load_profile(profile or Settings().profile)
    units = loaded.chosen(year, codes)
    url = warehouse or Settings().warehouse
    previous = {}
    if url:
        now = datetime.now(loaded.district.zone)
        previous = {
            code: last.submission for code, last in load_previous(open_warehouse(url, create=False), year, now).items()
        }
    paths = write_workbooks(loaded, year, out, units, previous)
    click.echo(f"已写出 {len(paths)} 份 {year} 年度填报表：{out}")
    if not url:
        click.echo("未指定数据仓库（--warehouse），上年结转数未填入。")
    return 0
