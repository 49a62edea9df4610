"""The commands about scores and what they rest on: explain, whatif, sample, scheme check and explain."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from gongkai.cli import options


class SharePercent(click.ParamType[Decimal]):
    """A share, exactly as it was written."""

    name = "比例"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            return Decimal(str(value))
        except InvalidOperation:
            self.fail(f"“{value}”不是数字，例如 0.1。", param, ctx)


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
@options.year
@click.option("--seed", type=int, required=True, metavar="种子", help="任意整数；同一种子抽出同样的结果，并记录在案。")
@click.option(
    "--share", type=SharePercent(), default="0.1", metavar="比例", help="抽取比例，默认 0.1；每项至少抽一件。"
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="文件", help="写出的 .xlsx 文件。"
)
@options.warehouse
@options.as_of
@click.option("--by", default=None, metavar="姓名", help="抽样人，记入审计日志；不写记本机账户。")
def sample(
    year: int, seed: int, share: Decimal, out: Path, warehouse: str | None, as_of: datetime | None, by: str | None
) -> int:
    """抽样：检查哪些单位、指标、事项和案件，哪些检查由另一人再查一次；写出工作簿和 JSON。"""
    from gongkai.cli.assessment.sampling import write_sample

    return write_sample(year, seed, share, out, warehouse, as_of, by)


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
