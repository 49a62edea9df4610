"""The commands about scores and the scheme that gives them: explain, whatif, scheme check and explain."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.cli import options


@click.command()
@click.argument("unit", metavar="单位")
@click.argument("indicator", metavar="[指标]", required=False)
@options.year
@options.warehouse
@options.below
@options.as_of
@options.as_json
def explain(
    unit: str,
    indicator: str | None,
    year: int,
    warehouse: str | None,
    out: Path | None,
    as_of: datetime | None,
    as_json: bool,
) -> int:
    """一个单位的得分（或其中一项指标）是怎样算出来的，逐件、逐条列出，可以手工复算。"""
    from gongkai.cli.assessment.explaining import show_explanation

    return show_explanation(unit, indicator, year, warehouse, out, as_of, as_json)


@click.group()
def scheme() -> None:
    """考核方案。"""


_profile = click.option(
    "--profile", "folder", type=click.Path(path_type=Path), default=None, metavar="目录", help="配置目录。"
)


@scheme.command("check")
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="[文件]")
@_profile
def check_of_scheme(file: Path | None, folder: Path | None) -> int:
    """核对考核方案：逐条指出文件、行号、指标和改法；有错误时退出码为 2。"""
    from gongkai.cli.assessment.schemes import check_scheme

    return check_scheme(file, folder)


@scheme.command("explain")
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="[文件]")
@_profile
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写成此网页；不写则输出。")
def explain_of_scheme(file: Path | None, folder: Path | None, out: Path | None) -> int:
    """把考核方案写成给各单位看的网页：考什么、怎样计分、多少分、怎样得分。"""
    from gongkai.cli.assessment.schemes import explain_scheme

    return explain_scheme(file, folder, out, datetime.now().astimezone())
