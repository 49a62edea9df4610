"""The commands of the correction loop: what changed, what would change, whether a receipt holds, who is reminded."""

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
