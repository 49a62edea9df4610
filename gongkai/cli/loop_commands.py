"""The commands of the correction loop: what changed, what would change, whether a receipt holds, who is reminded."""

from datetime import datetime
from pathlib import Path

import click

from gongkai.cli import options


@click.command()
@click.argument("receipt", type=click.Path(path_type=Path), metavar="回执")
@click.option("--key", type=click.Path(path_type=Path), default=None, metavar="公钥", help="主管部门的公钥文件。")
def verify(receipt: Path, key: Path | None) -> int:
    """核对一份回执是否为主管部门所签、有无改动；不联网。"""
    from gongkai.cli.verifying import verify_file

    return verify_file(receipt, key)


@click.command()
@click.argument("unit", metavar="单位")
@options.year
@options.warehouse
@options.below
@click.option(
    "--from", "first", type=click.IntRange(1), default=None, metavar="版", help="与此版比较；不写用此前受理版。"
)
@click.option("--to", "second", type=click.IntRange(1), default=None, metavar="版", help="看此版；不写用最新版。")
@options.as_json
def diff(
    unit: str, year: int, warehouse: str | None, out: Path | None, first: int | None, second: int | None, as_json: bool
) -> int:
    """一个单位两次报送之间，逐格改了什么。"""
    from gongkai.cli.differing import show_changes

    return show_changes(unit, year, warehouse, out, first, second, as_json)


@click.command()
@click.argument("unit", metavar="单位")
@options.year
@options.warehouse
@options.below
@click.option("--revision", type=click.IntRange(1), default=None, metavar="版", help="预览此版；不写用最新版。")
@click.option("--file", type=click.Path(path_type=Path), default=None, metavar="文件", help="预览一份尚未收入的文件。")
@options.as_of
@options.as_json
def preview(
    unit: str,
    year: int,
    warehouse: str | None,
    out: Path | None,
    revision: int | None,
    file: Path | None,
    as_of: datetime | None,
    as_json: bool,
) -> int:
    """假如受理某单位的一次报送，全区数据、评分和名次会怎样变；不保存任何内容。"""
    from gongkai.cli.previewing import show_preview

    return show_preview(unit, year, warehouse, out, revision, file, as_of, as_json)


@click.command()
@options.year
@options.out
@options.warehouse
@options.units
@options.as_of
@click.option("--send", is_flag=True, help="同时发送邮件（须设置 GONGKAI_SMTP_HOST 等）。")
@click.argument("more_units", nargs=-1, metavar="[代码]...")
def remind(
    year: int,
    out: Path,
    warehouse: str | None,
    units: tuple[str, ...],
    as_of: datetime | None,
    send: bool,
    more_units: tuple[str, ...],
) -> int:
    """写出催报通知：谁欠什么、从何时起；放入 OUT/<年度>/outbox/<单位>/。"""
    from gongkai.cli.reminding import remind_units

    return remind_units(year, out, warehouse, options.unit_codes(units, more_units), as_of, send)
