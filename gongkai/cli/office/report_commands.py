"""The commands about the district's report: approve and publish."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.cli import options


@click.command()
@options.year
@options.out
@click.option("--by", required=True, metavar="姓名", help="审定人。")
@click.option("--reason", required=True, metavar="说明", help="审定说明；更正时写明为何更正。")
@options.warehouse
@options.as_of
@options.despite
def approve(
    year: int, out: Path, by: str, reason: str, warehouse: str | None, as_of: datetime | None, despite: tuple[str, ...]
) -> int:
    """审定全区报告：去掉“送审稿”，印发日期为审定之日；缺项须逐项放行。"""
    from gongkai.cli.office.approving import approve_report

    return approve_report(year, out, by, reason, warehouse, as_of, options.released(despite))


@click.command()
@options.year
@options.out
@click.option(
    "--on", "on", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="发布日期，例如 2022-03-20。"
)
@click.option("--url", required=True, metavar="网址", help="发布的网址。")
@click.option("--by", required=True, metavar="姓名", help="经办人。")
@options.warehouse
@options.as_of
def publish(
    year: int, out: Path, on: datetime, url: str, by: str, warehouse: str | None, as_of: datetime | None
) -> int:
    """记录已审定的全区报告于何日发布在何处；此后再审定的即为更正。"""
    from gongkai.cli.office.approving import publish_report

    return publish_report(year, out, on.date(), url, by, warehouse, as_of)
