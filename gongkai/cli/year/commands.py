"""The commands that run the year's work: demo, run and rebuild."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.cli import options
from gongkai.errors import CallError


@click.command()
@options.year
@click.option("--inbox", type=click.Path(path_type=Path), required=True, metavar="目录", help="收件目录。")
@options.out
@options.profile
@options.warehouse
@options.as_of
@options.units
@click.option(
    "--as-history",
    is_flag=True,
    help="只作往年资料收入：供结转、比较和预填，不核验、不评分、不签发。收件目录里放上年的年度报告或填报表，一个单位一份。",
)
@click.argument("more_units", nargs=-1, metavar="[代码]...")
def run(
    year: int,
    inbox: Path,
    out: Path,
    profile: Path | None,
    warehouse: str | None,
    as_of: datetime | None,
    units: tuple[str, ...],
    as_history: bool,
    more_units: tuple[str, ...],
) -> int:
    """收件、核验、合并，写出全区报告、评分表、看板和回执（均为草稿）。"""
    from gongkai.cli.year.running import run_flow
    from gongkai.settings import warehouse_url

    if as_history:
        from gongkai.cli.year.past_year import take_in_past_year

        if units or more_units:
            raise CallError("--as-history 收入整个目录，不能另选单位。请去掉单位代码。")
        return take_in_past_year(year, inbox, out, profile, warehouse_url(out, warehouse), as_of)
    return run_flow(
        year=year,
        inbox=inbox,
        out=out,
        profile=profile,
        warehouse=warehouse_url(out, warehouse),
        as_of=as_of,
        units=options.unit_codes(units, more_units),
    )


@click.command()
@options.year
@options.out
@click.option(
    "--as-of", "as_of", type=options.MomentParam(), required=True, metavar="时刻", help="按此刻数据仓库所知重建。"
)
@options.warehouse
@click.option(
    "--profile",
    type=click.Path(path_type=Path),
    default=None,
    metavar="目录",
    help="只取其中的放假安排：补上当时还不知道的年份。",
)
def rebuild(year: int, out: Path, as_of: datetime, warehouse: str | None, profile: Path | None) -> int:
    """只凭数据仓库，按某一时刻所知重新写出全部结果。"""
    from gongkai.cli.year.running import run_flow
    from gongkai.settings import warehouse_url

    return run_flow(
        year=year,
        out=out,
        as_of=as_of,
        stages=["report", "score", "draft"],
        warehouse=warehouse_url(out, warehouse),
        profile=profile,
    )


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("demo-out"),
    metavar="目录",
    help="输出目录。",
)
@click.option(
    "--profile",
    "profile",
    type=click.Path(path_type=Path),
    default=None,
    metavar="目录",
    help="用本区的配置演练：单位、方案是本区的，数据是编的；不写用示例区。",
)
@click.option(
    "--districts",
    type=click.IntRange(min=1),
    default=None,
    metavar="个数",
    help="写出这么多个编造的区县和一个市（各 37 份报送），供 gongkai city run 使用；不运行。",
)
@click.option(
    "--year",
    type=click.IntRange(2019, 2100),
    default=None,
    metavar="年度",
    help="与 --profile 合用：演练哪个年度；不写为正在或即将收取的年度。",
)
def demo(out: Path, profile: Path | None, districts: int | None, year: int | None) -> int:
    """写出演示年度并完整运行两轮：第一轮有退回，第二轮更正后定稿。"""
    from gongkai.cli.year.demo import run_demo, write_districts

    if districts is not None:
        return write_districts(out, districts)
    return run_demo(out, profile, year)
