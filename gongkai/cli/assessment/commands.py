"""The commands about scores and the scheme that gives them: explain, whatif, scheme check and explain."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.cli import options

_Years = click.IntRange(2019, 2100)


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


@click.command()
@click.option(
    "--scheme", "file", type=click.Path(path_type=Path), required=True, metavar="文件", help="假设的考核方案。"
)
@click.option(
    "--years", multiple=True, required=True, type=_Years, metavar="年度", help="哪些年度，例如 --years 2020 2021。"
)
@options.warehouse
@options.below
@options.as_json
@click.argument("more_years", nargs=-1, type=_Years, metavar="[年度]...")
def whatif(
    file: Path,
    years: tuple[int, ...],
    warehouse: str | None,
    out: Path | None,
    as_json: bool,
    more_years: tuple[int, ...],
) -> int:
    """以往年度假如按另一个考核方案评分：哪些单位有变化，由于哪些指标；不保存任何内容。"""
    from gongkai.cli.assessment.supposing import show_supposed

    return show_supposed(file, sorted({*years, *more_years}), warehouse, out, as_json)


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
