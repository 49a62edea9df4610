"""The commands of the correction loop: what changed, what would change, whether a receipt holds, who is reminded."""

from pathlib import Path

import click


@click.command()
@click.argument("receipt", type=click.Path(path_type=Path), metavar="回执")
@click.option("--key", type=click.Path(path_type=Path), default=None, metavar="公钥", help="主管部门的公钥文件。")
def verify(receipt: Path, key: Path | None) -> int:
    """核对一份回执是否为主管部门所签、有无改动；不联网。"""
    from gongkai.cli.verifying import verify_file

    return verify_file(receipt, key)
