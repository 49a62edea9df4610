"""The group `gongkai city`."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.cli import options


@click.group()
def city() -> None:
    """一个市：所辖区县一齐考核，再汇总全市。"""


@city.command()
@options.year
@click.option(
    "--districts",
    type=click.Path(path_type=Path),
    default=None,
    metavar="目录",
    help="各区县的目录：<代码>/profile、<代码>/inbox，全市在 _city/profile；不写用 GONGKAI_DISTRICTS 所设的。",
)
@options.out
@options.as_of
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=None,
    metavar="个数",
    help="本机并行的进程数；1 为在本进程内逐个处理，不写为处理器的个数。",
)
@click.option("--cluster", default=None, metavar="地址", help="用现有的 Dask 集群，例如 tcp://10.0.0.5:8786。")
@click.option(
    "--warehouse",
    default=None,
    metavar="URL",
    help="数据仓库地址的样式，含 {code}，每个区县一个 schema；不写用各自输出目录下的 SQLite。",
)
def run(
    year: int,
    districts: Path | None,
    out: Path,
    as_of: datetime | None,
    workers: int | None,
    cluster: str | None,
    warehouse: str | None,
) -> int:
    """各区县一齐考核，把各区县的全区报告汇总为全市报告、评分表和看板。"""
    from gongkai.cli.city.running import run_city

    return run_city(year, districts, out, as_of, workers, cluster, warehouse)
